// Times as people write them, read relative to the message's own time: "besok bakda isya", "td mlm jam 11", "sesuk jam
// 9 isuk", "Sabtu 14/12 pukul 19.00", "setengah 8 malam", "malem Jemuah".
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "bot/language/reading.hpp"
#include "bot/moment.hpp"

namespace bot::language {

// What the words say. Local minutes since 1970-01-01T00:00 on the area's clock.
struct spoken_time {
  enum class kind : std::uint8_t { none, past, now, future } what = kind::none;
  std::optional<std::int64_t> local_minutes;  // none: a habit, "minggu depan", or a date that does not exist
  bool date_only = false;
  bool habit = false;      // "tiap malam minggu"
  bool since = false;      // "dari jam 6 sore": a start, it may still go on
  bool this_part = false;  // "malam ini", "hari ini", said without a clock: may be now
  bool now_word = false;   // "sekarang", wherever it stands
  bool weekday = false;    // "hari Rabu" and nothing that tells which: taken for the coming one
};

spoken_time time_of(const reading&, const lexicon&, std::int64_t now_local_minutes);

}  // namespace bot::language
