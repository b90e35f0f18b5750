// A mixed event: what is told and what needs a permit are two notices.
#include "bot/notices/parts.hpp"

#include <gtest/gtest.h>

#include "bot/notices/agenda.hpp"
#include "bot/notices/reminders.hpp"
#include "tests/support/handbook.hpp"
#include "tests/support/notice.hpp"

namespace bot::notices {
namespace {

const cases::roster nobody;

world now_world() { return {support::demonstration().changed_at, support::shipped_handbook(), nobody}; }

answer_map answers_for(const char* purposes) {
  return {{"purpose", purposes},
          {"start", "2026-12-19T15:00:00+07:00"},
          {"attendance", "600-600"},
          {"participants_from", "several_kecamatan"},
          {"wards", "35.75.03.1003"},
          {"public_place", "yes"},
          {"aim", "upah"},
          {"group", "Serikat Buruh"},
          {"props", "spanduk"}};
}

TEST(parts, keep_what_is_told_apart_from_what_is_decided) {
  const auto parts = parted_event(answers_for("opinion show market"), now_world());
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].at("purpose"), "opinion");
  EXPECT_EQ(parts[0].at("aim"), "upah");
  EXPECT_EQ(parts[1].at("purpose"), "show market");
  for (const char* opinion : {"aim", "group", "props"}) EXPECT_FALSE(parts[1].contains(opinion)) << opinion;
  EXPECT_EQ(parts[1].at("attendance"), "600-600");
  EXPECT_EQ(parted_event(answers_for("political show"), now_world()).size(), 2U);
}

TEST(parts, are_one_where_nothing_has_to_be_kept_apart) {
  for (const char* purposes : {"opinion", "show market", "opinion political", "family show", "show"})
    EXPECT_EQ(parted_event(answers_for(purposes), now_world()), std::vector{answers_for(purposes)}) << purposes;
}

class joined_parts : public testing::Test {
 protected:
  joined_parts() {
    first = second = support::demonstration();
    first.id = 1;
    second.id = 2;
    first.number = "PAAA-AAAA";
    second.number = "PBBB-BBBB";
    second.filed.track = track::permit;
    second.answers["purpose"] = "show";
    join_parts(first, second);
  }
  notice first, second;
};

TEST_F(joined_parts, name_each_other_until_one_goes_on_alone) {
  EXPECT_EQ(other_part(first), "PBBB-BBBB");
  EXPECT_EQ(other_part(second), "PAAA-AAAA");
  EXPECT_EQ(other_part_words(first, "id", now_world()), "PBBB-BBBB (Hiburan, pertunjukan)");
  EXPECT_FALSE(is_second_part(first));
  EXPECT_TRUE(is_second_part(second));
  forget_other_part(second);
  EXPECT_EQ(other_part(second), "");
  EXPECT_FALSE(is_second_part(second));
}

TEST_F(joined_parts, are_one_event_to_officers_who_look_for_clashes) {
  const auto all = std::vector{first, second};
  EXPECT_EQ(one_of_each(all), std::vector{first});
  EXPECT_TRUE(one_of_each(all, &second).empty());
  EXPECT_EQ(one_of_each(std::vector{second}), std::vector{second}) << "the first is over";
  EXPECT_EQ(questions_about(first, all, now_world()), questions_about(first, {first}, now_world()));
}

TEST_F(joined_parts, are_reminded_of_once_and_of_the_conditions) {
  const auto days_told = [&](const notice& n) {
    const auto all = reminders_of(n, false, now_world());
    return std::count_if(all.begin(), all.end(), [](const auto& r) { return r.what->what == reminded_of::start; });
  };
  EXPECT_GT(days_told(first), 0);
  EXPECT_EQ(days_told(second), 0);
  second.filed.state = state::approved_with_conditions;
  EXPECT_EQ(days_told(second), days_told(first));
  second.filed.state = first.filed.state = state::finished;
  EXPECT_FALSE(reminders_of(first, true, now_world()).empty());
  EXPECT_TRUE(reminders_of(second, true, now_world()).empty());
}

// P-02: a refusal of the one is no word about the other, whatever either goes through.
TEST_F(joined_parts, never_share_a_state) {
  const deed no{.action = action::refuse,
                .who = actor::officer,
                .article = "PP 60/2017 Pasal 6",
                .reason = "lapangan dipakai",
                .officer = "Sari",
                .objection = "tertulis"};
  EXPECT_EQ(step(filed{.track = second.filed.track, .unit = "X"}, no, {}).now.state, state::refused);
  EXPECT_EQ(step(filed{.track = first.filed.track, .unit = "X"}, no, {}).because, hindrance::not_now);
}

}  // namespace
}  // namespace bot::notices
