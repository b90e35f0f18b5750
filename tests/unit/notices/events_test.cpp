// 120 events with what the rules say of each, by people who read the articles: tests/data/events.json.
#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "commands/plan.hpp"
#include "support.hpp"

namespace bot::notices {
namespace {

using nlohmann::json;

json table() {
  std::ifstream file(PROJECT_DIR "/tests/data/events.json");
  return json::parse(file);
}

std::vector<json> dry_run(const std::string& lines) {
  std::stringstream in(lines), out, errors;
  EXPECT_EQ(commands::plan(shipped_rules(), served(), western_time, in, out, errors, at("2026-11-21T10:00:00+07:00")),
            0)
      << errors.str();
  std::vector<json> all;
  for (std::string line; std::getline(out, line);) all.push_back(json::parse(line));
  return all;
}

TEST(events, of_the_table_the_track_is_right_and_what_is_open_is_asked) {
  const json all = table();
  ASSERT_EQ(all.size(), 120U);
  std::string lines;
  for (const json& each : all) {
    json asked = each["event"];
    asked["id"] = each["text"];
    asked["start"] = "2027-01-20T09:00:00+07:00";
    lines += asked.dump() + "\n";
  }
  const std::vector<json> found = dry_run(lines);
  ASSERT_EQ(found.size(), all.size());

  int right = 0, guessed = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const json& wanted = all[i]["expect"];
    const json& got = found[i];
    SCOPED_TRACE(all[i]["text"].get<std::string>() + " (" + all[i]["article"].get<std::string>() + ")");
    if (got["track"] == wanted["track"] && !got["track"].is_null()) ++right;
    if (got["track"] != wanted["track"] && !got["track"].is_null()) ++guessed;
    if (got["track"].is_null()) {
      EXPECT_FALSE(got["ask"].empty());
    }
    EXPECT_EQ(got["tier"], wanted["tier"]);
    EXPECT_EQ(got["extras"], wanted["extras"]);
    EXPECT_EQ(got["ask"].get<std::set<std::string>>(), wanted["ask"].get<std::set<std::string>>());
    if (wanted.contains("addressee")) {
      EXPECT_EQ(got["addressee"], wanted["addressee"]);
    }
    const bool disputed = testing::Value(got["sources"], testing::Contains("disputed"));
    EXPECT_EQ(disputed, wanted.value("disputed", false));
  }
  RecordProperty("right", right);
  EXPECT_GE(right, 114) << "less than 95 % of the table";
  EXPECT_EQ(guessed, 0);
}

}  // namespace
}  // namespace bot::notices
