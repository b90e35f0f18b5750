// What is SQLite's own: the file, its lock, its copies, and a disk that is full.
#include <SQLiteCpp/SQLiteCpp.h>

#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

std::string why_not(const storage::sqlite::options& o) {
  try {
    storage::sqlite::open(o, storage::master_keys::fleeting());
  } catch (const storage::unavailable& e) {
    return e.what();
  }
  return "it opened";
}

void alter(const fs::path& file, const std::string& sql) {
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
}

TEST(sqlite_file, is_held_by_one_service) {
  sqlite_driver driver;
  const auto first = driver.open();
  EXPECT_NE(why_not({.file = driver.file()}).find("another service holds"), std::string::npos);
  EXPECT_NO_THROW(driver.open(false)) << "a command beside it is welcome";
}

TEST(sqlite_file, can_be_read_by_its_owner_only) {
  sqlite_driver driver;
  const auto store = driver.open();
  contact(*store, "9001");
  for (const auto& entry : fs::directory_iterator(driver.path()))
    EXPECT_EQ(entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none)
        << entry.path();
}

TEST(sqlite_file, of_a_newer_program_is_refused) {
  sqlite_driver driver;
  driver.open();
  alter(driver.file(), "PRAGMA user_version = 999");
  EXPECT_NE(why_not({.file = driver.file()}).find("newer version"), std::string::npos);
}

TEST(sqlite_file, that_is_none_is_refused) {
  folder at;
  std::ofstream(at.path / "a.db") << std::string(8192, 'x');
  EXPECT_NE(why_not({.file = at.path / "a.db"}).find("not a database"), std::string::npos);
  EXPECT_NE(why_not({.file = at.path / "a.db" / "folder" / "b.db"}).find("a.db"), std::string::npos)
      << "no folder there";
  fs::create_directory(at.path / "c.db");
  EXPECT_NE(why_not({.file = at.path / "c.db"}).find("cannot write"), std::string::npos);
}

TEST(sqlite_file, broken_in_one_conversation_costs_nobody_else) {
  sqlite_driver driver;
  std::int64_t broken = 0;
  {
    const auto store = driver.open();
    broken = contact(*store, "9001").contact;
    storage::changes c;
    c.conversations.resize(1);
    c.conversations[0].state.contact = broken;
    c.outbox = {row_to(*store, broken), row_to(*store, broken, "second")};
    write(*store, c);
  }
  alter(driver.file(), "UPDATE conversation SET state = '{\"v\":1,\"draft\":\"seven\"}'");
  alter(driver.file(), "UPDATE outbox SET payload = '{\"v\":1,\"args\":7}' WHERE id = (SELECT min(id) FROM outbox)");
  const auto store = driver.open();
  const auto a = admit(*store, {text_from("9001", "x"), text_from("9002", "y")});
  EXPECT_NE(a[0].fault, "");
  EXPECT_EQ(a[0].fault.find("seven"), std::string::npos) << "never the content";
  EXPECT_EQ(a[0].chat.contact, broken);
  EXPECT_EQ(a[1].fault, "");
  store->commit();
  const auto rows = store->unsent(0, 10);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_TRUE(rows[0].unreadable);
  EXPECT_FALSE(rows[1].unreadable);
  EXPECT_EQ(rows[1].row.what.key, "second");
}

TEST(sqlite_file, is_copied_whole_while_it_is_written) {
  sqlite_driver driver;
  const auto store = driver.open();
  const auto to = contact(*store, "9001").contact;
  const auto copy = driver.path() / "copies" / "copy.db";
  fs::create_directory(copy.parent_path());
  const auto beside = driver.open(false);
  const std::vector batch = {text_from("9002", "open")};
  admit(*store, batch);  // a batch is open while the copy is made
  beside->backup(copy.string());
  store->commit();
  storage::changes c;
  c.outbox = {row_to(*store, to)};
  write(*store, c);

  SQLite::Database read(copy.string());
  EXPECT_EQ(read.execAndGet("PRAGMA integrity_check").getString(), "ok");
  EXPECT_EQ(read.execAndGet("SELECT count(*) FROM contact").getInt(), 1) << "before the open batch";
  EXPECT_EQ(read.execAndGet("SELECT count(*) FROM outbox").getInt(), 0);
  EXPECT_THROW(beside->backup((driver.path() / "missing" / "copy.db").string()), storage::unavailable);
}

