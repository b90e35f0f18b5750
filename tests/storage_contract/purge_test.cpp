// What had its time goes, what is needed stays, and no slice does much.
#include "tests/storage_contract/purge_fixture.hpp"

namespace contract {
namespace {

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

TEST_F(erasing, takes_the_text_of_what_was_sent_and_later_its_row) {
  const auto to = person("9001");
  storage::changes c;
  for (int i = 0; i < 300; ++i) c.outbox.push_back(row_to(*store, to, "report.sent"));
  const auto waits = c.outbox.back().id;
  for (int i = 0; i < 299; ++i) {
    c.results.emplace_back();
    c.results.back().id = c.outbox[static_cast<std::size_t>(i)].id;
    c.results.back().has_receipts = true;
    c.results.back().provider_id = "wamid." + std::to_string(i);
  }
  write(c);
  EXPECT_EQ(round(today() + days(6)).payloads, 0u);
  EXPECT_EQ(round(today() + days(8)).payloads, 299u);
  EXPECT_EQ(store->outbox_counts()["sent"], 299);
  EXPECT_EQ(count("outbox WHERE payload = ''"), 299);
  ASSERT_EQ(store->unsent(0, 10).size(), 1u) << "what waits keeps its text";
  EXPECT_EQ(store->unsent(0, 10)[0].row.id, waits);
  EXPECT_EQ(count("outbox WHERE receipt IS NOT NULL"), 0);
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
  c.joins = {{c.reports[0].id, 77}, {78, c.reports[0].id}, {c.reports[2].id, c.reports[1].id}};
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
  EXPECT_EQ(count("incident_member"), 1) << "neither as lead nor as one that joined";
  EXPECT_EQ(round(today()).reports, 0u);
}

TEST_F(erasing, of_files_follows_the_end_of_their_case) {
  storage::changes c;
  c.reports = {report_of(0, "OLD", bot::cases::state::closed, today() - days(31)),
               report_of(0, "NEW", bot::cases::state::closed, today() - days(29)),
               report_of(0, "OPEN", bot::cases::state::filed, today() - days(200)),
               report_of(0, "FOLLOWS", bot::cases::state::joined, today() - days(200))};
  for (int i = 0; i < 150; ++i)
    c.reports.push_back(report_of(0, "E" + std::to_string(i), bot::cases::state::closed, today() - days(40)));
  write(c);
  for (std::size_t i = 0; i < 4; ++i)
    keep_photo(static_cast<std::int64_t>(11 + i), c.reports[i].id, "f" + std::to_string(i), today() - days(250));
  keep_photo(15, c.reports.back().id, "f1", today() - days(40));  // the same picture as that of NEW
  EXPECT_EQ(round(today()).media, 2u);
  EXPECT_EQ(store->media().trash(10), std::vector<std::string>{"f0"});
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(store->media().of_report(c.reports[i].id).size(), 1u);
  EXPECT_EQ(round(today()).media, 0u) << "once";
  EXPECT_EQ(round(today() + days(2)).media, 1u);
  EXPECT_EQ(store->list_reports({}).size(), 154u);
}

TEST_F(erasing, of_a_case_takes_its_files_whatever_their_own_time) {
  storage::changes c;
  c.reports = {report_of(0, "OLD", bot::cases::state::closed, today() - days(91))};
  write(c);
  keep_photo(11, c.reports[0].id, "f0", today());
  const auto done = round(today());
  EXPECT_EQ(done.reports, 1u);
  EXPECT_EQ(done.media, 1u);
  EXPECT_EQ(store->media().trash(10), std::vector<std::string>{"f0"});
}

TEST_F(erasing, takes_files_that_came_to_belong_to_no_case) {
  keep_photo(11, 0, "f0", today() - days(4));
  keep_photo(12, 0, "f1", today() - days(2));
  keep_photo(13, 5, "f2", today() - days(4));
  EXPECT_EQ(round(today()).media, 1u);
  EXPECT_EQ(store->media().trash(10), std::vector<std::string>{"f0"});
}

TEST_F(erasing, keeps_who_is_to_be_called_while_a_case_or_a_draft_needs_it) {
  const auto open = person("9001"), lately = person("9002"), over = person("9003"), writes = person("9004"),
             officer = person("9005");
  storage::changes c;
  c.reports = {report_of(open, "OPEN", bot::cases::state::taken, today() - days(40)),
               report_of(lately, "LATELY", bot::cases::state::closed, today() - days(6)),
               report_of(over, "OVER", bot::cases::state::closed, today() - days(8))};
  for (const auto who : {open, lately, over, writes, officer}) c.callbacks.push_back({who, "Bu Nanik, 081234567890"});
  c.bound = {{officer, "POLSEK-A", "petugas", false, true}};
  c.conversations.resize(1);
  c.conversations[0].state.contact = writes;
  c.conversations[0].state.form = "report";
  c.conversations[0].state.expires_at = today() + 24h;
  write(c);
  EXPECT_EQ(round(today()).callbacks, 2u);
  for (const auto who : {open, lately, writes}) EXPECT_NE(store->callback_of(who), "") << who;
  for (const auto who : {over, officer}) EXPECT_EQ(store->callback_of(who), "") << who;
  EXPECT_TRUE(store->destination_of(over)) << "who is still within reach is so without name and number";
  EXPECT_EQ(round(today() + 25h).callbacks, 2u) << "with the draft, and with its case";
  EXPECT_NE(store->callback_of(open), "");
  EXPECT_EQ(count("callback"), 1);
}

TEST_F(erasing, forgets_nobody_whose_case_follows_an_open_one) {
  const auto follower = person("9001");
  storage::changes c;
  c.reports = {report_of(follower, "FOLLOWS", bot::cases::state::joined, today() - days(200))};
  write(c);
  const auto done = round(today() + days(30));
  EXPECT_EQ(done.reports + done.contacts, 0u);
  EXPECT_TRUE(store->destination_of(follower)) << "they are told how it ends";
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
        "SELECT id FROM report WHERE state >= 4 AND erased = 0 AND state <> 6 AND changed_at < 9 ORDER BY changed_at",
        "SELECT 1 FROM notice WHERE organiser = 1 AND organiser <> 0 AND (ends_at >= 9 OR changed_at >= 9)",
        "SELECT changed_at, id FROM report WHERE state >= 4 AND erased = 0 AND state <> 6 AND changed_at < 9 AND "
        "(changed_at, id) > (1, 1) ORDER BY changed_at, id",
        "SELECT id FROM media WHERE report = 0 AND wished_at < 9 ORDER BY wished_at",
        "SELECT id, kind FROM media WHERE report = 1 AND report <> 0 ORDER BY id",
        "SELECT id FROM notice WHERE erased = 0 AND unit = 'x' AND starts_at >= 1 AND starts_at < 9 AND ends_at >= 1 "
        "ORDER BY starts_at",
        "SELECT id FROM notice WHERE erased = 0 AND ends_at < 9 AND changed_at < 9 ORDER BY ends_at",
        "SELECT id FROM notice WHERE organiser <> 0 AND ends_at < 9 AND changed_at < 9 ORDER BY ends_at",
        "SELECT p.notice, n.state FROM notice_person p LEFT JOIN notice n ON n.id = p.notice WHERE p.notice > 1 "
        "ORDER BY p.notice",
        "DELETE FROM incident_member WHERE incident = 1", "DELETE FROM incident_member WHERE report = 1",
        "SELECT c.id, v.state, k.contact FROM contact c LEFT JOIN conversation v ON v.contact = c.id "
        "LEFT JOIN callback k ON k.contact = c.id WHERE c.id > 1 ORDER BY c.id",
        "SELECT digest FROM invite WHERE until < 9 ORDER BY until", "DELETE FROM card WHERE subject = 'x'",
        "DELETE FROM contact_address WHERE contact = 1",
        "SELECT 1 FROM report WHERE reporter = 1 AND reporter <> 0 AND (state < 4 OR state = 6 OR changed_at >= 9)",
        "SELECT 1 FROM report WHERE holder = 1 AND holder <> 0 AND (state < 4 OR state = 6 OR changed_at >= 9)"}) {
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
