// The rules of events as dated data: what config/rules/events.toml and documents.toml hold. Every rule names its
// article and where that was seen; none of them can lead to a refusal.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bot/conversation/phrases.hpp"
#include "bot/geography/units.hpp"
#include "bot/notices/calendar.hpp"
#include "bot/notices/clashes.hpp"
#include "bot/notices/event.hpp"
#include "bot/notices/from_message.hpp"

namespace bot::notices {

// Where a rule comes from.
struct rule_note {
  std::string id;       // "pp60-2017-6-1": rule and article, as `kentongan plan` cites it
  std::string article;  // "PP 60/2017 Pasal 6 ayat (1)", for people
  std::string source;   // where the wording or the practice was seen
  local_day from{};     // in force since
  geography::confidence sure = geography::confidence::unverified;
};

// An event of one of the purposes that meets every condition goes to the track. The first rule that fits decides.
struct track_rule {
  rule_note note;
  std::vector<purpose> purposes;
  std::optional<bool> public_place, public_road, on_campus;  // conditions; absent: any
  std::optional<std::int64_t> attendance_below;              // the greatest number expected is smaller
  notices::track track = notices::track::none;
  bool disputed = false;    // two rules speak against each other: an officer settles it
  std::vector<slot> wants;  // asked on this track even though the track does not depend on it
};

// Sizes of crowds on the permit track, both ends included.
struct tier_rule {
  rule_note note;
  std::optional<notices::tier> tier;  // absent: smaller than what the practice lists
  std::int64_t from = 0, to = 0;
  std::string unit;  // empty: every unit that has no tiers of its own
};

// Of a track or of an extra. Exactly one of hours and working_days is set.
struct deadline_rule {
  rule_note note;
  std::optional<notices::track> track;
  std::optional<notices::extra> extra;
  std::optional<notices::tier> tier;     // permit only; absent: every tier that has no deadline of its own
  std::string unit;                      // permit only; empty: every unit that has none of its own
  std::vector<reach> participants_from;  // empty: all
  std::optional<int> hours;              // real hours before the start
  std::optional<int> working_days;       // before the day of the event
};

enum class addressed_by : std::uint8_t { participants_from, scope, nearest };

struct addressee_rule {
  rule_note note;
  std::vector<notices::track> tracks;
  addressed_by by = addressed_by::nearest;  // nearest: always the Polsek
  std::array<addressee, 5> to{};            // by reach
};

struct extra_rule {
  rule_note note;
  notices::extra extra = notices::extra::fireworks;
  std::vector<notices::track> tracks;  // on which it is a matter of its own
};

// To whom the use of a road is applied for.
struct road_rule {
  rule_note note;
  road_class road = road_class::village;
  addressee to = addressee::polsek;
};

// Customary hours: a hint, never more.
struct hours_rule {
  rule_note note;
  notices::track track = notices::track::expression;
  std::optional<bool> open_place;
  std::chrono::minutes from{0}, until{24 * 60};  // local time of day
};

// What to bring or to write, for a track (and tier) or an extra.
struct checklist {
  rule_note note;
  std::optional<notices::track> track;
  std::optional<notices::tier> tier;  // absent: every tier that has no list of its own
  std::optional<notices::extra> extra;
  std::string unit;                // empty: every unit that has no list of its own
  std::vector<std::string> items;  // Indonesian, for organisers
};

// A condition of a permit that an officer can choose (config/rules/conditions.toml).
struct condition_rule {
  rule_note note;
  std::string text;               // Indonesian, for organisers, with {end}, {stewards} and {per}
  std::int64_t per = 0;           // people for each steward; 0: the text does not count them
  std::int64_t from_people = 0;   // offered from so many on
  std::vector<purpose> purposes;  // empty: every application
  std::optional<notices::extra> extra;
  std::string unit;  // empty: every unit that has no list of its own
};

// What is no condition, in the officer's own words.
struct barred_condition {
  std::string id;       // the text "permit_desk.bars_<id>" says why
  phrase_set never;     // folded phrases: such a condition is put otherwise, or left out
  phrase_set doubtful;  // may be meant otherwise: he is asked once
};

// How a unit works; what is absent holds as the unit above has it.
struct unit_practice {
  std::string unit;                                // empty: the default of all
  local_day from{};                                // in force since
  std::optional<bool> electronic_accepted;         // false: a printed letter must be handed over
  std::optional<bool> automatic_receipt;           // the receipt is issued at once, without an officer
  std::optional<std::string> desk_hours;           // Indonesian
  std::optional<std::string> fee;                  // Indonesian
  std::optional<int> processing_days;              // promised by the unit; absent: nobody knows
  std::optional<std::vector<std::string>> copies;  // who else gets a notice of political activity
};

struct event_rules {
  std::vector<track_rule> tracks;
  std::vector<tier_rule> tiers;
  std::vector<deadline_rule> deadlines;
  std::vector<addressee_rule> addressees;
  std::vector<extra_rule> extras;
  std::vector<road_rule> roads;
  std::vector<hours_rule> hours;
  std::vector<checklist> checklists;
  std::vector<condition_rule> conditions;
  std::vector<barred_condition> barred;
  phrase_set no_number;  // folded phrases that no number of a unit holds: "asalkan"
  std::vector<unit_practice> practices;
  rule_note cancelling;                     // until when an organiser is asked to cancel in writing
  int cancel_hours = 24;                    // before the start
  rule_note leading;                        // persons in charge of a demonstration or march
  int leaders_least = 1, leaders_most = 5;  // for every up to 100 who take part
  int link_days = 14;                       // of a link that asks for a recommendation
  int recurring_days = 366;                 // from the first to the last of an event that comes again
};

// What a reminder is counted from.
enum class reminded_of : std::uint8_t {
  last_moment,  // to hand in what the track asks for; as long as no receipt is there
  extra,        // the same for what comes beside the track, each on its own
  start,
  end  // after it
};

// Nobody asked for it, so it comes by day (config/rules/reminders.toml).
struct reminder {
  std::string id;
  bool to_unit = false;  // else to the organiser
  reminded_of what = reminded_of::start;
  bool each = false;          // of an event that comes again: before each of them, else before the first alone
  int days = 0;               // before it; for `end` after it
  std::chrono::minutes at{};  // local time of day
  std::string says;           // key of the text
};

struct reminder_rules {
  std::chrono::minutes awake_from{7 * 60}, awake_until{20 * 60};  // local time of day: nothing is said outside
  std::vector<reminder> all;
  int again_after = 1;       // days since the one before from which the next of a series is reminded of
  int learned_days = 365;    // what was learned of a place is shown for so long
  phrase_set never_learned;  // folded: places of which nothing is kept, by the words that name them
};

// When a report of an incident is offered to officers as belonging to an event (config/rules/incidents.toml).
struct at_event_rules {
  std::chrono::minutes before{2 * 60}, after{3 * 60};  // of the event's hours
  double near_m = 500;                                 // between two pins; else the ward must be the same
  std::vector<std::string> categories;                 // of reports
  std::vector<std::string> if_high;                    // only where they are of high level
};

// All that the notices side of a handbook holds.
struct rulebook {
  event_rules rules;
  calendar days;
  event_words words;
  clash_rules clashes;
  reminder_rules reminders;
  at_event_rules at_event;
};

// A rule that a decision rests on.
struct citation {
  const rule_note* rule = nullptr;  // lives as long as the rules
  bool certain = false;
};

// Codes of the station of the place and of all above it, the nearest first: where a unit's own rules are looked for.
using unit_chain = std::vector<std::string>;

// Of the rules that `fits`, the one in force on the day with the latest start; null when none of them has begun.
template <class Rule, class Fits>
const Rule* in_force(std::span<const Rule> rules, local_day on, Fits fits) {
  const Rule* best = nullptr;
  for (const Rule& each : rules) {
    if (each.note.from > on || !fits(each)) continue;
    if (best == nullptr || each.note.from > best->note.from) best = &each;
  }
  return best;
}

// The same among rules of units: those in force of the nearest unit of the chain that has any, else those of no unit.
template <class Rule, class Fits>
const Rule* in_force_at(std::span<const Rule> rules, const unit_chain& units, local_day on, Fits fits) {
  for (const std::string& code : units) {
    if (const Rule* own = in_force(rules, on, [&](const Rule& r) { return r.unit == code && fits(r); })) return own;
  }
  return in_force(rules, on, [&](const Rule& r) { return r.unit.empty() && fits(r); });
}

// For what every event needs: before the first of the rules that one is taken, for what was in force earlier is not in
// the data. Rules that have all yet to begin are a fault of the files (config::load_event_rules).
template <class Rule, class Fits>
const Rule* in_force_or_first(std::span<const Rule> rules, local_day on, Fits fits) {
  if (const Rule* begun = in_force(rules, on, fits)) return begun;
  const Rule* first = nullptr;
  for (const Rule& each : rules) {
    if (fits(each) && (first == nullptr || each.note.from < first->note.from)) first = &each;
  }
  return first;
}

}  // namespace bot::notices
