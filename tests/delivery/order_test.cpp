// Which message goes when: order, urgency, pace, and what waits in the store.
#include "tests/delivery/support.hpp"

namespace delivery_test {
namespace {

TEST(order, of_one_chat_holds_and_chats_do_not_wait_for_each_other) {
  post p;
  p.say(1, "a");
  p.say(1, "b");
  p.say(2, "c");
  EXPECT_EQ(p.telegram.log, (log{"1 a", "2 c"})) << "b waits for the answer to a";
  p.telegram.take_all();
  EXPECT_EQ(p.telegram.log, (log{"1 a", "2 c", "1 b"}));
  EXPECT_TRUE(p.work.idle());
  EXPECT_EQ(p.records.size(), 3u);
  EXPECT_EQ(p.work.figures().lanes, 0u) << "a lane that rests is forgotten";
}

TEST(order, danger_goes_before_everything_of_other_chats) {
  post p({.global = 1, .chat = 0});
  p.say(1, "a");  // takes the only token
  p.say(2, "b");
  p.say(3, "card", bot::priority::high);
  p.say(4, "110", bot::priority::danger);
  p.telegram.take_all();
  p.pass(3s);
  EXPECT_EQ(p.telegram.log, (log{"1 a", "4 110", "3 card", "2 b"}));
}

TEST(order, danger_pulls_what_stands_before_it_in_its_own_chat) {
  post p({.global = 1, .chat = 0});
  p.say(1, "a");
  p.say(2, "b");
  p.say(3, "first", bot::priority::other);
  p.say(3, "110", bot::priority::danger);
  for (int i = 0; i < 5; ++i) {
    p.telegram.take_all();
    p.pass(1s);
  }
  EXPECT_EQ(p.telegram.log, (log{"1 a", "3 first", "3 110", "2 b"}));
}

TEST(pace, a_chat_may_burst_and_then_goes_at_its_rate) {
  post p({.global = 0, .chat = 1, .chat_burst = 3});
  for (const char* text : {"1", "2", "3", "4", "5"}) p.say(7, text);
  for (int i = 0; i < 5; ++i) p.telegram.take_all();
  EXPECT_EQ(p.telegram.log.size(), 3u);
  EXPECT_TRUE(p.work.idle()) << "what has to wait does not keep a stop waiting";
  p.pass(999ms);
  EXPECT_EQ(p.telegram.log.size(), 3u);
  p.pass(2ms);
  EXPECT_EQ(p.telegram.log.size(), 4u);
  p.telegram.take_all();
  p.pass(1s);
  EXPECT_EQ(p.telegram.log.size(), 5u);
}

TEST(pace, a_group_has_its_own) {
  post p({.global = 0, .chat = 100, .chat_burst = 100, .group = 0.5});
  for (const char* text : {"1", "2"}) {
    auto i = p.item(-100, text);
    i.to.group = true;
    p.enqueue(std::move(i));
  }
  p.telegram.take_all();
  EXPECT_EQ(p.telegram.log.size(), 1u);
  p.pass(2001ms);
  EXPECT_EQ(p.telegram.log.size(), 2u);
}

TEST(pace, what_is_not_sent_costs_nothing) {
  post p({.global = 1, .chat = 1, .chat_burst = 1});
  p.enqueue(p.edit(7, "change", "case:L1"));  // nobody knows that card
  p.say(7, "a");
  EXPECT_EQ(p.telegram.log, (log{"7 a"}));
  EXPECT_EQ(p.records[0].code, "no_card");
}

TEST(edits, are_not_sent_where_messages_cannot_be_changed) {
  post p;
  p.telegram.edits = false;
  auto change = p.edit(7, "change", "case:L1");
  change.card_message = "m1";
  p.enqueue(std::move(change));
  EXPECT_TRUE(p.telegram.log.empty());
  EXPECT_EQ(p.records[0].code, "cannot_edit");
}

TEST(pace, something_urgent_behind_a_skipped_message_goes_at_once) {
  post p;
  std::vector<storage::outbox_item> both;
  both.push_back(p.edit(7, "change", "case:L1"));
  both.back().row.what.urgency = bot::priority::other;
  both.push_back(p.item(7, "110", bot::priority::danger));
  p.work.enqueue(std::move(both));
  EXPECT_EQ(p.telegram.log, (log{"7 110"}));
}

TEST(pace, only_so_many_are_under_way) {
  post p({}, {.under_way = 2});
  for (std::int64_t chat = 1; chat <= 5; ++chat) p.say(chat, "a");
  EXPECT_EQ(p.telegram.under_way.size(), 2u);
  p.telegram.answer(handlers::sent{"1"});
  EXPECT_EQ(p.telegram.under_way.size(), 2u);
  p.telegram.take_all();
  EXPECT_EQ(p.telegram.log.size(), 5u);
}

TEST(overflow, stays_in_the_store_and_follows_in_order) {
  post p({}, {.under_way = 1, .most_waiting = 4});
  std::vector<storage::outbox_item> rows;
  for (int i = 0; i < 10; ++i) rows.push_back(p.item(1, std::to_string(i)));
  const auto all = rows;
  p.work.enqueue(std::move(rows));
  EXPECT_LE(p.work.figures().waiting, 4u);
  p.say(1, "later");  // is in the store as well, behind the others
  std::vector<storage::outbox_item> in_store = all;
  in_store.push_back(p.item(1, "later"));
  in_store.back().row.id = all.back().row.id + 1;

  std::size_t served = 0;
  while (p.work.figures().waiting + p.work.figures().under_way > 0 || served < p.fetches.size()) {
    if (served < p.fetches.size()) {
      std::vector<storage::outbox_item> page;
      const auto after = p.fetches[served++];
      for (const auto& i : in_store)
        if (i.row.id > after && page.size() < 3) page.push_back(i);
      const bool is_all = page.size() < 3;
      p.work.refill(std::move(page), is_all);
    } else {
      p.telegram.take_all();
    }
  }
  log expected;
  for (int i = 0; i < 10; ++i) expected.push_back("1 " + std::to_string(i));
  expected.push_back("1 later");
  EXPECT_EQ(p.telegram.log, expected);
}

TEST(restart, sends_what_was_left_in_order_and_not_before_it_is_due) {
  post p;
  std::vector<storage::outbox_item> rows;
  rows.push_back(p.item(1, "tried"));
  rows.back().row.attempts = 3;
  rows.back().row.due = p.now + 5min;
  rows.push_back(p.item(1, "behind"));
  rows.push_back(p.item(2, "other"));
  p.work.refill(std::move(rows), true);
  EXPECT_EQ(p.telegram.log, (log{"2 other"}));
  p.telegram.take_all();
  p.pass(5min - 1ms);
  EXPECT_EQ(p.telegram.log.size(), 1u);
  p.pass(2ms);
  p.telegram.take_all();
  EXPECT_EQ(p.telegram.log, (log{"2 other", "1 tried", "1 behind"}));
}

TEST(restart, does_not_send_twice_what_came_in_meanwhile) {
  post p;
  std::vector<storage::outbox_item> rows;
  rows.push_back(p.item(1, "old"));
  const auto again = rows;
  p.work.refill(std::move(rows), true);
  p.work.refill(again, true);
  p.telegram.take_all();
  EXPECT_EQ(p.telegram.log, (log{"1 old"}));
}

TEST(hold, is_what_a_slow_answer_waits_for_and_danger_does_not) {
  post p;
  auto slow = p.item(1, "slow");
  slow.row.due = p.now + 1min;
  p.enqueue(slow);
  p.say(2, "other");
  EXPECT_EQ(p.telegram.log, (log{"2 other"}));
  p.say(1, "110", bot::priority::danger);
  for (int i = 0; i < 3; ++i) p.telegram.take_all();
  EXPECT_EQ(p.telegram.log, (log{"2 other", "1 slow", "1 110"})) << "in order, and at once";
}

TEST(a_row, that_cannot_be_sent_says_why) {
  post p;
  auto off = p.item(1, "a");
  off.to.via = bot::channel::whatsapp;
  p.enqueue(std::move(off));
  EXPECT_EQ(p.last_record().code, "channel_off");
  auto lost = p.item(1, "a");
  lost.to.address.clear();
  p.enqueue(std::move(lost));
  EXPECT_EQ(p.last_record().code, "no_address");
  auto gone = p.item(1, "a");
  gone.to.reachable = false;
  p.enqueue(std::move(gone));
  EXPECT_EQ(p.last_record().code, "unreachable");
  auto broken = p.item(1, "");
  broken.unreadable = true;
  p.enqueue(std::move(broken));
  EXPECT_EQ(p.last_record().code, "unreadable");
  EXPECT_EQ(p.last_record().state, send_state::dead);
  p.say(1, "");
  EXPECT_EQ(p.last_record().code, "nothing_to_say");
  p.say(1, "unwritable");
  EXPECT_EQ(p.last_record().code, "unwritable");
  p.say(1, "b");
  EXPECT_EQ(p.telegram.log, (log{"1 b"})) << "and holds nobody back";
}

}  // namespace
}  // namespace delivery_test
