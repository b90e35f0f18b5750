// What had its time goes, what is needed stays, and no slice does much.
#include <SQLiteCpp/SQLiteCpp.h>

#include "storage/ids.hpp"
#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr bot::retention keep{.inbox = days(10),
                              .failed = days(7),
                              .payloads = days(7),
                              .deliveries = days(365),
                              .positions = days(30),
                              .reports = days(90),
                              .addresses = days(7),
                              .audit = days(730)};

class erasing : public testing::Test {
 protected:
  // Ids carry the time that they were drawn at, which is now: the test looks back from later.
  static bot::instant today() {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }

  storage::purged round(bot::instant at) {
    storage::purged all;
    for (int slices = 0;; ++slices) {
      EXPECT_LT(slices, 1000);
      const auto one = store->purge(keep, at);
      all.inbox += one.inbox;
      all.failed += one.failed;
      all.invites += one.invites;
      all.payloads += one.payloads;
      all.deliveries += one.deliveries;
      all.positions += one.positions;
      all.reports += one.reports;
      all.contacts += one.contacts;
      all.drafts += one.drafts;
      if (one.round_over) return all;
    }
  }

  void write(const storage::changes& c) {
    store->admit({}, today());
    store->write(c, {}, today());
    store->commit();
  }

  std::int64_t person(const std::string& address) {
    const std::vector batch = {text_from(address, "hello-" + address)};
    const auto known = store->admit(batch, today());
    store->commit();
    return known[0].chat.contact;
  }

  bot::cases::report report_of(std::int64_t reporter, const std::string& number, bot::cases::state state,
                               bot::instant at) {
    bot::cases::report r;
    r.id = store->new_id();
    r.number = number;
    r.reporter = reporter;
    r.holder = reporter + 1;
    r.category = "noise";
    r.unit = "POLSEK-A";
    r.state = state;
    r.created_at = r.changed_at = at;
    r.pin_hash = "00";
    r.answers = {{"words", "musik keras"}, {"pin", "-7.654321,112.912345"}, {"outcome", "solved_on_site"}};
    return r;
  }

  int count(const std::string& from) {
    return SQLite::Database(driver.file().string()).execAndGet("SELECT count(*) FROM " + from).getInt();
  }

  sqlite_driver driver;
  std::unique_ptr<storage::store> store = driver.open();
};

TEST_F(erasing, of_the_inbox_waits_for_the_last_redelivery) {
  std::vector<bot::inbound> batch;
  for (int i = 0; i < 700; ++i) {
    auto in = text_from("9001", std::to_string(i));
    in.stamp = i % 3 == 0 ? 0 : i;  // dead letters have none
    batch.push_back(in);
  }
  store->admit(batch, today() - days(11));
  store->commit();
  const std::vector fresh = {text_from("9001", "fresh")};
  store->admit(fresh, today() - days(9));
  store->commit();
  EXPECT_EQ(round(today()).inbox, 700u);
  EXPECT_EQ(count("inbox"), 1);
  EXPECT_TRUE(store->admit(fresh, today())[0].duplicate);
  store->rollback();
  EXPECT_EQ(round(today()).inbox, 0u);
}

TEST_F(erasing, of_a_report_takes_its_files) {
  storage::changes c;
  c.reports = {report_of(0, "L1", bot::cases::state::closed, today() - days(91)),
               report_of(0, "L2", bot::cases::state::closed, today() - days(1))};
  for (std::size_t i = 0; i < 2; ++i) {
    storage::media_wish w;
    w.id = static_cast<std::int64_t>(i) + 11;
    w.report = c.reports[i].id;
    c.media.push_back(w);
  }
  write(c);
  for (const std::int64_t id : {11, 12}) {
    storage::media_result kept;
    kept.what = storage::media_result::outcome::kept;
    kept.id = id;
    kept.file.file = std::to_string(id);
    store->media().settle(kept, today());
  }
  EXPECT_EQ(round(today()).reports, 1u);
  EXPECT_EQ(store->media().trash(10), std::vector<std::string>{"11"});
  EXPECT_EQ(store->media().files(), std::vector<std::string>{"12"});
}

