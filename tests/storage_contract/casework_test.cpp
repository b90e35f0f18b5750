// Incidents, open cases, who may be called, daily counts.
#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

template <class Driver>
class casework : public testing::Test {
 protected:
  Driver driver;
};

using drivers = testing::Types<sqlite_driver>;
TYPED_TEST_SUITE(casework, drivers);

bot::cases::report report(storage::store& s, const std::string& number, const std::string& unit,
                          bot::cases::level level = bot::cases::level::low) {
  bot::cases::report r;
  r.id = s.new_id();
  r.number = number;
  r.category = "noise";
  r.level = level;
  r.unit = unit;
  r.ward = "35.75.01.1002";
  r.created_at = r.changed_at = now;
  r.version = 1;
  return r;
}

TYPED_TEST(casework, joins_once_and_lists_those_who_joined_in_order) {
  const auto store = this->driver.open();
  storage::changes c;
  for (const char* number : {"L1", "L2", "L3"}) c.reports.push_back(report(*store, number, "U"));
  const auto lead = c.reports[0].id, second = c.reports[1].id, third = c.reports[2].id;
  c.joins = {{lead, second}, {lead, third}, {lead, second}};
  write(*store, c);
  EXPECT_EQ(store->incident_size(lead), 2U);
  const auto all = store->followers(lead, 0, 50);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].number, "L2");
  EXPECT_EQ(store->followers(lead, second, 50).front().number, "L3");
  EXPECT_EQ(store->followers(lead, 0, 1).size(), 1U);
  storage::changes parted;
  parted.joins = {{lead, second, false}};
  write(*store, parted);
  EXPECT_EQ(store->incident_size(lead), 1U);
}

TYPED_TEST(casework, lists_open_cases_of_a_unit_the_most_urgent_first) {
  const auto store = this->driver.open();
  storage::changes c;
  c.reports = {report(*store, "L1", "U"), report(*store, "L2", "U", bot::cases::level::high), report(*store, "L3", "U"),
               report(*store, "L4", "V")};
  c.reports[2].state = bot::cases::state::closed;
  write(*store, c);
  const auto open = store->open_reports("U", 10);
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[0].number, "L2");
  EXPECT_EQ(open[1].number, "L1");
}

TYPED_TEST(casework, tells_the_cases_of_late_that_are_not_known_yet) {
  const auto store = this->driver.open();
  storage::changes c;
  c.reports = {report(*store, "L1", "U"), report(*store, "L2", "U")};
  c.reports[0].created_at = now - std::chrono::hours(20);
  write(*store, c);
  const auto late = store->recent(0, now - std::chrono::hours(12));
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].number, "L2");
  EXPECT_EQ(late[0].ward, "35.75.01.1002");
  EXPECT_TRUE(store->recent(late[0].id, now - std::chrono::hours(12)).empty());
}

TYPED_TEST(casework, keeps_who_may_be_called_sealed_and_forgets_it) {
  const auto store = this->driver.open();
  const auto who = contact(*store, "9001").contact;
  storage::changes c;
  c.callbacks.push_back({who, "Bu Nanik, 081234567890"});
  c.outbox.push_back(row_to(*store, who, "officer.call"));
  c.outbox[0].what.args = {{"number", "L1"}, {"who", "Bu Nanik, 081234567890", false, true}};
  write(*store, c);
  EXPECT_EQ(store->callback_of(who), "Bu Nanik, 081234567890");
  const auto waiting = store->unsent(0, 10);
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0].row.what.args[1].value, "Bu Nanik, 081234567890") << "open for the one who sends";
  EXPECT_EQ(this->driver.bytes_at_rest().find("081234567890"), std::string::npos);
  EXPECT_EQ(this->driver.bytes_at_rest().find("Nanik"), std::string::npos);
  storage::changes gone;
  gone.callbacks.push_back({who, ""});
  write(*store, gone);
  EXPECT_EQ(store->callback_of(who), "");
}

TYPED_TEST(casework, counts_by_day_and_unit_and_lets_old_days_go) {
  const auto store = this->driver.open();
  storage::changes c;
  c.tallies = {{"activity", "U", "2026-11-21"}, {"activity", "U", "2026-11-21"}, {"activity", "V", "2026-11-21"}};
  write(*store, c);
  auto all = store->tallies();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].count, 2);
  storage::changes later;
  later.tallies = {{"activity", "U", "2026-12-01"}};
  write(*store, later);
  all = store->tallies();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].what.day, "2026-12-01");
}

TYPED_TEST(casework, knows_who_has_written_in_private) {
  const auto store = this->driver.open();
  auto in_group = text_from("-100", "g");
  in_group.group = true;
  in_group.person = "9001";
  const auto actor = admit(*store, {in_group})[0].actor;
  store->commit();
  EXPECT_FALSE(store->has_written(actor));
  storage::changes c;
  bot::conversation talk;
  talk.contact = actor;
  talk.greeted = true;
  c.conversations.push_back({talk, {}});
  write(*store, c);
  EXPECT_TRUE(store->has_written(actor));
}

}  // namespace
}  // namespace contract
