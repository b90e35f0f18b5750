// What an organiser filed, as it is kept: content only. Who is in charge of the event stands sealed in a place of its
// own, and nothing here is shared with the reports of incidents (P-09).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/conversation.hpp"
#include "bot/moment.hpp"
#include "bot/notices/life.hpp"

namespace bot::notices {

// What an officer gave a number to: the receipt of a notice, or of an application and the decision on it.
struct issue {
  state what = state::receipted;  // receipted, approved or approved_with_conditions
  int version = 1;                // of the notice
  std::string number;             // the unit's own
  std::string unit;               // code
  std::string role;               // of the officer, never the name; empty: by rule, without an officer
  std::string conditions;         // in words, may be empty
  instant at{};
  bool operator==(const issue&) const = default;
};

struct notice {
  std::int64_t id = 0;
  std::string number;          // "PK7Q-2M9X", drawn outside
  std::int64_t organiser = 0;  // contact id; 0 once the reply address is gone
  notices::filed filed;        // track, state, version, whose it is now; its unit is never empty
  std::optional<notices::tier> tier;
  std::vector<extra> extras;
  addressee to = addressee::polsek;
  std::vector<std::string> watchers;  // the other units of a route, and those of its places under the one that leads
  std::vector<std::string> told;      // units whose people have a card of it
  std::vector<std::string> wards;     // codes; empty: outside of all areas
  instant start{}, end{};             // of the event; the local midnight where only the day is known
  bool late = false;                  // filed after the last moment: a remark, nothing else
  bool disputed = false;              // an officer settles the track
  bool settled = false;               // an officer has: changes leave it alone
  std::string because;                // rules that decided, with article, for officers
  answer_map answers;                 // the slots as told; never the person in charge
  std::vector<issue> issued;          // oldest first, of every version
  std::string code;                   // of the page that its papers lead to: drawn by the store with the first issue
  int step = 0;                       // times that a receipt was reminded of
  instant created_at{}, changed_at{};
  std::int64_t revision =
      0;  // grows with everything that is written; `filed.version` only with the organiser's changes

  bool operator==(const notice&) const = default;
};

// A fact in the history of a notice: never changed, never removed before its notice.
struct notice_event {
  std::int64_t notice = 0;
  std::string kind;        // "filed", "opened", a name of an action, …
  std::int64_t actor = 0;  // contact id of an officer, 0 = the organiser or the system
  std::string detail;      // no identity
  instant at{};
};

// Name, address and number of the person in charge of an event; empty words take them back. Told before the notice is
// filed, and sealed from the first moment.
struct person_in_charge {
  std::int64_t notice = 0;
  std::string words;
};

// The key under which cards of a notice are found again.
inline std::string card_subject_of(const std::string& number) { return "notice:" + number; }

// What the organiser told or did, of all that a history names: its actor is never kept, so that the history leads to
// nobody once the reply address is gone. Every other actor is an officer, and stands in the audit.
inline bool is_of_organiser(std::string_view kind) {
  return kind == "filed" || kind == "changed" || kind == "completed" || kind == "cancelled" || kind == "date_cancelled";
}

// What was learned when an event was over, for whoever looks after the next one at the same place. Of the place alone:
// it names no notice and nobody.
struct place_note {
  std::string place;  // place_key of bot/notices/afterwards.hpp
  std::string words;  // for officers
  instant at{};
};

// A draft that its writer can take up from another chat, by its code. Without the person in charge: that one is told
// anew there.
struct kept_draft {
  std::int64_t notice = 0;  // id of the draft
  std::string number;       // its code, with a PIN
  std::string pin_hash;
  int pin_misses = 0;
  instant until{};
  answer_map answers;
  bool gone = false;  // to be removed: filed, dropped, over or taken up

  bool operator==(const kept_draft&) const = default;
};

}  // namespace bot::notices
