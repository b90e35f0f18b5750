// Numbers as people write them: "30an", "seket", "dua ratus", "60 70", "pettong polo", "belasan".
#pragma once

#include <cstdint>
#include <optional>

#include "bot/language/reading.hpp"

namespace bot::language {

// More is no number that people count.
inline constexpr std::int64_t largest_crowd = 10'000'000;

struct range {
  std::int64_t min = 0;
  std::int64_t max = 0;
  bool operator==(const range&) const = default;
};

struct quantity {
  range value;
  std::uint32_t first = 0;  // units
  std::uint32_t last = 0;   // excluded
};

// The number that begins at this unit, with what belongs to it ("lebih", "an", "sampai 70").
std::optional<quantity> quantity_at(const reading&, const lexicon&, std::uint32_t unit);

// A plain number without ranges, as clocks and dates need it.
std::optional<quantity> number_at(const reading&, const lexicon&, std::uint32_t unit);

// People who take part or are expected; never single persons, victims, vehicles or goods, nor more than largest_crowd.
std::optional<range> crowd_of(const reading&, const lexicon&);

}  // namespace bot::language