TEST(sqlite_file, is_restored_when_nobody_holds_it) {
  sqlite_driver driver;
  const auto copy = driver.path() / "copy.db";
  std::int64_t first = 0;
  {
    const auto store = driver.open();
    first = contact(*store, "9001").contact;
    storage::changes queued;
    queued.outbox.push_back(row_to(*store, first));
    write(*store, queued);
    store->backup(copy.string());
    contact(*store, "9002");
    EXPECT_THROW(storage::sqlite::restore(copy, driver.file(), now), storage::unavailable);
  }
  const auto result = storage::sqlite::restore(copy, driver.file(), now);
  EXPECT_EQ(result.generation, 1);
  EXPECT_EQ(result.waiting, 1);
  ASSERT_EQ(result.samples.size(), 1u);
  ASSERT_TRUE(result.copied_at && result.last_written);
  EXPECT_TRUE(fs::exists(driver.file().string() + ".before-restore"));
  {
    const auto store = driver.open();
    EXPECT_EQ(contact(*store, "9001").contact, first);
    EXPECT_TRUE(store->unsent(0, 10).empty());  // it may have gone out after the copy was made
    const auto held = store->given_up(0, 10);
    ASSERT_EQ(held.size(), 1u);
    EXPECT_EQ(held[0].code, "before_restore");
    EXPECT_EQ(held[0].key, "greeting.hello");
    EXPECT_TRUE(store->send_again(held[0].id, now));
    EXPECT_FALSE(store->send_again(held[0].id, now)) << "once";
    EXPECT_EQ(store->unsent(0, 10).size(), 1u);
  }
  EXPECT_EQ(storage::sqlite::restore(copy, driver.file(), now).generation, 2);
  std::ofstream(driver.path() / "other.db") << "no database";
  EXPECT_THROW(storage::sqlite::restore(driver.path() / "other.db", driver.path() / "target.db", now),
               storage::unavailable);
}

TEST(sqlite_file, restored_later_spreads_what_came_due) {
  using namespace std::chrono_literals;
  sqlite_driver driver;
  const auto copy = driver.path() / "copy.db";
  {
    const auto store = driver.open();
    storage::changes c;
    for (int i = 0; i < 40; ++i) c.timers.push_back({"escalate", i, 1, now + std::chrono::minutes(40 - i)});
    c.timers.push_back({"escalate", 100, 1, now + 24h});
    write(*store, c);
    store->backup(copy.string());
  }
  const auto later = now + 2h;
  const auto result = storage::sqlite::restore(copy, driver.file(), later);
  EXPECT_EQ(result.timers, 40);
  EXPECT_EQ(result.timers_take, 20s);
  const auto store = driver.open();
  EXPECT_TRUE(store->due_timers(later, 100).empty());
  EXPECT_EQ(store->due_timers(later + 10s, 100).size(), 20u);
  const auto all = store->due_timers(later + 20s, 100);
  ASSERT_EQ(all.size(), 40u);
  EXPECT_EQ(std::get<bot::said::timer>(all[0].what).subject, 39) << "in their order";
  EXPECT_EQ(store->due_timers(now + 24h, 100).size(), 41u) << "what was not due is left alone";
}