TEST_F(erasing, takes_the_text_of_what_was_sent_and_later_its_row) {
  const auto to = person("9001");
  storage::changes c;
  for (int i = 0; i < 300; ++i) c.outbox.push_back(row_to(*store, to, "report.sent"));
  const auto waits = c.outbox.back().id;
  for (int i = 0; i < 299; ++i) {
    c.results.emplace_back();
    c.results.back().id = c.outbox[static_cast<std::size_t>(i)].id;
  }
  write(c);
  EXPECT_EQ(round(today() + days(6)).payloads, 0u);
  EXPECT_EQ(round(today() + days(8)).payloads, 299u);
  EXPECT_EQ(store->outbox_counts()["sent"], 299);
  EXPECT_EQ(count("outbox WHERE payload = ''"), 299);
  ASSERT_EQ(store->unsent(0, 10).size(), 1u) << "what waits keeps its text";
  EXPECT_EQ(store->unsent(0, 10)[0].row.id, waits);
  EXPECT_EQ(round(today() + days(8)).payloads, 0u) << "once";
  EXPECT_EQ(round(today() + days(366)).deliveries, 299u);
  EXPECT_EQ(count("outbox"), 1);
}

TEST_F(erasing, of_a_case_leaves_its_figures) {
  const auto reporter = person("9001");
  storage::changes c;
  c.reports = {report_of(reporter, "OLD", bot::cases::state::closed, today() - days(91)),
               report_of(reporter, "NEW", bot::cases::state::closed, today() - days(89)),
               report_of(reporter, "OPEN", bot::cases::state::filed, today() - days(200))};
  c.events = {{c.reports[0].id, "filed", reporter, "musik keras", today()}};
  c.outbox = {row_to(*store, reporter, "card.new"), row_to(*store, reporter, "card.new")};
  c.results.resize(2);
  for (std::size_t i = 0; i < 2; ++i) {
    c.results[i].id = c.outbox[i].id;
    c.results[i].contact = reporter;
    c.results[i].provider_id = "12" + std::to_string(i);
    c.results[i].card = bot::card_subject(c.reports[i].number);
  }
  write(c);
  EXPECT_EQ(round(today()).reports, 1u);
  bot::reads by_number;
  by_number.report_numbers = {"OLD", "NEW", "OPEN"};
  const auto left = store->reports(by_number);
  ASSERT_EQ(left.size(), 3u);
  EXPECT_EQ(left[0].answers, (bot::answer_map{{"outcome", "solved_on_site"}}));
  EXPECT_EQ(left[0].reporter, 0);
  EXPECT_EQ(left[0].pin_hash, "");
  EXPECT_EQ(left[0].category, "noise");
  EXPECT_EQ(left[0].unit, "POLSEK-A");
  EXPECT_EQ(left[1].answers.at("words"), "musik keras");
  EXPECT_EQ(left[2].answers.at("words"), "musik keras");
  EXPECT_EQ(store->history(c.reports[0].id).at(0).detail, "");
  EXPECT_EQ(store->history(c.reports[0].id).at(0).kind, "filed");
  EXPECT_EQ(store->card_message(reporter, bot::card_subject("OLD")), "");
  EXPECT_EQ(store->card_message(reporter, bot::card_subject("NEW")), "121");
  EXPECT_EQ(round(today()).reports, 0u);
}

TEST_F(erasing, rounds_exact_positions) {
  storage::changes c;
  c.reports = {report_of(person("9001"), "A", bot::cases::state::filed, today())};
  write(c);
  EXPECT_EQ(round(today() + days(29)).positions, 0u);
  EXPECT_EQ(round(today() + days(31)).positions, 1u);
  EXPECT_EQ(store->list_reports({}).at(0).answers.at("pin"), "-7.654,112.912");
  EXPECT_EQ(round(today() + days(31)).positions, 0u);
}

