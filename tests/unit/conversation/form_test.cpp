#include <gtest/gtest.h>

#include "bot/conversation/answers.hpp"
#include "bot/conversation/form.hpp"
#include "bot/conversation/say_when.hpp"
#include "tests/support/handbook.hpp"

namespace {

const bot::instant saturday_evening = bot::from_millis(1795266000000);  // 2026-11-21T20:00+07:00

const bot::form& report() { return support::shipped_handbook().forms.find("report")->second; }

std::optional<std::string> answer(const char* slot, std::string_view text) {
  const auto& book = support::shipped_handbook();
  return bot::read_answer(*report().find(slot), bot::perceive(text, saturday_evening, book), text, "id", book);
}

TEST(form, asks_what_applies_and_has_no_answer) {
  bot::answer_map told;
  EXPECT_EQ(report().next(bot::stage::before, told)->slot, "category");
  told["category"] = "noise";
  EXPECT_EQ(report().next(bot::stage::before, told)->slot, "place");
  told["place"] = "35.75.01.1002";
  told["words"] = "bising";
  EXPECT_EQ(report().next(bot::stage::before, told), nullptr);
}

TEST(form, rides_questions_under_the_number_only_where_they_matter) {
  EXPECT_EQ(report().next(bot::stage::after, {{"level", "low"}, {"category", "noise"}}), nullptr);
  EXPECT_EQ(report().next(bot::stage::after, {{"level", "middle"}, {"category", "fight"}})->slot, "weapons");
  EXPECT_EQ(report().next(bot::stage::after, {{"level", "high"}, {"category", "fight"}})->slot, "ongoing");
  EXPECT_EQ(report().next(bot::stage::after, {{"level", "middle"}, {"category", "fight"}, {"weapons", "no"}}), nullptr);
}

TEST(answers, are_the_same_by_number_label_and_words) {
  EXPECT_EQ(answer("category", "4"), "noise");
  EXPECT_EQ(answer("category", "kebisingan"), "noise");
  EXPECT_EQ(answer("category", "ada sound horeg"), "noise");
  EXPECT_EQ(answer("weapons", "tidak"), "no");
  EXPECT_EQ(answer("weapons", "iya"), "yes");
  EXPECT_EQ(answer("crowd", "30an orang"), "30-39");
}

TEST(answers, that_answer_nothing_are_none) {
  EXPECT_EQ(answer("category", "99"), std::nullopt);
  EXPECT_EQ(answer("category", "0"), std::nullopt);
  EXPECT_EQ(answer("words", "hm"), std::nullopt);
  EXPECT_EQ(answer("when", "pokoknya gitu"), std::nullopt);
}

TEST(buttons, are_believed_only_when_the_question_offers_them) {
  const auto& category = *report().find("category");
  EXPECT_EQ(bot::read_button(category, "c:category:noise"), "noise");
  EXPECT_EQ(bot::read_button(category, "c:category:treason"), std::nullopt);
  EXPECT_EQ(bot::read_button(category, "c:weapons:yes"), std::nullopt);
}

TEST(say_when, speaks_of_moments_as_people_do) {
  const auto& texts = support::shipped_handbook().texts;
  const auto said = [&](std::string_view at) {
    return bot::say_when(at, saturday_evening, "id", texts, std::chrono::hours(7));
  };
  EXPECT_EQ(said("2026-11-21T20:05:00+07:00"), "sekarang");
  EXPECT_EQ(said("2026-11-21T15:00:00+07:00"), "hari ini 15.00");
  EXPECT_EQ(said("2026-11-20"), "kemarin");
  EXPECT_EQ(said("2026-11-28T20:00:00+07:00"), "Sabtu 28 Nov 20.00");
  EXPECT_EQ(said("2028-01-02"), "Minggu 2 Jan 2028");
  EXPECT_EQ(said(""), "waktu belum disebut");
}

}  // namespace
