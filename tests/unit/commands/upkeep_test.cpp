// What an operator is told of copies, keys and messages that were given up.
#include "commands/upkeep.hpp"

#include <sstream>

#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

class upkeep : public testing::Test {
 protected:
  storage::vault keys(const std::string& lines) {
    const auto file = at.path / "k.key";
    std::ofstream(file) << lines;
    ::chmod(file.c_str(), 0600);
    return storage::vault::open(file);
  }
  bool printed(const std::string& part) const { return out.str().find(part) != std::string::npos; }
  bool complained(const std::string& part) const { return errors.str().find(part) != std::string::npos; }

  folder at;
  sqlite_driver driver;
  std::ostringstream out, errors;
};

TEST_F(upkeep, tells_what_a_copy_lacks) {
  storage::restored r;
  r.generation = 3;
  r.copied_at = now - std::chrono::hours(5);
  r.last_written = now;
  r.waiting = 2;
  const auto both = keys(key_line(1) + key_line(2));
  r.samples = {keys(key_line(1)).seal("9001"), both.seal("9002")};
  EXPECT_EQ(commands::tell_restored(r, keys(key_line(2)), out, errors), 1);
  EXPECT_TRUE(printed("generation 3"));
  EXPECT_TRUE(printed("copy from 2026-11-21T"));
  EXPECT_TRUE(printed("what came in between is not in this copy"));
  EXPECT_TRUE(printed("2 message(s) were queued"));
  EXPECT_TRUE(complained("need its key 1"));
  EXPECT_EQ(commands::tell_restored(r, both, out, errors), 0);
  const auto another = keys("1 " + std::string(64, 'a') + "\n" + key_line(2));
  EXPECT_EQ(commands::tell_restored(r, another, out, errors), 1) << "the same number is not the same key";
}

TEST_F(upkeep, says_what_a_copy_holds) {
  const auto store = driver.open();
  const auto file = (at.path / "copy.db").string();
  EXPECT_EQ(commands::backup(*store, file, out, errors), 0);
  EXPECT_TRUE(printed("It does not hold the key file"));
  EXPECT_TRUE(printed("It does not hold files of pictures"));
  EXPECT_EQ(commands::backup(*store, file, out, errors), 1);
}

TEST_F(upkeep, sends_again_only_what_a_restore_held_back) {
  std::int64_t held = 0, dead = 0;
  {
    const auto store = driver.open();
    const auto to = contact(*store, "9001").contact;
    storage::changes c;
    c.outbox = {row_to(*store, to, "report.sent"), row_to(*store, to, "status.taken")};
    dead = c.outbox[0].id;
    held = c.outbox[1].id;
    c.results.resize(1);
    c.results[0].id = dead;
    c.results[0].state = storage::send_state::dead;
    c.results[0].code = "blocked";
    write(*store, c);
    store->backup((at.path / "copy.db").string());
  }
  storage::sqlite::restore(at.path / "copy.db", driver.file(), now);
  const auto store = driver.open();
  EXPECT_EQ(commands::unsent(*store, {}, now, out, errors), 0);
  EXPECT_TRUE(printed("before_restore"));
  EXPECT_TRUE(printed("status.taken"));
  EXPECT_TRUE(printed("blocked"));
  EXPECT_TRUE(store->unsent(0, 10).empty()) << "listing sends nothing";
  EXPECT_EQ(commands::unsent(*store, {.ids = {dead}}, now, out, errors), 1);
  EXPECT_EQ(commands::unsent(*store, {.all = true}, now, out, errors), 0);
  ASSERT_EQ(store->unsent(0, 10).size(), 1u);
  EXPECT_EQ(store->unsent(0, 10)[0].row.id, held);
}

TEST_F(upkeep, drops_a_key_that_nothing_needs) {
  driver.use_keys(key_line(1) + key_line(2));
  const auto file = driver.path() / "test.key";
  const auto store = driver.open();
  EXPECT_EQ(commands::list_keys(*store, storage::vault::open(file), out), 0);
  EXPECT_TRUE(printed("key 1: nothing"));
  EXPECT_EQ(commands::drop_key(*store, file, 1, false, out, errors), 0);
  EXPECT_EQ(storage::vault::open(file).numbers(), std::vector<int>{2});
}

TEST_F(upkeep, keeps_a_key_that_something_names) {
  contact(*driver.open(), "9001");
  driver.use_keys(key_line(1) + key_line(2));
  const auto file = driver.path() / "test.key";
  const auto store = driver.open();
  EXPECT_EQ(commands::drop_key(*store, file, 1, false, out, errors), 1);
  EXPECT_TRUE(complained("1 addresses"));
  EXPECT_EQ(commands::rewrap(*store, storage::vault::open(file), out), 0);
  EXPECT_TRUE(printed("2 row(s) brought to key 2"));
  EXPECT_EQ(commands::drop_key(*store, file, 1, false, out, errors), 1) << "a counted message names it";
  EXPECT_EQ(commands::drop_key(*store, file, 1, true, out, errors), 0);
}

}  // namespace
}  // namespace contract
