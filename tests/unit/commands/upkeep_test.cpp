// What an operator is told of copies, keys and messages that were given up.
#include "commands/upkeep.hpp"

#include <sstream>

#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

class upkeep : public testing::Test {
 protected:
  bool printed(const std::string& part) const { return out.str().find(part) != std::string::npos; }
  bool complained(const std::string& part) const { return errors.str().find(part) != std::string::npos; }

  folder at;
  storage::media_files files{at.path / "media", storage::vault::fleeting(), 2000};
  sqlite_driver driver;
  std::ostringstream out, errors;
};

TEST_F(upkeep, tells_what_a_copy_lacks) {
  storage::restored r;
  r.generation = 3;
  r.copied_at = now - std::chrono::hours(5);
  r.last_written = now;
  r.waiting = 2;
  const auto both = data_keys({1, 2});
  r.samples = {data_keys({1}).seal("9001"), both.seal("9002")};
  EXPECT_EQ(commands::tell_restored(r, files, data_keys({2}), out, errors), 1);
  EXPECT_TRUE(printed("generation 3"));
  EXPECT_TRUE(printed("copy from 2026-11-21T"));
  EXPECT_TRUE(printed("what came in between is not in this copy"));
  EXPECT_TRUE(printed("2 message(s) were queued"));
  EXPECT_TRUE(complained("need key 1"));
  EXPECT_EQ(commands::tell_restored(r, files, both, out, errors), 0);
  storage::vault another;
  another.add(1, storage::random_key());
  another.add(2, storage::random_key());
  EXPECT_EQ(commands::tell_restored(r, files, another, out, errors), 1) << "the same number is not the same key";
}

TEST_F(upkeep, says_what_a_copy_holds) {
  const auto store = driver.open();
  const auto file = (at.path / "copy.db").string();
  EXPECT_EQ(commands::backup(*store, at.path / "media", file, out, errors), 0);
  EXPECT_TRUE(printed("It does not hold the key file"));
  EXPECT_TRUE(printed("It does not hold the 0 file(s) that people sent"));
  EXPECT_TRUE(printed("copy the folder " + (at.path / "media").string()));
  EXPECT_EQ(commands::backup(*store, at.path / "media", file, out, errors), 1);
}

TEST_F(upkeep, tells_which_files_a_copy_lacks_and_which_came_after_it) {
  const auto here = files.put("a market"), gone = files.put("a street");
  {
    const auto store = driver.open();
    storage::changes c;
    c.media.resize(2);
    c.media[0].id = 11;
    c.media[1].id = 12;
    write(*store, c);
    for (const auto& [id, name] : {std::pair{11, here->file}, {12, gone->file}}) {
      storage::media_result kept;
      kept.what = storage::media_result::outcome::kept;
      kept.id = id;
      kept.file.file = name;
      store->media().settle(kept, now);
    }
    EXPECT_EQ(commands::backup(*store, at.path / "media", (at.path / "copy.db").string(), out, errors), 0);
    EXPECT_TRUE(printed("the 2 file(s) that people sent"));
  }
  const auto keys_now = data_keys({1});
  const auto restored = storage::sqlite::restore(at.path / "copy.db", driver.file(), now);
  EXPECT_EQ(commands::tell_restored(restored, files, keys_now, out, errors), 0);
  EXPECT_FALSE(printed("media folder"));
  files.remove(gone->file);
  files.put("a later picture");
  EXPECT_EQ(commands::tell_restored(restored, files, keys_now, out, errors), 0);
  EXPECT_TRUE(printed("1 of 2 file(s) of reports are not in the media folder"));
  EXPECT_TRUE(printed("1 file(s) in the media folder came after this copy"));
}

TEST_F(upkeep, keeps_a_key_that_seals_a_file) {
  const auto old = storage::media_files(at.path / "sealed", driver.open()->keys(), 2000).put("a market");
  driver.use_keys(key_line(1) + key_line(2));
  const auto file = driver.path() / "test.key";
  auto store = driver.open();
  storage::media_files both(at.path / "sealed", store->keys(), 2000);
  EXPECT_EQ(commands::drop_key(*store, both, file, 1, false, out, errors), 1);
  EXPECT_TRUE(complained("key 1 is still needed in the database: 1 files"));
  EXPECT_EQ(commands::rewrap(*store, both, out), 0);
  EXPECT_TRUE(printed("0 row(s) and 1 file(s) brought to key 2"));
  EXPECT_EQ(commands::drop_key(*store, both, file, 1, false, out, errors), 0);
  store.reset();
  driver.use_keys(key_line(2));
  EXPECT_EQ(storage::media_files(at.path / "sealed", driver.open()->keys(), 2000).get(old->file), "a market");
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
  driver.open();
  driver.use_keys(key_line(1) + key_line(2));
  const auto file = driver.path() / "test.key";
  const auto store = driver.open();
  EXPECT_EQ(commands::list_keys(*store, files, storage::master_keys::open(file), out), 0);
  EXPECT_TRUE(printed("key 1: nothing"));
  EXPECT_TRUE(printed("master key 1 is still in the key file"));
  EXPECT_EQ(commands::drop_key(*store, files, file, 1, false, out, errors), 0);
  EXPECT_EQ(storage::master_keys::open(file).newest(), 2);
  EXPECT_FALSE(storage::master_keys::open(file).has(1));
  EXPECT_EQ(commands::drop_key(*store, files, file, 1, false, out, errors), 1);
  EXPECT_TRUE(complained("there is no older key 1"));
}

TEST_F(upkeep, keeps_a_key_that_something_names) {
  contact(*driver.open(), "9001");
  driver.use_keys(key_line(1) + key_line(2));
  const auto file = driver.path() / "test.key";
  const auto store = driver.open();
  EXPECT_EQ(commands::drop_key(*store, files, file, 1, false, out, errors), 1);
  EXPECT_TRUE(complained("1 addresses"));
  EXPECT_TRUE(storage::master_keys::open(file).has(1)) << "what fails changes nothing";
  EXPECT_EQ(commands::rewrap(*store, files, out), 0);
  EXPECT_TRUE(printed("2 row(s) and 0 file(s) brought to key 2"));
  EXPECT_EQ(commands::drop_key(*store, files, file, 1, false, out, errors), 1) << "a counted message names it";
  EXPECT_EQ(commands::drop_key(*store, files, file, 1, true, out, errors), 0);
  EXPECT_FALSE(storage::master_keys::open(file).has(1));
}

}  // namespace
}  // namespace contract
