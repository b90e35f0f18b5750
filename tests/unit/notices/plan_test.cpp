// The section "Plan" of the contract, sentence by sentence, and what organisers do that nobody foresees.
#include "commands/plan.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "support.hpp"

namespace bot::notices {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct dry_run {
  int code = 0;
  std::vector<json> lines;
  std::string errors;
};

dry_run run(const std::string& text) {
  std::stringstream in(text), out, errors;
  dry_run done;
  done.code = commands::plan(shipped_rules(), served(), western_time, in, out, errors, at("2026-11-21T10:00:00+07:00"));
  done.errors = errors.str();
  for (std::string line; std::getline(out, line);) done.lines.push_back(json::parse(line));
  return done;
}

json planned(json asked) {
  if (!asked.contains("now")) asked["now"] = "2026-11-21T10:00:00+07:00";
  const dry_run done = run(asked.dump() + "\n");
  EXPECT_EQ(done.code, 0) << done.errors;
  return done.lines.empty() ? json() : done.lines.front();
}

std::vector<std::string> list(const json& of, const char* key) { return of[key].get<std::vector<std::string>>(); }

const json orkes = {{"purpose", "show"},
                    {"attendance", 800},
                    {"wards", {"35.14.17.2002"}},
                    {"start", "2026-12-20T19:00:00+07:00"},
                    {"participants_from", "several_kecamatan"}};
const json demo = {{"purpose", "opinion"},
                   {"attendance", 120},
                   {"wards", {"35.75.04.1005"}},
                   {"start", "2026-11-25T09:00:00+07:00"},
                   {"participants_from", "several_kecamatan"}};
const json wedding = {{"purpose", "family"},   {"attendance", 150},   {"wards", {"35.77.03.1007"}},
                      {"public_place", false}, {"public_road", true}, {"start", "2026-12-12T08:00:00+07:00"}};

json with(json e, const char* key, json value) {
  e[key] = std::move(value);
  return e;
}

// --- the shape ------------------------------------------------------------------------------------------------------

TEST(plan, the_example_of_a_show_whose_audience_is_not_known) {
  json asked = orkes;
  asked.erase("participants_from");
  asked["id"] = "c";
  EXPECT_EQ(planned(asked), json::parse(R"({"id":"c","track":"permit","tier":"large","extras":[],"addressee":null,
    "unit":null,"watchers":[],"latest":null,"late":null,"deadlines":[],"ask":["participants_from"],
    "sources":["pp60-2017-5"]})"));
}

TEST(plan, absent_null_and_empty_are_not_known) {
  const json bare = planned({{"id", 7}, {"purpose", "show"}});
  const json empty = planned({{"id", 7},
                              {"purpose", "show"},
                              {"attendance", nullptr},
                              {"wards", json::array()},
                              {"start", nullptr},
                              {"participants_from", nullptr},
                              {"public_road", nullptr}});
  EXPECT_EQ(bare, empty);
  EXPECT_THAT(list(bare, "ask"), ElementsAre("start", "attendance", "participants_from", "wards"));
  EXPECT_EQ(bare["track"], "permit");
}

TEST(plan, of_nothing_known_the_purpose_is_asked) {
  const json found = planned({{"id", "n"}});
  EXPECT_TRUE(found["track"].is_null());
  EXPECT_TRUE(found["late"].is_null());
  EXPECT_THAT(list(found, "ask"), ElementsAre("purpose"));
}

TEST(plan, the_kind_of_event_alone_never_decides_the_track) {
  for (const char* type : {"demonstration", "concert_or_orkes", "wedding", "campaign", "something else"}) {
    EXPECT_TRUE(planned({{"event_type", type}})["track"].is_null());
    EXPECT_EQ(planned(with(orkes, "event_type", type))["track"], "permit");
  }
}

// --- tiers ----------------------------------------------------------------------------------------------------------

TEST(plan, the_tier_goes_by_the_greatest_number) {
  const auto tier = [](json attendance) { return planned(with(orkes, "attendance", std::move(attendance)))["tier"]; };
  EXPECT_EQ(tier(300), "small");
  EXPECT_EQ(tier(500), "small");
  EXPECT_EQ(tier(501), "large");
  EXPECT_EQ(tier(1000), "large");
  EXPECT_EQ(tier({{"min", 100}, {"max", 999}}), "large");
  EXPECT_EQ(tier({{"min", 100}, {"max", nullptr}}), json());
  EXPECT_EQ(tier({{"min", 400}, {"max", 350}}), "small");  // turned around
  EXPECT_EQ(tier(10'000'000), "large");
}

TEST(plan, a_show_under_three_hundred_needs_a_permit_without_tier_and_says_unverified) {
  for (const int people : {0, 1, 299}) {
    const json found = planned(with(orkes, "attendance", people));
    EXPECT_EQ(found["track"], "permit");
    EXPECT_TRUE(found["tier"].is_null());
    EXPECT_THAT(list(found, "sources"), Contains("unverified"));
    EXPECT_THAT(list(found, "ask"), IsEmpty());
  }
  EXPECT_THAT(list(planned(orkes), "sources"), Not(Contains("unverified")));
}

// --- deadlines ------------------------------------------------------------------------------------------------------

TEST(plan, working_days_end_with_the_last_second_of_the_day_that_leaves_them) {
  EXPECT_EQ(planned(orkes)["latest"], "2026-11-30T23:59:59+07:00");  // 14 before Sunday 20 December
  EXPECT_EQ(planned(with(orkes, "participants_from", "several_provinces"))["latest"], "2026-11-19T23:59:59+07:00");
  EXPECT_EQ(planned(with(orkes, "participants_from", "foreign"))["latest"], "2026-11-08T23:59:59+07:00");
  EXPECT_EQ(
      planned(
          {{"purpose", "political"}, {"wards", {"35.75.01.1001"}}, {"start", "2026-12-28T08:00:00+07:00"}})["latest"],
      "2026-12-14T23:59:59+07:00");  // over Natal and its joint leave
}

TEST(plan, three_times_twenty_four_hours_are_real_hours) {
  const json found = planned(demo);
  EXPECT_EQ(found["latest"], "2026-11-22T09:00:00+07:00");
  EXPECT_EQ(found["late"], false);
  EXPECT_EQ(planned(with(demo, "now", "2026-11-22T09:00:00+07:00"))["late"], false);
  EXPECT_EQ(planned(with(demo, "now", "2026-11-22T09:00:01+07:00"))["late"], true);
  EXPECT_EQ(planned(with(demo, "now", "2026-11-22T02:00:01Z"))["late"], true);
  // The start in another zone is the same moment.
  EXPECT_EQ(planned(with(demo, "start", "2026-11-25T11:00:00+09:00"))["latest"], "2026-11-22T09:00:00+07:00");
}

TEST(plan, late_is_told_and_everything_else_stays) {
  json hurried = with(demo, "start", "2026-11-21T10:10:00+07:00");  // in ten minutes
  json found = planned(hurried), in_time = planned(demo);
  EXPECT_EQ(found["late"], true);
  for (const char* same : {"track", "addressee", "unit", "ask", "sources"}) EXPECT_EQ(found[same], in_time[same]);
  EXPECT_EQ(planned(with(demo, "start", "2026-11-20T10:10:00+07:00"))["late"], true);  // over already
}

TEST(plan, extras_have_their_own_deadlines_and_never_change_latest) {
  const json plain = planned(orkes);
  EXPECT_THAT(plain["deadlines"], IsEmpty());
  const json both = planned(with(with(orkes, "fireworks", true), "public_road", true));
  EXPECT_EQ(both["latest"], plain["latest"]);
  EXPECT_THAT(list(both, "extras"), ElementsAre("fireworks", "road_use"));
  EXPECT_EQ(both["deadlines"], json::parse(R"([{"part":"permit","latest":"2026-11-30T23:59:59+07:00"},
    {"part":"fireworks","latest":"2026-11-30T23:59:59+07:00"},{"part":"road_use","latest":"2026-12-09T23:59:59+07:00"}])"));
  const json married = planned(wedding);
  EXPECT_EQ(married["deadlines"], json::parse(R"([{"part":"road_use","latest":"2026-12-02T23:59:59+07:00"}])"));
  EXPECT_TRUE(married["latest"].is_null());
}

TEST(plan, expression_on_the_road_stays_under_its_own_act) {
  EXPECT_THAT(list(planned(with(demo, "public_road", true)), "extras"), IsEmpty());
  EXPECT_THAT(list(planned(with(demo, "fireworks", true)), "extras"), ElementsAre("fireworks"));
}

TEST(plan, mixed_events_keep_their_parts_and_take_the_stricter_date) {
  const json found = planned(with(orkes, "purpose", {"opinion", "show"}));
  EXPECT_EQ(found["track"], "expression");  // the notice never becomes a permit
  EXPECT_EQ(found["latest"], "2026-11-30T23:59:59+07:00");
  EXPECT_EQ(found["deadlines"], json::parse(R"([{"part":"expression","latest":"2026-12-17T19:00:00+07:00"},
    {"part":"permit","latest":"2026-11-30T23:59:59+07:00"}])"));
  EXPECT_EQ(planned(with(orkes, "purpose", {"religious", "show"}))["track"], json());
}

TEST(plan, a_deadline_counted_through_a_year_without_decree_says_so) {
  EXPECT_THAT(list(planned(with(orkes, "start", "2027-01-20T19:00:00+07:00")), "sources"), Contains("unverified"));
}

// --- questions ------------------------------------------------------------------------------------------------------

TEST(plan, an_end_before_the_start_is_asked_for_and_is_no_error) {
  const json turned = planned(with(demo, "end", "2026-11-25T08:59:59+07:00"));
  EXPECT_THAT(list(turned, "ask"), ElementsAre("end"));
  EXPECT_EQ(turned["latest"], planned(demo)["latest"]);
  for (const char* end : {"2026-11-25T09:00:00+07:00", "2026-11-26T01:00:00+07:00", "2027-11-25T09:00:00+07:00",
                          "2026-11-28T16:00:00+07:00"}) {
    EXPECT_EQ(planned(with(demo, "end", end)), planned(demo)) << end;
  }
}

TEST(plan, participants_and_scope_are_asked_where_they_decide) {
  json e = demo;
  e.erase("participants_from");
  EXPECT_THAT(list(planned(e), "ask"), ElementsAre("participants_from"));
  EXPECT_TRUE(planned(e)["addressee"].is_null());
  EXPECT_EQ(planned(e)["latest"], "2026-11-22T09:00:00+07:00");  // does not depend on it
  e["purpose"] = "political";
  EXPECT_THAT(list(planned(e), "ask"), IsEmpty());
  e.erase("wards");
  EXPECT_THAT(list(planned(e), "ask"), ElementsAre("wards"));
}

TEST(plan, a_day_without_its_hour_is_enough_for_working_days) {
  EXPECT_EQ(planned(with(orkes, "start", "2026-12-20"))["latest"], "2026-11-30T23:59:59+07:00");
  EXPECT_THAT(list(planned(with(demo, "start", "2026-11-25")), "ask"), ElementsAre("start"));
}

// --- families and worship -------------------------------------------------------------------------------------------

TEST(plan, a_family_at_home_without_road_has_no_duty_at_any_size) {
  for (const int people : {0, 150, 5000, 10'000'000}) {
    const json found = planned(with(with(wedding, "public_road", false), "attendance", people));
    EXPECT_EQ(found["track"], "none");
    EXPECT_EQ(found["addressee"], "polsek");
    EXPECT_EQ(found["unit"], "POLSEK-TAMAN");
    EXPECT_TRUE(found["latest"].is_null());
    EXPECT_EQ(found["late"], false);
    EXPECT_THAT(list(found, "ask"), IsEmpty());
  }
}

TEST(plan, a_wedding_that_closes_the_lane_needs_leave_for_the_lane_only) {
  const json found = planned(wedding);
  EXPECT_EQ(found["track"], "none");
  EXPECT_THAT(list(found, "extras"), ElementsAre("road_use"));
  EXPECT_EQ(found["unit"], "POLSEK-TAMAN");
  EXPECT_EQ(planned(with(wedding, "attendance", 700))["track"], "permit");
}

TEST(plan, worship_has_no_duty_and_in_the_open_an_officer_settles_it) {
  json e = with(orkes, "purpose", "religious");
  EXPECT_THAT(list(planned(e), "ask"), ElementsAre("public_place"));
  EXPECT_TRUE(planned(e)["track"].is_null());
  EXPECT_TRUE(planned(e)["addressee"].is_null());
  EXPECT_TRUE(planned(e)["unit"].is_null());
  EXPECT_EQ(planned(with(e, "public_place", false))["track"], "none");
  const json open = planned(with(e, "public_place", true));
  EXPECT_EQ(open["track"], "permit");
  EXPECT_THAT(list(open, "sources"), Contains("disputed"));
  EXPECT_THAT(list(planned(orkes), "sources"), Not(Contains("disputed")));
}

TEST(plan, science_on_campus_has_no_duty) {
  json e = {{"purpose", "campus_science"}, {"wards", {"35.77.01.1003"}}, {"attendance", 900}};
  EXPECT_THAT(list(planned(e), "ask"), ElementsAre("on_campus"));
  EXPECT_EQ(planned(with(e, "on_campus", true))["track"], "none");
}

// --- addressees -----------------------------------------------------------------------------------------------------

TEST(plan, above_the_polres_there_is_no_unit) {
  EXPECT_EQ(planned(orkes)["unit"], "POLRES-PASURUAN-KOTA");
  for (const auto& [from, to] : std::map<std::string, std::string>{
           {"several_kabupaten", "polda"}, {"several_provinces", "mabes"}, {"foreign", "mabes"}}) {
    for (const json& e : {orkes, demo}) {
      const json found = planned(with(e, "participants_from", from));
      EXPECT_EQ(found["addressee"], to);
      EXPECT_TRUE(found["unit"].is_null());
      EXPECT_THAT(list(found, "ask"), IsEmpty());
    }
    EXPECT_EQ(planned(with(with(orkes, "purpose", "political"), "scope", from))["addressee"], to);
  }
}

TEST(plan, of_a_route_over_two_units_the_first_leads_and_the_other_watches) {
  json e = with(with(demo, "wards", {"35.75.01.1001", "35.75.02.1001"}), "participants_from", "one_kecamatan");
  EXPECT_EQ(planned(e)["unit"], "POLSEK-GADINGREJO");
  EXPECT_THAT(list(planned(e), "watchers"), ElementsAre("POLSEK-PURWOREJO"));
  e["wards"] = {"35.14.14.1003", "35.75.01.1001"};
  e["participants_from"] = "several_kecamatan";
  EXPECT_EQ(planned(e)["unit"], "POLRES-PASURUAN");
  EXPECT_THAT(list(planned(e), "watchers"), ElementsAre("POLRES-PASURUAN-KOTA"));
}

TEST(plan, outside_of_the_area_the_polda_is_named) {
  for (const json& e : {orkes, demo, wedding}) {
    const json found = planned(with(e, "wards", {"32.73.01.1001"}));
    EXPECT_EQ(found["addressee"], "polda");
    EXPECT_TRUE(found["unit"].is_null());
  }
}

// --- odd days -------------------------------------------------------------------------------------------------------

TEST(plan, leap_days_and_midnights) {
  EXPECT_EQ(planned(with(demo, "start", "2028-02-29T00:00:00+07:00"))["latest"], "2028-02-26T00:00:00+07:00");
  EXPECT_EQ(planned(with(demo, "start", "2028-03-03T12:00:00+07:00"))["latest"], "2028-02-29T12:00:00+07:00");
  // A minute after midnight is the next day: the count begins a day later than a minute before.
  EXPECT_EQ(planned(with(orkes, "start", "2026-12-17T00:00:00+07:00"))["latest"], "2026-11-26T23:59:59+07:00");
  EXPECT_EQ(planned(with(orkes, "start", "2026-12-16T23:59:59+07:00"))["latest"], "2026-11-25T23:59:59+07:00");
  const dry_run bad = run(R"({"id":1,"purpose":"show","start":"2027-02-29T10:00:00+07:00"})");
  EXPECT_EQ(bad.code, 1);
}

TEST(plan, far_years_are_answered) {
  for (const char* start : {"0001-01-01T00:00:00+07:00", "1969-12-31T23:00:00+07:00", "9999-12-31T23:59:59+07:00"}) {
    EXPECT_FALSE(planned(with(orkes, "start", start))["latest"].is_null()) << start;
    EXPECT_FALSE(planned(with(demo, "start", start))["latest"].is_null()) << start;
  }
}

// --- hostile lines --------------------------------------------------------------------------------------------------

TEST(plan, a_bad_line_is_named_and_the_others_go_on) {
  const dry_run done = run("{\"id\":1,\"purpose\":\"show\"}\nnot json\n\n[1,2]\n{\"id\":2,\"purpose\":\"party\"}\n" +
                           std::string(100'000, '[') + "\n{\"id\":3,\"purpose\":\"market\"}\n");
  EXPECT_EQ(done.code, 1);
  ASSERT_EQ(done.lines.size(), 2U);
  EXPECT_EQ(done.lines[0]["id"], 1);
  EXPECT_EQ(done.lines[1]["id"], 3);
  EXPECT_THAT(done.errors, HasSubstr("line 2: not a JSON object"));
  EXPECT_THAT(done.errors, HasSubstr("line 4: not a JSON object"));
  EXPECT_THAT(done.errors, HasSubstr("line 5: purpose is not in the vocabulary"));
  EXPECT_THAT(done.errors, HasSubstr("line 6: not a JSON object"));
}

TEST(plan, values_of_the_wrong_kind_are_named) {
  for (const char* bad :
       {R"({"purpose":7})", R"({"purpose":["show",7]})", R"({"attendance":-1})", R"({"attendance":"many"})",
        R"({"attendance":1.5})", R"({"attendance":1e30})", R"({"attendance":{"min":-5}})", R"({"start":"besok"})",
        R"({"start":"2026-13-01T00:00:00+07:00"})", R"({"start":17})", R"({"end":"x"})", R"({"now":"x"})",
        R"({"wards":"35.75.01.1001"})", R"({"wards":["x"]})", R"({"wards":["35.75.01.100a"]})", R"({"wards":[7]})",
        R"({"public_road":"yes"})", R"({"participants_from":"moon"})", R"({"scope":[1]})"}) {
    const dry_run done = run(bad);
    EXPECT_EQ(done.code, 1) << bad;
    EXPECT_THAT(done.lines, IsEmpty()) << bad;
    EXPECT_THAT(done.errors, HasSubstr("line 1: ")) << bad;
  }
  EXPECT_EQ(planned({{"id", {{"any", "thing"}}}, {"unknown_key", 1}})["id"], json({{"any", "thing"}}));
}

TEST(plan, another_key_is_warned_of_and_the_line_answered) {
  const dry_run done = run(R"({"id":1,"purpose":"show","attendence":800,"publik_road":true,"xyzzy":1})"
                           "\n");
  EXPECT_EQ(done.code, 0);
  ASSERT_EQ(done.lines.size(), 1u);
  EXPECT_THAT(list(done.lines.front(), "ask"), Contains("attendance"));
  EXPECT_THAT(done.errors,
              HasSubstr("line 1: warning: \"attendence\" is not known and was not read; is it \"attendance\"?"));
  EXPECT_THAT(done.errors, HasSubstr("is it \"public_road\"?"));
  EXPECT_THAT(done.errors, HasSubstr("\"xyzzy\" is not known and was not read; kentongan plan --help"));
}

TEST(plan, the_example_of_its_help_has_a_deadline_and_a_unit) {
  const dry_run done = run(std::string(commands::plan_example) + "\n");
  EXPECT_THAT(done.errors, IsEmpty());
  ASSERT_EQ(done.lines.size(), 1u);
  EXPECT_TRUE(done.lines.front()["latest"].is_string());
  EXPECT_TRUE(done.lines.front()["unit"].is_string());
  EXPECT_THAT(list(done.lines.front(), "ask"), IsEmpty());
  const json example = json::parse(commands::plan_example);
  for (const auto& [key, value] : example.items())
    EXPECT_THAT(std::string(commands::plan_help), HasSubstr("  " + key)) << key;
}

TEST(plan, lists_what_to_bring_where_it_is_asked) {
  std::stringstream in(std::string(commands::plan_example) + "\n"), out, errors;
  commands::plan(shipped_rules(), served(), western_time, in, out, errors, at("2026-11-21T10:00:00+07:00"), true);
  EXPECT_THAT(out.str(), HasSubstr("\n    - Proposal kegiatan\n"));
  EXPECT_THAT(out.str(), HasSubstr("\n  fee: Tidak ada biaya."));
}

}  // namespace
}  // namespace bot::notices
