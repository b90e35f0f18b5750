// The list of cases as programs outside read it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "commands/staff.hpp"
#include "storage/sqlite/driver.hpp"

namespace {

TEST(list_of_cases, shows_a_notice_beside_the_reports_without_who_or_what_was_said) {
  const auto store =
      storage::sqlite::open({.file = ":memory:", .full_sync = false, .alone = false}, storage::master_keys::fleeting());
  storage::changes c;
  c.notices.resize(2);
  auto& n = c.notices[0];
  n.id = 1;
  n.number = "PK7Q-2M9X";
  n.organiser = 11;
  n.filed = {.track = bot::notices::track::expression,
             .state = bot::notices::state::receipted,
             .number = "B/1/2026",
             .unit = "POLSEK-GADINGREJO"};
  n.wards = {"35.75.01.1003", "35.75.01.1006"};
  n.answers = {{"purpose", "opinion"}, {"aim", "upah buruh"}};
  n.created_at = n.changed_at = bot::instant{std::chrono::milliseconds{1795270000000}};
  c.notices[1] = n;
  c.notices[1].id = 2;
  c.notices[1].number = "PZ";
  c.notices[1].wards.clear();
  c.persons = {{1, "Siti Aminah"}};
  store->admit({}, n.created_at);
  store->write(c, {}, n.created_at);
  store->commit();

  std::ostringstream out;
  EXPECT_EQ(commands::cases(*store, true, out), 0);
  std::istringstream in(out.str());
  std::string without_ward, line;
  ASSERT_TRUE(std::getline(in, without_ward));
  ASSERT_TRUE(std::getline(in, line));
  EXPECT_EQ(line,
            R"({"number":"PK7Q-2M9X","kind":"notice","category":"opinion","level":null,"state":"tanda_terima_terbit",)"
            R"("ward":"35.75.01.1003","unit":"POLSEK-GADINGREJO","created_at":"2026-11-21T14:06:40Z"})");
  EXPECT_TRUE(nlohmann::json::parse(without_ward).at("ward").is_null());
  for (const char* word : {"upah", "Siti", "B/1"}) EXPECT_EQ(out.str().find(word), std::string::npos) << word;
}

}  // namespace
