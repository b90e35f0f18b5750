// "bukan balap liar, tapi tawuran": that what was noted is wrong, and which of the words say what is right.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "bot/conversation/phrases.hpp"
#include "bot/language/words.hpp"

namespace bot {

// Folded phrases, from config/rules/corrections.toml.
struct correction_rules {
  phrase_set deny, wrong, rather, before, other, points, since, joins;
};

// The word from which on stands what is right; words.size(): only that something is wrong. Nothing: no correction.
std::optional<std::size_t> corrected_from(std::span<const language::word> words, const correction_rules&,
                                          const phrase_set& courtesy);

}  // namespace bot
