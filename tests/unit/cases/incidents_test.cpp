// Which case of late may be the same event. Values only; the conversations are in tests/transcripts/incident-*.txt.
#include "bot/cases/incidents.hpp"

#include <gtest/gtest.h>

namespace bot::cases {
namespace {

using namespace std::chrono_literals;

constexpr instant start{std::chrono::milliseconds{1795270000000}};
const incident_rules rules{.window = 90min, .near_m = 700, .kinds = {{"fight", "mass_brawl"}}, .never = {"unclear"}};

report told(std::int64_t id, std::string category, std::string ward, instant at) {
  report r;
  r.id = id;
  r.number = "L" + std::to_string(id);
  r.reporter = 100 + id;
  r.category = std::move(category);
  r.ward = std::move(ward);
  r.created_at = at;
  return r;
}

std::int64_t lead_of(const recent_cases& recent, const report& r, instant now) {
  const auto* lead = recent.lead_for(r, rules, now);
  return lead == nullptr ? 0 : lead->id;
}

TEST(incidents, are_near_in_place_time_and_kind) {
  recent_cases recent;
  recent.put(told(1, "fight", "a", start));
  EXPECT_EQ(lead_of(recent, told(2, "fight", "a", start), start + 5min), 1);
  EXPECT_EQ(lead_of(recent, told(2, "mass_brawl", "a", start), start + 5min), 1);
  EXPECT_EQ(lead_of(recent, told(2, "noise", "a", start), start + 5min), 0);
  EXPECT_EQ(lead_of(recent, told(2, "fight", "b", start), start + 5min), 0);
  EXPECT_EQ(lead_of(recent, told(2, "fight", "", start), start + 5min), 0);
  EXPECT_EQ(lead_of(recent, told(2, "fight", "a", start), start + 91min), 0);
}

TEST(incidents, are_led_by_the_first_that_is_open) {
  recent_cases recent;
  recent.put(told(1, "fight", "a", start));
  recent.put(told(2, "fight", "a", start + 1min));
  EXPECT_EQ(lead_of(recent, told(3, "fight", "a", start + 2min), start + 2min), 1);
  report closed = told(1, "fight", "a", start);
  closed.state = state::closed;
  recent.put(closed);
  EXPECT_EQ(lead_of(recent, told(3, "fight", "a", start + 2min), start + 2min), 2);
  report follows = told(2, "fight", "a", start + 1min);
  follows.incident = 1;
  recent.put(follows);
  EXPECT_EQ(lead_of(recent, told(3, "fight", "a", start + 2min), start + 2min), 0);
}

TEST(incidents, of_one_moment_are_led_by_the_first_told) {
  recent_cases recent;
  for (const std::int64_t id : {1, 2, 3}) recent.put(told(id, "fight", "a", start));
  recent.put(told(1, "fight", "a", start));
  EXPECT_EQ(lead_of(recent, told(4, "fight", "a", start), start), 1) << "whatever has changed since";
  recent.put(told(1, "fight", "b", start));
  EXPECT_EQ(lead_of(recent, told(4, "fight", "a", start), start), 2) << "it was in another ward";
  EXPECT_EQ(lead_of(recent, told(4, "fight", "b", start), start), 1);
  EXPECT_EQ(recent.size(), 3u);
}

TEST(incidents, of_the_day_before_are_forgotten) {
  recent_cases recent;
  recent.put(told(1, "fight", "a", start));
  recent.put(told(2, "fight", "a", start + 1h));
  recent.put(told(3, "fight", "a", start + recent_cases::kept + 1min));
  EXPECT_EQ(recent.size(), 2u);
  EXPECT_EQ(recent.waiting(""), 2u);
}

TEST(incidents, do_not_bind_what_must_stay_alone) {
  recent_cases recent;
  recent.put(told(1, "unclear", "a", start));
  EXPECT_EQ(lead_of(recent, told(2, "unclear", "a", start), start), 0) << "says too little";
  report sealed = told(3, "fight", "a", start);
  sealed.sealed = true;
  recent.put(sealed);
  EXPECT_EQ(lead_of(recent, told(4, "fight", "a", start), start), 0) << "sealed leads";
  recent.put(told(5, "fight", "a", start));
  sealed.id = 6;
  EXPECT_EQ(lead_of(recent, sealed, start), 0) << "sealed follows";
  report same_person = told(7, "fight", "a", start);
  same_person.reporter = 105;
  EXPECT_EQ(lead_of(recent, same_person, start), 0) << "the same person tells of another event";
}

TEST(incidents, are_parted_by_pins_that_lie_apart) {
  recent_cases recent;
  report first = told(1, "fight", "a", start);
  first.answers["pin"] = "-7.645000,112.905000";
  recent.put(first);
  report second = told(2, "fight", "a", start);
  second.answers["pin"] = "-7.646000,112.906000";  // some 150 m
  EXPECT_EQ(lead_of(recent, second, start), 1);
  second.answers["pin"] = "-7.655000,112.905000";  // some 1100 m
  EXPECT_EQ(lead_of(recent, second, start), 0);
}

TEST(incidents, are_forgotten_after_some_hours_and_move_with_their_ward) {
  recent_cases recent;
  recent.put(told(1, "fight", "a", start));
  report moved = told(1, "fight", "b", start);
  recent.put(moved);
  EXPECT_EQ(recent.size(), 1U);
  EXPECT_EQ(lead_of(recent, told(2, "fight", "b", start), start), 1);
  recent.put(told(3, "fight", "b", start + recent_cases::kept + 1min));
  EXPECT_EQ(recent.size(), 1U);
}

}  // namespace
}  // namespace bot::cases
