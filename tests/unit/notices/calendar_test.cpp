#include "bot/notices/calendar.hpp"

#include <gtest/gtest.h>

#include <date/date.h>

#include <map>

#include "support.hpp"

namespace bot::notices {
namespace {

using std::chrono::days;

// Read as plainly as a person does it: from each day on forwards, are there N working days before the event?
local_day slow_last_day(const calendar& c, local_day event, int n) {
  for (local_day filing = event - days{1};; filing -= days{1}) {
    int between = 0;
    for (local_day day = filing + days{1}; day < event; day += days{1}) between += c.works(day) ? 1 : 0;
    if (between >= n) return filing;
  }
}

TEST(calendar, counts_working_days_like_a_person_on_every_day_of_seven_years) {
  const calendar& c = shipped_rules().days;
  for (local_day event = on(2024, 1, 1); event <= on(2030, 12, 31); event += days{1}) {
    for (const int n : {7, 14, 21, 30}) {
      ASSERT_EQ(last_filing_day(c, event, n).last, slow_last_day(c, event, n))
          << date::format("%F", date::sys_days(date::days(event.time_since_epoch().count()))) << ' ' << n;
    }
  }
}

TEST(calendar, the_other_reading_counts_the_day_of_filing_as_the_first) {
  calendar_source source;
  source.reading = reading::filing_day;
  const calendar c(source);
  for (local_day event = on(2026, 1, 1); event <= on(2026, 12, 31); event += days{1}) {
    const local_day last = last_filing_day(c, event, 7).last;
    EXPECT_TRUE(c.works(last));
    int counted = 0;
    for (local_day day = last; day < event; day += days{1}) counted += c.works(day) ? 1 : 0;
    EXPECT_EQ(counted, 7);
  }
}

TEST(calendar, holidays_and_joint_leave_of_decreed_years_are_free) {
  const calendar& c = shipped_rules().days;
  EXPECT_FALSE(c.works(on(2024, 2, 14)));   // pemilu, Keppres 10/2024
  EXPECT_FALSE(c.works(on(2024, 11, 27)));  // pilkada, Keppres 33/2024
  EXPECT_FALSE(c.works(on(2025, 8, 18)));   // joint leave added in August 2025
  EXPECT_FALSE(c.works(on(2026, 3, 18)));
  EXPECT_FALSE(c.works(on(2026, 3, 24)));
  EXPECT_TRUE(c.works(on(2026, 3, 25)));
  EXPECT_FALSE(c.works(on(2026, 12, 24)));
  EXPECT_TRUE(c.works(on(2024, 2, 29)));    // a Thursday that exists
  EXPECT_FALSE(c.works(on(2026, 11, 22)));  // Sunday
}

// SKB 855/2023, 1017/2024 and 1497/2025 with the election days of 2024 and 18 August 2025.
TEST(calendar, decreed_years_have_as_many_days_as_their_decrees) {
  const calendar& c = shipped_rules().days;
  std::map<int, std::pair<int, int>> found;  // holidays, joint leave
  for (local_day day = on(2024, 1, 1); day < on(2027, 1, 1); day += days{1}) {
    if (const free_day* free = c.free_on(day)) {
      auto& [national, joint] = found[static_cast<int>(std::chrono::year_month_day(day).year())];
      ++(free->joint_leave ? joint : national);
      EXPECT_TRUE(free->certain) << free->name;
    }
  }
  EXPECT_EQ(found[2024], std::pair(19, 10));
  EXPECT_EQ(found[2025], std::pair(17, 11));
  EXPECT_EQ(found[2026], std::pair(17, 8));
}

TEST(calendar, years_without_a_decree_say_so_and_only_fixed_dates_are_certain_in_them) {
  const calendar& c = shipped_rules().days;
  EXPECT_TRUE(last_filing_day(c, on(2026, 12, 31), 30).certain);
  EXPECT_FALSE(last_filing_day(c, on(2027, 1, 5), 7).certain);  // begins in 2026, ends in 2027
  EXPECT_FALSE(last_filing_day(c, on(2030, 6, 1), 30).certain);
  EXPECT_FALSE(last_filing_day(c, on(2199, 6, 1), 30).certain);  // beyond the file: only weekends are known
  for (int year = 2027; year <= 2030; ++year) {
    const free_day* labour_day = c.free_on(on(year, 5, 1));
    ASSERT_NE(labour_day, nullptr);
    EXPECT_TRUE(labour_day->certain);
    int moving = 0;
    for (local_day day = on(year, 1, 1); day <= on(year, 12, 31); day += days{1}) {
      if (const free_day* free = c.free_on(day)) moving += free->certain ? 0 : 1;
    }
    EXPECT_GE(moving, 10) << year;
  }
}

TEST(calendar, joint_leave_can_be_worked) {
  calendar_source source;
  source.free_days = {{on(2026, 12, 24), "Natal", true, true}, {on(2026, 12, 25), "Natal", false, true}};
  EXPECT_FALSE(calendar(source).works(on(2026, 12, 24)));
  source.joint_leave_works = true;
  EXPECT_TRUE(calendar(source).works(on(2026, 12, 24)));
  EXPECT_FALSE(calendar(source).works(on(2026, 12, 25)));
}

TEST(calendar, a_calendar_without_working_days_still_ends_its_count) {
  calendar_source source;
  source.weekdays.fill(false);
  EXPECT_LT(last_filing_day(calendar(source), on(2026, 12, 24), 7).last, on(2026, 1, 1));
}

}  // namespace
}  // namespace bot::notices
