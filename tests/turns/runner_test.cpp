// A batch from admission to commit: what its messages see of each other, and what one that fails costs the others.
#include <algorithm>

#include "tests/channels/support.hpp"
#include "tests/turns/support.hpp"

namespace turns_test {
namespace {

class batch : public testing::Test {
 protected:
  handlers::turns::outcome run(const std::vector<job>& jobs, bot::instant at = now) { return runner.run(jobs, {}, at); }

  std::int64_t officer(const std::string& address, const std::string& unit) {
    const std::string code = "masuk-" + std::string(20 - address.size(), '0') + address;
    store.add_invite({code, unit, "petugas"}, now + 1h);
    const auto joined = run({text(address, "join-" + address, code)});
    EXPECT_FALSE(store.roster().members.empty());
    return joined.to_send.at(0).to.contact;
  }

  static std::vector<std::string> keys_to(const handlers::turns::outcome& o, const std::string& address) {
    std::vector<std::string> keys;
    for (const auto& item : o.to_send)
      if (item.to.address == address) keys.push_back(item.row.what.key);
    return keys;
  }

  static job whatsapp(const std::string& address, const std::string& id, bot::instant sent) {
    auto in = from(address, id, bot::said::text{"halo"});
    in.via = bot::channel::whatsapp;
    in.sent_at = sent;
    return {in, nullptr};
  }

