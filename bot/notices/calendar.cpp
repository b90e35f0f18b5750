#include "bot/notices/calendar.hpp"

#include <algorithm>

namespace bot::notices {
namespace {

using std::chrono::days;

// A year without one working day would never end the count.
constexpr days most_days{3000};

int year_of(local_day day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }

}  // namespace

calendar::calendar(calendar_source source) : source_(std::move(source)) {
  std::stable_sort(source_.free_days.begin(), source_.free_days.end(), [](const free_day& a, const free_day& b) {
    // A holiday first: it is free whatever is said of joint leave.
    return a.day != b.day ? a.day < b.day : a.joint_leave < b.joint_leave;
  });
}

const free_day* calendar::free_on(local_day day, std::string_view where) const {
  auto at = std::lower_bound(source_.free_days.begin(), source_.free_days.end(), day,
                             [](const free_day& each, local_day wanted) { return each.day < wanted; });
  for (; at != source_.free_days.end() && at->day == day; ++at) {
    if (at->areas.empty()) return &*at;
    for (const std::string& code : at->areas)
      if (where.starts_with(code)) return &*at;
  }
  return nullptr;
}

bool calendar::works(local_day day, std::string_view where) const {
  if (!source_.weekdays[std::chrono::weekday(day).c_encoding()]) return false;
  const free_day* free = free_on(day, where);
  return free == nullptr || (free->joint_leave && source_.joint_leave_works);
}

bool calendar::decreed(local_day first, local_day last) const {
  for (int year = year_of(first); year <= year_of(last); ++year) {
    if (std::find(source_.decreed_years.begin(), source_.decreed_years.end(), year) == source_.decreed_years.end()) {
      return false;
    }
  }
  return true;
}

counted_back last_filing_day(const calendar& days_off, local_day event_day, int working_days, std::string_view where) {
  local_day day = event_day;
  for (int left = working_days; left > 0 && event_day - day < most_days;) {
    day -= days{1};
    if (days_off.works(day, where)) --left;
  }
  const bool is_first_of_them = working_days > 0 && days_off.reading() == reading::filing_day;
  if (!is_first_of_them) day -= days{1};
  return {day, days_off.decreed(day, event_day)};
}

}  // namespace bot::notices
