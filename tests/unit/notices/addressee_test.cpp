#include "bot/notices/addressee.hpp"

#include <gmock/gmock.h>

#include <map>

#include <fstream>
#include <sstream>
#include "support.hpp"

namespace bot::notices {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr reach every_reach[] = {reach::one_kecamatan, reach::several_kecamatan, reach::several_kabupaten,
                                 reach::several_provinces, reach::foreign};

// Perkap 7/2012 Art. 10, Perpol 7/2023 and Perpol 5/2024 say the same of four reaches; abroad goes to the top.
addressee by_the_book(reach from) {
  switch (from) {
    case reach::one_kecamatan: return addressee::polsek;
    case reach::several_kecamatan: return addressee::polres;
    case reach::several_kabupaten: return addressee::polda;
    default: return addressee::mabes;
  }
}

addressing told(track where, const event& e, local_day day = on(2026, 11, 21)) {
  return find_addressee(where, e, stations_of(e.wards, served().map, served().units, day), shipped_rules().rules, day);
}

event in(std::vector<std::string> wards, std::optional<reach> from = reach::one_kecamatan) {
  event e;
  e.wards = std::move(wards);
  e.participants_from = from;
  return e;
}

// ward -> Polsek, Polres, read from the packs without the code that is tested.
std::map<std::string, std::pair<std::string, std::string>> stations_in_the_files() {
  std::map<std::string, std::pair<std::string, std::string>> all;
  for (const char* pack : {"pasuruan", "madiun"}) {
    std::ifstream file(std::string(PROJECT_DIR "/config/areas/") + pack + "/ward-stations.csv");
    std::string line;
    std::getline(file, line);
    std::vector<std::string> head, row;
    const auto cut = [](const std::string& text) {
      std::vector<std::string> cells;
      std::stringstream in(text);
      for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
      return cells;
    };
    head = cut(line);
    const auto column = [&](const std::string& name) {
      return std::find(head.begin(), head.end(), name) - head.begin();
    };
    while (std::getline(file, line)) {
      row = cut(line);
      all[row.at(column("ward_code"))] = {row.at(column("polsek_code")), row.at(column("polres_code"))};
    }
  }
  return all;
}

TEST(addressee, every_ward_on_every_track_from_everywhere) {
  const auto files = stations_in_the_files();
  ASSERT_GT(files.size(), 500U);
  for (const auto& [ward, stations] : files) {
    for (const track where : {track::expression, track::political, track::permit}) {
      for (const reach from : every_reach) {
        event e = in({ward}, where == track::political ? std::nullopt : std::optional(from));
        if (where == track::political) e.scope = from;
        const addressing found = told(where, e);
        ASSERT_EQ(found.to, by_the_book(from)) << ward;
        const std::string unit = found.to == addressee::polsek   ? stations.first
                                 : found.to == addressee::polres ? stations.second
                                                                 : "";
        ASSERT_EQ(found.unit, unit) << ward;
        ASSERT_THAT(found.watchers, IsEmpty());
        ASSERT_THAT(found.ask, IsEmpty());
      }
    }
    ASSERT_EQ(told(track::none, in({ward}, std::nullopt)).unit, stations.first);
  }
}

TEST(addressee, the_same_unit_on_every_day_of_seven_years) {
  for (local_day day = on(2024, 1, 1); day <= on(2030, 12, 31); day += std::chrono::days{1}) {
    ASSERT_EQ(told(track::permit, in({"35.19.09.2001"}), day).unit, "POLSEK-JIWAN");
    ASSERT_EQ(told(track::expression, in({"35.19.09.2001"}, reach::several_kecamatan), day).unit, "POLRES-MADIUN-KOTA");
  }
}

// Every pair of wards: the first leads, the other's station watches when it is another one.
TEST(addressee, a_route_is_led_by_the_unit_where_it_begins) {
  const auto files = stations_in_the_files();
  std::vector<std::string> some;
  std::size_t i = 0;
  for (const auto& [ward, stations] : files) {
    if (i++ % 9 == 0) some.push_back(ward);
  }
  for (const std::string& a : some) {
    for (const std::string& b : some) {
      const addressing near = told(track::permit, in({a, b}));
      ASSERT_EQ(near.unit, files.at(a).first);
      ASSERT_EQ(near.watchers, files.at(a).first == files.at(b).first ? std::vector<std::string>{}
                                                                      : std::vector<std::string>{files.at(b).first});
      const addressing wide = told(track::permit, in({a, b}, reach::several_kecamatan));
      ASSERT_EQ(wide.unit, files.at(a).second);
      ASSERT_EQ(wide.watchers, files.at(a).second == files.at(b).second ? std::vector<std::string>{}
                                                                        : std::vector<std::string>{files.at(b).second});
    }
  }
}

TEST(addressee, above_the_polres_both_polres_of_a_line_watch) {
  EXPECT_THAT(told(track::expression, in({"35.75.01.1001", "35.14.14.1001"}, reach::several_kabupaten)).watchers,
              ElementsAre("POLRES-PASURUAN-KOTA", "POLRES-PASURUAN"));
  EXPECT_THAT(told(track::expression, in({"35.75.01.1001", "35.75.02.1001"}, reach::several_kabupaten)).watchers,
              IsEmpty());
}

// Whoever leads from above, the stations on the spot see it too, each once.
TEST(addressee, the_stations_of_the_places_see_what_is_led_from_above) {
  const std::vector<std::string> line = {"35.77.03.1001", "35.19.08.1001"};
  for (const track where : {track::expression, track::permit, track::political}) {
    const addressing high = told(where, in(line, reach::several_kabupaten));
    EXPECT_EQ(high.to, addressee::polda);
    EXPECT_THAT(high.watchers, ElementsAre("POLRES-MADIUN-KOTA", "POLRES-MADIUN"));
    EXPECT_THAT(high.local, ElementsAre("POLSEK-TAMAN", "POLSEK-NGLAMES"));
  }
  const addressing one = told(track::expression, in({"35.75.01.1001"}, reach::several_kecamatan));
  EXPECT_EQ(one.unit, "POLRES-PASURUAN-KOTA");
  EXPECT_THAT(one.watchers, IsEmpty());
  EXPECT_THAT(one.local, ElementsAre("POLSEK-GADINGREJO"));
  EXPECT_THAT(told(track::permit, in({"35.75.01.1001"}, reach::several_provinces)).local,
              ElementsAre("POLRES-PASURUAN-KOTA", "POLSEK-GADINGREJO"));
  EXPECT_THAT(told(track::expression, in({"35.75.01.1001"}, reach::one_kecamatan)).local, IsEmpty());
}

// The data have no ward 35.19.08.2001; its kecamatan is Nglames, which one station serves.
TEST(addressee, a_ward_that_is_not_in_the_data_is_still_in_its_kecamatan) {
  const std::vector<std::string> line = {"35.77.03.1001", "35.19.08.2001"};
  EXPECT_THAT(told(track::political, in(line)).watchers, ElementsAre("POLRES-MADIUN-KOTA", "POLRES-MADIUN"));
  EXPECT_EQ(told(track::none, in({"35.19.08.2001"})).unit, "POLSEK-NGLAMES");
  EXPECT_EQ(told(track::none, in({"35.19.99.2001"})).to, addressee::polda);
}

TEST(addressee, outside_of_the_area_the_polda_without_unit) {
  for (const track where : {track::none, track::expression, track::political, track::permit}) {
    event e = in({"32.73.01.1001"});
    e.scope = reach::one_kecamatan;
    const addressing found = told(where, e);
    EXPECT_EQ(found.to, addressee::polda);
    EXPECT_EQ(found.unit, "");
  }
  EXPECT_EQ(told(track::permit, in({"32.73.01.1001"}, reach::foreign)).to, addressee::mabes);
  EXPECT_EQ(told(track::permit, in({"32.73.01.1001"}, std::nullopt)).to, std::nullopt);
  // A march that leaves the area is led by the station where it begins.
  EXPECT_EQ(told(track::permit, in({"35.75.01.1001", "35.13.01.2001"})).unit, "POLSEK-GADINGREJO");
}

TEST(addressee, the_scope_of_political_activity_is_taken_from_its_places) {
  const auto political = [](std::vector<std::string> wards) { return told(track::political, in(wards, std::nullopt)); };
  EXPECT_EQ(political({"35.75.01.1001"}).unit, "POLSEK-GADINGREJO");
  EXPECT_EQ(political({"35.75.01.1001", "35.75.01.1002"}).to, addressee::polsek);
  EXPECT_EQ(political({"35.75.01.1001", "35.75.02.1002"}).unit, "POLRES-PASURUAN-KOTA");
  EXPECT_EQ(political({"35.75.01.1001", "35.14.16.2001"}).to, addressee::polda);
  EXPECT_EQ(political({"35.75.01.1001", "33.74.01.1001"}).to, addressee::mabes);
  EXPECT_THAT(political({}).ask, ElementsAre(slot::wards));
  // A whole city says neither in how many kecamatan nor at which station.
  EXPECT_THAT(political({"35.75"}).ask, ElementsAre(slot::scope));
  EXPECT_EQ(political({"35.75"}).to, std::nullopt);
  // What the organiser says of the scope counts more than the place of the stage.
  event e = in({"35.75.01.1001"}, std::nullopt);
  e.scope = reach::several_kabupaten;
  EXPECT_EQ(told(track::political, e).to, addressee::polda);
}

TEST(addressee, a_place_that_several_stations_share_is_asked_for_more_narrowly) {
  const addressing near = told(track::permit, in({"35.75.04"}));  // kecamatan Panggungrejo: three Polseks
  EXPECT_EQ(near.to, addressee::polsek);
  EXPECT_EQ(near.unit, "");
  EXPECT_THAT(near.ask, ElementsAre(slot::wards));
  EXPECT_EQ(told(track::permit, in({"35.75.04"}, reach::several_kecamatan)).unit, "POLRES-PASURUAN-KOTA");
  EXPECT_EQ(told(track::permit, in({"35.14.17"})).unit, "POLSEK-POHJENTREK");  // one Polsek serves it
}

TEST(addressee, only_what_is_missing_is_asked) {
  EXPECT_THAT(told(track::permit, in({}, std::nullopt)).ask, ElementsAre(slot::participants_from, slot::wards));
  EXPECT_THAT(told(track::permit, in({}, reach::several_kabupaten)).ask, IsEmpty());  // no unit is named there
  EXPECT_THAT(told(track::none, in({}, std::nullopt)).ask, ElementsAre(slot::wards));
}

}  // namespace
}  // namespace bot::notices
