// What every driver promises of a batch. A driver joins by one line: its factory in `drivers`.
#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

template <class Driver>
class batches : public testing::Test {
 protected:
  Driver driver;
};

using drivers = testing::Types<sqlite_driver>;
TYPED_TEST_SUITE(batches, drivers);

TYPED_TEST(batches, count_a_message_once) {
  const auto store = this->driver.open();
  auto other_account = text_from("9001", "a");
  other_account.account = "888";
  const auto first =
      admit(*store, {text_from("9001", "a"), text_from("9001", "a"), text_from("9001", "b"), other_account});
  EXPECT_FALSE(first[0].duplicate);
  EXPECT_TRUE(first[1].duplicate) << "within one batch";
  EXPECT_FALSE(first[2].duplicate);
  EXPECT_FALSE(first[3].duplicate) << "another account counts for itself";
  store->commit();

  EXPECT_TRUE(admit(*store, {text_from("9001", "a")})[0].duplicate) << "across batches";
  store->rollback();
}

TYPED_TEST(batches, count_a_message_once_across_a_restart_with_a_new_key) {
  contact(*this->driver.open(), "9001");
  {
    const auto store = this->driver.open();
    admit(*store, {text_from("9001", "a")});
    store->commit();
  }
  this->driver.use_keys(key_line(1) + key_line(2));
  const auto store = this->driver.open();
  EXPECT_TRUE(admit(*store, {text_from("9001", "a")})[0].duplicate);
  store->rollback();
}

TYPED_TEST(batches, that_roll_back_leave_nothing) {
  const auto store = this->driver.open();
  const auto known = contact(*store, "9001");
  const std::vector batch = {text_from("9001", "x"), text_from("9002", "y")};
  const auto admitted = admit(*store, batch);
  storage::changes c;
  bot::conversation changed = admitted[0].conversation;
  changed.language = "jv";
  c.conversations.push_back({changed, now});
  c.outbox.push_back(row_to(*store, known.contact));
  c.reachable.emplace_back(known.contact, false);
  c.timers.push_back({"escalate", 1, 1, now});
  store->write(c, batch, now);
  store->rollback();

  const auto again = admit(*store, batch);
  EXPECT_FALSE(again[0].duplicate);
  EXPECT_FALSE(again[1].duplicate);
  EXPECT_EQ(again[0].conversation.language, "id") << "neither in memory";
  EXPECT_TRUE(again[0].chat.reachable);
  store->commit();
  EXPECT_TRUE(store->unsent(0, 10).empty());
  EXPECT_FALSE(store->next_timer());
}

TYPED_TEST(batches, keep_every_field_of_a_conversation) {
  bot::conversation c;
  {
    const auto store = this->driver.open();
    c.contact = contact(*store, "9001").contact;
    c.language = "mad";
    c.language_chosen = true;
    c.greeted = true;
    c.form = "report";
    c.form_version = 7;
    c.answers = {{"words", "\"kutip\" \\ dan \n baris, 'DROP TABLE'; é"}, {"place", "35.75.01.1002"}};
    c.asked = "place";
    c.prompts = 2;
    c.draft = 41;
    c.filed = "LK7Q-2M9X";
    c.cases = {"LK7Q-2M9X", "L123-4567"};
    c.minute = 29921166;
    c.in_minute = 3;
    c.expires_at = now + std::chrono::hours(2);
    storage::changes all;
    all.conversations.push_back({c, now + std::chrono::hours(24)});
    write(*store, all);
    const auto cached = admit(*store, {text_from("9001", "x")})[0];
    EXPECT_EQ(cached.conversation, c);
    store->rollback();
  }
  const auto store = this->driver.open();
  const auto read = admit(*store, {text_from("9001", "x")})[0];
  EXPECT_EQ(read.conversation, c);
  EXPECT_EQ(read.chat.window_until, now + std::chrono::hours(24));
  EXPECT_EQ(read.chat.language, "mad");
  store->rollback();
}

TYPED_TEST(batches, keep_words_that_were_cut_inside_a_character) {
  const auto store = this->driver.open();
  bot::conversation c;
  c.contact = contact(*store, "9001").contact;
  c.answers["words"] = "caf\xc3";
  storage::changes all;
  all.conversations.push_back({c, now});
  EXPECT_NO_THROW(write(*store, all));
}

