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

// Something that is said with few words, and those that may stand beside them.
struct saying {
  std::vector<std::string> words, beside;
};
// The message says that and nothing else; signs and numbers beside it count for nothing.
bool says_only(std::span<const language::word> words, const saying&);

}  // namespace bot
