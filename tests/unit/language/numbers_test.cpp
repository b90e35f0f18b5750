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

INSTANTIATE_TEST_SUITE_P(
    spoken, crowds,
    testing::Values(counted{"seratus lima puluh orang", {150, 150}}, counted{"wong satus seket", {150, 150}},
                    counted{"dua ratus ribu orang", {200000, 200000}}, counted{"satos lema polo oreng", {150, 150}},
                    counted{"limapuluh warga", {50, 50}}, counted{"lima puluhan warga", {50, 59}},
                    counted{"dua puluh tiga puluh orang", {20, 30}}, counted{"seratus dua ratus orang", {100, 200}},
                    counted{"sudah ada 70an di depan rumah", {70, 79}},
                    counted{"yang kumpul seratus lebih", {100, 100}}, counted{"mereka berlima bawa kayu", {5, 5}},
                    counted{"gerombolan ber 12 malak anak sd", {12, 12}}, counted{"tiga orang tak dikenal", {3, 3}},
                    counted{"wong telu nggowo arit", {3, 3}}, counted{"saya dikejar 3 orang", {3, 3}},
                    counted{"muride wis 90", {90, 90}}, counted{"3 cowok 2 cewek", {5, 5}},
                    counted{"20 pasang peserta", {40, 40}}, counted{"warga biasanya nonton 300an", {300, 399}},
                    counted{"kapasitas 60 kursi", {60, 60}}, counted{"pengunjung per hari ratusan", {100, 999}},
                    counted{"wong 20an mobil 4", {20, 29}}));

INSTANTIATE_TEST_SUITE_P(sides, crowds,
                         testing::Values(counted{"20 lawan 20", {40, 40}}, counted{"40 anak lawan 40 anak", {80, 80}},
                                         counted{"siji kelompok 15 arek", {30, 30}},
                                         counted{"masing masing katanya bawa 30 orang", {60, 60}},
                                         counted{"suporter dibatasi lima puluh tiap tim", {100, 100}}));

class no_crowds : public testing::TestWithParam<const char*> {};

TEST_P(no_crowds, are_counted) { EXPECT_EQ(crowd_in(GetParam()), std::nullopt) << GetParam(); }

INSTANTIATE_TEST_SUITE_P(forms, no_crowds,
                         testing::Values("ramai orang", "1 orang", "2 orang luka", "25 motor", "-50 orang",
                                         "99999999999999999999 orang", "900000000 orang", "RT 3 warga",
                                         "jam 7 warga kumpul", "", "tamunya menang 5-0", "jarinya tinggal dua",
                                         "kami berlima dikejar", "ibu umur 40an", "dipalak preman 20rb",
                                         "remi pakai uang seribuan", "motornya sampai 30an", "komentarnya ratusan",
                                         "warga 3 dusun", "bacok 2 orang", "tiga orang kejang", "no tiket 4471",
                                         "di lantai dua", "habis maghrib 18.20 an", "puluhan bis"));

}  // namespace
