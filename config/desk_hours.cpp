#include "config/desk_hours.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace config {
namespace {

// "08.00", as minutes of a day.
std::optional<int> minute_of(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -10000; };
  if (text.size() != 5 || text[2] != '.') return std::nullopt;
  const int minute = (digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4);
  return minute < 0 || minute > 24 * 60 || digit(3) > 5 ? std::nullopt : std::optional(minute);
}

bool is_span(std::string_view text) {
  if (text == "24 jam") return true;
  if (text.size() != 11 || text[5] != '-') return false;
  const auto from = minute_of(text.substr(0, 5)), until = minute_of(text.substr(6));
  return from && until && *from < *until;
}

bool are_days(std::string_view text) {
  static constexpr std::array days = {"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"};
  const auto at = [&](std::string_view name) { return std::find(days.begin(), days.end(), name); };
  if (text == "Setiap hari") return true;
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return at(text) != days.end();
  return at(text.substr(dash + 1)) != days.end() && at(text.substr(0, dash)) < at(text.substr(dash + 1));
}

}  // namespace

bool is_desk_hours(std::string_view text) {
  for (bool more = true; more;) {
    const auto comma = text.find(", ");
    more = comma != std::string_view::npos;
    std::string_view part = text.substr(0, comma);
    if (more) text.remove_prefix(comma + 2);
    if (part.ends_with(" WIB") || part.ends_with(" WIT")) part.remove_suffix(4);
    if (part.ends_with(" WITA")) part.remove_suffix(5);
    const auto gap = part.ends_with(" 24 jam") ? part.size() - 7 : part.rfind(' ');
    if (gap == std::string_view::npos || !are_days(part.substr(0, gap)) || !is_span(part.substr(gap + 1))) return false;
  }
  return true;
}

}  // namespace config
