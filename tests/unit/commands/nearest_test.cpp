#include "commands/nearest.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace commands {
namespace {

TEST(nearest, is_the_word_that_was_meant_or_none) {
  const std::vector<std::string> words = {"serve", "demo", "check", "chat", "plan"};
  EXPECT_EQ(nearest("chek", words), "check");
  EXPECT_EQ(nearest("serv", words), "serve");
  EXPECT_EQ(nearest("paln", words), "");
  EXPECT_EQ(nearest("plann", words), "plan");
  EXPECT_EQ(nearest("foo", words), "");
  EXPECT_EQ(nearest("", words), "");
  EXPECT_EQ(nearest("x", {}), "");
}

}  // namespace
}  // namespace commands
