// The steps that officers' buttons and words are made of. Each changes the turn, and the report where it is not const;
// the caller puts the report into the turn.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/cases/life.hpp"
#include "bot/cases/report.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"

namespace bot::cases {

// A button's data, "o:take:LK7Q-2M9X[:value]".
struct tapped {
  std::string action, number, value;
};
tapped read_tap(std::string_view data);

// --- the case ---------------------------------------------------------------------------------------------------
const report* find_report(const facts&, const std::string& number);  // null: not among the facts
const transition* allowed(state from, std::string_view action);      // null: not from this state
report touched(const report&, const world&);                         // a copy that counts as changed now
std::string manned_above(const std::string& unit, const world&);     // the nearest; empty: it would reach nobody
bool stands_under(const std::string& unit, const std::string& other, const world&);
// The unit above and those beside it, as far as somebody there can read it: where a case can sensibly go.
std::vector<choice> units_near(const report&, const world&);
void keep_note(report&, const std::string& words);  // stands on the full card
void move_to(turn&, report&, const std::string& unit, const std::string& why, const facts&, const world&);
// Moved by mistake: for some minutes its old unit may take it back, while nobody has taken it.
bool may_take_back(const member&, const report&, const world&);
void take_back(turn&, report&, const facts&, const world&);
// Closed by mistake: for the same minutes whoever closed it goes on with it, unless others were told of it as one.
bool may_resume(const report&, const facts&, const world&);
void resume(turn&, report&, const facts&, const world&);
// Another kind: level, reason and owner follow from it, each with its event. The level never sinks below high, and
// whoever has taken the case keeps it. Groups that may not see the new kind lose their card's content.
void recategorise(turn&, report&, const std::string& category, std::int64_t actor, const world&);

// --- the officer ------------------------------------------------------------------------------------------------
void answer(turn&, const facts&, std::string key, const report&, const world&);
// The card of a case that stood in a list, to the chat that asked for it.
void bring_card(turn&, const report&, const member&, const world&);
// What an officer who writes instead of tapping most likely means: the card of the one case that they hold, or of the
// only open one; else the list of those, if there are any.
void show_at_hand(turn&, const facts&, const world&);
// The words of the reporter, the place and the reasons: in a private chat only, and every opening is an event.
void open_fully(turn&, const report&, const facts&, const world&);
void open_files(turn&, const report&, const facts&, const world&);

// --- the reporter -----------------------------------------------------------------------------------------------
bool may_be_told(const report&);                 // has a reply address that was not said to be unsafe
bool may_be_asked(const report&, const world&);  // and where an attacker may hold the phone: said to be safe
void tell_reporter(turn&, const report&, std::string key, std::string_view event, std::vector<choice> choices,
                   const world&, std::vector<argument> more = {});
// A closed case is open again, one step above the unit that closed it where somebody can read it there. What the
// reporter is told of it: `key`, with "_there" where it stays, "_nobody" where it reaches nobody.
std::string reopen(turn&, report&, std::string_view key, const facts&, const world&);
// To the reporter, without either side's account.
void put_question(turn&, report&, const std::string& words, const facts&, const world&);

}  // namespace bot::cases
