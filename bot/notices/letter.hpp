// The letter on paper, where a unit wants one: an officer says with one tap that it came.
#pragma once

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/notices/notice.hpp"

namespace bot::notices {

// The unit wants it, a receipt is owed, and no officer has said that it came.
bool awaits_letter(const notice&, const world&);

// "n:letter:<number>" of an officer who may act: its organiser hears it and nobody is reminded of it any more. The
// clock of the receipt runs on.
void take_letter(turn&, const notice&, const facts&, const world&);

}  // namespace bot::notices
