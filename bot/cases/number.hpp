// Case numbers: random, easy to read out, with a check character, so that a mistyped number is noticed instead of
// opening another case. "LK7Q-2M9X": kind, six characters of 30 random bits, check.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bot::cases {

// `kind` is 'L' for a report (laporan), 'P' for a notice (pemberitahuan). Uses the low 30 bits.
std::string make_number(char kind, std::uint64_t random_bits);

// The number as it is kept, when `text` is one: case and hyphen do not matter, O reads as 0, I and L as 1.
std::optional<std::string> read_number(std::string_view text);

}  // namespace bot::cases
