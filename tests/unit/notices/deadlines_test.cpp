#include "bot/notices/deadlines.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace bot::notices {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

// Every deadline of the rules, said once more: UU 9/1998 Art. 10(3); PP 60/2017 Art. 6(1)-(3); Perpol 5/2024.
struct expected_deadline {
  track where;
  reach from;
  int working_days;  // 0: 72 real hours
};
constexpr expected_deadline every_deadline[] = {
    {track::expression, reach::one_kecamatan, 0},  {track::expression, reach::foreign, 0},
    {track::political, reach::one_kecamatan, 7},   {track::political, reach::several_provinces, 7},
    {track::permit, reach::one_kecamatan, 14},     {track::permit, reach::several_kecamatan, 14},
    {track::permit, reach::several_kabupaten, 14}, {track::permit, reach::several_provinces, 21},
    {track::permit, reach::foreign, 30},
};

TEST(deadlines, every_track_on_every_day_of_seven_years_like_a_slow_reader) {
  const rulebook& book = shipped_rules();
  const calendar& c = book.days;
  for (const expected_deadline& each : every_deadline) {
    const deadline_rule* rule = deadline_of(each.where, each.from, book.rules, on(2026, 11, 21));
    ASSERT_NE(rule, nullptr);
    for (local_day day = on(2024, 1, 1); day <= on(2030, 12, 31); day += days{1}) {
      // The hour of the event wanders around the clock; midnight and the last minute are among them.
      const auto minute = std::chrono::minutes((day.time_since_epoch().count() * 479) % 1440);
      const instant start = instant{day.time_since_epoch()} + minute - western_time;
      const auto found = latest_filing(*rule, time_at(start, western_time), c, western_time, "");
      ASSERT_TRUE(found);
      if (each.working_days == 0) {
        ASSERT_EQ(start - found->latest, 3 * 24h);
        ASSERT_TRUE(found->certain);
        continue;
      }
      int whole_days = 0;
      for (instant midnight = instant{day.time_since_epoch()} - western_time - 24h; midnight > found->latest;
           midnight -= 24h) {
        whole_days += c.works(local_day(std::chrono::floor<days>(midnight + western_time).time_since_epoch())) ? 1 : 0;
      }
      ASSERT_EQ(whole_days, each.working_days);
      // One second later the day after has begun, and it is one of those that must stay whole.
      const auto next = time_at(found->latest + 1s, western_time);
      ASSERT_EQ(*next.at + western_time, instant{next.day.time_since_epoch()});
      ASSERT_TRUE(c.works(next.day));
    }
  }
}

TEST(deadlines, real_hours_need_the_hour_and_working_days_only_the_day) {
  const rulebook& book = shipped_rules();
  const event_time day_alone{on(2026, 12, 20), std::nullopt};
  const auto* hours = deadline_of(track::expression, std::nullopt, book.rules, on(2026, 11, 21));
  const auto* working = deadline_of(track::political, std::nullopt, book.rules, on(2026, 11, 21));
  EXPECT_FALSE(latest_filing(*hours, day_alone, book.days, western_time, ""));
  EXPECT_EQ(local(latest_filing(*working, day_alone, book.days, western_time, "")->latest),
            "2026-12-09T23:59:59+07:00");
}

TEST(deadlines, the_permit_depends_on_where_people_come_from) {
  EXPECT_EQ(deadline_of(track::permit, std::nullopt, shipped_rules().rules, on(2026, 11, 21)), nullptr);
}

TEST(deadlines, days_are_those_of_the_areas_clock) {
  const rulebook& book = shipped_rules();
  const auto* rule = deadline_of(track::political, std::nullopt, book.rules, on(2026, 11, 21));
  // Half past midnight on Monday in Pasuruan is still Sunday in UTC, and half past one in Makassar.
  const instant start = at("2026-12-07T00:30:00+07:00");
  EXPECT_EQ(local(latest_filing(*rule, time_at(start, western_time), book.days, western_time, "")->latest),
            "2026-11-25T23:59:59+07:00");
  const auto central = std::chrono::hours{8};
  EXPECT_EQ(written(latest_filing(*rule, time_at(start, central), book.days, central, "")->latest, central),
            "2026-11-25T23:59:59+08:00");
  const instant before = at("2026-12-06T23:30:00+07:00");
  EXPECT_EQ(written(latest_filing(*rule, time_at(before, central), book.days, central, "")->latest, central),
            "2026-11-25T23:59:59+08:00");
}

TEST(deadlines, cancelling_ends_a_day_before_the_start) {
  const auto latest = latest_cancelling(moment("2028-03-01T00:10:00+07:00"), shipped_rules().rules);
  EXPECT_EQ(local(*latest), "2028-02-29T00:10:00+07:00");
  EXPECT_FALSE(latest_cancelling({on(2028, 3, 1), std::nullopt}, shipped_rules().rules));
}

TEST(deadlines, unusual_hours_of_an_expression_are_a_hint) {
  const auto& rules = shipped_rules().rules;
  event e;
  e.start = moment("2026-11-30T09:00:00+07:00");
  e.end = moment("2026-11-30T17:30:00+07:00");
  e.public_place = true;
  const auto hint = [&] {
    return outside_usual_hours(track::expression, e, rules, on(2026, 11, 21), western_time) != nullptr;
  };
  EXPECT_FALSE(hint());
  e.end = moment("2026-11-30T20:00:00+07:00");
  EXPECT_TRUE(hint());
  e.public_place = false;
  EXPECT_FALSE(hint());
  e.public_place = std::nullopt;
  EXPECT_FALSE(hint()) << "under a roof it would be usual";
  e.end = moment("2026-11-30T23:00:00+07:00");
  EXPECT_TRUE(hint());
}

// A rule of the future waits for its day; the old one stays in the file for those who filed under it.
TEST(deadlines, the_newest_rule_in_force_on_the_day_of_filing_counts) {
  event_rules rules = shipped_rules().rules;
  deadline_rule fresh = *deadline_of(track::political, std::nullopt, rules, on(2026, 11, 21));
  fresh.note.id = "perpol-baru";
  fresh.note.from = on(2027, 7, 1);
  fresh.working_days = 10;
  rules.deadlines.push_back(fresh);
  EXPECT_EQ(deadline_of(track::political, std::nullopt, rules, on(2027, 6, 30))->working_days, 7);
  EXPECT_EQ(deadline_of(track::political, std::nullopt, rules, on(2027, 7, 1))->working_days, 10);
  EXPECT_EQ(deadline_of(track::political, std::nullopt, rules, on(2024, 1, 1))->working_days, 7);
}

}  // namespace
}  // namespace bot::notices
