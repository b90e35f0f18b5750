#include "config/area_pack.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "config/csv.hpp"
#include "config/outline_file.hpp"

namespace config {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A small pack of one ward that a test may spoil.
class area_pack_files : public testing::Test {
 protected:
  void SetUp() override {
    x_dir = fs::path(testing::TempDir()) /
            ("areas-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(x_dir);
    fs::create_directories(x_dir / "batu");
    for (const auto* shared : {"words.toml", "elsewhere.toml"}) {
      fs::copy_file(fs::path(PROJECT_DIR) / "config/areas" / shared, x_dir / shared);
    }
    write("area.toml", "name = \"Batu\"\nzone = \"Asia/Jakarta\"\nattribution = \"test\"\nfallback = \"POLDA\"\n");
    write("wards.csv",
          "code,name,type,kecamatan_code,kecamatan_name,kota_code,kota_name\n"
          "35.79.01.1001,Sisir,kelurahan,35.79.01,Batu,35.79,Kota Batu\n");
    write("aliases.csv", "code,official_name,alias,source\n35.79.01.1001,Sisir,Si Sir,test\n");
    write("stations.csv",
          "code,type,name,parent,investigates,confidence,source\n"
          "POLDA,polda,Polda,,,verified,x\nPOLRES,polres,Polres,POLDA,,verified,x\n"
          "POLSEK,polsek,Polsek,POLRES,,verified,x\n");
    write("ward-stations.csv",
          "ward_code,polsek_code,polsek_confidence,polres_code,polres_confidence\n"
          "35.79.01.1001,POLSEK,verified,POLRES,verified\n");
    write("landmarks.csv", "name,aliases,code,confidence,source\nAlun-Alun Batu,,35.79.01.1001,verified,x\n");
    write("outlines.geojson",
          R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"35.79.01.1001"},)"
          R"("geometry":{"type":"Polygon","coordinates":[[[112.5,-7.9],[112.6,-7.9],[112.6,-7.8],[112.5,-7.9]]]}}]})");
  }
  void TearDown() override { fs::remove_all(x_dir); }

  void write(const std::string& file, const std::string& text) { std::ofstream(x_dir / "batu" / file) << text; }

  void append(const std::string& file, const std::string& text) {
    std::ofstream(x_dir / "batu" / file, std::ios::app) << text;
  }

  std::vector<std::string> faults() {
    std::vector<std::string> found;
    load_areas(x_dir, found, [](std::string_view word) { return word == "rumah"; });
    return found;
  }

  // "…/batu/stations.csv:5: "
  std::string at(const std::string& file, int line) {
    return (x_dir / "batu" / file).string() + ":" + std::to_string(line) + ": ";
  }

  fs::path x_dir;
};

TEST_F(area_pack_files, a_new_pack_works_as_it_is) {
  std::vector<std::string> found;
  const areas loaded = load_areas(x_dir, found);
  EXPECT_THAT(found, IsEmpty());
  EXPECT_EQ(loaded.map.areas().size(), 3u);
  ASSERT_EQ(loaded.packs.size(), 1u);
  EXPECT_EQ(loaded.packs.front().zone, "Asia/Jakarta");
}

TEST_F(area_pack_files, every_fault_is_told_at_once) {
  append("wards.csv",
         "35.79.01.1001,Sisir,kelurahan,35.79.01,Batu,35.79,Kota Batu\n"
         "35.79.1,Kurang,desa,35.79.01,Batu,35.79,Kota Batu\n"
         "35.79.02.1001,Beji,kelurahan,35.79.01,Batu,35.79,Kota Batu\n"
         "35.79.01.1002,Temas,kelurahan,35.79.01,Batu,35.79,Kota Batu\n");
  append("aliases.csv", "35.79.09.1001,X,Y,test\n");
  append("stations.csv", "YATIM,polsek,Yatim,NOBODY,,verified,x\nPOLSEK,polsek,Polsek,POLRES,,verified,x\n");
  append("ward-stations.csv", "35.79.01.1001,NOBODY,verified,POLRES,verified\n");
  append("landmarks.csv", "Lost,,35.79.08,verified,x\n");
  const auto found = faults();
  for (const auto* expected :
       {"wards.csv:3: duplicate code 35.79.01.1001", "wards.csv:4: 35.79.1 is no ward code",
        "wards.csv:5: 35.79.02.1001 does not lie in 35.79.01", "unknown area 35.79.09.1001",
        "stations.csv:5: YATIM: unknown parent NOBODY", "duplicate unit POLSEK", "unknown unit NOBODY",
        "landmarks.csv:3: unknown area 35.79.08", "wards.csv:6: 35.79.01.1002 Temas: no station",
        "wards.csv:6: 35.79.01.1002 Temas: no outline"}) {
    EXPECT_THAT(found, Contains(HasSubstr(expected)));
  }
}

TEST_F(area_pack_files, missing_files_and_columns_are_told) {
  fs::remove(x_dir / "batu" / "landmarks.csv");
  write("aliases.csv", "code,official_name\n");
  const auto found = faults();
  EXPECT_THAT(found, Contains(HasSubstr("landmarks.csv: missing")));
  EXPECT_THAT(found, Contains(HasSubstr("aliases.csv:1: no column alias")));
}