  store_with_faults store;
  handlers::turns::runner runner{store, book()};
};

TEST_F(batch, of_a_whole_conversation_is_as_good_as_one_message_each) {
  const auto together = run(whole_report("9001"));
  EXPECT_EQ(together.turns, 6u);
  std::vector<std::string> apart;
  for (const auto& one : whole_report("9002"))
    for (auto& key : keys_to(run({one}), "9002")) apart.push_back(std::move(key));
  EXPECT_EQ(keys_to(together, "9001"), apart);
  const auto reports = store.list_reports({});
  ASSERT_EQ(reports.size(), 2u);
  EXPECT_EQ(reports[0].answers, reports[1].answers);
  EXPECT_EQ(reports[0].unit, "POLSEK-GADINGREJO");
  EXPECT_TRUE(reports[0].confirmed);
  EXPECT_EQ(run(whole_report("9001")).duplicates, 6u);
  EXPECT_EQ(store.list_reports({}).size(), 2u);
}

TEST_F(batch, names_in_a_history_officers_and_nobody_else) {
  const auto who = officer("9100", "POLSEK-GADINGREJO");
  run(whole_report("9001"));
  const auto report = store.list_reports({}).at(0);
  run({tap("9100", "t1", "o:take:" + report.number)});
  std::vector<std::string> named;
  for (const auto& e : store.history(report.id))
    if (e.actor != 0) named.push_back(e.kind + (e.actor == who ? "" : " by somebody else"));
  EXPECT_EQ(named, (std::vector<std::string>{"taken", "opened"}));
}

TEST_F(batch, that_finds_a_draft_over_drops_its_photo) {
  bot::said::media photo;
  photo.file_id = "AgAC";
  run({{from("9001", "p1", photo), nullptr}});
  ASSERT_EQ(store.media().wanted(now, 10).size(), 1u);
  auto late = text("9001", "p2", "halo");
  late.what.sent_at = now + 25h;
  const auto out = run({late}, now + 25h);
  EXPECT_TRUE(out.media_changed);
  EXPECT_TRUE(store.media().wanted(now + 25h, 10).empty());
}

TEST_F(batch, names_the_message_of_whatsapp_that_it_answers_and_keeps_the_name_nowhere) {
  const auto out = run({whatsapp("628", "wamid.A", now), text("9001", "t1", "halo")});
  ASSERT_EQ(out.to_send.size(), 2u);
  EXPECT_EQ(out.to_send[0].first_answer_to, "wamid.A");
  EXPECT_EQ(out.to_send[1].first_answer_to, "") << "Telegram has no read marks";
  EXPECT_EQ(store.unsent(0, 10).at(0).first_answer_to, "");
}

TEST_F(batch, of_whatsapp_that_is_delivered_twice_counts_once) {
  const std::string body = payload("whatsapp_batch");
  const auto jobs = [&] {
    std::vector<job> all;
    for (auto& in : handlers::whatsapp::parse(body, whatsapp_us).items) all.push_back({std::move(in), nullptr});
    return all;
  };
  const auto first = run(jobs());
  EXPECT_EQ(first.turns, 4u);
  EXPECT_FALSE(first.to_send.empty());
  const auto again = run(jobs());
  EXPECT_EQ(again.duplicates, 4u);
  EXPECT_TRUE(again.to_send.empty());
  EXPECT_EQ(again.durable, std::vector<bool>(8, true)) << "200 both times";
}

TEST_F(batch, of_a_person_with_a_new_number_goes_on_with_the_old_contact) {
  const auto told = [&](const std::string& file) { return run({{whatsapp_item(file), nullptr}}); };
  const auto before = told("text").to_send.at(0).to.contact;
  told("number_change");
  auto later = whatsapp("6281200000009", "wamid.later", now);
  later.what.account = whatsapp_us.phone_number_id;
  EXPECT_EQ(run({later}).to_send.at(0).to.contact, before);

  const auto scoped = told("id_only").to_send.at(0).to.contact;
  told("id_change");
  auto under_new_id = whatsapp("ID.777", "wamid.id", now);
  under_new_id.what.account = whatsapp_us.phone_number_id;
  EXPECT_EQ(run({under_new_id}).to_send.at(0).to.contact, scoped);
}

TEST_F(batch, of_a_group_that_became_a_supergroup_goes_there) {
  auto join = text("-42", "join", "/start masuk-00000000000000000042");
  join.what.group = true;
  join.what.person = "501";
  store.add_invite({"masuk-00000000000000000042", "POLSEK-GADINGREJO", "petugas"}, now + 1h);
  const auto group = run({join}).to_send.at(0).to.contact;
  // Telegram tells it twice, in the old chat and in the new one.
  for (const char* id : {"to", "from"}) {
    auto moved = from("-42", id, bot::said::moved{"-1001234567890"});
    moved.group = true;
    run({{moved, nullptr}});
  }
  std::string card_to;
  for (const auto& item : run(whole_report("9001")).to_send)
    if (item.row.what.key == "card.new") card_to = item.to.address;
  EXPECT_EQ(card_to, "-1001234567890");
  EXPECT_EQ(store.roster().members.at(0).contact, group);
}

// A handbook in which a ward may send so many messages a minute.
class area : public batch {
 protected:
  static const bot::handbook& slow_book() {
    static const auto loaded = [] {
      std::vector<std::string> faults;
      const auto settings = config::load_settings(
          PROJECT_DIR "/config/kentongan.toml",
          {{"KENTONGAN_LIMITS_CHAT_PER_MINUTE", "0"}, {"KENTONGAN_LIMITS_AREA_PER_MINUTE", "2"}}, faults);
      return config::load_handbook(settings, faults);
    }();
    return *loaded.book;
  }
  std::chrono::milliseconds wait_of(const handlers::turns::outcome& o) const { return o.to_send.at(0).row.due - now; }

