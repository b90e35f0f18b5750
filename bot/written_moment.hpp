// Moments and days as files, answers and dry runs write them: ISO 8601.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "bot/moment.hpp"

namespace bot {

struct told_moment {
  instant at{};
  std::chrono::minutes offset = std::chrono::hours{7};  // western Indonesian time unless told
};

// "2026-11-21T20:00:00+07:00"; seconds may be left out, the offset too, or be "Z". None: it is no such moment.
std::optional<told_moment> read_moment(std::string_view text);
std::optional<std::chrono::sys_days> read_day(std::string_view text);  // "2026-11-21"

std::string written(instant, std::chrono::minutes offset);      // "2026-11-21T20:00:00+07:00"
std::string written_utc(instant);                               // "2026-11-21T13:00:00Z"
std::string written_day(instant, std::chrono::minutes offset);  // "2026-11-21"

}  // namespace bot
