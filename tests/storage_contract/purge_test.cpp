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
                              .media = days(30),
                              .unfiled = days(3),
                              .addresses = days(7),
                              .notices = days(365),
                              .persons = days(30),
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
      all.media += one.media;
      all.callbacks += one.callbacks;
      all.notices += one.notices;
      all.lessons += one.lessons;
      all.organisers += one.organisers;
      all.persons += one.persons;
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

  bot::notices::notice notice_of(std::int64_t organiser, const std::string& number, bot::instant ends) {
    bot::notices::notice n;
    n.id = store->new_id();
    n.number = number;
    n.organiser = organiser;
    n.filed = {.track = bot::notices::track::expression,
               .state = bot::notices::state::finished,
               .number = "B/1/2026",
               .unit = "POLSEK-A"};
    n.wards = {"35.75.01.1002"};
    n.told = {"POLSEK-A"};
    n.late = true;
    n.because = "UU 9/1998 Pasal 10";
    n.answers = {{"purpose", "opinion"}, {"attendance", "50-50"}, {"aim", "upah"}, {"pin", "-7.654321,112.912345"}};
    n.start = ends - 3h;
    n.end = ends;
    n.created_at = ends - days(5);
    n.changed_at = ends - days(4);
    n.revision = 3;
    return n;
  }

  // A photo that is kept under the name `file`.
  void keep_photo(std::int64_t id, std::int64_t report, const std::string& file, bot::instant wished) {
    storage::changes c;
    c.media.resize(1);
    c.media[0].id = id;
    c.media[0].report = report;
    c.media[0].what.file_id = "AgAC" + file;
    store->admit({}, wished);
    store->write(c, {}, wished);
    store->commit();
    storage::media_result kept;
    kept.what = storage::media_result::outcome::kept;
    kept.id = id;
    kept.file.file = file;
    store->media().settle(kept, wished);
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

TEST_F(erasing, forgets_no_organiser_before_the_event) {
  const auto organiser = person("9001");
  storage::changes c;
  c.notices.resize(1);
  c.notices[0].id = store->new_id();
  c.notices[0].number = "PK7Q-2M9X";
  c.notices[0].organiser = organiser;
  c.notices[0].filed.unit = "POLSEK-A";
  c.notices[0].created_at = c.notices[0].changed_at = today();
  c.notices[0].start = today() + days(40);
  c.notices[0].end = c.notices[0].start + 3h;
  write(c);
  EXPECT_EQ(round(today() + days(46)).contacts, 0u);
  EXPECT_EQ(round(today() + days(48)).contacts, 1u);
  EXPECT_EQ(store->list_notices(1).at(0).organiser, 0);
}

TEST_F(erasing, of_a_notice_leaves_its_figures) {
  const auto organiser = person("9001");
  storage::changes c;
  c.notices = {notice_of(organiser, "OLD", today() - days(366)), notice_of(organiser, "NEW", today() - days(364)),
               notice_of(organiser, "LATELY", today() - days(366))};
  c.notices[2].changed_at = today() - days(3);
  c.notice_events = {{c.notices[0].id, "filed", 0, "expression late", today()},
                     {c.notices[0].id, "tanda_terima_terbit", 12, "B/1/2026", today()}};
  c.outbox = {row_to(*store, organiser, "notice_card.new")};
  c.results.resize(1);
  c.results[0].id = c.outbox[0].id;
  c.results[0].contact = organiser;
  c.results[0].provider_id = "120";
  c.results[0].card = bot::notices::card_subject_of("OLD");
  write(c);
  EXPECT_EQ(round(today()).notices, 1u);
  bot::reads by_number;
  by_number.notice_numbers = {"OLD", "NEW", "LATELY"};
  const auto left = store->notices(by_number);
  ASSERT_EQ(left.size(), 3u);
  EXPECT_EQ(left[0].answers, (bot::answer_map{{"purpose", "opinion"}, {"attendance", "50-50"}}));
  EXPECT_EQ(left[0].organiser, 0);
  EXPECT_EQ(left[0].filed.number, "");
  EXPECT_EQ(left[0].filed.track, bot::notices::track::expression);
  EXPECT_EQ(left[0].filed.state, bot::notices::state::finished);
  EXPECT_EQ(left[0].filed.unit, "POLSEK-A");
  EXPECT_EQ(left[0].wards, std::vector<std::string>{"35.75.01.1002"});
  EXPECT_TRUE(left[0].late);
  for (const std::size_t i : {1U, 2U}) EXPECT_EQ(left[i].answers.at("aim"), "upah");
  const auto history = store->notice_history(c.notices[0].id);
  ASSERT_EQ(history.size(), 2u);
  for (const auto& e : history) EXPECT_EQ(e.detail + std::to_string(e.actor), "0") << e.kind;
  EXPECT_EQ(history[1].kind, "tanda_terima_terbit");
  EXPECT_EQ(store->card_message(organiser, bot::notices::card_subject_of("OLD")), "");
  EXPECT_EQ(round(today()).notices, 0u) << "once";
}

TEST_F(erasing, of_an_application_ends_its_links_too) {
  storage::changes c;
  c.notices = {notice_of(0, "OLD", today() - days(366)), notice_of(0, "NEW", today() - days(1))};
  for (auto& n : c.notices) {
    n.filed.track = bot::notices::track::permit;
    n.answers["recommend_rt"] = "asked 1796000000000 " + n.number;
  }
  write(c);
  ASSERT_EQ(count("recommendation"), 2);
  EXPECT_EQ(round(today()).notices, 1u);
  EXPECT_EQ(count("recommendation"), 1);
  EXPECT_FALSE(store->notice_of_recommendation("OLD"));
}

TEST_F(erasing, leads_to_nobody_a_week_after_the_event) {
  const auto organiser = person("9001");
  storage::changes c;
  c.notices = {notice_of(organiser, "OVER", today() - days(8)), notice_of(organiser, "LATELY", today() - days(6)),
               notice_of(organiser, "TO COME", today() + days(30))};
  write(c);
  EXPECT_EQ(round(today()).organisers, 1u);
  bot::reads by_number;
  by_number.notice_numbers = {"OVER", "LATELY", "TO COME"};
  const auto left = store->notices(by_number);
  EXPECT_EQ(left.at(0).organiser, 0);
  EXPECT_EQ(left.at(0).answers.at("aim"), "upah") << "what was told stays for its year";
  for (const std::size_t i : {1U, 2U}) EXPECT_EQ(left.at(i).organiser, organiser);
  EXPECT_EQ(round(today()).organisers, 0u);

  const auto gave_up = person("9002");
  storage::changes later;
  later.notices = {notice_of(gave_up, "CANCELLED", today() + days(300))};
  later.notices[0].filed.state = bot::notices::state::cancelled;
  later.notices[0].changed_at = today();
  write(later);
  EXPECT_EQ(round(today() + days(8)).contacts, 1u) << "nobody waits for an event that was cancelled";
  EXPECT_FALSE(store->destination_of(gave_up));
}

TEST_F(erasing, keeps_who_is_in_charge_for_some_weeks_after_the_event) {
  storage::changes c;
  c.notices = {notice_of(0, "OVER", today() - days(31)), notice_of(0, "LATELY", today() - days(29)),
               notice_of(0, "TO COME", today() + days(300)), notice_of(0, "CANCELLED", today() + days(300))};
  for (const std::size_t i : {2U, 3U}) c.notices[i].changed_at = today() - days(31);
  c.notices[3].filed.state = bot::notices::state::cancelled;
  const auto draft = store->new_id();
  for (const auto& n : c.notices) c.persons.push_back({n.id, "Siti Aminah, 081234567890"});
  c.persons.push_back({draft, "Siti Aminah, 081234567890"});
  write(c);
  EXPECT_EQ(round(today()).persons, 2u);
  for (const std::size_t i : {0U, 3U}) EXPECT_EQ(store->person_of(c.notices[i].id), "") << c.notices[i].number;
  for (const std::size_t i : {1U, 2U}) EXPECT_NE(store->person_of(c.notices[i].id), "") << c.notices[i].number;
  EXPECT_NE(store->person_of(draft), "");
  EXPECT_EQ(round(today() + days(31)).persons, 2u) << "with its event, and what nothing became of";
  EXPECT_EQ(store->person_of(draft), "");
  EXPECT_EQ(count("notice_person"), 1);
}

TEST_F(erasing, takes_what_was_learned_at_places_and_drafts_of_notices_in_their_time) {
  storage::changes c;
  c.place_notes = {{"35.75.01.1002 lapangan", "parkir sempit", today()}};
  c.drafts = {{.notice = 71, .number = "P111-2222", .until = today() + days(7)}};
  write(c);
  auto early = round(today() + days(6));
  EXPECT_EQ(early.lessons + early.drafts, 0u);
  EXPECT_EQ(round(today() + days(8)).drafts, 1u);
  EXPECT_EQ(store->draft("P111-2222"), std::nullopt);
  EXPECT_EQ(round(today() + keep.notices + days(1)).lessons, 1u);
  EXPECT_TRUE(store->learned_at("35.75.01.1002 lapangan", today() - days(1), 5).empty());
}

TEST_F(erasing, takes_drafts_that_nobody_came_back_to) {
  const auto writer = person("9001");
  storage::changes c;
  c.conversations.resize(1);
  bot::conversation& talk = c.conversations[0].state;
  talk.contact = writer;
  talk.language = "jv";
  talk.form = "report";
  talk.answers = {{"words", "musik keras"}};
  talk.answers["media"] = "photo:11";
  talk.expires_at = today() + 24h;
  const auto in_danger = person("9002");  // whose case was filed before its draft was complete
  c.conversations.push_back(c.conversations[0]);
  c.conversations[1].state.contact = in_danger;
  c.conversations[1].state.answers["media"] = "photo:12";
  c.conversations[1].state.filed = "L1";
  c.conversations[1].state.expires_at = today() + 24h;
  write(c);
  keep_photo(11, 0, "f0", today());
  keep_photo(12, 5, "f1", today());
  const auto interrupted = person("9003");  // whose notice waits until a report is over
  c.conversations.push_back({});
  c.conversations[2].state.contact = interrupted;
  c.conversations[2].state.aside = {{"aim", "upah"}, {"until", std::to_string(bot::to_millis(today() + 24h))}};
  write({.conversations = {c.conversations[2]}});
  EXPECT_EQ(round(today() + 23h).drafts, 0u);
  const auto done = round(today() + 25h);
  EXPECT_EQ(done.drafts, 3u);
  EXPECT_TRUE(store->admit(std::vector{text_from("9003", "later")}, today())[0].conversation.aside.empty());
  store->rollback();
  EXPECT_EQ(done.media, 1u);
  EXPECT_EQ(store->media().files(), std::vector<std::string>{"f1"}) << "the case has it";
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
