#include <gmock/gmock.h>

#include "tests/unit/geography/served_areas.hpp"

namespace bot::geography {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using outcome = place_finding::outcome;

std::vector<std::string> codes_in(std::string_view text) { return codes_of(place_in(text)); }

TEST(places, a_name_of_several_wards_leaves_all_of_them) {
  EXPECT_THAT(codes_in("motor hilang di Bakalan"), UnorderedElementsAre("35.14.08.2015", "35.75.03.1005"));
  EXPECT_THAT(codes_in("balap liar di pohjentrek"), UnorderedElementsAre("35.75.02.1001", "35.14.17"));
}

TEST(places, the_word_before_a_name_says_what_it_is) {
  EXPECT_THAT(codes_in("kel. Bakalan ramai"), ElementsAre("35.75.03.1005"));
  EXPECT_THAT(codes_in("desa Bakalan ramai"), ElementsAre("35.14.08.2015"));
  EXPECT_THAT(codes_in("kec. Pohjentrek ramai"), ElementsAre("35.14.17"));
  EXPECT_THAT(codes_in("konvoi di kota madiun"), ElementsAre("35.77"));
  EXPECT_THAT(codes_in("konvoi di kab. madiun"), ElementsAre("35.19"));
}

TEST(places, the_name_beside_it_tells_namesakes_apart) {
  EXPECT_THAT(codes_in("maling di Wonosari Tutur"), ElementsAre("35.14.02.2005"));
  EXPECT_THAT(codes_in("Kec Kejayan ds Oro2 Pule, maling"), ElementsAre("35.14.06.2001"));
  EXPECT_THAT(codes_in("Kelurahan Pohjentrek Kecamatan Purworejo"), ElementsAre("35.75.02.1001"));
  EXPECT_THAT(codes_in("mojorejo taman madiun"), ElementsAre("35.77.03.1001"));
}

TEST(places, spelling_apart_together_or_with_digits_is_no_slip) {
  for (const auto* text : {"di warung dowo", "di warungdowo", "di Warung-Dowo"}) {
    const place_finding found = place_in(text);
    EXPECT_THAT(codes_of(found), ElementsAre("35.14.17.2002")) << text;
    EXPECT_TRUE(found.settled) << text;
  }
  EXPECT_THAT(codes_in("kel tamba an"), ElementsAre("35.75.04.1002"));
  EXPECT_THAT(codes_in("oro2 ombo madiun"), ElementsAre("35.77.01.1001"));
}

TEST(places, a_similar_name_proposes_and_its_district_settles) {
  const place_finding alone = place_in("tawuran kel krampyngan");
  EXPECT_THAT(codes_of(alone), ElementsAre("35.75.03.1006"));
  EXPECT_FALSE(alone.settled);
  const place_finding held = place_in("Kel. Pogarr bangil, toko dibobol");
  EXPECT_THAT(codes_of(held), ElementsAre("35.14.14.1003"));
  EXPECT_TRUE(held.settled);
}

TEST(places, names_one_letter_apart_are_not_mixed_up) {
  EXPECT_THAT(codes_in("Kelurahan Winongo"), ElementsAre("35.77.02.1005"));
  EXPECT_THAT(codes_in("winong gempol"), ElementsAre("35.14.12.2013"));
  EXPECT_THAT(codes_in("begal di mejayan"), UnorderedElementsAre("35.19.11", "35.19.11.2010"));
}

TEST(places, old_spellings_of_other_places_help_only_where_nothing_else_fits) {
  EXPECT_THAT(codes_in("longsor di jatirejo"), UnorderedElementsAre("35.14.22.2008", "35.19.15.2002"));
  EXPECT_THAT(codes_in("longsor di jatirejo prigen"), ElementsAre("35.14.10.2001"));
  EXPECT_THAT(codes_in("banjir desa sumberejo winongan"), ElementsAre("35.14.19.2008"));
}

TEST(places, landmarks_and_hamlets_are_known) {
  EXPECT_THAT(codes_in("copet di alun2 pasuruan"), ElementsAre("35.75.04.1005"));
  EXPECT_THAT(codes_in("orang dipalak depan stasiun bangil"), ElementsAre("35.14.14.1003"));
  EXPECT_THAT(codes_in("nelayan kisik kraton bakar perahu"), ElementsAre("35.14.16.2020"));
  EXPECT_FALSE(place_in("ricuh di alun-alun bangil").settled);
}

TEST(places, ordinary_words_are_no_names) {
  for (const auto* text : {"tolong pak tulung cepet", "pukul 20.00 ada balap liar", "bener pak ada judi",
                           "lampu taman mati", "minggir semua", "pecah gentong airnya", "kula sareng rencang"}) {
    EXPECT_EQ(place_in(text).what, outcome::nothing) << text;
  }
  EXPECT_THAT(codes_in("ds tulung saradan maling sapi"), ElementsAre("35.19.12.2013"));
  EXPECT_THAT(codes_in("kumpulan pemuda di Gentong"), ElementsAre("35.75.01.1002"));
}

TEST(places, denied_and_corrected_names_do_not_count) {
  EXPECT_THAT(codes_in("lokasinya Karangjati Pandaan bukan Karangjati Lumbang"), ElementsAre("35.14.11.2003"));
  EXPECT_THAT(codes_in("*Purutrejo maksudnya"), ElementsAre("35.75.02.1004"));
  EXPECT_THAT(codes_in("di Gentong, eh salah, di Bukir"), ElementsAre("35.75.01.1005"));
  EXPECT_THAT(codes_in("bukan di Gentong pak tapi di Bukir"), ElementsAre("35.75.01.1005"));
}

TEST(places, where_people_come_from_or_go_to_is_not_where_it_happens) {
  EXPECT_THAT(codes_in("Saya warga Kejuron tapi kejadiannya di Demangan kota madiun"), ElementsAre("35.77.03.1008"));
  EXPECT_THAT(codes_in("dibacok di warung Kepulungan, lari ke arah Bangil"), ElementsAre("35.14.12.2004"));
  EXPECT_THAT(codes_in("kulo warga Lebakayu Sawahan"), ElementsAre("35.19.14.2006"));
}

TEST(places, cities_elsewhere_are_outside) {
  for (const auto* text : {"kecelakaan di Purwodadi Grobogan", "kec. kartoharjo kab. magetan ada tawuran",
                           "Rembang Jawa Tengah, nelayan hilang", "Ngawi, desa Kedunggalar, kebakaran hutan",
                           "balapan di Jl Soekarno Hatta Surabaya", "desa Simo kec Tulangan Sidoarjo"}) {
    EXPECT_EQ(place_in(text).what, outcome::outside) << text;
  }
}

TEST(places, cities_elsewhere_that_only_pass_by_change_nothing) {
  EXPECT_THAT(codes_in("saya dari Surabaya, dicopet di Pekoren"), ElementsAre("35.14.15.2014"));
  EXPECT_THAT(codes_in("di berita demo di Jakarta, untung di kampung kami Kandangan Tosari adem"),
              ElementsAre("35.14.24.2008"));
  EXPECT_EQ(place_in("balap di jalan raya malang surabaya").what, outcome::nothing);
  EXPECT_THAT(codes_in("begal di perbatasan Sanganom Probolinggo"), ElementsAre("35.14.21.2001"));
}

TEST(places, an_unknown_district_makes_a_known_ward_doubtful) {
  EXPECT_FALSE(place_in("Desa Kalipang kecamatan Sutojayan ada maling").settled);
  EXPECT_TRUE(place_in("Desa Kalipang ada maling").settled);
}

TEST(places, mentions_tell_which_words_name_them) {
  const place_finding found = place_in("ada begal di kel. Nambangan Lor kota madiun");
  ASSERT_EQ(found.mentions.size(), 2u);
  EXPECT_EQ(found.mentions[0].begin, 5u);
  EXPECT_EQ(found.mentions[0].end, 7u);
}

TEST(places, streets_are_not_the_wards_they_are_named_after) {
  EXPECT_FALSE(place_in("rumah saya di Jl. Kartoharjo").settled);
  EXPECT_FALSE(place_in("kecelakaan tol Gempol-Pasuruan").settled);
  EXPECT_TRUE(place_in("macet di jalan raya Kejapanan").settled);
  EXPECT_TRUE(place_in("sopir mogok di jalan Winong gempol").settled);
}

TEST(places, a_flood_of_names_is_bounded) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "sukorejo ";
  EXPECT_LE(place_in(text).mentions.size(), 24u);
}

TEST(places, nothing_is_found_in_nothing) {
  EXPECT_EQ(place_in("").what, outcome::nothing);
  EXPECT_EQ(place_in("!!! ... 12").what, outcome::nothing);
  EXPECT_THAT(codes_in("pak tolong ada maling"), IsEmpty());
}

}  // namespace
}  // namespace bot::geography
