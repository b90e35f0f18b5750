// Parts of a message that are put together before it is sent: those that stand in another text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/outgoing.hpp"

namespace bot {

// A text of the catalogue with the values of its {placeholders}, each wherever it stands; one without a value leaves
// nothing. What people wrote is put in as it is, braces and all.
std::string filled(std::string_view text, const std::vector<argument>&);

}  // namespace bot
