// "bukan balap liar, tapi tawuran": that what was noted is wrong, and which of the words say what is right.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bot/language/words.hpp"

namespace bot {

// Folded phrases, from config/rules/corrections.toml.
struct correction_rules {
  std::vector<std::string> deny, wrong, rather, before, other, points, since, joins;
};

// The word from which on stands what is right; words.size(): only that something is wrong. Nothing: no correction.
std::optional<std::size_t> corrected_from(std::span<const language::word> words, const correction_rules&,
                                          const std::vector<std::string>& courtesy);

}  // namespace bot
