// What an officer should ask about a notice because of what else happens there or then: other events, hours and days
// of the data (config/rules/clashes.toml). Questions for officers only: nothing follows from them by itself, and no
// organiser sees them. They come from places and clocks, never from who holds an event.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/geography/atlas.hpp"
#include "bot/geography/units.hpp"
#include "bot/notices/notice.hpp"

namespace bot::notices {

enum class occasion : std::uint8_t { worship, exams, suro, election, custom };
std::optional<occasion> occasion_named(std::string_view);

// Asked when every condition that is set holds for some hour of the event.
struct dated_question {
  std::string id;
  occasion kind = occasion::custom;
  std::string question;  // Indonesian, as the officer reads it
  std::string source;    // where the days or hours come from
  geography::confidence sure = geography::confidence::unverified;
  std::optional<local_day> from, until;            // the last day included
  std::vector<std::chrono::weekday> days;          // empty: every day
  std::chrono::minutes opens{0}, closes{24 * 60};  // local time of day
  std::vector<purpose> purposes;                   // empty: every event
  std::vector<std::string> areas;                  // codes; empty: everywhere
  bool rural = false;                              // in a desa only
};

// The list of the coming days that a unit gets in its chats, on one day of the week.
struct weekly_rule {
  std::chrono::weekday day = std::chrono::Monday;
  std::chrono::minutes at{7 * 60};  // local time of day
};

struct clash_rules {
  double near_m = 500;                                            // between two places that are known by a pin
  std::chrono::minutes near{3 * 60};                              // between the end of one and the start of the other
  std::chrono::minutes assumed{4 * 60};                           // an event whose end was not told
  std::chrono::minutes night_from{18 * 60}, night_until{6 * 60};  // local time of day, over midnight
  int many = 3;                                                   // events of one unit in one night
  std::vector<dated_question> questions;
  weekly_rule weekly;
};

struct clash {
  enum class kind : std::uint8_t {
    route,      // their ways share a ward at the same time
    together,   // the same place at the same time
    near,       // near each other, one soon after the other
    neighbour,  // soon after each other in wards side by side; how near is not known
    many,       // too many for one unit in a night
    dated       // an hour or day of the data
  };
  kind what = kind::dated;
  const notice* other = nullptr;         // of route, together, near and neighbour; lives as long as `others`
  bool sure = true;                      // false: the distance is not known, the ward is the same or the next
  int events = 0;                        // of many, this one included
  local_day night{};                     // of many: the evening
  const dated_question* asks = nullptr;  // of dated; lives as long as the rules
};

// From when to when an event lasts; where only days are known, all of their hours.
struct time_span {
  instant from{}, until{};  // the end excluded
};
time_span span_of(const notice&, const clash_rules&, std::chrono::minutes utc_offset);

// Whether it takes place as far as is known: not cancelled, refused or revoked.
bool takes_place(const notice&);

// Areas that lie side by side with this one (code): the spot of an event may be just across.
std::vector<std::string> next_to(const std::string& ward, const geography::atlas&);

// The gravest first, the earlier before the later. `others` may hold the notice itself and what is far off.
std::vector<clash> clashes_of(const notice&, std::span<const notice> others, const clash_rules&,
                              const geography::atlas&, std::chrono::minutes utc_offset);

}  // namespace bot::notices
