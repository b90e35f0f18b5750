// The pieces of time that a message's words name, before they are put together.
#pragma once

#include <cstdint>
#include <optional>

#include "bot/language/clocks.hpp"
#include "bot/language/moments.hpp"
#include "bot/language/reading.hpp"

namespace bot::language {

struct time_pieces {
  std::int64_t now = 0;               // local minutes
  std::int64_t today = 0;             // local days since 1970
  spoken_time told;                   // what needs no putting together: a habit, "sekarang", "dari"
  std::optional<std::int64_t> day;    // offset from today
  std::optional<std::int64_t> exact;  // "2 jam lagi"
  bool exact_days = false;
  bool weak_day = false;  // "tadi", "nanti": a named day beats them
  bool earlier = false;
  bool later = false;
  bool night = false;
  bool last_night = false;
  bool just = false;
  bool impossible = false;  // a date that does not exist
  int part = unsaid;
  int prayer_part = unsaid;
  clock_piece clock;
  spoken_time::kind vague = spoken_time::kind::none;  // "minggu depan"
};

time_pieces pieces_of(const reading&, const lexicon&, std::int64_t now_local_minutes);

}  // namespace bot::language
