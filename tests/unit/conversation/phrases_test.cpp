#include "bot/conversation/phrases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace bot {
namespace {

const phrase_set money = {"minta uang", "minta", "uang rokok", "bayar 50", "wa'", "minta uang rokok"};

std::size_t at(std::size_t word, std::string_view text, const phrase_set& all = money) {
  return phrase_at(language::split(text), word, all);
}

TEST(phrases, the_longest_counts) {
  EXPECT_EQ(at(1, "dia minta tolong"), 1u);
  EXPECT_EQ(at(1, "dia minta uang"), 2u);
  EXPECT_EQ(at(1, "dia MINTA uang rokok"), 3u);
  EXPECT_EQ(at(2, "dia minta uang rokok"), 2u);
}

TEST(phrases, are_made_of_whole_words) {
  EXPECT_EQ(at(0, "mintakan"), 0u);
  EXPECT_EQ(at(0, "mint"), 0u);
  EXPECT_EQ(at(0, "uang rokoknya"), 0u);
  EXPECT_EQ(at(0, "uang"), 0u) << "the text ends too early";
  EXPECT_EQ(at(0, "minta, uang"), 1u) << "a sign is a word between them";
  EXPECT_EQ(at(0, "bayar 50"), 2u);
  EXPECT_EQ(at(0, "wa'"), 1u);
}

TEST(phrases, nothing_stands_beyond_the_text_or_in_an_empty_list) {
  EXPECT_EQ(at(1, "minta"), 0u);
  EXPECT_EQ(at(0, ""), 0u);
  EXPECT_EQ(at(0, "minta", {}), 0u);
  EXPECT_FALSE(has_phrase(language::split("minta"), phrase_set{""}));
}

TEST(phrases, keep_their_order) {
  phrase_set all = std::vector<std::string>{"b", "a"};
  all.push_back("c d");
  EXPECT_EQ(all.size(), 3u);
  EXPECT_EQ(std::vector<std::string>(all.begin(), all.end()), (std::vector<std::string>{"b", "a", "c d"}));
}

TEST(phrases, are_found_as_if_one_looked_at_each) {
  std::mt19937 dice(7);
  const auto some_words = [&](std::size_t count) {
    std::string words;
    for (std::size_t i = 0; i < count; ++i) {
      words += i == 0 ? "" : " ";
      words += static_cast<char>('a' + dice() % 6);
      if (dice() % 3 == 0) words += static_cast<char>('a' + dice() % 6);
    }
    return words;
  };
  for (int round = 0; round < 300; ++round) {
    phrase_set all;
    for (std::size_t i = dice() % 60; i > 0; --i) all.push_back(some_words(1 + dice() % 3));
    const auto words = language::split(some_words(20));
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::size_t longest = 0;
      std::string from_here;
      for (std::size_t n = 1; i + n <= words.size(); ++n) {
        from_here += (n == 1 ? "" : " ") + words[i + n - 1].folded;
        if (std::find(all.begin(), all.end(), from_here) != all.end()) longest = n;
      }
      EXPECT_EQ(phrase_at(words, i, all), longest) << "round " << round << ", word " << i;
    }
  }
}

}  // namespace
}  // namespace bot
