#include "bot/notices/recurrence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "bot/written_moment.hpp"

namespace bot::notices {
namespace {

using std::chrono::days;
using std::chrono::weekday;
using std::chrono::year_month_day;
using pace = recurrence::pace;

constexpr std::array names = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

std::optional<int> whole(std::string_view text) {
  int value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (wrong != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<local_day> date_from(std::string_view digits) {
  if (digits.size() != 8) return std::nullopt;
  const auto y = whole(digits.substr(0, 4)), m = whole(digits.substr(4, 2)), d = whole(digits.substr(6, 2));
  if (!y || !m || !d) return std::nullopt;
  const year_month_day ymd{std::chrono::year{*y}, std::chrono::month{static_cast<unsigned>(*m)},
                           std::chrono::day{static_cast<unsigned>(*d)}};
  return ymd.ok() ? std::optional(local_day{ymd}) : std::nullopt;
}

bool read_days(std::string_view list, std::vector<weekday>& into) {
  while (!list.empty()) {
    const auto at = std::find(names.begin(), names.end(), list.substr(0, 2));
    if (at == names.end()) return false;
    into.emplace_back(static_cast<unsigned>(at - names.begin()));
    if (list.size() > 2 && list[2] != ',') return false;
    list.remove_prefix(std::min<std::size_t>(3, list.size()));
  }
  return true;
}

local_day monday_of(local_day day) { return day - (weekday{day} - std::chrono::Monday); }

// The moment of `told` on another day, at the same hour of the area's clock.
std::string moved(const std::string& told, days by, std::chrono::minutes utc_offset) {
  if (const auto day = read_day(told)) return written_day(instant{(*day + by).time_since_epoch()}, {});
  if (const auto moment = read_moment(told)) return bot::written(moment->at + by, utc_offset);
  return told;
}

}  // namespace

std::string rule_text(const recurrence& r) {
  std::string text = r.by == pace::weeks ? "FREQ=WEEKLY" : "FREQ=MONTHLY";
  if (r.every > 1) text += fmt::format(";INTERVAL={}", r.every);
  for (std::size_t i = 0; i < r.days.size(); ++i)
    text += (i == 0 ? ";BYDAY=" : ",") + std::string(names[r.days[i].c_encoding()]);
  if (r.count) text += fmt::format(";COUNT={}", *r.count);
  if (r.until) {
    const year_month_day d{*r.until};
    text += fmt::format(";UNTIL={:04}{:02}{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                        static_cast<unsigned>(d.day()));
  }
  return text;
}

std::optional<recurrence> read_recurrence(std::string_view text) {
  recurrence r;
  bool paced = false;
  while (!text.empty()) {
    const auto end = std::min(text.find(';'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = part.substr(0, equals), value = part.substr(equals + 1);
    if (name == "FREQ" && (value == "WEEKLY" || value == "MONTHLY")) {
      r.by = value == "WEEKLY" ? pace::weeks : pace::months;
      paced = true;
    } else if (const auto number = whole(value); (name == "INTERVAL" || name == "COUNT") && number && *number > 0) {
      if (name == "COUNT")
        r.count = *number;
      else
        r.every = *number;
    } else if (name == "UNTIL" && date_from(value)) {
      r.until = date_from(value);
    } else if (name != "BYDAY" || !read_days(value, r.days)) {
      return std::nullopt;
    }
  }
  return paced ? std::optional(std::move(r)) : std::nullopt;
}

std::optional<recurrence> recurrence_of(const answer_map& answers) {
  const auto at = answers.find("recurs");
  return at == answers.end() ? std::nullopt : read_recurrence(at->second);
}

std::vector<local_day> days_of(const recurrence& r, local_day first, int most_days) {
  std::vector<local_day> all = {first};
  local_day last = first + days(std::clamp(most_days, 0, most_recurring_days));
  if (r.until) last = std::min(last, *r.until);
  const auto most = static_cast<std::size_t>(std::max(1, r.count.value_or(most_recurring_days + 1)));
  const auto add = [&](local_day day) {
    if (day > first && day <= last && all.size() < most) all.push_back(day);
  };
  const int step = std::max(1, r.every);
  if (r.by == pace::months) {
    const year_month_day began{first};
    for (auto month = began.year() / began.month(); local_day{month / 1} <= last; month += std::chrono::months(step))
      if (const year_month_day day = month / began.day(); day.ok()) add(local_day{day});
    return all;
  }
  auto of_week = r.days;
  if (of_week.empty()) of_week = {weekday{first}};
  std::sort(of_week.begin(), of_week.end(), [](weekday a, weekday b) { return a.iso_encoding() < b.iso_encoding(); });
  for (local_day monday = monday_of(first); monday <= last; monday += days(7 * step))
    for (const weekday day : of_week) add(monday + (day - std::chrono::Monday));
  return all;
}

std::vector<notice> occurrences_of(const notice& n, std::chrono::minutes utc_offset) {
  const auto rule = recurrence_of(n.answers);
  if (!rule || n.start == instant{}) return {n};
  notice single = n;
  single.answers.erase("recurs");
  // The end of the notice is that of the last; its own answer is that of the first.
  single.end = n.start;
  const auto told = n.answers.find("end");
  const std::string end = told == n.answers.end() ? std::string() : told->second;
  if (const auto day = read_day(end)) single.end = instant{day->time_since_epoch()} - utc_offset;
  if (const auto moment = read_moment(end)) single.end = moment->at;
  const local_day first = time_at(n.start, utc_offset).day;
  std::vector<notice> all;
  for (const local_day day : days_of(*rule, first, most_recurring_days)) {
    const days by = day - first;
    notice one = single;
    one.start += by;
    one.end += by;
    for (const char* slot : {"start", "end"})
      if (const auto at = one.answers.find(slot); at != one.answers.end())
        at->second = moved(at->second, by, utc_offset);
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<notice> occurrences_of(std::vector<notice> notices, std::chrono::minutes utc_offset) {
  const bool none =
      std::none_of(notices.begin(), notices.end(), [](const notice& n) { return n.answers.contains("recurs"); });
  if (none) return notices;
  std::vector<notice> all;
  for (const auto& n : notices)
    for (auto& one : occurrences_of(n, utc_offset)) all.push_back(std::move(one));
  return all;
}

}  // namespace bot::notices
