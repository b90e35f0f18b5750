// Integer ids that grow with time: 42 bits of milliseconds, 9 bits of process, 12 bits of sequence. Rows that are made
// together lie together, and two processes on one store cannot meet.
#pragma once

#include <algorithm>
#include <cstdint>

#include "bot/moment.hpp"

namespace storage {

class id_source {  // one thread
 public:
  explicit id_source(std::uint32_t process) : process_(process & 0x1ff) {}

  // The next ids are greater than this one, also when the clock went back since it was drawn.
  void start_after(std::int64_t id) { last_ = std::max(last_, (id >> 21) + 1); }

  std::int64_t next(bot::instant now) {
    const std::int64_t ms = bot::to_millis(now) - epoch;
    if (ms > last_) {
      last_ = ms;
      sequence_ = 0;
    } else if (++sequence_ == 4096) {  // more than 4096 in one millisecond, or a clock that went back: run ahead
      ++last_;
      sequence_ = 0;
    }
    return (last_ << 21) | (static_cast<std::int64_t>(process_) << 12) | sequence_;
  }

  // No id that was drawn at `t` or later is smaller.
  static std::int64_t first_of(bot::instant t) { return (bot::to_millis(t) - epoch) << 21; }
  static bot::instant time_of(std::int64_t id) { return bot::from_millis((id >> 21) + epoch); }

 private:
  static constexpr std::int64_t epoch = 1767225600000;  // 2026-01-01
  std::int64_t last_ = 0;
  std::uint32_t sequence_ = 0;
  std::uint32_t process_;
};

}  // namespace storage
