#include "bot/written_moment.hpp"

#include <date/date.h>
#include <fmt/format.h>

namespace bot {
namespace {

using std::chrono::hours, std::chrono::minutes, std::chrono::seconds;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes `count` digits from the front of `text` after `before`, a sign that must stand there ('\0': none).
std::optional<int> take(std::string_view& text, char before, std::size_t count) {
  std::size_t at = 0;
  if (before != '\0') {
    if (text.empty() || text[0] != before) return std::nullopt;
    at = 1;
  }
  if (text.size() < at + count) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(at + count);
  return value;
}

std::optional<std::chrono::sys_days> take_day(std::string_view& text) {
  const auto year = take(text, '\0', 4), month = take(text, '-', 2), day = take(text, '-', 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

std::optional<minutes> take_offset(std::string_view& text) {
  if (text == "Z") {
    text = {};
    return minutes{0};
  }
  const bool west = text.starts_with('-');
  const auto in_hours = take(text, west ? '-' : '+', 2), in_minutes = take(text, ':', 2);
  if (!in_hours || !in_minutes || *in_hours > 14 || *in_minutes > 59) return std::nullopt;
  const minutes size = hours{*in_hours} + minutes{*in_minutes};
  return west ? -size : size;
}

}  // namespace

std::optional<told_moment> read_moment(std::string_view text) {
  const auto day = take_day(text);
  const auto hour = take(text, 'T', 2), minute = take(text, ':', 2);
  const auto second = text.starts_with(':') ? take(text, ':', 2) : std::optional<int>(0);
  if (!day || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  told_moment out;
  if (!text.empty()) {
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    out.offset = *offset;
  }
  out.at = *day + hours{*hour} + minutes{*minute} + seconds{*second} - out.offset;
  return out;
}

std::optional<std::chrono::sys_days> read_day(std::string_view text) {
  const auto day = take_day(text);
  return day && text.empty() ? day : std::nullopt;
}

std::string written(instant at, minutes offset) {
  const auto local = std::chrono::floor<seconds>(at) + offset;
  const date::hh_mm_ss clock{local - date::floor<date::days>(local)};
  const auto size = offset < minutes{0} ? -offset : offset;
  return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}", written_day(at, offset), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), offset < minutes{0} ? '-' : '+',
                     size.count() / 60, size.count() % 60);
}

std::string written_utc(instant at) { return date::format("%FT%TZ", std::chrono::floor<seconds>(at)); }

std::string written_day(instant at, minutes offset) {
  const date::year_month_day day{date::floor<date::days>(at + offset)};
  return fmt::format("{:04}-{:02}-{:02}", int{day.year()}, unsigned{day.month()}, unsigned{day.day()});
}

}  // namespace bot
