// The word that was meant, for messages about a misspelt one.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace commands {

// The word of the list with the fewest slips from `typed`, at most one for every three letters; empty: none is near.
std::string_view nearest(std::string_view typed, std::span<const std::string> words);

}  // namespace commands
