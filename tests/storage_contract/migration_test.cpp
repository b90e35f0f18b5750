// A database of the first schema, filled, is brought to the newest one step at a time, and everything in it still
// reads. A step that is appended is tested by this without a line here; the rows below are those of schema step 1 for
// good.
#include <SQLiteCpp/SQLiteCpp.h>

#include "storage/sqlite/data_keys.hpp"
#include "storage/sqlite/schema.hpp"
#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

using storage::sqlite::schema_steps;

// Two people, one of whom is an officer, with everything that the first version kept of them. Times are in
// milliseconds; what is sealed or hashed comes as parameters: ?1, ?2 addresses, ?3, ?4 their lookups, ?5 a card, ?6 a
// failed body, ?7 a counted message, ?8 an open one-time code.
constexpr const char* first_rows[] = {
    "INSERT INTO inbox VALUES ('777', 17, ?7, 0, 1795200000000)",
    "INSERT INTO failed_inbound VALUES (7, 1, '777', ?6, 'a bug', 1795200000000)",
    "INSERT INTO contact VALUES (11, 1, '777', 0, 1, 1795200000000), (12, 1, '777', 0, 0, 1795200000000)",
    "INSERT INTO contact_address VALUES (?3, 11), (?4, 12)",
    "INSERT INTO contact_secret VALUES (11, ?1), (12, ?2)",
    R"(INSERT INTO conversation VALUES (11, '{"v":1,"language":"jv","form":"report","form_version":1,"asked":"place",)"
    R"("answers":{"category":"noise"},"cases":["LK7Q-2M9X"]}', 1795300000000, 0))",
    R"(INSERT INTO report VALUES (21, 'LK7Q-2M9X', 11, 'noise', 1, 2, '35.75.01.1002', 'POLSEK-GADINGREJO', 12,)"
    R"( 1795200000000, 1795200100000, 2, '{"v":1,"answers":{"words":"musik keras"},"confirmed":true,"identity":1}'))",
    "INSERT INTO report_event VALUES (21, 1795200000000, 1, 'filed', 11, ''), (21, 1795200100000, 2, 'taken', 12, '')",
    "INSERT INTO invite VALUES (?8, 'POLSEK-GADINGREJO', 'petugas', 1795999999999)",
    "INSERT INTO officer VALUES (12, 'POLSEK-GADINGREJO', 'petugas', 0, 1)",
    "UPDATE counter SET value = 5 WHERE name = 'roster'",
    "INSERT INTO timer VALUES (31, 1795200200000, 'escalate', 21, 2)",
    R"(INSERT INTO outbox VALUES (41, 11, 0, 1795200000000, 0, '', NULL, '{"v":1,"key":"report.sent","urgency":2}'))",
    R"(INSERT INTO outbox VALUES (42, 12, 2, 1795200000000, 1, '', 'a:b:12:1', '{"v":1,"key":"card.new","urgency":1}'))",
    "INSERT INTO card VALUES (12, 'case:LK7Q-2M9X', ?5)",
};

