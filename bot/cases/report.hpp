// A report: what happens, where, how bad, who has it. Content only: the reporter is a contact id, whose address lives
// in another table, encrypted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/conversation.hpp"
#include "bot/moment.hpp"

namespace bot::cases {

enum class level : std::uint8_t { low = 1, middle = 2, high = 3 };

// The life of a report. Which step may follow which stands in bot/cases/life_cycle.hpp.
enum class state : std::uint8_t { filed = 1, taken = 2, on_site = 3, closed = 4, withdrawn = 5, joined = 6 };

enum class identity : std::uint8_t { hidden = 1, named = 2, anonymous = 3 };

struct report {
  std::int64_t id = 0;
  std::string number;         // drawn outside: random, with a check character
  std::int64_t reporter = 0;  // contact id; 0 once the reply address is gone
  std::string category;       // a word of rules/categories.toml
  cases::level level = cases::level::low;
  cases::state state = cases::state::filed;
  identity reporter_is = identity::hidden;
  bool confirmed = false;  // the reporter has pressed "Kirim"; danger is forwarded before that
  bool sealed = false;     // never to a group, a kelurahan or a village officer
  std::string ward;        // Kemendagri code, empty: not known
  std::string unit;        // who owns it, never empty
  std::vector<std::string> watchers;
  std::vector<std::string> told;  // units whose people have a card of it
  std::int64_t holder = 0;        // officer who took it, 0 = nobody
  answer_map answers;             // the slots as told, words of the reporter included
  std::string routing_reason;     // why this unit, with source and confidence
  std::string level_reason;       // why this level
  instant created_at{};
  instant changed_at{};
  // An incident is known by its first case, the lead. `lead` alone: perhaps the same, an officer decides. State
  // `joined`: an officer has decided, and what becomes of the lead becomes of this.
  std::int64_t incident = 0;  // id of the lead, 0 = none
  std::string lead;           // its number
  int reports = 1;            // of a lead: how many tell of it, as last counted
  int step = 0;               // escalation steps taken
  std::string pin_hash;       // keyed, made outside; empty: no PIN was given out
  int pin_misses = 0;         // wrong PINs so far; five lock it
  std::int64_t version = 0;   // grows with every change

  bool operator==(const report&) const = default;
};

// A fact in the history of a report: never changed, never removed before its report.
struct report_event {
  std::int64_t report = 0;
  std::string kind;        // "filed", "routed", "added", "taken", …
  std::int64_t actor = 0;  // contact id of the officer who did it; 0: the system, or the reporter
  std::string detail;      // canonical words, no identity
  instant at{};
};

// Kinds of events that an audit must know of: what officers do with a case, and that they read it.
bool is_act_of_officer(std::string_view kind);

std::string_view name_of(level);
std::string_view name_of(state);
level level_named(std::string_view);  // an unknown word is `low`
state state_named(std::string_view);

}  // namespace bot::cases
