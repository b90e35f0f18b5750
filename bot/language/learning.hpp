// What the learned model is shown of a message, for those who train it.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "bot/language/reading.hpp"
#include "bot/moment.hpp"

namespace bot::language {

// The signs of a message exactly as `understand` weighs them: its words and what was noted of its form, time and flags.
std::vector<std::uint32_t> signs_shown(std::string_view text, std::span<const word> words, instant now, const lexicon&,
                                       std::span<const word_range> places, std::chrono::minutes utc_offset);

}  // namespace bot::language
