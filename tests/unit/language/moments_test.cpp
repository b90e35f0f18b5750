#include "bot/language/moments.hpp"

#include <date/date.h>

#include "bot/language/words.hpp"
#include "loaded.hpp"

namespace {

using bot::language::spoken_time;

// "2026-11-22 19:00", "2026-11-22" for a day alone, "" for no moment.
std::string time_in(std::string_view text) {
  const auto words = bot::language::split(text);
  const auto reading = bot::language::read(words, loaded_lexicon(), {});
  const auto now = std::chrono::floor<std::chrono::minutes>(saturday_evening + std::chrono::hours{7});
  const spoken_time time = bot::language::time_of(reading, loaded_lexicon(), now.time_since_epoch().count());
  if (!time.local_minutes) return "";
  const std::chrono::sys_time<std::chrono::minutes> local{std::chrono::minutes{*time.local_minutes}};
  return date::format(time.date_only ? "%F" : "%F %H:%M", local);
}

// The same, told at another hour of that Saturday.
std::string time_at(int hour, std::string_view text) {
  const auto words = bot::language::split(text);
  const auto reading = bot::language::read(words, loaded_lexicon(), {});
  const auto now = std::chrono::floor<std::chrono::minutes>(saturday_evening + std::chrono::hours{7 - 20 + hour});
  const spoken_time time = bot::language::time_of(reading, loaded_lexicon(), now.time_since_epoch().count());
  if (!time.local_minutes) return "";
  return date::format("%F %H:%M",
                      std::chrono::sys_time<std::chrono::minutes>{std::chrono::minutes{*time.local_minutes}});
}

struct said {
  const char* text;
  const char* expected;
};

class times : public testing::TestWithParam<said> {};

TEST_P(times, resolves) { EXPECT_EQ(time_in(GetParam().text), GetParam().expected) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(days, times,
                         testing::Values(said{"besok", "2026-11-22"}, said{"lusa", "2026-11-23"},
                                         said{"bsk pagi", "2026-11-22"}, said{"wingi", "2026-11-20"},
                                         said{"lagghu'", "2026-11-22"}, said{"emben", "2026-11-23"},
                                         said{"kemarin lusa", "2026-11-19"}, said{"tadi malam", "2026-11-20"},
                                         said{"mau bengi", "2026-11-20"}, said{"wingi dalu", "2026-11-20"},
                                         said{"bari' malem", "2026-11-20"}, said{"3 hari yang lalu", "2026-11-18"},
                                         said{"dua minggu lagi", "2026-12-05"}));

INSTANTIATE_TEST_SUITE_P(week_names, times,
                         testing::Values(said{"hari Rabu", "2026-11-25"}, said{"Sabtu depan", "2026-11-28"},
                                         said{"Setu ngarep", "2026-11-28"}, said{"minggu besok", "2026-11-22"},
                                         said{"malam Minggu", "2026-11-21"}, said{"malem minggu ngarep", "2026-11-28"},
                                         said{"malem Jemuah", "2026-11-26"}, said{"malem Salasa", "2026-11-23"},
                                         said{"hari senin kemarin", "2026-11-16"}, said{"sennen sore", "2026-11-23"},
                                         said{"minggu depan", ""}, said{"minggu depan jam 7 malam", ""},
                                         said{"minggu lalu", ""}));

INSTANTIATE_TEST_SUITE_P(dates, times,
                         testing::Values(said{"Sabtu 14/12 pukul 19.00", "2026-12-14 19:00"},
                                         said{"26/11/2026 jam 19:00", "2026-11-26 19:00"},
                                         said{"5 Desember", "2026-12-05"},
                                         said{"Minggu 29 Nov jam 7 pagi", "2026-11-29 07:00"},
                                         said{"2026-12-01", "2026-12-01"}, said{"tgl 3", "2026-12-03"},
                                         said{"10 januari", "2027-01-10"}));

INSTANTIATE_TEST_SUITE_P(
    clocks, times,
    testing::Values(said{"sesuk jam 9 isuk", "2026-11-22 09:00"},
                    said{"besok jam setengah 8 malam", "2026-11-22 19:30"},
                    said{"sesuk isuk jam setengah 7", "2026-11-22 06:30"},
                    said{"tadi malam jam 11", "2026-11-20 23:00"}, said{"jam 2 malam tadi", "2026-11-21 02:00"},
                    said{"nanti malam jam 12", "2026-11-22 00:00"}, said{"ntr malem jam 1", "2026-11-22 01:00"},
                    said{"td siang jam 11", "2026-11-21 11:00"}, said{"mau sore jam 5", "2026-11-21 17:00"},
                    said{"kemarin jam 2 siang", "2026-11-20 14:00"}, said{"tadi jam 3", "2026-11-21 15:00"},
                    said{"besok malam jam sepuluh", "2026-11-22 22:00"},
                    said{"tadi malem jam 01.30", "2026-11-21 01:30"}, said{"jam 8 kurang 10 malam", "2026-11-21 19:50"},
                    said{"besok jam 7 lebih 15 pagi", "2026-11-22 07:15"}, said{"dari jam 6 sore", "2026-11-21 18:00"},
                    said{"sampe jam 22", ""}));

INSTANTIATE_TEST_SUITE_P(prayers, times,
                         testing::Values(said{"besok bakda isya", "2026-11-22 19:00"},
                                         said{"habis maghrib besok", "2026-11-22 18:00"},
                                         said{"td subuh jam 4", "2026-11-21 04:00"},
                                         said{"dari maghrib", "2026-11-21 18:00"}));

INSTANTIATE_TEST_SUITE_P(spans, times,
                         testing::Values(said{"2 jam lagi", "2026-11-21 22:00"},
                                         said{"30 menit yang lalu", "2026-11-21 19:30"},
                                         said{"sudah setengah jam lebih", "2026-11-21 19:30"},
                                         said{"barusan", "2026-11-21 20:00"}, said{"saiki", "2026-11-21 20:00"}));

// Habits have no moment; dates that do not exist or lie far away are no dates; a house number is no clock.
INSTANTIATE_TEST_SUITE_P(nothing, times,
                         testing::Values(said{"tiap malam minggu", ""}, said{"saben bengi", ""},
                                         said{"31 Februari", ""}, said{"1/1/9999", ""}, said{"99/99/2026", ""},
                                         said{"jam 99", ""}, said{"RT 3 RW 5", ""},
                                         said{"jam 99999999999999999999", ""}, said{"", ""}));

TEST(times_text, a_taken_back_time_gives_way) {
  EXPECT_EQ(time_in("besok siang, eh maksud saya nanti malam jam 10"), "2026-11-21 22:00");
}

TEST(small_hours, belong_to_the_night_that_is_named) {
  EXPECT_EQ(time_at(15, "besok malam ada balap liar di gentong jam 1 dini hari"), "2026-11-23 01:00");
  EXPECT_EQ(time_at(15, "besok malam jam 01.00 ada balap liar"), "2026-11-23 01:00");
  EXPECT_EQ(time_at(15, "malam minggu jam 1 dini hari ada balap liar"), "2026-11-22 01:00");
  EXPECT_EQ(time_at(15, "besok jam 1 dini hari"), "2026-11-22 01:00");
}

TEST(small_hours, told_by_day_are_over_unless_something_is_planned) {
  EXPECT_EQ(time_at(15, "ada maling di kel bukir jam 2 malam"), "2026-11-21 02:00");
  EXPECT_EQ(time_at(15, "mau ada balapan jam 2 malam"), "2026-11-22 02:00");
  EXPECT_EQ(time_at(15, "nanti jam 2 malam"), "2026-11-22 02:00");
}

TEST(last_night, is_yesterday_in_the_morning_too) {
  EXPECT_EQ(time_at(8, "tadi malam jam 11"), "2026-11-20 23:00");
  EXPECT_EQ(time_at(8, "tadi malam jam 1"), "2026-11-21 01:00");
  EXPECT_EQ(time_at(8, "tadi malem jam 11 malem"), "2026-11-20 23:00");
}

TEST(named_days, are_told_with_their_evening_or_their_date) {
  EXPECT_EQ(time_in("kamis malam kemarin"), "2026-11-19");
  EXPECT_EQ(time_in("dikurung sejak kamis"), "2026-11-19");
  EXPECT_EQ(time_in("tgl 19 kemarin"), "2026-11-19");
  EXPECT_EQ(time_in("mulai kamis"), "2026-11-26");
  EXPECT_EQ(time_in("Minggu 29 jam 6 pagi"), "2026-11-29 06:00");
  EXPECT_EQ(time_in("Minggu jam 9 pagi"), "2026-11-22 09:00");
  EXPECT_EQ(time_in("nanti jam 2 pagi"), "2026-11-22 02:00");
}

}  // namespace