TYPED_TEST(batches, keep_every_field_of_a_report_and_its_history) {
  bot::cases::report r;
  {
    const auto store = this->driver.open();
    r.id = store->new_id();
    r.number = "LK7Q-2M9X";
    r.reporter = 5;
    r.category = "fight";
    r.level = bot::cases::level::high;
    r.state = bot::cases::state::on_site;
    r.reporter_is = bot::cases::identity::anonymous;
    r.confirmed = true;
    r.sealed = true;
    r.ward = "35.75.01.1002";
    r.unit = "POLSEK-GADINGREJO";
    r.watchers = {"POLRES-PASURUAN-KOTA"};
    r.holder = 6;
    r.answers = {{"words", "ada yg dibacok"}};
    r.routing_reason = "Kel. Gentong";
    r.level_reason = "kata: dibacok";
    r.created_at = now;
    r.changed_at = now + std::chrono::minutes(3);
    r.step = 2;
    r.pin_hash = "00ff";
    r.pin_misses = 1;
    r.version = 9;
    storage::changes c;
    c.reports.push_back(r);
    c.events.push_back({r.id, "filed", 5, "", now});
    c.events.push_back({r.id, "routed", 0, "POLSEK-GADINGREJO", now});
    c.events.push_back({r.id, "taken", 6, "", now + std::chrono::minutes(3)});
    write(*store, c);
  }
  const auto store = this->driver.open();
  bot::reads by_number, by_id;
  by_number.report_numbers = {r.number, "LXXX-XXXX"};
  by_id.report_ids = {r.id};
  EXPECT_EQ(store->reports(by_number), std::vector{r});
  EXPECT_EQ(store->reports(by_id), std::vector{r});
  EXPECT_EQ(store->list_reports({}), std::vector{r});
  const auto history = store->history(r.id);
  ASSERT_EQ(history.size(), 3u);
  EXPECT_EQ(history[0].kind, "filed");
  EXPECT_EQ(history[1].detail, "POLSEK-GADINGREJO");
  EXPECT_EQ(history[2].actor, 6);
  EXPECT_EQ(history[2].at, now + std::chrono::minutes(3));
}

TYPED_TEST(batches, refuse_two_reports_of_one_number) {
  const auto store = this->driver.open();
  bot::cases::report r;
  r.number = "LK7Q-2M9X";
  storage::changes c;
  for (const std::int64_t id : {1, 2}) {
    r.id = id;
    c.reports.push_back(r);
  }
  EXPECT_THROW(write(*store, c), storage::refused);
  store->rollback();
  c.reports.pop_back();
  EXPECT_NO_THROW(write(*store, c)) << "the statement that failed works again at once";
}

TYPED_TEST(batches, hand_out_timers_when_they_are_due) {
  const auto store = this->driver.open();
  storage::changes c;
  c.timers.push_back({"escalate", 11, 3, now + std::chrono::minutes(6)});
  c.timers.push_back({"draft_file", 12, 4, now + std::chrono::minutes(2)});
  write(*store, c);
  EXPECT_EQ(store->next_timer(), now + std::chrono::minutes(2));
  EXPECT_TRUE(store->due_timers(now, 10).empty());
  const auto due = store->due_timers(now + std::chrono::hours(1), 10);
  ASSERT_EQ(due.size(), 2u);
  const auto& first = std::get<bot::said::timer>(due[0].what);
  EXPECT_EQ(first.kind, "draft_file");
  EXPECT_EQ(first.subject, 12);
  EXPECT_EQ(first.version, 4);
  EXPECT_EQ(due[0].sent_at, now + std::chrono::minutes(2));
  storage::changes done;
  done.timers_done.push_back(first.id);
  write(*store, done);
  EXPECT_EQ(store->due_timers(now + std::chrono::hours(1), 10).size(), 1u);
}

TYPED_TEST(batches, use_an_invite_once_and_not_too_late) {
  const auto store = this->driver.open();
  store->add_invite({"masuk-1", "POLSEK-A", "petugas"}, now + std::chrono::hours(1));
  EXPECT_TRUE(store->open_invites({"masuk-2"}, now).empty());
  EXPECT_TRUE(store->open_invites({"masuk-1"}, now + std::chrono::hours(2)).empty());
  const auto open = store->open_invites({"masuk-1"}, now);
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open[0].unit, "POLSEK-A");
  EXPECT_EQ(open[0].role, "petugas");

  const auto before = store->roster_version();
  const auto officer = contact(*store, "9001");
  storage::changes c;
  c.bound.push_back({officer.contact, "POLSEK-A", "petugas", false, true});
  c.used_invites.push_back("masuk-1");
  write(*store, c);
  EXPECT_TRUE(store->open_invites({"masuk-1"}, now).empty());
  EXPECT_GT(store->roster_version(), before);
  ASSERT_EQ(store->roster().members.size(), 1u);
  EXPECT_EQ(store->roster().members[0].unit, "POLSEK-A");

  const auto bound = store->roster_version();
  EXPECT_TRUE(store->revoke(officer.contact));
  EXPECT_FALSE(store->revoke(officer.contact));
  EXPECT_GT(store->roster_version(), bound);
  EXPECT_TRUE(store->roster().members.empty());
}

