// Ways of writing a word that the vocabulary makes one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bot::language {

// Folded text as the vocabulary keys it: apostrophes dropped, three or more equal letters made one.
void squeeze(std::string_view folded, std::string& out);

// One spelling for those that differ from writer to writer: "bhuru" and "buru", "dhuwit" and "duwit", "tawoer", doubled
// letters.
void plain(std::string_view key, std::string& out);

// Shorter words than these are too often another word when a letter is wrong.
inline constexpr std::size_t shortest_respelled = 6;
inline constexpr std::size_t shortest_slip = 7;

}  // namespace bot::language
