// What people ask about their own cases: the state from their chat, the outcome by number and PIN from any, and to be
// forgotten.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"

namespace bot {

// "LK7Q-2M9X 483920": a case number and its PIN, alone in a message.
struct claim {
  std::string number, pin;
};
std::optional<claim> claim_in(std::string_view text);

// A one-time code as `officer invite` prints it: "masuk-" and 20 characters; it may stand behind "/start ".
std::string invite_in(std::string_view text);

void say_status(turn&, const facts&, const world&);

// How the newest open case of this chat stands, for words that say nothing of their own. False: there is none, or one
// that whoever else holds the phone must not be reminded of.
bool say_standing(turn&, const facts&, const world&);
// Never says whether the number exists.
void say_claimed(turn&, const claim&, const facts&, const world&);
// The draft and every reply address; cases stay.
void forget(turn&, bool had_any, const facts&, const world&);

}  // namespace bot