TYPED_TEST(batches, find_an_invite_under_an_older_key) {
  this->driver.open()->add_invite({"masuk-1", "POLSEK-A", "petugas"}, now + std::chrono::hours(1));
  this->driver.use_keys(key_line(1) + key_line(2));
  const auto store = this->driver.open();
  EXPECT_EQ(store->open_invites({"masuk-1"}, now).size(), 1u);
  storage::changes c;
  c.used_invites.push_back("masuk-1");
  write(*store, c);
  EXPECT_TRUE(store->open_invites({"masuk-1"}, now).empty());
}

TYPED_TEST(batches, keep_what_failed_for_a_second_chance) {
  const auto store = this->driver.open();
  const std::vector batch = {text_from("9001", "a"), text_from("9002", "b")};
  admit(*store, batch);
  storage::changes c;
  c.failed.push_back({1, "out_of_range", "{\"the\":\"whole body\"}"});
  store->write(c, batch, now);
  store->commit();
  const auto kept = store->failed(0, 10);
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].raw, "{\"the\":\"whole body\"}");
  EXPECT_EQ(kept[0].account, "777");
  EXPECT_EQ(kept[0].via, bot::channel::telegram);
  EXPECT_EQ(this->driver.bytes_at_rest().find("whole body"), std::string::npos) << "sealed";
  EXPECT_TRUE(store->failed(kept[0].id, 10).empty());

  const auto plain = store->admit(batch, now);
  EXPECT_TRUE(plain[0].duplicate);
  EXPECT_TRUE(plain[1].duplicate) << "a redelivery does not think again";
  store->rollback();
  const auto replay = store->admit(batch, now, true);
  EXPECT_TRUE(replay[0].duplicate) << "what went well does not count again";
  EXPECT_FALSE(replay[1].duplicate);
  const storage::changes nothing;  // stays as it is until commit
  store->write(nothing, batch, now);
  store->commit();
  EXPECT_TRUE(store->admit(batch, now, true)[1].duplicate) << "once";
  store->rollback();
}

TYPED_TEST(batches, replay_what_was_ordered_and_keep_what_fails_again) {
  const auto store = this->driver.open();
  const std::vector batch = {text_from("9001", "a"), text_from("9002", "b")};
  admit(*store, batch);
  storage::changes c;
  c.failed = {{0, "one", "{\"body\":1}"}, {1, "two", "{\"body\":2}"}};
  store->write(c, batch, now);
  store->commit();
  const auto kept = store->failed(0, 10);
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_TRUE(store->ordered_replays(10).empty());
  EXPECT_FALSE(store->order_replay(kept[1].id + 1));
  for (const auto& k : kept) EXPECT_TRUE(store->order_replay(k.id));
  EXPECT_EQ(store->ordered_replays(1).size(), 1u);
  EXPECT_TRUE(store->failed(0, 1)[0].ordered);

  store->end_replay(kept[0].id, "");  // its batch went well
  store->admit(batch, now, true);
  storage::changes again;
  again.failed.push_back({1, "worse", "{\"body\":2}", kept[1].id});
  store->write(again, batch, now);
  store->commit();
  store->end_replay(kept[1].id, "");
  const auto left = store->failed(0, 10);
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].id, kept[1].id);
  EXPECT_EQ(left[0].reason, "worse");
  EXPECT_FALSE(left[0].ordered);
  EXPECT_EQ(left[0].raw, "{\"body\":2}");
  EXPECT_FALSE(store->admit(batch, now, true)[1].duplicate) << "and can be ordered once more";
  store->rollback();
  store->end_replay(kept[1].id, "unreadable");
  EXPECT_EQ(store->failed(0, 10)[0].reason, "unreadable");
}

}  // namespace
}  // namespace contract