class filled_database : public testing::TestWithParam<std::size_t> {
 protected:
  // As a program that knew only the first `steps` of the schema left it.
  void make(std::size_t steps) {
    const auto masters = masters_of(driver.path() / "old.key", key_line(1));
    storage::vault keys;  // before there were data keys, the master sealed the rows
    keys.add(1, masters.all().front().bytes);
    const auto bytes = [](const storage::digest& d) { return std::string(d.begin(), d.end()); };
    const std::string blobs[] = {keys.seal("9001"),
                                 keys.seal("9002"),
                                 bytes(keys.hash("contact", "1:777:9001")),
                                 bytes(keys.hash("contact", "1:777:9002")),
                                 keys.seal("1208"),
                                 keys.seal("{\"body\":1}"),
                                 bytes(keys.hash("inbox", "counted")),
                                 bytes(keys.hash("invite", "masuk-1"))};
    SQLite::Database db(driver.file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec(schema_steps[0]);
    for (const char* sql : first_rows) {
      SQLite::Statement row(db, sql);
      for (int i = 1; i <= 8; ++i)
        if (std::string(sql).find("?" + std::to_string(i)) != std::string::npos) {
          const auto& b = blobs[i - 1];
          row.bind("?" + std::to_string(i), b.data(), static_cast<int>(b.size()));
        }
      row.exec();
    }
    for (std::size_t i = 1; i < steps; ++i) db.exec(schema_steps[i]);
    storage::sqlite::statements run(db);
    if (db.tableExists("data_key")) storage::sqlite::settle_data_keys(run, masters, true);
    db.exec("PRAGMA user_version = " + std::to_string(steps));
  }
  sqlite_driver driver;
};

TEST_P(filled_database, is_brought_to_the_newest_schema) {
  make(GetParam());
  {
    const auto store = driver.open();
    const auto known = store->admit(std::vector{text_from("9001", "counted"), text_from("9001", "new")}, now);
    EXPECT_TRUE(known[0].duplicate);
    EXPECT_EQ(known[1].chat.contact, 11);
    EXPECT_EQ(known[1].fault, "");
    EXPECT_EQ(known[1].conversation.language, "jv");
    EXPECT_EQ(known[1].conversation.asked, "place");
    EXPECT_EQ(known[1].conversation.answers.at("category"), "noise");
    store->commit();

    const auto reports = store->list_reports({});
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].number, "LK7Q-2M9X");
    EXPECT_EQ(reports[0].reporter, 11);
    EXPECT_EQ(reports[0].holder, 12);
    EXPECT_EQ(reports[0].state, bot::cases::state::taken);
    EXPECT_EQ(reports[0].answers.at("words"), "musik keras");
    const auto history = store->history(21);
    ASSERT_EQ(history.size(), 2u);
    EXPECT_EQ(history[0].actor, 0) << "a history does not name who reported";
    EXPECT_EQ(history[1].actor, 12);
    EXPECT_EQ(store->roster_version(), 5);
    ASSERT_EQ(store->roster().members.size(), 1u);
    EXPECT_EQ(store->open_invites({"masuk-1"}, now).size(), 1u);
    EXPECT_EQ(store->due_timers(now, 10).size(), 1u);
    const auto unsent = store->unsent(0, 10);
    ASSERT_EQ(unsent.size(), 1u);
    EXPECT_EQ(unsent[0].to.address, "9001");
    EXPECT_EQ(unsent[0].row.what.key, "report.sent");
    EXPECT_EQ(store->outbox_counts()["sent"], 1);
    EXPECT_EQ(store->card_message(12, "case:LK7Q-2M9X"), "1208");
    ASSERT_EQ(store->failed(0, 10).size(), 1u);
    EXPECT_EQ(store->failed(0, 10)[0].raw, "{\"body\":1}");

    // And it is written as before: the same case again, a result, an event.
    storage::changes c;
    c.reports = reports;
    c.events = {{21, "closed", 12, "", now}};
    c.results.resize(1);
    c.results[0].id = 41;
    c.conversations = {{known[1].conversation, {}}};
    write(*store, c);
    EXPECT_TRUE(store->unsent(0, 10).empty());
  }
  SQLite::Database db(driver.file().string());
  EXPECT_EQ(db.execAndGet("PRAGMA user_version").getInt(), static_cast<int>(schema_steps.size()));
  EXPECT_EQ(db.execAndGet("PRAGMA integrity_check").getString(), "ok");
  SQLite::Statement keys(db, "PRAGMA foreign_key_check");
  EXPECT_FALSE(keys.executeStep());
}

INSTANTIATE_TEST_SUITE_P(of_step, filled_database, testing::Range<std::size_t>(1, schema_steps.size() + 1));

}  // namespace
}  // namespace contract
