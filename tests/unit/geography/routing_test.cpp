#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "bot/cases/report.hpp"
#include "tests/unit/geography/served_areas.hpp"

namespace bot::geography {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

routed_unit owner(std::string code) { return {std::move(code), unit_role::owner}; }
routed_unit watcher(std::string code) { return {std::move(code), unit_role::watcher}; }

evidence pin(double latitude, double longitude) {
  evidence known;
  known.pin = point{longitude, latitude};
  return known;
}

TEST(routing, explains_itself) {
  const routing_decision made = routed("ada yg dibacok dpn indomaret gentong");
  EXPECT_EQ(made.status, routing_status::certain);
  EXPECT_THAT(made.ward_codes, ElementsAre("35.75.01.1002"));
  EXPECT_THAT(made.units, ElementsAre(owner("POLSEK-GADINGREJO")));
  EXPECT_THAT(made.reason,
              HasSubstr("kata: gentong; Kel. Gentong -> Polsek Gadingrejo (Polres Pasuruan Kota), sumber "));
  EXPECT_EQ(made.fallback, "POLRES-PASURUAN-KOTA");
}

TEST(routing, asks_only_when_units_differ) {
  const routing_decision made = routed("balap liar di pohjentrek");
  EXPECT_EQ(made.status, routing_status::ask);
  EXPECT_THAT(made.units, IsEmpty());
  EXPECT_EQ(made.fallback, "POLRES-PASURUAN-KOTA");
  EXPECT_THAT(made.reason, HasSubstr("Kel. Pohjentrek (Polsek Purworejo)"));
  EXPECT_THAT(made.reason, HasSubstr("Kec. Pohjentrek (Polsek Pohjentrek)"));
  EXPECT_EQ(routed("begal di Pandaan").status, routing_status::certain);
  // No village there is called so; its district is, and one station serves both readings.
  EXPECT_THAT(routed("desa lekok ada pencurian motor").units, ElementsAre(owner("POLSEK-LEKOK")));
  EXPECT_EQ(routed("tawuran di desa madiun").status, routing_status::ask);
}

TEST(routing, asks_when_two_places_are_the_scene) {
  const routing_decision made = routed("tawuran antara Bangil dan Beji");
  EXPECT_EQ(made.status, routing_status::ask);
  EXPECT_EQ(made.fallback, "POLRES-PASURUAN");
  EXPECT_THAT(routed("tawuran pemuda Bukir lawan Gentong").units, ElementsAre(owner("POLSEK-GADINGREJO")));
}

TEST(routing, asks_with_a_fallback_when_no_place_is_named) {
  const routing_decision made = routed("pak tolong ada maling");
  EXPECT_EQ(made.status, routing_status::ask);
  EXPECT_THAT(made.ward_codes, IsEmpty());
  EXPECT_EQ(made.fallback, "POLDA-JATIM");
}

TEST(routing, a_similar_name_alone_asks) {
  const routing_decision made = routed("tawuran kel krampyngan");
  EXPECT_EQ(made.status, routing_status::ask);
  EXPECT_THAT(made.ward_codes, ElementsAre("35.75.03.1006"));
}

TEST(routing, a_station_without_investigation_owns_and_its_polres_watches) {
  const routing_decision made = routed("ramai di Sidogiri Kraton");
  EXPECT_THAT(made.units, ElementsAre(owner("POLSEK-KRATON"), watcher("POLRES-PASURUAN-KOTA")));
}

TEST(routing, jurisdiction_is_not_administration) {
  EXPECT_THAT(routed("laka di Teguhan Jiwan").reason,
              HasSubstr("Polsek Jiwan (Polres Madiun Kota), sumber Kep Kapolda"));
  EXPECT_EQ(routed("laka di Teguhan Jiwan").fallback, "POLRES-MADIUN-KOTA");
  EXPECT_EQ(routed("laka di Mojopurno Wungu").fallback, "POLRES-MADIUN");
}

TEST(routing, jurisdiction_depends_on_the_service_and_the_day) {
  evidence known;
  known.ward_code = "35.19.09.2011";
  known.service = "sim";
  known.local_now = std::chrono::local_days(std::chrono::year(2026) / 11 / 21);
  EXPECT_THAT(routed(known).units, ElementsAre(owner("POLRES-MADIUN")));
  known.local_now = std::chrono::local_days(std::chrono::year(2012) / 10 / 1);
  EXPECT_THAT(routed(known).units, ElementsAre(owner("POLSEK-JIWAN")));
}

TEST(routing, panggungrejo_is_served_ward_by_ward) {
  EXPECT_THAT(routed("maling di kel Tambaan").units, ElementsAre(owner("POLSEK-GADINGREJO")));
  EXPECT_THAT(routed("maling di Ngemplakrejo").units, ElementsAre(owner("POLSEK-PURWOREJO")));
  const routing_decision inferred = routed("maling di Mandaranrejo");
  EXPECT_THAT(inferred.units, ElementsAre(owner("POLSEK-BUGUL-KIDUL")));
  EXPECT_THAT(inferred.reason, HasSubstr("unverified"));
  EXPECT_EQ(inferred.sure, confidence::unverified);
  EXPECT_EQ(routed("kec panggungrejo ada tawuran").status, routing_status::ask);
}

TEST(routing, a_ward_that_is_not_understood_is_not_replaced_by_its_district) {
  const routing_decision made = routed("desa xyzabc kecamatan grati maling");
  EXPECT_EQ(made.status, routing_status::certain);
  EXPECT_THAT(made.units, ElementsAre(owner("POLSEK-GRATI")));
  EXPECT_THAT(made.ward_codes, IsEmpty());
}

TEST(routing, a_pin_inside_is_certain) {
  const routing_decision made = routed(pin(-7.664581, 112.892047));
  EXPECT_EQ(made.status, routing_status::certain);
  EXPECT_THAT(made.ward_codes, ElementsAre("35.75.02.1001"));
  EXPECT_THAT(made.units, ElementsAre(owner("POLSEK-PURWOREJO")));
}

TEST(routing, across_a_line_the_neighbour_watches) {
  const point inside{112.82042, -7.634253};  // 116 m from the line of two Polres
  routing_rules wide = shipped_rules();
  wide.border_m = 200;
  evidence known;
  known.pin = inside;
  const routing_decision made =
      route(known, served().map, served().units, wide, [](std::string_view) { return false; });
  ASSERT_GE(made.units.size(), 2u);
  EXPECT_EQ(made.units.front(), owner("POLSEK-REMBANG"));
  EXPECT_EQ(made.units.back().role, unit_role::watcher);
  EXPECT_THAT(made.reason, HasSubstr("dekat batas"));
}

TEST(routing, forest_and_water_give_their_district) {
  const routing_decision made = routed(pin(-7.792358, 111.539887));
  EXPECT_THAT(made.ward_codes, ElementsAre("35.19.02"));
  EXPECT_THAT(made.units, ElementsAre(owner("POLSEK-DOLOPO")));
}

TEST(routing, pins_elsewhere_are_outside) {
  EXPECT_EQ(routed(pin(0, 0)).status, routing_status::outside);
  EXPECT_EQ(routed(pin(-7.40585, 111.505333)).status, routing_status::outside);
  EXPECT_EQ(routed(pin(95, 400)).status, routing_status::outside);
  EXPECT_EQ(routed(pin(0, 0)).fallback, "POLDA-JATIM");
}

TEST(routing, a_pin_that_is_no_number_is_no_pin) {
  const double nan = std::nan("");
  const double infinite = std::numeric_limits<double>::infinity();
  for (const evidence& known : {pin(nan, nan), pin(-7.6, nan), pin(infinite, 112.9)}) {
    EXPECT_EQ(routed(known).status, routing_status::ask);
    EXPECT_EQ(routed(known, "maling di Bukir").status, routing_status::certain);
  }
}

TEST(routing, a_pin_tells_namesakes_apart_and_a_contradiction_asks) {
  evidence known = pin(-7.664581, 112.892047);  // kelurahan Pohjentrek
  const routing_decision agreed = routed(known, "balap liar di pohjentrek");
  EXPECT_EQ(agreed.status, routing_status::certain);
  EXPECT_THAT(agreed.ward_codes, ElementsAre("35.75.02.1001"));
  EXPECT_EQ(routed(known, "balap liar di Sidogiri").status, routing_status::ask);
  EXPECT_EQ(routed(known, "balap liar di Wirogunan").status, routing_status::certain);  // the same Polsek
}

TEST(routing, a_ward_code_needs_no_words) {
  evidence known;
  known.ward_code = "35.75.01.1002";
  EXPECT_THAT(routed(known, "maling di Bangil").units, ElementsAre(owner("POLSEK-GADINGREJO")));
  known.ward_code = "99.99.99.9999";
  EXPECT_THAT(routed(known, "maling di Bangil").units, ElementsAre(owner("POLSEK-BANGIL")));
}

TEST(routing, an_office_owns_only_where_it_has_people_and_in_its_hours) {
  evidence known;
  known.ward_code = "35.75.01.1002";
  known.category = "noise";
  known.level = cases::level::low;
  known.local_now = std::chrono::local_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(10);
  const auto decide = [&](bool people) {
    return route(known, served().map, served().units, shipped_rules(), [people](std::string_view) { return people; });
  };
  EXPECT_THAT(decide(true).units, ElementsAre(owner("KANTOR-35.75.01.1002")));
  EXPECT_EQ(decide(true).fallback, "POLSEK-GADINGREJO");
  EXPECT_THAT(decide(false).units, ElementsAre(owner("POLSEK-GADINGREJO")));
  known.local_now += std::chrono::hours(12);
  EXPECT_THAT(decide(true).units, ElementsAre(owner("POLSEK-GADINGREJO")));
  known.local_now -= std::chrono::hours(12);
  known.level = cases::level::high;
  EXPECT_THAT(decide(true).units, ElementsAre(owner("POLSEK-GADINGREJO")));
}

TEST(routing, sealed_cases_reach_neither_groups_nor_village_officers) {
  evidence known;
  known.ward_code = "35.75.01.1002";
  known.category = "domestic_violence";
  const routing_decision made =
      route(known, served().map, served().units, shipped_rules(), [](std::string_view) { return true; });
  EXPECT_TRUE(made.sealed);
  EXPECT_THAT(made.units, ElementsAre(owner("POLSEK-GADINGREJO")));
  EXPECT_FALSE(routed("maling di Bukir").sealed);
}

TEST(routing, a_complaint_about_an_officer_leaves_the_chain_of_the_city) {
  for (const auto* text :
       {"polisi minta uang di Sidogiri Kraton", "polisi minta uang di pohjentrek", "polisi minta uang"}) {
    evidence known;
    known.category = "officer_complaint";
    const routing_decision made = routed(known, text);
    EXPECT_TRUE(made.sealed);
    EXPECT_EQ(made.fallback, "POLDA-JATIM");
    for (const routed_unit& each : made.units) EXPECT_EQ(each, owner("POLDA-JATIM")) << text;
  }
}

TEST(routing, every_ward_has_an_owner_and_a_fallback) {
  for (const area& each : served().map.areas()) {
    if (each.at != level::ward) continue;
    evidence known;
    known.ward_code = each.code;
    const routing_decision made = routed(known);
    EXPECT_EQ(made.status, routing_status::certain) << each.code;
    EXPECT_THAT(made.fallback, Not(IsEmpty())) << each.code;
  }
}

}  // namespace
}  // namespace bot::geography