  handlers::turns::runner limited{store, slow_book()};
  handlers::turns::outcome say(const std::string& address, const std::string& body) {
    const auto one = text(address, address + "-" + std::to_string(++serial), body);
    return limited.run(std::span(&one, 1), {}, now);
  }
  int serial = 0;
};

TEST_F(area, that_sends_much_is_answered_later_and_loses_nothing) {
  for (const char* resident : {"9001", "9002"}) EXPECT_EQ(wait_of(say(resident, "balap liar di kel. gentong")), 0ms);
  EXPECT_EQ(wait_of(say("9003", "balap liar di kel. gentong")), 30s);
  EXPECT_EQ(wait_of(say("9004", "balap liar di kel. gentong")), 60s);
  EXPECT_EQ(wait_of(say("9005", "balap liar di kel. bangilan")), 0ms) << "another ward";
  EXPECT_EQ(wait_of(say("9006", "halo")), 0ms) << "no ward at all";
  for (int i = 0; i < 20; ++i) EXPECT_LE(wait_of(say("9100", "balap liar di kel. gentong")), 2min);
  EXPECT_EQ(wait_of(say("9004", "kirim")), 2min);
  EXPECT_EQ(store.list_reports({}).size(), 1u);
}

TEST_F(area, that_sends_much_is_told_110_at_once) {
  for (int i = 0; i < 10; ++i) say("9001", "balap liar di kel. gentong");
  const auto out = say("9002", "tolong ada yang dibacok celurit di kel. gentong");
  EXPECT_EQ(out.to_send.at(0).row.what.urgency, bot::priority::danger);
  EXPECT_EQ(wait_of(out), 0ms);
}

TEST_F(batch, gives_a_case_to_one_of_two_officers) {
  const auto first = officer("501", "POLSEK-GADINGREJO");
  const auto second = officer("502", "POLSEK-GADINGREJO");
  run(whole_report("9001"));
  const auto number = store.list_reports({}).at(0).number;
  const auto taps = run({tap("501", "t1", "o:take:" + number), tap("502", "t2", "o:take:" + number)});
  const auto report = store.list_reports({}).at(0);
  EXPECT_EQ(report.holder, first);
  EXPECT_NE(report.holder, second);
  const auto history = store.history(report.id);
  EXPECT_EQ(std::count_if(history.begin(), history.end(), [](const auto& e) { return e.kind == "taken"; }), 1);
  const auto told = keys_to(taps, "502");
  EXPECT_NE(std::find(told.begin(), told.end(), "officer.taken_already"), told.end());
}

TEST_F(batch, uses_an_invite_once) {
  const std::string code = "masuk-00000000000000000099";
  store.add_invite({code, "POLSEK-GADINGREJO", "petugas"}, now + 1h);
  const auto both = run({text("501", "a", code), text("502", "b", code)});
  EXPECT_EQ(store.roster().members.size(), 1u);
  EXPECT_EQ(keys_to(both, "501"), std::vector<std::string>{"officer.welcome"});
  EXPECT_EQ(keys_to(both, "502"), std::vector<std::string>{"officer.bad_invite"});
}

TEST_F(batch, loses_only_the_message_that_cannot_be_thought_about) {
  int calls = 0;
  store.before_invites = [&] {
    if (++calls == 1) throw std::logic_error("a bug");
  };
  const std::string poison = "masuk-00000000000000000001";
  const auto o = run({text("9001", "a", "halo"), text("9002", "b", poison), text("9003", "c", "halo")});
  EXPECT_EQ(o.durable, std::vector<bool>(3, true));
  EXPECT_EQ(o.failed, 1u);
  EXPECT_EQ(o.turns, 2u);
  ASSERT_EQ(keys_to(o, "9002"), std::vector<std::string>{"danger.failed"});
  EXPECT_TRUE(book().texts.has("danger.failed"));
  EXPECT_NE(std::string(book().texts.text("id", "danger.failed")).find("110"), std::string::npos);
  EXPECT_FALSE(keys_to(o, "9001").empty());
  EXPECT_FALSE(keys_to(o, "9003").empty());
  const auto kept = store.failed(0, 10);
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].raw, "raw:" + poison);
  EXPECT_EQ(kept[0].reason, "a bug");
  EXPECT_EQ(run({text("9002", "b", poison)}).duplicates, 1u) << "it has its fate";

  auto again = text("9002", "b", poison);
  again.replays = kept[0].id;
  calls = 0;
  const auto worse = run({again});
  EXPECT_EQ(worse.failed, 1u);
  EXPECT_TRUE(worse.to_send.empty()) << "the person was told once whom to call";
  ASSERT_EQ(store.failed(0, 10).size(), 1u);
  EXPECT_EQ(store.failed(0, 10)[0].id, kept[0].id);
  const auto replayed = run({again});
  EXPECT_EQ(replayed.turns, 1u);
  EXPECT_EQ(keys_to(replayed, "9002"), std::vector<std::string>{"officer.bad_invite"});
  EXPECT_EQ(run({again}).duplicates, 1u);
}

