// What is read in a message, whatever else stands in it.
#include "bot/conversation/perception.hpp"

#include <gtest/gtest.h>

#include "bot/cases/number.hpp"
#include "tests/support/handbook.hpp"

namespace {

TEST(perception, reads_no_words_in_the_number_of_a_case) {
  const auto& book = support::shipped_handbook();
  const bot::instant now = bot::from_millis(1795266000000);
  const auto without = bot::perceive("tolak saja", now, book);
  for (std::uint64_t drawn = 0; drawn < 300; ++drawn) {
    std::string number = bot::cases::make_number('P', drawn * 2654435761ULL);
    const auto p = bot::perceive("tolak saja " + number + ".", now, book);
    EXPECT_EQ(p.meaning.intent, without.meaning.intent) << number;
    EXPECT_EQ(p.meaning.category, without.meaning.category) << number;
    EXPECT_EQ(p.words.size(), without.words.size() + 1) << number;
  }
}

TEST(perception, keeps_what_only_looks_like_a_number) {
  const auto& book = support::shipped_handbook();
  const auto p = bot::perceive("plat L-1234-AB, jalan-jalan", bot::from_millis(1795266000000), book);
  EXPECT_NE(p.folded.find("1234"), std::string::npos);
  EXPECT_NE(p.folded.find("jalan"), std::string::npos);
}

}  // namespace
