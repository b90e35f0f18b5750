// Clock times inside a message: "jam setengah 8 malam", "19.00", "pukul 7 lebih 15", "bakda isya".
#pragma once

#include <cstdint>

#include "bot/language/reading.hpp"

namespace bot::language {

inline constexpr std::int64_t minutes_a_day = 24 * 60;

// Values of the class "day_part".
enum day_part : std::uint8_t { unsaid = 0, morning = 1, noon = 2, afternoon = 3, night = 4, small_hours = 5 };

// What a clock would show; which half of the day is meant may be open.
struct clock_piece {
  int minutes = -1;             // of the face: 0..24*60
  int part = unsaid;            // a day_part
  bool exact_day_half = false;  // 13 or more, a leading zero, or a prayer: nothing to guess
  std::uint32_t last = 0;       // unit after it; 0: no clock here
};

// The clock that begins at this unit.
clock_piece clock_at(const reading&, const lexicon&, std::uint32_t unit);

// Minutes after midnight of a face in a part of the day; more than a day for "jam 1 malam".
std::int64_t minutes_of(int part, int face);

// "subuh jam 4": the prayer says which half of the day is meant.
int part_of_prayer(int minutes);

}  // namespace bot::language
