// What a message has to do with the cases that its writer has open already.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/perception.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"

namespace bot {

// Set among the answers of a case while its officer waits for words of the reporter.
inline const std::string awaits_answer = "awaits_answer";

// Its reporter said that the phone is not safe: nothing there may show that there is such a case.
bool is_hushed(const cases::report&);

// The case's number stands in the text, alone or among other words.
bool names_number(std::string_view text, const std::string& number);

// A cry for help, or for haste, that tells nothing of what happens or where.
bool is_plea(const perception&, const world&);

// Something was written or done about it not long before or after the message was sent.
bool is_fresh(const cases::report&, const facts&, instant sent_at, const world&);
bool has_open_case(const facts&, instant sent_at, const world&);
// The newest last.
std::vector<const cases::report*> open_cases(const facts&, instant sent_at, const world&);

// The open case that a message is about: the one whose number, place, kind or words it names, else the one whose
// officer has asked, else the newest. Null: none is open.
struct meant {
  const cases::report* which = nullptr;
  bool named = false;  // it names that case and no other; the only open one is always named
};
meant case_meant(const perception&, std::string_view text, const facts&, instant sent_at, const world&);

// Another kind of event at another place than that case is another case; more of the same belongs to it.
bool says_new_event(const perception&, const cases::report*, const world&);

// A case that was closed not long ago, whose reporter was asked whether it is settled, and has not said so yet. Null:
// none, or something newer goes before it.
const cases::report* awaits_verdict(const facts&, const world&);

}  // namespace bot
