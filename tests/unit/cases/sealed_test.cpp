// What makes a case one of a child or of a sexual kind, and what does not.
#include "bot/cases/sealed.hpp"

#include <gtest/gtest.h>

#include "bot/cases/least_seals.hpp"
#include "tests/support/handbook.hpp"

namespace {

std::string_view sealed(std::string_view text) {
  return bot::cases::sealed_in(bot::language::split(text), support::shipped_handbook().sealed);
}

TEST(sealed, is_sexual_violence_in_many_words) {
  for (const char* text :
       {"anak tetangga saya umur 9 thn diperkosa pamannya di kel gentong", "adik saya dicabuli guru ngajinya",
        "saya dilecehkan di angkot tadi pagi", "ada yang pamer kelamin di depan sekolah",
        "dibegal payudara di jalan raya beji tadi, begal payudara", "temen saya digrepe grepe di konser",
        "anak saya disodomi tetangga", "a man groped me in the market"})
    EXPECT_EQ(sealed(text), "sexual") << text;
}

TEST(sealed, is_a_child_that_is_harmed) {
  for (const char* text :
       {"anak saya dipukuli teman2nya di sd bukir sampai memar", "bocah umur 5 tahun dirantai di rumahnya desa beji",
        "balita ditelantarkan di kos", "siswa smp dibully kakak kelas tiap hari", "guru mukuli murid di kelas",
        "anak tetangga usia 7 th sering lebam lebam di lengannya", "anak kecil dipaksa ngemis di lampu merah",
        "lare alit dipukul bapakipun", "a little boy is beaten every night next door"})
    EXPECT_EQ(sealed(text), "child") << text;
}

TEST(sealed, is_nothing_that_only_names_children_or_insults) {
  for (const char* text :
       {"anak muda berkelahi di alun alun", "anak anak balapan liar tiap malam", "anak punk dipukuli warga di terminal",
        "dia melecehkan agama di facebook", "motor saya dicuri 9 tahun lalu", "anak kos ribut terus",
        "tawuran pelajar di pasar bangil", "warga dipukuli orang mabuk", "anak buah kapal hilang", ""})
    EXPECT_EQ(sealed(text), "") << text;
}

TEST(sealed, stands_beside_the_category_and_behind_a_complaint) {
  EXPECT_EQ(bot::cases::routed_as({{"sealed_as", "child"}}, "fight"), "child");
  EXPECT_EQ(bot::cases::routed_as({}, "fight"), "fight");
  EXPECT_EQ(bot::cases::routed_as({{"sealed_as", "sexual"}}, "officer_complaint"), "officer_complaint");
}

// "Bukan ke unit yang Anda adukan" is said by who got it, not by what a rule says of it.
TEST(sealed, is_promised_only_where_nobody_has_it_who_may_not) {
  const bot::cases::roster nobody;
  const bot::world w{{}, support::shipped_handbook(), nobody};
  const auto clear = [&](const char* category, const char* unit, std::vector<std::string> told,
                         std::vector<std::string> watchers = {}) {
    bot::cases::report r;
    r.category = category;
    r.unit = unit;
    r.told = std::move(told);
    r.watchers = std::move(watchers);
    return bot::cases::keeps_clear(r, w);
  };
  EXPECT_TRUE(clear("officer_complaint", "POLDA-JATIM", {"POLDA-JATIM"}));
  EXPECT_FALSE(clear("officer_complaint", "POLSEK-GADINGREJO", {}));
  EXPECT_FALSE(clear("officer_complaint", "POLDA-JATIM", {"POLRES-PASURUAN-KOTA"}));
  EXPECT_FALSE(clear("officer_complaint", "POLDA-JATIM", {"POLDA-JATIM"}, {"POLRES-PASURUAN-KOTA"}));
  EXPECT_TRUE(clear("official_complaint", "POLSEK-GADINGREJO", {"POLSEK-GADINGREJO"}));
  EXPECT_FALSE(clear("official_complaint", "POLSEK-GADINGREJO", {"35.75.01.1001"})) << "a village office";
  EXPECT_TRUE(clear("fight", "POLSEK-GADINGREJO", {"POLSEK-GADINGREJO"}));
}

}  // namespace
