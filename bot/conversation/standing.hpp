// How a case stands, as its reporter is told.
#pragma once

#include <vector>

#include "bot/cases/report.hpp"
#include "bot/conversation/world.hpp"
#include "bot/outgoing.hpp"

namespace bot {

// {number}, {category}, {place}, {state} with its {outcome}, and {unit}: who has the card, not who should have it.
std::vector<argument> standing_of(const cases::report&, const world&);

}  // namespace bot
