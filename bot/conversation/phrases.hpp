// Folded phrases ("minta uang") looked for in the words of a message, whole words only.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "bot/language/words.hpp"

namespace bot {

// The number of words of the longest phrase that stands at word `at`; 0 when none does.
std::size_t phrase_at(std::span<const language::word> words, std::size_t at, const std::vector<std::string>& phrases);

bool has_phrase(std::span<const language::word> words, const std::vector<std::string>& phrases);

}  // namespace bot
