#include "bot/cases/number.hpp"

#include <gtest/gtest.h>

namespace bot::cases {
namespace {

TEST(number, is_read_as_it_was_made_however_it_is_typed) {
  for (std::uint64_t bits = 1; bits != 0; bits <<= 1U) {
    const auto number = make_number('L', bits * 0x9E3779B97F4A7C15U);
    EXPECT_EQ(number.size(), 9u);
    EXPECT_EQ(read_number(number), number);
    std::string typed;
    for (const char c : number)
      if (c != '-') typed += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    EXPECT_EQ(read_number(typed), number);
    EXPECT_EQ(read_number(" " + typed + " "), number);
  }
}

TEST(number, notices_one_wrong_character_and_two_that_changed_places) {
  const std::string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  for (std::uint64_t seed = 1; seed < 50; ++seed) {
    const auto number = make_number('L', seed * 0x9E3779B97F4A7C15U);
    for (std::size_t i = 1; i < number.size(); ++i) {
      if (number[i] == '-') continue;
      for (const char other : alphabet) {
        auto wrong = number;
        wrong[i] = other;
        if (wrong != number) {
          EXPECT_FALSE(read_number(wrong)) << number << " as " << wrong;
        }
      }
      const std::size_t next = i + 1 < number.size() && number[i + 1] == '-' ? i + 2 : i + 1;
      if (next >= number.size() || number[i] == number[next]) continue;
      auto swapped = number;
      std::swap(swapped[i], swapped[next]);
      EXPECT_FALSE(read_number(swapped)) << number << " as " << swapped;
    }
  }
}

TEST(number, of_a_report_is_none_of_a_notice) {
  auto number = make_number('L', 12345);
  EXPECT_NE(number.substr(1), make_number('P', 12345).substr(1));
  number[0] = 'P';
  EXPECT_FALSE(read_number(number));
}

TEST(number, is_not_found_in_other_texts) {
  for (const char* text : {"", "L", "110", "tolong!!", "081234567890", "L000-000", "L000-00000", "X000-0000", "LÉÉÉ"})
    EXPECT_FALSE(read_number(text)) << text;
}

TEST(number, reads_letters_that_look_like_digits) {
  for (std::uint64_t bits = 0; bits < 2000; ++bits) {
    auto number = make_number('L', bits * 977);
    const auto zero = number.find('0'), one = number.find('1');
    if (zero == number.npos || one == number.npos) continue;
    auto typed = number;
    typed[zero] = 'o';
    typed[one] = 'l';
    EXPECT_EQ(read_number(typed), number);
    return;
  }
  FAIL() << "no number with both";
}

}  // namespace
}  // namespace bot::cases