TEST_F(erasing, forgets_who_needs_nothing_any_more) {
  const auto idle = person("9001"), reporter = person("9002"), officer = person("9003"), lately = person("9004"),
             holder = person("9005");
  storage::changes c;
  c.reports = {report_of(reporter, "A", bot::cases::state::closed, today() + days(5))};
  c.reports[0].holder = holder;
  c.bound = {{officer, "POLSEK-A", "petugas", false, true}};
  c.conversations.resize(1);
  c.conversations[0].state.contact = lately;
  c.conversations[0].state.minute = bot::to_millis(today() + days(6)) / 60000;
  write(c);
  EXPECT_EQ(round(today() + days(6)).contacts, 0u);
  EXPECT_EQ(round(today() + days(8)).contacts, 1u);
  EXPECT_FALSE(store->destination_of(idle));
  for (const auto stays : {reporter, officer, lately, holder}) EXPECT_TRUE(store->destination_of(stays)) << stays;
  EXPECT_EQ(round(today() + days(14)).contacts, 3u);
  EXPECT_EQ(store->list_reports({}).at(0).reporter, 0) << "the case outlives the way to its reporter";
  for (const char* table : {"contact", "contact_secret", "contact_address"}) EXPECT_EQ(count(table), 1) << table;

  const auto back = person("9001");
  EXPECT_NE(back, idle) << "nor is the cache left with it";
  EXPECT_TRUE(store->destination_of(back));
}

TEST_F(erasing, takes_drafts_that_nobody_came_back_to) {
  const auto writer = person("9001");
  storage::changes c;
  c.conversations.resize(1);
  auto& talk = c.conversations[0].state;
  talk.contact = writer;
  talk.language = "jv";
  talk.form = "report";
  talk.answers = {{"words", "musik keras"}};
  talk.expires_at = today() + 24h;
  write(c);
  EXPECT_EQ(round(today() + 23h).drafts, 0u);
  EXPECT_EQ(round(today() + 25h).drafts, 1u);
  const auto known = store->admit(std::vector{text_from("9001", "later")}, today());
  EXPECT_EQ(known[0].conversation.form, "");
  EXPECT_TRUE(known[0].conversation.answers.empty());
  EXPECT_EQ(known[0].conversation.language, "jv");
  store->rollback();
}

TEST_F(erasing, takes_what_failed_and_codes_that_are_over) {
  const std::vector batch = {text_from("9001", "a")};
  store->admit(batch, today());
  storage::changes c;
  c.failed = {{0, "a bug", "{}"}};
  store->write(c, batch, today());
  store->commit();
  store->add_invite({"masuk-1", "POLSEK-A", "petugas"}, today() + 72h);
  const auto early = round(today() + days(2));
  EXPECT_EQ(early.failed + early.invites, 0u);
  EXPECT_EQ(round(today() + days(4)).invites, 1u);
  EXPECT_EQ(round(today() + days(8)).failed, 1u);
  EXPECT_TRUE(store->failed(0, 1).empty());
}

TEST_F(erasing, reads_no_table_at_once) {
  SQLite::Database db(driver.file().string(), SQLite::OPEN_READONLY);
  for (const char* sql :
       {"SELECT account FROM inbox WHERE (account, stamp, digest) > ('a', 1, x'00') ORDER BY account, stamp, digest",
        "SELECT id FROM outbox WHERE id > 1 AND id < 9 ORDER BY id",
        "SELECT id FROM report WHERE state >= 4 AND erased = 0 AND changed_at < 9 ORDER BY changed_at",
        "SELECT digest FROM invite WHERE until < 9 ORDER BY until", "DELETE FROM card WHERE subject = 'x'",
        "DELETE FROM contact_address WHERE contact = 1",
        "SELECT 1 FROM report WHERE reporter = 1 AND reporter <> 0 AND (state < 4 OR changed_at >= 9)",
        "SELECT 1 FROM report WHERE holder = 1 AND holder <> 0 AND (state < 4 OR changed_at >= 9)"}) {
    SQLite::Statement plan(db, std::string("EXPLAIN QUERY PLAN ") + sql);
    while (plan.executeStep()) {
      const std::string line = plan.getColumn(3).getString();
      EXPECT_EQ(line.find("SCAN"), line.npos) << sql << "\n" << line;
      EXPECT_EQ(line.find("TEMP B-TREE"), line.npos) << sql << "\n" << line;
    }
  }
}

}  // namespace
}  // namespace contract
