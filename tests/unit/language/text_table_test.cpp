#include "bot/language/text_table.hpp"

#include <gtest/gtest.h>

namespace {

using bot::language::text_table;

TEST(a_text_table, finds_what_was_added_and_nothing_else) {
  text_table table;
  EXPECT_EQ(table.find("golok"), text_table::none);
  for (std::uint32_t i = 0; i < 1000; ++i) EXPECT_TRUE(table.add("word" + std::to_string(i), i));
  for (std::uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(table.find("word" + std::to_string(i)), i);
  EXPECT_EQ(table.find("word1000"), text_table::none);
  EXPECT_EQ(table.find(""), text_table::none);
}

TEST(a_text_table, keeps_the_first_number_of_a_text) {
  text_table table;
  EXPECT_TRUE(table.add("arit", 1));
  EXPECT_FALSE(table.add("arit", 2));
  EXPECT_EQ(table.find("arit"), 1U);
  EXPECT_EQ(table.size(), 1U);
}

TEST(a_text_table, tells_texts_apart_that_share_their_beginning) {
  text_table table;
  table.add("keroyok", 1);
  table.add("keroyokan", 2);
  table.add("keroyokanmassal", 3);
  table.add("", 4);
  EXPECT_EQ(table.find("keroyok"), 1U);
  EXPECT_EQ(table.find("keroyokan"), 2U);
  EXPECT_EQ(table.find("keroyokanmassal"), 3U);
  EXPECT_EQ(table.find("keroyoka"), text_table::none);
  EXPECT_EQ(table.find(""), 4U);
}

}  // namespace
