// Staff give a failed message its second chance, beside a service and without one.
#include "commands/replay.hpp"

#include <sstream>

#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

class replay_command : public testing::Test {
 protected:
  replay_command() {
    const std::vector batch = {text_from("9001", "a", "tolong"), text_from("9002", "b", "tolong")};
    admit(*store, batch);
    storage::changes c;
    c.failed = {{0, "first reason", "{}"}, {1, "second reason", "{}"}};
    store->write(c, batch, now);
    store->commit();
    for (const auto& k : store->failed(0, 10)) ids.push_back(k.id);
  }
  int run(const commands::replay_order& order, const std::function<bool()>& wait = {}) {
    out.str("");
    errors.str("");
    return commands::replay(*store, order, wait, out, errors);
  }
  bool printed(const std::string& part) const { return out.str().find(part) != std::string::npos; }

  sqlite_driver driver;
  std::unique_ptr<storage::store> store = driver.open();
  std::vector<std::int64_t> ids;
  std::ostringstream out, errors;
};

TEST_F(replay_command, lists_and_changes_nothing) {
  EXPECT_EQ(run({}), 0);
  EXPECT_TRUE(printed(std::to_string(ids[0])));
  EXPECT_TRUE(printed("second reason"));
  EXPECT_TRUE(printed("2026-11-21T"));
  EXPECT_TRUE(store->ordered_replays(10).empty());
}

TEST_F(replay_command, leaves_the_order_to_the_next_start) {
  EXPECT_EQ(run({.ids = {ids[1]}}), 0);
  EXPECT_TRUE(printed("1 ordered; the service does them when it starts"));
  ASSERT_EQ(store->ordered_replays(10).size(), 1u);
  EXPECT_EQ(store->ordered_replays(10)[0].id, ids[1]);
  EXPECT_EQ(run({.ids = {7}}), 1);
  EXPECT_NE(errors.str().find("there is no 7"), std::string::npos);
}

TEST_F(replay_command, tells_what_a_running_service_made_of_it) {
  const auto service = [&] {
    store->end_replay(ids[0], "");
    store->end_replay(ids[1], "worse");
    return true;
  };
  EXPECT_EQ(run({.all = true}, service), 1);
  EXPECT_TRUE(printed(std::to_string(ids[0]) + "  done"));
  EXPECT_TRUE(printed(std::to_string(ids[1]) + "  failed again: worse"));
  EXPECT_EQ(run({.all = true}, [] { return false; }), 1);
  EXPECT_TRUE(printed("not done yet"));
}

}  // namespace
}  // namespace contract
