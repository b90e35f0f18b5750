// What stands on an officer's card.
#pragma once

#include <vector>

#include "bot/cases/report.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/outgoing.hpp"

namespace bot::cases {

// Number, level, category, place, age, unit: never the reporter, never words, never a pin.
std::vector<argument> card_arguments(const report&, const world&);
std::vector<choice> buttons_for(const report&);
// The card `key` to one officer or group; `event` makes it go to each at most once.
void give_card(turn&, const report&, const member&, std::string_view key, std::string_view event, const world&);
void give_cards(turn&, report&, const std::string& unit, std::string_view key, std::string_view event, const world&);

// The unit that owns it, those above, those that watch, and the fallback; never a group where the case is sealed.
bool may_act(const member&, const report&, const world&);

// Cards for the units that only watch it.
void show_watchers(turn&, report&, const world&);

}  // namespace bot::cases
