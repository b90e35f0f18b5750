// The days on which offices work, for deadlines that count working days. The data stands in config/rules/calendar.toml.
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bot/notices/event.hpp"

namespace bot::notices {

// How "at the latest N working days before" is read; see docs/decisions/working-days.md.
enum class reading : std::uint8_t {
  full_days,   // N whole working days lie between the day of filing and that of the event
  filing_day,  // the day of filing is the first of the N
};

struct free_day {
  local_day day{};
  std::string name;                // Indonesian
  bool joint_leave = false;        // cuti bersama, not a national holiday
  bool certain = false;            // fixed by law, decreed for its year, or said by the city itself
  std::vector<std::string> areas;  // codes: a holiday of these cities alone; empty: of the nation
};

struct calendar_source {
  std::array<bool, 7> weekdays{false, true, true, true, true, true, false};  // worked, Sunday first
  bool joint_leave_works = false;
  notices::reading reading = notices::reading::full_days;
  std::vector<free_day> free_days;
  std::vector<int> decreed_years;  // years whose holidays and joint leave are all known
};

class calendar {
 public:
  explicit calendar(calendar_source = {});

  // `where`: the code of a place, whose city may have holidays of its own; empty: those of the nation alone.
  bool works(local_day, std::string_view where = {}) const;
  // Null: no holiday. Lives as long as the calendar.
  const free_day* free_on(local_day, std::string_view where = {}) const;
  notices::reading reading() const { return source_.reading; }
  // Whether every day from `first` to `last` is in a year whose holidays were decreed.
  bool decreed(local_day first, local_day last) const;

 private:
  calendar_source source_;  // free_days sorted by day
};

struct counted_back {
  local_day last{};      // the last day on which filing is in time
  bool certain = false;  // false: the count ran through a year without decree, so it may be a day or more off
};

// The last day of filing for something due `working_days` (0..366) before `event_day`, which does not count itself.
// `where` as in calendar::works.
counted_back last_filing_day(const calendar&, local_day event_day, int working_days, std::string_view where = {});

}  // namespace bot::notices
