// Notices of events: what was filed comes back as it was, its history in order, and who is in charge is sealed and
// apart.
#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

bot::notices::notice a_notice() {
  bot::notices::notice n;
  n.id = 71;
  n.number = "PK7Q-2M9X";
  n.organiser = 11;
  n.filed = {.track = bot::notices::track::permit,
             .state = bot::notices::state::receipted,
             .version = 2,
             .asked_once = true,
             .number = "B/1/2026",
             .unit = "POLSEK-GADINGREJO"};
  n.tier = bot::notices::tier::large;
  n.extras = {bot::notices::extra::fireworks};
  n.to = bot::notices::addressee::polres;
  n.watchers = {"POLSEK-PURWOREJO"};
  n.told = {"POLSEK-GADINGREJO"};
  n.wards = {"35.75.01.1002", "35.75.02.1001"};
  n.start = now + std::chrono::hours(240);
  n.end = n.start + std::chrono::hours(3);
  n.late = true;
  n.because = "PP 60/2017 Pasal 5";
  n.answers = {{"purpose", "show"}, {"person", "given"}};
  n.step = 1;
  n.created_at = now;
  n.changed_at = now + std::chrono::minutes(1);
  n.revision = 3;
  return n;
}

class notices_kept : public testing::Test {
 protected:
  void write(storage::store& store, const storage::changes& c) {
    store.admit({}, now);
    store.write(c, {}, now);
    store.commit();
  }
  sqlite_driver driver;
};

TEST_F(notices_kept, come_back_by_number_and_id_as_they_were) {
  auto store = driver.open();
  storage::changes c;
  c.notices = {a_notice()};
  write(*store, c);
  store.reset();
  store = driver.open();
  bot::reads by_number, by_id, by_other;
  by_number.notice_numbers = {"PK7Q-2M9X"};
  by_id.notice_ids = {71};
  by_other.notice_numbers = {"P000-0000"};
  EXPECT_EQ(store->notices(by_number), std::vector{a_notice()});
  EXPECT_EQ(store->notices(by_id), std::vector{a_notice()});
  EXPECT_TRUE(store->notices(by_other).empty());
  EXPECT_EQ(store->list_notices(10).size(), 1U);
  EXPECT_TRUE(store->list_reports({}).empty()) << "a store of their own (P-09)";
}

TEST_F(notices_kept, change_in_place_and_keep_their_history) {
  auto store = driver.open();
  storage::changes c;
  c.notices = {a_notice()};
  c.notice_events = {{71, "filed", 11, "permit", now}, {71, "opened", 12, "", now}};
  write(*store, c);
  auto changed = a_notice();
  changed.filed.state = bot::notices::state::cancelled;
  changed.revision = 4;
  storage::changes later;
  later.notices = {changed};
  later.notice_events = {{71, "cancelled", 11, "", now + std::chrono::minutes(5)}};
  write(*store, later);
  EXPECT_EQ(store->list_notices(10), std::vector{changed});
  std::string kinds;
  for (const auto& e : store->notice_history(71)) kinds += e.kind + " ";
  EXPECT_EQ(kinds, "filed opened cancelled ");
}

TEST_F(notices_kept, draw_the_code_of_their_papers_once_something_was_issued) {
  auto store = driver.open();
  const auto stored = [&] { return store->list_notices(1).at(0); };
  auto n = a_notice();
  storage::changes filed;
  filed.notices = {n};
  write(*store, filed);
  EXPECT_EQ(stored().code, "") << "nothing to check yet";
  EXPECT_EQ(store->notice_of_code(""), std::nullopt);
  n.issued = {{bot::notices::state::receipted, 2, "B/1/2026", n.filed.unit, "petugas", "sampai pukul 22.00", now}};
  storage::changes issued;
  issued.notices = {n};
  write(*store, issued);
  const std::string code = stored().code;
  EXPECT_EQ(code.size(), 20U);
  EXPECT_EQ(stored().issued, n.issued);
  EXPECT_EQ(store->notice_of_code(code).value().number, n.number);
  EXPECT_EQ(store->notice_of_code(code.substr(1)), std::nullopt);
  n.issued.push_back({bot::notices::state::approved, 2, "SI/2/2026", n.filed.unit, "", "", now});
  storage::changes again;
  again.notices = {n};  // as a batch that began before the code was drawn writes it
  write(*store, again);
  EXPECT_EQ(stored().code, code) << "what was printed stays true";
  auto other = n;
  other.id = 72;
  other.number = "P111-2222";
  storage::changes second;
  second.notices = {other};
  write(*store, second);
  EXPECT_NE(store->notices({.notice_numbers = {other.number}}).at(0).code, code);
}

