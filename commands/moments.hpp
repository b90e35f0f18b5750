// Moments as the dry runs read and write them: ISO 8601 with an offset.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "bot/moment.hpp"

namespace commands {

struct told_moment {
  bot::instant at{};
  std::chrono::minutes offset = std::chrono::hours{7};  // western Indonesian time unless told
};

// "2026-11-21T20:00:00+07:00" or with "Z".
std::optional<told_moment> parse_moment(std::string text);

std::string written(bot::instant, std::chrono::minutes offset);      // "2026-11-21T20:00:00+07:00"
std::string written_day(bot::instant, std::chrono::minutes offset);  // "2026-11-21"

}  // namespace commands
