// What a message says about officers, lawful activities and identity numbers.
#include <gtest/gtest.h>

#include "bot/conversation/perception.hpp"
#include "bot/conversation/sensitive.hpp"
#include "tests/support/handbook.hpp"

namespace {

using bot::activity;
using bot::complaint;

complaint complaint_of(std::string_view text) {
  return bot::complaint_in(bot::language::split(text), support::shipped_handbook().complaints);
}

activity activity_of(std::string_view text) {
  const auto& book = support::shipped_handbook();
  const bot::instant now = bot::from_millis(1795266000000);
  const auto p = bot::perceive(text, now, book);
  return bot::activity_in(p.words, p.meaning, book.activities);
}

TEST(complaint, is_known_by_who_does_what) {
  EXPECT_EQ(complaint_of("saya dipalak polisi di pertigaan"), complaint::about_officer);
  EXPECT_EQ(complaint_of("tadi dipukul sama oknum polsek"), complaint::about_officer);
  EXPECT_EQ(complaint_of("polisi di situ sering minta uang ke sopir"), complaint::about_officer);
  EXPECT_EQ(complaint_of("oknum polantas kemarin memeras sopir truk"), complaint::about_officer);
  EXPECT_EQ(complaint_of("kades pungli bantuan sembako"), complaint::about_official);
}

TEST(complaint, is_not_every_message_that_names_the_police) {
  EXPECT_EQ(complaint_of("pak polisi tolong, saya dipukul tetangga"), complaint::none);
  EXPECT_EQ(complaint_of("lapor pak polisi ada yang minta uang parkir paksa"), complaint::none);
  EXPECT_EQ(complaint_of("kemarin saya dipukul orang, sudah lapor polisi"), complaint::none);
  EXPECT_EQ(complaint_of(""), complaint::none);
}

TEST(activity, that_is_only_disliked_is_no_case) {
  EXPECT_EQ(activity_of("ada pengajian di rumah tetangga saya tidak suka alirannya"), activity::disliked);
  EXPECT_EQ(activity_of("mereka kebaktian di ruko tanpa izin, tolong dibubarkan"), activity::disliked);
}

TEST(activity, that_somebody_dislikes_becomes_no_danger_by_a_guess) {
  const auto words = bot::language::split("ada pengajian di rumah tetangga, saya tidak suka alirannya");
  bot::language::understanding guessed;
  guessed.category = "noise";
  guessed.level = bot::cases::level::high;
  const auto& rules = support::shipped_handbook().activities;
  EXPECT_EQ(bot::activity_in(words, guessed, rules), activity::disliked);
  guessed.level_row = "H4";
  EXPECT_EQ(bot::activity_in(words, guessed, rules), activity::none);
}

TEST(activity, under_threat_is_to_be_protected) {
  EXPECT_EQ(activity_of("kebaktian di ruko mau dibubarkan massa nanti malam"), activity::threatened);
  EXPECT_EQ(activity_of("pengajian kami diancam mau dibakar"), activity::threatened);
}

TEST(activity, that_disturbs_or_harms_is_an_ordinary_report) {
  EXPECT_EQ(activity_of("pengajian pakai sound keras sampai jam 1, tidak suka saya"), activity::none);
  EXPECT_EQ(activity_of("ada tawuran di depan mushola"), activity::none);
}

TEST(masked, hides_sixteen_digits_however_they_are_written) {
  EXPECT_EQ(bot::masked("nik saya 3575011234560001 ya"), "nik saya [nomor identitas dihapus] ya");
  EXPECT_EQ(bot::masked("3575 0112 3456 0001"), "[nomor identitas dihapus]");
  EXPECT_EQ(bot::masked("3575.01.123456.0001"), "[nomor identitas dihapus]");
}

TEST(masked, leaves_other_numbers) {
  for (const char* text : {"081234567890", "jam 19.00 30 orang", "12345678901234567", "", "N 1234 XX"})
    EXPECT_EQ(bot::masked(text), text);
}

TEST(utf8_cut, never_breaks_a_character) {
  EXPECT_EQ(bot::utf8_cut("aé😀b", 3), 7U);
  EXPECT_EQ(bot::utf8_cut("aé", 9), 3U);
  EXPECT_EQ(bot::utf8_cut("", 2), 0U);
}

}  // namespace
