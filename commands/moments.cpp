#include "commands/moments.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <cstdio>

namespace commands {

std::optional<told_moment> parse_moment(std::string text) {
  if (text.ends_with('Z')) text.replace(text.size() - 1, 1, "+00:00");
  int year = 0, hour = 0, minute = 0, second = 0, offset_hours = 0, offset_minutes = 0, read = 0;
  unsigned month = 0, day = 0;
  char sign = '+';
  const int fields = std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d%c%2d:%2d%n", &year, &month, &day, &hour,
                                 &minute, &second, &sign, &offset_hours, &offset_minutes, &read);
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  const bool sound = fields == 9 && static_cast<std::size_t>(read) == text.size() && date.ok() && hour < 24 &&
                     minute < 60 && second < 60 && (sign == '+' || sign == '-') && offset_hours < 15 &&
                     offset_minutes < 60;
  if (!sound) return std::nullopt;
  told_moment out;
  out.offset = std::chrono::hours{offset_hours} + std::chrono::minutes{offset_minutes};
  if (sign == '-') out.offset = -out.offset;
  out.at = std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second} - out.offset;
  return out;
}

std::string written(bot::instant at, std::chrono::minutes offset) {
  const auto local = std::chrono::floor<std::chrono::seconds>(at) + offset;
  const auto size = offset < std::chrono::minutes{0} ? -offset : offset;
  return fmt::format("{}{}{:02}:{:02}", date::format("%FT%T", local), offset < std::chrono::minutes{0} ? '-' : '+',
                     size.count() / 60, size.count() % 60);
}

std::string written_day(bot::instant at, std::chrono::minutes offset) { return date::format("%F", at + offset); }

}  // namespace commands