TEST(sqlite_file, that_is_full_ends_the_batch_and_keeps_no_half) {
  folder at;
  const storage::sqlite::options o{.file = at.path / "small.db", .full_sync = false, .most_pages = 64};
  const auto store = storage::sqlite::open(o, storage::master_keys::fleeting());
  const auto to = contact(*store, "9001").contact;
  int kept = 0;
  const auto fill = [&](int i) {
    const std::vector batch = {text_from("9001", "full-" + std::to_string(i))};
    admit(*store, batch);
    storage::changes c;
    for (int n = 0; n < 10; ++n) c.outbox.push_back(row_to(*store, to, std::string(1000, 'x')));
    store->write(c, batch, now);
    store->commit();
    ++kept;
  };
  const auto until_full = [&] {
    for (int i = 0; i < 100; ++i) fill(i);
  };
  EXPECT_THROW(until_full(), storage::unavailable);
  store->rollback();
  EXPECT_GT(kept, 0);
  EXPECT_EQ(store->unsent(0, 1000).size(), static_cast<std::size_t>(kept) * 10) << "whole batches only";
  EXPECT_FALSE(admit(*store, {text_from("9001", "full-" + std::to_string(kept))})[0].duplicate);
  store->rollback();

  storage::changes c;  // the room of what is over can be used again
  c.results.resize(1);
  c.results[0].id = store->unsent(0, 1)[0].row.id;
  EXPECT_NO_THROW(write(*store, c));
}

TEST(key_file, is_made_once_and_kept_from_others) {
  folder at;
  const auto file = at.path / "keys" / "k.key";
  const auto wrapped = storage::master_keys::open(file).wrap(7, storage::key_bytes{1, 2, 3});
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  const auto again = storage::master_keys::open(file);
  EXPECT_EQ(again.unwrap(7, wrapped), (storage::key_bytes{1, 2, 3}));
  EXPECT_FALSE(again.unwrap(8, wrapped)) << "a key does not pass for another";
  auto changed = wrapped;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_FALSE(again.unwrap(7, changed));
  EXPECT_FALSE(again.unwrap(7, wrapped.substr(0, 40)));
  EXPECT_FALSE(again.unwrap(7, ""));
  EXPECT_FALSE(storage::master_keys::fleeting().unwrap(7, wrapped));
  ::chmod(file.c_str(), 0640);
  EXPECT_THROW(storage::master_keys::open(file), std::runtime_error);
}

TEST(key_file, with_wrong_lines_is_refused) {
  folder at;
  for (const std::string& lines : {std::string(), std::string("1 abc\n"), key_line(1) + key_line(1),
                                   "0" + key_line(1).substr(1), std::string("x\n")})
    EXPECT_THROW(masters_of(at.path / "k.key", lines), std::runtime_error) << lines;
}

TEST(key_file, takes_a_new_key_and_lets_an_old_one_go) {
  folder at;
  const auto file = at.path / "k.key";
  const auto wrapped = masters_of(file, "# of the operator\n" + key_line(3)).wrap(1, {});
  EXPECT_EQ(storage::master_keys::add_to(file), 4);
  const auto keys = storage::master_keys::open(file);
  EXPECT_EQ(keys.all().size(), 2U);
  EXPECT_EQ(keys.newest(), 4);
  EXPECT_TRUE(keys.unwrap(1, wrapped));
  EXPECT_EQ(storage::master_keys::wrapped_by(keys.wrap(1, {})), 4);
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_THROW(storage::master_keys::drop_from(file, 4), std::runtime_error) << "the newest";
  EXPECT_THROW(storage::master_keys::drop_from(file, 7), std::runtime_error);
  storage::master_keys::drop_from(file, 3);
  EXPECT_EQ(storage::master_keys::open(file).all().size(), 1U);
  EXPECT_FALSE(storage::master_keys::open(file).unwrap(1, wrapped));
}

TEST(vault, seals_and_hashes_under_its_newest_key) {
  const auto sealed = data_keys({3}).seal("9001");
  const auto keys = data_keys({3, 4});
  EXPECT_EQ(keys.numbers(), (std::vector<int>{3, 4}));
  EXPECT_EQ(keys.unseal(sealed), "9001");
  EXPECT_EQ(keys.seal("9001")[0], 4) << "a ciphertext names its key";
  EXPECT_EQ(keys.hash("pin", "x")[0], 4) << "a hash too";
  EXPECT_EQ(keys.older_hashes("pin", "x").at(0)[0], 3);
  auto changed = sealed;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_FALSE(keys.unseal(changed));
  EXPECT_FALSE(data_keys({4}).unseal(sealed));
  EXPECT_FALSE(storage::vault::fleeting().unseal(sealed));
}

}  // namespace
}  // namespace contract