TEST_F(notices_kept, are_found_by_their_units_and_days) {
  using std::chrono::days;
  using std::chrono::hours;
  auto store = driver.open();
  storage::changes c;
  const auto add = [&](std::int64_t id, const char* unit, bot::instant start, bot::instant end) {
    auto n = a_notice();
    n.id = id;
    n.number = std::to_string(id);
    n.filed.unit = unit;
    n.start = start;
    n.end = end;
    c.notices.push_back(n);
  };
  add(1, "POLSEK-A", now, now + hours(2));
  add(2, "POLSEK-A", now - days(10), now + days(1));
  add(3, "POLSEK-A", now - days(10), now - days(2));
  add(4, "POLSEK-A", now + days(7), now + days(7));
  add(5, "POLSEK-B", now + hours(1), now + hours(2));
  add(6, "POLSEK-C", now + hours(1), now + hours(2));
  add(7, "POLSEK-A", now - hours(20), now - hours(20));  // until when is not known: perhaps the whole day
  add(8, "POLSEK-A", now - days(300), now + days(1));    // comes again for the better part of a year
  add(9, "POLSEK-A", now - days(500), now + days(1));
  write(*store, c);
  const auto found = [&](const std::vector<std::string>& units, std::size_t limit = 100) {
    std::string ids;
    for (const auto& n : store->notices_between(units, now, now + days(7), limit)) ids += n.number + " ";
    return ids;
  };
  EXPECT_EQ(found({"POLSEK-A"}), "8 2 7 1 ");
  EXPECT_EQ(found({"POLSEK-B", "POLSEK-A"}), "5 8 2 7 1 ");
  EXPECT_EQ(found({"POLSEK-B", "POLSEK-A"}, 2), "5 8 ");
  EXPECT_EQ(found({}), "");
  const bot::retention keep{.notices = days(30)};
  for (bool over = false; !over;) over = store->purge(keep, now + days(100)).round_over;
  EXPECT_EQ(found({"POLSEK-A", "POLSEK-B"}), "") << "what is erased is on no calendar";
}

TEST_F(notices_kept, have_a_calendar_behind_a_secret_that_can_be_replaced) {
  auto store = driver.open();
  const auto first = store->hand_out_calendar("POLSEK-A", false);
  EXPECT_EQ(store->calendar_keys("POLSEK-A"), std::vector{first});
  EXPECT_EQ(first.size(), 32u);
  EXPECT_EQ(store->hand_out_calendar("POLSEK-A", false), first);
  EXPECT_NE(store->calendar_keys("POLSEK-B").front(), first);
  const auto second = store->hand_out_calendar("POLSEK-A", true);
  EXPECT_NE(second, first);
  EXPECT_EQ(store->calendar_keys("POLSEK-A"), std::vector{second});
  store.reset();
  driver.use_keys(key_line(1) + key_line(2));
  store = driver.open();
  EXPECT_EQ(store->calendar_keys("POLSEK-A").size(), 2u);
  EXPECT_EQ(store->calendar_keys("POLSEK-A").back(), second) << "a new key ends no address";
  std::string acts;
  for (const auto& e : store->audit(0, 10)) acts += e.action + " " + e.subject + ", ";
  EXPECT_EQ(acts, "calendar_shown POLSEK-A, calendar_shown POLSEK-A, calendar_renewed POLSEK-A, ");
}

