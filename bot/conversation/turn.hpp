// One turn: what the service knows, what came in, what is to be done. `take_turn` is a pure function; everything that
// it decides is a value in `turn`, and the caller makes it durable before anyone is told.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "bot/cases/incidents.hpp"
#include "bot/cases/media.hpp"
#include "bot/cases/report.hpp"
#include "bot/cases/roster.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/inbound.hpp"
#include "bot/notices/notice.hpp"
#include "bot/outgoing.hpp"

namespace bot {

struct world;  // bot/conversation/world.hpp

// What storage must read before this message can be thought about, beyond the contact and the conversation.
struct reads {
  std::vector<std::string> report_numbers;
  std::vector<std::int64_t> report_ids;
  std::vector<std::string> invites;          // one-time codes that the message may hold
  std::string callback_of;                   // number of a case whose named reporter is to be called
  std::int64_t incident_size = 0;            // lead whose joined reports are to be counted
  std::int64_t followers_of = 0, after = 0;  // lead whose joined reports with an id above `after` are to be read
  bool open_cases = false;                   // those that the contact may take, most urgent first; and the notices
  std::vector<std::string> notice_numbers;
  std::vector<std::int64_t> notice_ids;
  std::string person_of_number;  // notice whose person in charge is to be read
  std::int64_t person_of = 0;    // the same by id
  bool beside = false;  // notices that may clash with the one that is opened, or stand in its week (notices/agenda.hpp)
  bool beside_told = false;       // the same for the event that is told, when it may be filed now
  std::string events_at;          // report that is opened: events that it may belong to (notices/at_event.hpp)
  std::string learned_at_number;  // notice at whose place something may have been learned
  std::string draft_number;       // code of a draft that is to be taken up
  std::string claimed_number, claimed_pin;  // "LK7Q-2M9X 483920": to be compared with the kept hash
  std::vector<std::string> pins_of;         // numbers of own cases, one of which may get a new PIN
  bool media = false;                       // what became of the files of these reports
  bool operator==(const reads&) const = default;
};

// Drawn by the caller, used or thrown away.
struct draws {
  std::int64_t report_id = 0;
  std::string report_number;
  std::int64_t notice_id = 0;
  std::string notice_number;
  std::int64_t part_id = 0;  // of the second notice of a mixed event
  std::string part_number;
  std::string pin;             // six digits
  std::string pin_hash;        // of report_number and pin, keyed
  std::string draft_pin_hash;  // of notice_number and pin
  std::int64_t media_id = 0;
};

struct facts {
  std::int64_t contact = 0;  // the chat it came from
  std::int64_t actor = 0;    // the person who sent it; equals `contact` in a private chat
  channel via = channel::telegram;
  bool group = false;
  bool actor_met = true;                        // the person has written to us in private before
  std::string callback;                         // name and number that the reporter of reads::callback_of left
  std::size_t incident_size = 0;                // without the lead
  std::vector<cases::report> listed;            // followers or open cases, as `reads` asked for
  std::vector<notices::notice> listed_notices;  // that the contact may deal with and are not over, the nearest first
  std::vector<cases::report> reports;           // those of `reads` that exist
  std::vector<notices::notice> notices;         // those of `reads` that exist
  std::vector<notices::notice> beside;          // as `beside`, `beside_told` or `events_at` of reads asked for
  std::string person;                           // in charge of reads::person_of
  std::vector<std::string> learned;             // at the place of reads::learned_at_number, the newest first
  std::optional<notices::kept_draft> draft;     // of reads::draft_number
  std::vector<cases::invite> invites;           // those of `reads` that are open
  std::vector<std::string> claim_hashes;        // of the claimed number and PIN, under every key, the newest first
  std::vector<std::pair<std::string, std::string>> new_pins;  // each of reads::pins_of, hash of it and the PIN drawn
  std::vector<cases::media_fact> media;                       // of `reports`, where `reads` asked for it
  draws fresh;
};

struct timer_order {
  std::string kind;
  std::int64_t subject = 0;
  std::int64_t version = 0;
  instant due{};
};

// A file that a person sent: to be fetched from the platform after the turn.
struct media_order {
  std::int64_t id = 0;
  std::int64_t report = 0;  // 0: of a draft so far
  said::media what;
};

struct note_to {
  std::int64_t contact = 0;  // a contact id of the roster or a reporter's
  say what;
  std::string dedupe;  // "subject:event": sent at most once to this contact; empty: always
};

// Who may be called, as a named reporter told it; empty words take it back. Kept sealed, apart from what was said.
struct callback {
  std::int64_t contact = 0;
  std::string words;  // name and number
};

// Counted by day and unit, without content.
struct tally {
  std::string kind;  // "activity"
  std::string unit;
  std::string day;  // local, "2026-11-21"
};

// What an officer did or read that is no event of a case: for the audit.
struct act {
  std::int64_t actor = 0;
  std::string kind;         // "talk_taken", "talk_ended"
  std::int64_t person = 0;  // whose conversation it was
};

struct turn {
  conversation next;
  bool silent = false;                 // nothing was done with it (an ignored kind)
  std::vector<say> replies;            // to the chat that it came from, in order
  std::vector<note_to> notes;          // to others
  std::vector<cases::report> reports;  // new or changed, whole
  std::vector<cases::report_event> events;
  std::vector<media_order> media;
  std::vector<std::pair<std::int64_t, std::int64_t>> media_filed;  // file and the report that it now belongs to
  std::vector<std::int64_t> media_dropped;                         // files that are not to be kept
  std::vector<notices::notice> notices;                            // new or changed, whole
  std::vector<notices::notice_event> notice_events;
  std::vector<notices::person_in_charge> persons;
  std::vector<notices::place_note> place_notes;
  std::vector<notices::kept_draft> drafts;
  std::vector<timer_order> timers;  // due now: the next thing to be thought about, with that contact's conversation
  std::vector<cases::membership> joins;
  std::vector<callback> callbacks;
  std::vector<tally> tallies;
  std::vector<act> acts;
  std::vector<cases::member> bound;  // officers and groups that are new (by `used_invite`) or changed
  std::string used_invite;
  int reachable = -1;  // -1 as it was, 0 the person has blocked us, 1 is back
};

reads reads_for(const inbound&, const conversation&);

// Never throws for anything that a person can send; an exception is a bug, and the caller keeps the message as failed.
turn take_turn(conversation, const inbound&, const facts&, const world&);

}  // namespace bot
