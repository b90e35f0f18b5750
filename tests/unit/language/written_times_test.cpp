// Several days, counts without a comma, "s/d" and "WIB", as organisers write them.
#include "bot/language/written_times.hpp"

#include <gtest/gtest.h>

#include "bot/written_moment.hpp"
#include "tests/support/handbook.hpp"

namespace {

struct spelling {
  const char *typed, *read;
  int days;
};

class plain_words : public testing::TestWithParam<spelling> {};

TEST_P(plain_words, say_the_same) {
  const auto now = bot::read_moment("2026-11-21T10:00:00+07:00")->at;
  const auto& book = support::shipped_handbook();
  const auto out = bot::language::plain_times(GetParam().typed, book.lexicon, book.notices.words.writing, now);
  EXPECT_EQ(out.text, GetParam().read);
  EXPECT_EQ(out.days, GetParam().days);
}

INSTANTIATE_TEST_SUITE_P(days, plain_words,
                         testing::Values(spelling{"bazar 14-16 desember jam 8 pagi", "bazar 14 desember jam 8 pagi", 3},
                                         spelling{"tanggal 14 dan 15 desember", "tanggal 14 desember", 2},
                                         spelling{"tanggal 4,5,6 desember", "tanggal 4 desember", 3},
                                         spelling{"tanggal 4, 5 dan 6 desember 2026", "tanggal 4 desember 2026", 3},
                                         spelling{"14 s/d 16 desember", "14 desember", 3},
                                         spelling{"14 sampai 16 desember jam 8", "14 desember jam 8", 3},
                                         spelling{"14 desember sampai 16 desember", "14 desember", 3},
                                         spelling{"30 desember - 2 januari", "30 desember", 4},
                                         spelling{"tgl 14/12 - 16/12/2026", "tgl 14/12", 3},
                                         spelling{"3 hari mulai 14 desember", " 14 desember", 3},
                                         spelling{"14 desember selama tiga hari", "14 desember ", 3},
                                         spelling{"sabtu dan minggu jam 8", "sabtu jam 8", 2},
                                         spelling{"sabtu-minggu tanggal 5-6 desember", "sabtu tanggal 5 desember", 2},
                                         spelling{"jumat sampai minggu", "jumat", 3}));

INSTANTIATE_TEST_SUITE_P(no_days, plain_words,
                         testing::Values(spelling{"jam 8 sampai 11 desember", "jam 8 sampai 11 desember", 1},
                                         spelling{"pukul 19.00-22.00", "pukul 19.00-22.00", 1},
                                         spelling{"14-12-2026 jam 8", "14-12-2026 jam 8", 1},
                                         spelling{"19/12/2026 pukul 19.00", "19/12/2026 pukul 19.00", 1},
                                         spelling{"3 hari lagi", "3 hari lagi", 1},
                                         spelling{"tanggal 4, 11, 18 desember", "tanggal 4, 11, 18 desember", 1},
                                         spelling{"tiap sabtu dan minggu", "tiap sabtu dan minggu", 1},
                                         spelling{"sabtu malam minggu", "sabtu malam minggu", 1},
                                         spelling{"Jl. Mawar 3, 0812345678", "Jl. Mawar 3, 0812345678", 1}));

INSTANTIATE_TEST_SUITE_P(
    counts_and_untils, plain_words,
    testing::Values(spelling{"12 desember 1000 orang", "12 desember , 1000 orang", 1},
                    spelling{"jam 19.00-23.00 5000 orang", "jam 19.00-23.00 , 5000 orang", 1},
                    spelling{"sampai 11 malam 500 orang", "sampai 11 malam , 500 orang", 1},
                    spelling{"sampai jam 10 di Kel. Gentong 40 orang", "sampai jam 10 di Kel. Gentong , 40 orang", 1},
                    spelling{"kira2 450 orang, lebih dari 5.000 orang", "kira2 450 orang, lebih dari 5.000 orang", 1},
                    spelling{"5 000 orang", "5 000 orang", 1},
                    spelling{"09.00 s/d 12.00 WIB", "09.00 sampai 12.00 ", 1},
                    spelling{"s.d. 23.00", "sampai 23.00", 1},
                    spelling{"19:00 WIB - 22:00 WIB", "19:00  - 22:00 ", 1}));

TEST(words_of_time, name_a_day_or_its_part) {
  const auto& lex = support::shipped_handbook().lexicon;
  for (const char* day : {"sabtu sore", "besok", "malam ini", "hari ini jam 7", "tgl 14", "14/12", "12 desember"})
    EXPECT_TRUE(bot::language::names_day(day, lex)) << day;
  for (const char* none : {"jam 7 malam", "hari 19.00", "nanti jam 8", "120 orang"})
    EXPECT_FALSE(bot::language::names_day(none, lex)) << none;
  EXPECT_TRUE(bot::language::names_now("sekarang", lex));
  EXPECT_FALSE(bot::language::names_now("jam 8", lex));
  EXPECT_TRUE(bot::language::names_day_part("bakda isya", lex));
  EXPECT_FALSE(bot::language::names_day_part("jam 8", lex));
}

}  // namespace
