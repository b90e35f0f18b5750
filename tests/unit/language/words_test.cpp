#include "bot/language/words.hpp"

#include <gmock/gmock.h>

namespace bot::language {
namespace {

std::vector<std::string> folded(std::string_view text) {
  std::vector<std::string> out;
  for (const word& each : split(text)) out.push_back(each.folded);
  return out;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(words, cuts_letters_numbers_and_signs) {
  EXPECT_THAT(folded("Kel. Gentong, jam 19.30!"), ElementsAre("kel", ".", "gentong", ",", "jam", "19", ".", "30", "!"));
}

TEST(words, have_the_hash_of_what_they_are_folded_to) {
  for (const word& each : split("TOLONG Pak, ｊ１２ tolong na'-kana' 😡")) EXPECT_EQ(each.hash, word_hash(each.folded));
}

TEST(words, a_letter_keeps_its_digits_and_a_number_leaves_its_letters) {
  EXPECT_THAT(folded("alun2 rw3 30an oro2ombo"), ElementsAre("alun2", "rw3", "30", "an", "oro2", "ombo"));
  const auto words = split("alun2 30an");
  EXPECT_EQ(words[0].what, word::kind::letters);
  EXPECT_EQ(words[1].what, word::kind::number);
  EXPECT_FALSE(words[2].spaced);
}

TEST(words, keep_inner_apostrophes_of_every_shape_but_not_hyphens) {
  EXPECT_THAT(folded("lagghu' na'-kana' Tamba’an adâ'na"),
              ElementsAre("lagghu'", "na'", "-", "kana'", "tamba'an", "ada'na"));
}

TEST(words, a_quotation_is_not_a_part_of_its_words) {
  EXPECT_THAT(folded("wa: 'semua warga keluar' katanya"),
              ElementsAre("wa", ":", "'", "semua", "warga", "keluar", "'", "katanya"));
}

TEST(words, folds_marks_compatibility_forms_and_lookalikes) {
  EXPECT_THAT(folded("CÉPAT ｔｏｌｏｎｇ 𝗯𝗲𝗴𝗮𝗹 ｊ１２"), ElementsAre("cepat", "tolong", "begal", "j12"));
  EXPECT_THAT(folded("e\xCC\x81nak бал"), ElementsAre("enak", "бaл"));
  EXPECT_THAT(folded("m\xE2\x80\x8B"
                     "aling"),
              ElementsAre("maling"));
}

TEST(words, tell_where_they_stand_in_the_text) {
  const std::string text = "di Tâman\xF0\x9F\x98\xA1,cepat";
  const auto words = split(text);
  ASSERT_EQ(words.size(), 5u);
  EXPECT_EQ(text.substr(words[1].begin, words[1].end - words[1].begin), "Tâman");
  EXPECT_TRUE(words[1].spaced);
  EXPECT_EQ(words[2].what, word::kind::sign);
  EXPECT_FALSE(words[3].spaced);
  EXPECT_EQ(words[4].end, text.size());
}

TEST(words, of_nothing_there_are_none) {
  EXPECT_THAT(split(""), IsEmpty());
  EXPECT_THAT(split(" \n\t\xC2\xA0"), IsEmpty());
}

}  // namespace
}  // namespace bot::language