TEST_F(batch, goes_one_by_one_when_the_store_refuses_a_row) {
  store.before_write = [&](const storage::changes& c) {
    for (const auto& row : c.outbox)
      if (row.what.key == "officer.bad_invite") throw storage::refused("this row");
  };
  const auto o =
      run({text("9001", "a", "halo"), text("9002", "b", "masuk-00000000000000000001"), text("9003", "c", "halo")});
  EXPECT_EQ(o.durable, std::vector<bool>(3, true));
  EXPECT_TRUE(o.results_kept);
  EXPECT_EQ(o.turns, 2u);
  EXPECT_EQ(keys_to(o, "9002"), std::vector<std::string>{"danger.failed"});
  EXPECT_FALSE(keys_to(o, "9001").empty());
  EXPECT_EQ(store.failed(0, 10).size(), 1u);
  EXPECT_EQ(store.unsent(0, 10).size(), o.to_send.size()) << "what is on disk is what is sent";
}

TEST_F(batch, is_not_durable_when_the_store_is_gone) {
  store.before_write = [](const storage::changes&) { throw storage::unavailable("disk full"); };
  const auto o = run({text("9001", "a", "halo"), text("9002", "b", "halo")});
  EXPECT_EQ(o.durable, std::vector<bool>(2, false));
  EXPECT_FALSE(o.results_kept);
  EXPECT_TRUE(o.to_send.empty());
  store.before_write = [](const storage::changes&) {};
  EXPECT_EQ(run({text("9001", "a", "halo")}).turns, 1u) << "nothing of it was counted";
}

TEST_F(batch, keeps_what_cannot_be_read_as_a_dead_letter) {
  auto in = from("", "the whole body", bot::said::unreadable{"message[2]"});
  const auto o = run({{in, std::make_shared<const std::string>("{\"x\":1}")}});
  EXPECT_EQ(o.durable, std::vector<bool>{true});
  EXPECT_TRUE(o.to_send.empty());
  ASSERT_EQ(store.failed(0, 10).size(), 1u);
  EXPECT_EQ(store.failed(0, 10)[0].raw, "{\"x\":1}");
  EXPECT_EQ(store.failed(0, 10)[0].reason, "unreadable: message[2]");
}

TEST_F(batch, survives_a_timer_that_cannot_be_thought_about) {
  store.before_write = [](const storage::changes& c) {
    if (c.failed.empty() && !c.timers_done.empty()) throw std::logic_error("a bug");
  };
  auto in = from("", "", bot::said::timer{77, "escalate", 1, 1});
  const auto o = run({{in, nullptr}});
  EXPECT_EQ(o.durable, std::vector<bool>{true});
  EXPECT_EQ(o.failed, 1u);
  EXPECT_TRUE(o.to_send.empty()) << "nobody is told";
}

TEST_F(batch, believes_a_platforms_clock_within_bounds) {
  bot::instant window;
  store.before_write = [&](const storage::changes& c) { window = c.conversations.at(0).window_until; };
  int serial = 0;
  const auto window_of = [&](bot::instant sent) {
    const std::string address = "62812" + std::to_string(++serial);
    run({whatsapp(address, address, sent)});
    return window;
  };
  EXPECT_EQ(window_of(now + 3650 * 24h), now + 5min + 24h);
  EXPECT_EQ(window_of(now - 3650 * 24h), now - 8 * 24h + 24h);
  EXPECT_EQ(window_of(now - 1h), now + 23h);
  EXPECT_EQ(window_of({}), now + 24h) << "untold: now";
}

TEST_F(batch, keeps_the_newest_window_when_messages_come_out_of_order) {
  bot::instant window;
  store.before_write = [&](const storage::changes& c) { window = c.conversations.at(0).window_until; };
  run({whatsapp("62812", "a", now), whatsapp("62812", "b", now - 20h)});
  EXPECT_EQ(window, now + 24h);
  run({whatsapp("62812", "c", now - 10h)});
  EXPECT_EQ(window, now + 24h);
}

TEST_F(batch, writes_again_to_a_person_who_is_back) {
  run({text("9001", "a", "halo")});
  run({{from("9001", "b", bot::said::reach{bot::said::reach::change::blocked}), nullptr}});
  const auto o = run({text("9001", "c", "halo")});
  ASSERT_FALSE(o.to_send.empty());
  EXPECT_TRUE(o.to_send[0].to.reachable);
  EXPECT_TRUE(store.destination_of(o.to_send[0].to.contact)->reachable);
}

}  // namespace
}  // namespace turns_test
