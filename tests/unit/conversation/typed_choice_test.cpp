// What is typed for a button, and what is right instead of something wrong.
#include "bot/conversation/typed_choice.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "bot/cases/number.hpp"
#include "bot/conversation/correction.hpp"
#include "bot/conversation/own_cases.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/language/words.hpp"
#include "tests/support/handbook.hpp"

namespace {

const bot::handbook& book() { return support::shipped_handbook(); }

int typed(const std::vector<bot::choice>& offered, const char* text) {
  const auto words = bot::language::split(text);
  const auto n = bot::typed_choice(words, offered, book().choices);
  return n ? static_cast<int>(*n) + 1 : 0;
}

std::string right_in(const std::string& text) {
  const auto words = bot::language::split(text);
  const auto from = bot::corrected_from(words, book().corrections, book().choices.courtesy);
  if (!from) return "no correction";
  return *from >= words.size() ? "" : text.substr(words[*from].begin);
}

const std::vector<bot::choice> verdict = {{"r:clear:L", "button.clear"}, {"r:open:L", "button.not_done"}};
const std::vector<bot::choice> places = {{"c:place:a", "=Kec. Pohjentrek, Kabupaten Pasuruan"},
                                         {"c:place:b", "=Kel. Pohjentrek, Purworejo"},
                                         {"c:place:other", "button.other_place"}};
const std::vector<bot::choice> weapons = {{"c:weapons:yes", "yes_no_unknown.yes"},
                                          {"c:weapons:no", "yes_no_unknown.no"},
                                          {"c:weapons:unknown", "yes_no_unknown.unknown"}};

TEST(typed_choice, numbers) {
  for (const char* two : {"2", "2.", "no. 2", "nomor 2 pak", "yang 2", "dua", "yang kedua ya", "loro", "nomer kalih"})
    EXPECT_EQ(typed(verdict, two), 2) << two;
  for (const char* none : {"0", "3", "1 2", "2 orang", "jam 2", "22", "123456789"})
    EXPECT_EQ(typed(verdict, none), 0) << none;
}

TEST(typed_choice, labels_and_their_words_in_every_language) {
  for (const char* not_done : {"Belum selesai", "belum pak", "Dereng rampung", "durung rampung", "not solved yet"})
    EXPECT_EQ(typed(verdict, not_done), 2) << not_done;
  EXPECT_EQ(typed(verdict, "Sampun sae"), 1);
  EXPECT_EQ(typed(places, "kelurahan"), 2);
  EXPECT_EQ(typed(places, "yang kelurahan pak"), 2);
  EXPECT_EQ(typed(places, "Kel. Pohjentrek, Purworejo"), 2);
  EXPECT_EQ(typed(places, "sing kecamatan"), 1);
  EXPECT_EQ(typed(places, "pohjentrek"), 0) << "both are called so";
  EXPECT_EQ(typed(places, "tempat lain"), 3);
}

TEST(typed_choice, answers_that_belong_to_one_question) {
  EXPECT_EQ(typed(weapons, "ada batu pak"), 1);
  EXPECT_EQ(typed(weapons, "ono"), 1);
  EXPECT_EQ(typed(weapons, "gak ada"), 2);
  EXPECT_EQ(typed(weapons, "mboten wonten"), 2);
  EXPECT_EQ(typed(weapons, "kurang tahu pak"), 3);
  EXPECT_EQ(typed(weapons, "ada motor lewat"), 0);
}

TEST(correction, what_is_right_instead) {
  EXPECT_EQ(right_in("bukan balap liar, tapi tawuran"), "tawuran");
  EXPECT_EQ(right_in("eh bukan, tawuran"), "tawuran");
  EXPECT_EQ(right_in("bukan kebisingan tapi ada orang berkelahi"), "ada orang berkelahi");
  EXPECT_EQ(right_in("salah pak, bukan di bukir tapi di kel kebonagung"), "di kel kebonagung");
  EXPECT_EQ(right_in("maksud saya kel. gentong"), "kel. gentong");
  EXPECT_EQ(right_in("dudu gelut, nanging tawuran"), "tawuran");
  EXPECT_EQ(right_in("salah pak"), "");
  EXPECT_EQ(right_in("bukan di bukir"), "");
  EXPECT_EQ(right_in("salah satu warga dipukul"), "no correction");
  EXPECT_EQ(right_in("bukan cuma satu, ada banyak"), "no correction");
  EXPECT_EQ(right_in("ada balap liar, bukan tawuran"), "no correction");
}

TEST(claims, in_the_form_in_which_they_are_printed) {
  const std::string number = bot::cases::make_number('L', 12345);
  for (const std::string& form :
       {"no. *" + number + "*, PIN *483920*", "nomor " + number + " pin 483920", "status " + number + " 483920",
        number + "\n483920", "cek laporan saya " + number + ", pinnya 483920 pak"}) {
    const auto claim = bot::claim_in(form);
    ASSERT_TRUE(claim) << form;
    EXPECT_EQ(claim->number, number);
    EXPECT_EQ(claim->pin, "483920");
  }
  EXPECT_FALSE(bot::claim_in(number + " 48392"));
  EXPECT_FALSE(bot::claim_in("orang mabuk di " + number + " 483920"));
}

}  // namespace
