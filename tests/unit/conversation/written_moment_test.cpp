#include <gtest/gtest.h>

#include "bot/written_moment.hpp"

namespace bot {
namespace {

using namespace std::chrono_literals;

TEST(written_moment, is_read_as_it_is_written) {
  for (const auto offset : {7h + 0min, 8h + 30min, 0h + 0min, -(3h + 30min)}) {
    const auto text = written(instant{std::chrono::sys_days{std::chrono::year{2028} / 2 / 29} + 23h + 59min}, offset);
    const auto read = read_moment(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(written(read->at, read->offset), text);
  }
}

TEST(written_moment, may_leave_out_seconds_and_offset) {
  const auto whole = read_moment("2026-11-21T20:06:00+07:00");
  ASSERT_TRUE(whole);
  for (const char* same : {"2026-11-21T20:06:00", "2026-11-21T20:06", "2026-11-21T20:06+07:00", "2026-11-21T13:06Z"}) {
    const auto read = read_moment(same);
    ASSERT_TRUE(read) << same;
    EXPECT_EQ(read->at, whole->at) << same;
  }
}

TEST(written_moment, is_none_that_a_calendar_does_not_know) {
  for (const char* odd :
       {"", "2026-11-21", "2026-02-30T10:00", "2026-11-21T24:00", "2026-11-21T20:61", "2026-11-21 20:00",
        "2026-11-21T20:00+7", "2026-11-21T20:00:00+07:00x", "26-11-21T20:00", "2026-11-21T20:00:", "besok jam 8"})
    EXPECT_FALSE(read_moment(odd)) << odd;
  for (const char* odd : {"", "2026-2-3", "2026-02-29", "2026-11-21T20:00", "0000-00-00"})
    EXPECT_FALSE(read_day(odd)) << odd;
  EXPECT_EQ(read_day("2024-02-29"), std::chrono::sys_days{std::chrono::year{2024} / 2 / 29});
}

}  // namespace
}  // namespace bot
