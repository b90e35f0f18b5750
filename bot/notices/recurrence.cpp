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

bool read_dates(std::string_view list, std::vector<local_day>& into) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    const auto day = date_from(list.substr(0, end));
    if (!day) return false;
    into.push_back(*day);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return true;
}

std::string digits_of(local_day day) {
  const year_month_day d{day};
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                     static_cast<unsigned>(d.day()));
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

// With those that were cancelled.
std::vector<local_day> planned_days(const recurrence& r, local_day first, int most_days) {
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

// Its first event alone.
notice first_of(const notice& n, std::chrono::minutes utc_offset) {
  notice single = n;
  single.answers.erase("recurs");
  // The end of the notice is that of the last; its own answer is that of the first.
  single.end = n.start;
  const auto told = n.answers.find("end");
  const std::string end = told == n.answers.end() ? std::string() : told->second;
  if (const auto day = read_day(end)) single.end = instant{day->time_since_epoch()} - utc_offset;
  if (const auto moment = read_moment(end)) single.end = moment->at;
  return single;
}

notice later_by(notice one, days by, std::chrono::minutes utc_offset) {
  one.start += by;
  one.end += by;
  for (const char* slot : {"start", "end"})
    if (const auto at = one.answers.find(slot); at != one.answers.end()) at->second = moved(at->second, by, utc_offset);
  return one;
}

bool comes_again(const notice& n) { return n.start != instant{} && recurrence_of(n.answers).has_value(); }

}  // namespace

std::string rule_text(const recurrence& r) {
  std::string text = r.by == pace::weeks ? "FREQ=WEEKLY" : "FREQ=MONTHLY";
  if (r.every > 1) text += fmt::format(";INTERVAL={}", r.every);
  for (std::size_t i = 0; i < r.days.size(); ++i)
    text += (i == 0 ? ";BYDAY=" : ",") + std::string(names[r.days[i].c_encoding()]);
  if (r.count) text += fmt::format(";COUNT={}", *r.count);
  if (r.until) text += ";UNTIL=" + digits_of(*r.until);
  for (std::size_t i = 0; i < r.except.size(); ++i) text += (i == 0 ? ";EXDATE=" : ",") + digits_of(r.except[i]);
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
    } else if (!(name == "BYDAY" && read_days(value, r.days)) && !(name == "EXDATE" && read_dates(value, r.except))) {
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
  auto all = planned_days(r, first, most_days);
  std::erase_if(all, [&](local_day day) { return std::find(r.except.begin(), r.except.end(), day) != r.except.end(); });
  if (all.empty()) all.push_back(first);
  return all;
}

std::vector<local_day> dates_of(const notice& n, std::chrono::minutes utc_offset) {
  const local_day first = time_at(n.start, utc_offset).day;
  if (!comes_again(n)) return {first};
  return days_of(*recurrence_of(n.answers), first, most_recurring_days);
}

notice on_date(const notice& n, local_day day, std::chrono::minutes utc_offset) {
  if (!comes_again(n)) return n;
  return later_by(first_of(n, utc_offset), day - time_at(n.start, utc_offset).day, utc_offset);
}

std::vector<notice> occurrences_of(const notice& n, std::chrono::minutes utc_offset) {
  if (!comes_again(n)) return {n};
  const notice single = first_of(n, utc_offset);
  const local_day first = time_at(n.start, utc_offset).day;
  std::vector<notice> all;
  for (const local_day day : dates_of(n, utc_offset)) all.push_back(later_by(single, day - first, utc_offset));
  return all;
}

notice from_date(const notice& was, local_day day, std::chrono::minutes utc_offset) {
  notice n = was;
  auto rule = recurrence_of(n.answers);
  const local_day first = time_at(n.start, utc_offset).day;
  if (!rule || day <= first) return n;
  if (rule->days.empty() && rule->by == pace::weeks) rule->days = {weekday{first}};
  const auto planned = planned_days(*rule, first, most_recurring_days);
  const auto gone = std::lower_bound(planned.begin(), planned.end(), day) - planned.begin();
  if (rule->count) *rule->count -= static_cast<int>(gone);
  std::erase_if(rule->except, [&](local_day off) { return off < day; });
  for (const char* slot : {"start", "end"})
    if (const auto at = n.answers.find(slot); at != n.answers.end())
      at->second = moved(at->second, day - first, utc_offset);
  n.start += day - first;
  n.answers["recurs"] = rule_text(*rule);
  return n;
}

notice without_date(const notice& was, local_day off, std::chrono::minutes utc_offset) {
  auto rule = recurrence_of(was.answers);
  if (!rule) return was;
  notice n = was;
  rule->except.insert(std::upper_bound(rule->except.begin(), rule->except.end(), off), off);
  n.answers["recurs"] = rule_text(*rule);
  const auto left = dates_of(n, utc_offset);
  if (off == time_at(n.start, utc_offset).day) n = from_date(n, left.front(), utc_offset);
  const notice last = on_date(n, left.back(), utc_offset);
  n.end = std::max(last.start, last.end);
  return n;
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
