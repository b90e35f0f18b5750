// PINs that reporters ask for: with its number, each tells the outcome of a case from any chat.
#pragma once

#include <string_view>
#include <vector>

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"

namespace bot {

inline constexpr int most_pin_misses = 5;  // then a case tells nobody by PIN any more

// Begins the data of a button that gives a case a new PIN; its number follows.
inline constexpr std::string_view pin_button = "c:pin:";
// The chat's own cases that may have one, the newest last. A case without a trace is in no chat.
std::vector<const cases::report*> cases_with_pin(const facts&);
// A new PIN for one of those; the former ceases. False: it is none of them.
bool give_pin(turn&, std::string_view number, const facts&, const world&);

}  // namespace bot
