#include "bot/language/numbers.hpp"

#include "bot/language/words.hpp"
#include "loaded.hpp"

namespace {

using bot::language::range;

std::optional<range> crowd_in(std::string_view text) {
  const auto words = bot::language::split(text);
  return bot::language::crowd_of(bot::language::read(words, loaded_lexicon(), {}), loaded_lexicon());
}

struct counted {
  const char* text;
  range expected;
};

class crowds : public testing::TestWithParam<counted> {};

TEST_P(crowds, are_counted) { EXPECT_EQ(crowd_in(GetParam().text), GetParam().expected) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(
    forms, crowds,
    testing::Values(counted{"30 orang", {30, 30}}, counted{"30an org", {30, 39}}, counted{"60 70 orang", {60, 70}},
                    counted{"50-60 orang", {50, 60}}, counted{"belasan pemuda", {11, 19}},
                    counted{"puluhan warga", {20, 99}}, counted{"ratusan orang", {100, 999}},
                    counted{"ribuan massa", {1000, 9999}}, counted{"puluhan ribu jamaah", {10000, 99999}},
                    counted{"tamu 150an", {150, 199}}, counted{"penontone 100 an", {100, 199}},
                    counted{"seratusan orang", {100, 199}}, counted{"lebih dari 100 orang", {100, 100}},
                    counted{"3.000 orang", {3000, 3000}}, counted{"5 ribu orang", {5000, 5000}},
                    counted{"dua ratus lima puluh orang", {250, 250}}, counted{"seket tiyang", {50, 50}},
                    counted{"wong telung puluh", {30, 30}}, counted{"penonton sewu", {1000, 1000}},
                    counted{"pettong polo oreng", {70, 70}}, counted{"tello ratos oreng", {300, 300}},
                    counted{"dua kelompok masing-masing 50 orang", {100, 100}},
                    counted{"massa kurang lebih 250", {250, 250}}));

class no_crowds : public testing::TestWithParam<const char*> {};

TEST_P(no_crowds, are_counted) { EXPECT_EQ(crowd_in(GetParam()), std::nullopt) << GetParam(); }

INSTANTIATE_TEST_SUITE_P(forms, no_crowds,
                         testing::Values("ramai orang", "1 orang", "2 orang luka", "25 motor", "-50 orang",
                                         "99999999999999999999 orang", "900000000 orang", "RT 3 warga",
                                         "jam 7 warga kumpul", ""));

}  // namespace