TEST_F(notices_kept, seal_who_is_in_charge_and_take_it_back) {
  auto store = driver.open();
  storage::changes c;
  c.notices = {a_notice()};
  c.persons = {{71, "Siti Aminah, Jl. Slagah 4, 081234567890"}};
  write(*store, c);
  EXPECT_EQ(store->person_of(71), "Siti Aminah, Jl. Slagah 4, 081234567890");
  EXPECT_EQ(driver.bytes_at_rest().find("Siti Aminah"), std::string::npos);
  EXPECT_EQ(driver.bytes_at_rest().find("081234567890"), std::string::npos);
  storage::changes gone;
  gone.persons = {{71, ""}};
  write(*store, gone);
  EXPECT_EQ(store->person_of(71), "");
}

TEST_F(notices_kept, of_a_unit_are_listed_until_they_are_over) {
  auto store = driver.open();
  storage::changes c;
  auto near = a_notice(), far = a_notice(), off = a_notice();
  near.id = 72, near.number = "P000-0001", near.start = now + std::chrono::hours(24);
  off.id = 73, off.number = "P000-0002", off.filed.state = bot::notices::state::cancelled;
  c.notices = {far, near, off};
  write(*store, c);
  EXPECT_EQ(store->open_notices("POLSEK-GADINGREJO", 10), (std::vector{near, far}));
  EXPECT_EQ(store->open_notices("POLSEK-GADINGREJO", 1), std::vector{near});
  EXPECT_TRUE(store->open_notices("POLSEK-PURWOREJO", 10).empty());
}

TEST_F(notices_kept, what_a_place_taught_comes_back_newest_first_for_a_while) {
  auto store = driver.open();
  storage::changes c;
  c.place_notes = {{"35.75.01.1002 lapangan", "lama", now - std::chrono::hours(48)},
                   {"35.75.01.1002 lapangan", "baru", now},
                   {"35.75.01.1002 lapangan", "baru juga", now},
                   {"35.75.01.1003 lapangan", "lain", now}};
  write(*store, c);
  EXPECT_EQ(store->learned_at("35.75.01.1002 lapangan", now - std::chrono::hours(24), 5),
            (std::vector<std::string>{"baru juga", "baru"}));
  EXPECT_TRUE(store->learned_at("35.75.01.1004 lapangan", now - std::chrono::hours(24), 5).empty());
}

TEST_F(notices_kept, a_draft_is_found_by_its_code_until_it_is_gone) {
  auto store = driver.open();
  bot::notices::kept_draft draft{.notice = 71,
                                 .number = "PK7Q-2M9X",
                                 .pin_hash = "ab",
                                 .pin_misses = 2,
                                 .until = now + std::chrono::hours(1),
                                 .answers = {{"purpose", "show"}}};
  storage::changes c;
  c.drafts = {draft};
  write(*store, c);
  EXPECT_EQ(store->draft("PK7Q-2M9X"), draft);
  draft.number = "P000-0001";  // a new code takes the place of the old
  c.drafts = {draft};
  write(*store, c);
  EXPECT_EQ(store->draft("PK7Q-2M9X"), std::nullopt);
  EXPECT_EQ(store->draft("P000-0001"), draft);
  c.drafts = {{.notice = 71, .gone = true}};
  write(*store, c);
  EXPECT_EQ(store->draft("P000-0001"), std::nullopt);
}

TEST_F(notices_kept, a_link_of_a_recommendation_leads_to_its_application) {
  const auto store = driver.open();
  storage::changes c;
  auto n = a_notice();
  n.answers["recommend_rt"] = "asked 1796000000000 first";
  c.notices = {n};
  write(*store, c);
  write(*store, c);  // with every later change of the notice it is told again
  n.answers["recommend_rt"] = "asked 1796000000000 second";
  c.notices = {n};
  write(*store, c);
  EXPECT_EQ(store->notice_of_recommendation("second"), n);
  EXPECT_EQ(store->notice_of_recommendation("first"), n) << "what became of that link is said by the notice";
  EXPECT_FALSE(store->notice_of_recommendation(""));
  EXPECT_FALSE(store->notice_of_recommendation("SECOND"));
}

}  // namespace
}  // namespace contract