TEST_F(area_pack_files, bad_outlines_are_told) {
  write(
      "outlines.geojson",
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"35.79.01.1001"},)"
      R"("geometry":{"type":"Polygon","coordinates":[[[112.5,-7.9],[112.6,-7.8],[112.6,-7.9],[112.5,-7.8],[112.5,-7.9]]]}},)"
      R"({"type":"Feature","properties":{},"geometry":null}]})");
  const auto found = faults();
  EXPECT_THAT(found, Contains(HasSubstr("35.79.01.1001: Geometry has invalid self-intersections")));
  EXPECT_THAT(found, Contains(HasSubstr("feature 2 has no property code")));
}

TEST_F(area_pack_files, a_file_that_others_rest_on_is_one_fault) {
  const auto only = [&](const std::string& file, const std::string& text, const std::string& what) {
    const std::string whole = *text_of(x_dir / "batu" / file);
    write(file, text);
    EXPECT_THAT(faults(), ElementsAre(HasSubstr((x_dir / "batu" / file).string() + what)));
    write(file, whole);
  };
  only("outlines.geojson", "{\n\"type\":", ":2: not JSON");
  only("wards.csv", "kode,name,type,kecamatan_code,kecamatan_name,kota_code,kota_name\n", ":1: no column code");
  only("stations.csv", "code,type,name,parrent,investigates,confidence,source\nPOLDA,polda,Polda,,,verified,x\n",
       ":1: no column parent");
  only("ward-stations.csv", "ward,polsek_code,polsek_confidence,polres_code,polres_confidence\n",
       ":1: no column ward_code");
  only("area.toml", "name = \n", ":1: ");
}

TEST_F(area_pack_files, no_telephone_number_comes_with_a_unit) {
  write("stations.csv",
        "code,type,name,parent,phone,investigates,confidence,source\n"
        "POLDA,polda,Polda,,,,verified,x\nPOLRES,polres,Polres,POLDA,0343-421234,,verified,x\n"
        "POLSEK,polsek,Polsek,POLRES,,,verified,x\n");
  EXPECT_THAT(faults(), ElementsAre(at("stations.csv", 1) + "the column \"phone\" is not known here"));
}

TEST_F(area_pack_files, every_row_names_its_source) {
  append("stations.csv", "POLSEK-X,polsek,Polsek X,POLRES,,inferred,\n");
  write("jurisdictions.csv",
        "area_code,service,unit_code,valid_from,valid_until,confidence,source\n35.79.01,sim,POLRES,2012-02-03,,"
        "verified,\n");
  append("aliases.csv", "35.79.01.1001,Sisir,Sisirejo,\n");
  append("landmarks.csv", "Balai Kota Batu,,35.79.01.1001,verified,\n");
  const auto found = faults();
  EXPECT_EQ(found.size(), 4u);
  for (const auto& [file, line] :
       {std::pair{"stations.csv", 5}, {"jurisdictions.csv", 2}, {"aliases.csv", 3}, {"landmarks.csv", 3}})
    EXPECT_THAT(found, Contains(HasSubstr(at(file, line) + "source is empty")));
}

TEST_F(area_pack_files, a_unit_without_source_says_how_it_was_inferred) {
  write("stations.csv",
        "code,type,name,parent,investigates,confidence,source,note\nPOLDA,polda,Polda,,,verified,x,\n"
        "POLRES,polres,Polres,POLDA,,verified,x,\nPOLSEK,polsek,Polsek,POLRES,,inferred,,one a kecamatan assumed\n");
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(area_pack_files, what_a_row_names_is_there) {
  write("stations.csv",
        "code,type,name,parent,covers_kecamatan_codes,investigates,confidence,source\nPOLDA,polda,Polda,,,,verified,x\n"
        "POLRES,polres,Polres,POLDA,35.79.01 35.79.99,,verified,x\nPOLSEK,polsek,Polsek,POLRES,,,verified,x\n"
        "polsek x,polsek,Polsek X,POLRES,,,verified,x\n");
  append("aliases.csv", "35.79.01.1001,Temas,Sisirejo,test\n");
  write("jurisdictions.csv",
        "area_code,service,unit_code,valid_from,valid_until,confidence,source\n35.79.01,reprot,POLRES,2012-02-03,,"
        "verified,x\n");
  write("area.toml",
        "name = \"Batu\"\nzone = \"Asia/Surabaya\"\nattribution = \"test\"\nfallback = \"POLDA-X\"\nfoo = 1\n");
  const auto found = faults();
  for (const auto& [where, what] : {std::pair{at("stations.csv", 3), "unknown area 35.79.99"},
                                    {at("stations.csv", 5), "\"polsek x\": a unit's code is"},
                                    {at("aliases.csv", 3), "35.79.01.1001 is Sisir, not \"Temas\""},
                                    {at("jurisdictions.csv", 2), "reprot is no service: report, event"},
                                    {at("area.toml", 2), "Asia/Surabaya is no zone of Indonesia"},
                                    {at("area.toml", 4), "unknown fallback unit POLDA-X"},
                                    {at("area.toml", 5), "\"foo\" is not known here"}})
    EXPECT_THAT(found, Contains(HasSubstr(where + what)));
}

TEST_F(area_pack_files, nothing_stands_twice) {
  append("aliases.csv", "35.79.01.1001,Sisir,si sir,test\n");
  append("landmarks.csv", "Alun-Alun Batu,,35.79.01,verified,x\nPasar Besar,alun-alun batu,35.79.01,verified,x\n");
  write("jurisdictions.csv",
        "area_code,service,unit_code,valid_from,valid_until,confidence,source\n"
        "35.79.01,report,POLRES,2012-02-03,,verified,x\n35.79.01,report,POLSEK,2012-02-03,2030-01-01,verified,x\n"
        "35.79.01,report,POLSEK,2013-02-03,,verified,x\n");
  const auto found = faults();
  EXPECT_EQ(found.size(), 4u);
  EXPECT_THAT(found, Contains(at("aliases.csv", 3) + "the alias \"si sir\" stands in line 2 too"));
  EXPECT_THAT(found, Contains(at("landmarks.csv", 3) + "the landmark \"Alun-Alun Batu\" stands in line 2 too"));
  EXPECT_THAT(found, Contains(at("landmarks.csv", 4) + "the landmark \"alun-alun batu\" stands in line 2 too"));
  EXPECT_THAT(found, Contains(HasSubstr(at("jurisdictions.csv", 3) + "this row and line 2 hold from the same day")));
}

TEST_F(area_pack_files, no_ordinary_word_names_a_place_by_itself) {
  append("aliases.csv",
         "35.79.01.1001,Sisir,Rumah,test\n35.79.01.1001,Sisir,pasar,test\n35.79.01.1001,Sisir,gentong,test\n");
  append("landmarks.csv", "Gedung Batu,rumah,35.79.01,verified,x\n");
  const auto found = faults();
  EXPECT_EQ(found.size(), 3u);
  EXPECT_THAT(found,
              Contains(HasSubstr(at("aliases.csv", 3) + "\"Rumah\" is an ordinary word: leave it out, or put it")));
  EXPECT_THAT(found, Contains(HasSubstr(at("aliases.csv", 4) + "\"pasar\"")));
  EXPECT_THAT(found, Contains(HasSubstr(at("landmarks.csv", 3) + "\"rumah\"")));
}

TEST_F(area_pack_files, a_chain_of_command_that_bites_its_tail_is_told) {
  write("stations.csv",
        "code,type,name,parent,investigates,confidence,source\n"
        "POLDA,polda,Polda,POLRES,,verified,x\nPOLRES,polres,Polres,POLDA,,verified,x\n"
        "POLSEK,polsek,Polsek,POLRES,,maybe,x\n");
  const auto found = faults();
  EXPECT_THAT(found, Contains(HasSubstr("POLDA: parent POLRES is not above it")));
  EXPECT_THAT(found, Contains(HasSubstr("maybe is no confidence")));
}

TEST_F(area_pack_files, a_jurisdiction_needs_real_days) {
  write("jurisdictions.csv",
        "area_code,service,unit_code,valid_from,valid_until,confidence,source\n"
        "35.79.01,sim,POLRES,2012-02-30,,verified,x\n35.79.01,sim,POLRES,2013-01-01,2012-01-01,verified,x\n");
  const auto found = faults();
  EXPECT_THAT(found, Contains(HasSubstr("jurisdictions.csv:2: a date is not")));
  EXPECT_THAT(found, Contains(HasSubstr("jurisdictions.csv:3: valid_until is not after")));
}

TEST(csv, reads_quotes_and_line_breaks) {
  const auto rows = parse_csv(
      "\xEF\xBB\xBF"
      "a,\"b \"\"x\"\", c\",\r\n\n\"two\nlines\",,last");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_THAT(rows[0].cells, ElementsAre("a", "b \"x\", c", ""));
  EXPECT_THAT(rows[1].cells, ElementsAre("two\nlines", "", "last"));
  EXPECT_EQ(rows[1].line, 3u);
}

TEST(outline_file, keeps_holes_and_several_polygons) {
  std::vector<std::string> faults;
  const auto read = parse_outlines(
      R"({"features":[{"geometry":{"coordinates":[[[[0,0],[9,0],[9,9],[0,0]],[[2,1],[3,1],[3,2],[2,1]]],)"
      R"([[[20,0,7],[21,0,7],[21,1,7],[20,0,7]]]],"type":"MultiPolygon"},"properties":{"code":"x","n":[1,2]}}]})",
      "test", faults);
  EXPECT_THAT(faults, IsEmpty());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 1u);
  const auto& polygons = read->front().polygons;
  ASSERT_EQ(polygons.size(), 2u);
  EXPECT_EQ(polygons[0].size(), 2u);
  EXPECT_EQ(polygons[1][0][0].longitude, 20);
}

}  // namespace
}  // namespace config
