// What the platform's answers do: again, otherwise, elsewhere, never; and cards that change.
#include "tests/delivery/support.hpp"

namespace delivery_test {
namespace {

using handlers::retry_later;

TEST(again, holds_its_chat_with_growing_pauses) {
  post p({}, {.first_pause = 1s, .longest_pause = 8s});
  p.say(1, "a");
  p.say(1, "b");
  for (const auto pause : {1000ms, 2000ms, 4000ms, 8000ms, 8000ms}) {  // jitter 0.5 is the middle: exactly the pause
    p.telegram.answer(retry_later{});
    EXPECT_EQ(p.last_record().state, send_state::queued);
    EXPECT_EQ(p.last_record().next_attempt, p.now + pause);
    const auto before = p.telegram.log.size();
    p.pass(pause - 1ms);
    EXPECT_EQ(p.telegram.log.size(), before);
    p.pass(2ms);
    EXPECT_EQ(p.telegram.log.size(), before + 1);
  }
  p.telegram.take_all();
  EXPECT_EQ(p.telegram.log.back(), "1 b") << "order held";
}

TEST(again, jitter_stays_within_a_quarter) {
  for (const double jitter : {0.0, 1.0}) {
    post p({}, {.first_pause = 1s});
    p.jitter = jitter;
    p.say(1, "a");
    p.telegram.answer(retry_later{});
    EXPECT_EQ(p.last_record().next_attempt, p.now + (jitter < 0.5 ? 750ms : 1250ms));
  }
}

TEST(again, a_chat_that_is_too_fast_waits_alone) {
  post p;
  p.jitter = 0;
  p.say(1, "a");
  p.telegram.answer(retry_later{retry_later::scope::chat, 7s, false, 429});
  p.say(2, "b");
  EXPECT_EQ(p.telegram.log, (log{"1 a", "2 b"}));
  p.pass(6999ms);
  EXPECT_EQ(p.telegram.log.size(), 2u);
  p.pass(2ms);
  EXPECT_EQ(p.telegram.log.back(), "1 a");
  EXPECT_EQ(p.records[0].code, "again_429");
}

TEST(again, a_channel_that_is_too_fast_waits_as_a_whole) {
  post p;
  p.jitter = 0;
  p.say(1, "a");
  p.telegram.answer(retry_later{retry_later::scope::channel, 7s, false, 429});
  p.say(2, "b");
  EXPECT_EQ(p.telegram.log, (log{"1 a"}));
  EXPECT_TRUE(p.work.idle()) << "a stop does not wait for it";
  p.pass(7001ms);
  EXPECT_EQ(p.telegram.log.size(), 3u);
}

TEST(again, what_may_have_arrived_is_uncertain_and_repeated) {
  post p;
  p.say(1, "a");
  p.telegram.answer(retry_later{retry_later::scope::chat, 0s, true, 0});
  EXPECT_EQ(p.last_record().state, send_state::uncertain);
  p.pass(2s);
  EXPECT_EQ(p.telegram.log, (log{"1 a", "1 a"}));
  p.telegram.take_all();
  EXPECT_EQ(p.last_record().state, send_state::sent);
}

TEST(again, has_an_end) {
  post p({}, {.first_pause = 1s, .longest_pause = 1s, .most_attempts = 3});
  p.say(1, "a");
  p.say(1, "b");
  for (int i = 0; i < 3; ++i) {
    p.telegram.answer(retry_later{retry_later::scope::chat, 0s, false, 500});
    p.pass(2s);
  }
  EXPECT_EQ(p.telegram.log, (log{"1 a", "1 a", "1 a", "1 b"}));
  EXPECT_EQ(p.work.figures().dead, 1u);
  EXPECT_TRUE(std::any_of(p.records.begin(), p.records.end(),
                          [](const auto& r) { return r.state == send_state::dead && r.code == "gave_up_500"; }));
}

TEST(an_answer, that_refuses_ends_the_message_only) {
  post p;
  p.say(1, "a");
  p.say(1, "b");
  p.telegram.answer(handlers::rejected{400, false});
  EXPECT_EQ(p.last_record().code, "rejected_400");
  EXPECT_EQ(p.last_record().state, send_state::dead);
  EXPECT_EQ(p.telegram.log.back(), "1 b");
}

TEST(an_answer, that_there_is_nothing_left_to_say_leaves_the_reason_for_staff) {
  post p;
  p.say(1, "a");
  p.say(1, "b");
  p.telegram.answer(handlers::needless{"notice_gone"});
  EXPECT_EQ(p.records[0].state, send_state::skipped);
  EXPECT_EQ(p.records[0].code, "notice_gone");
  EXPECT_EQ(p.telegram.log.back(), "1 b") << "what follows is not held up";
}

TEST(an_answer, of_403_ends_the_whole_chat_and_is_on_record) {
  post p;
  p.say(1, "a");
  p.say(1, "b");
  p.telegram.answer(handlers::unreachable{403});
  ASSERT_EQ(p.records.size(), 2u);
  EXPECT_EQ(p.records[0].code, "unreachable_403");
  EXPECT_TRUE(p.records[0].unreachable);
  EXPECT_EQ(p.records[1].code, "unreachable");
  EXPECT_EQ(p.telegram.log, (log{"1 a"}));
  EXPECT_TRUE(p.work.idle());
}

TEST(an_answer, of_a_new_address_is_followed_and_on_record) {
  post p;
  p.say(1, "a");
  p.say(1, "b");
  p.telegram.answer(handlers::moved_away{"-1002"});
  EXPECT_EQ(p.telegram.log.back(), "-1002 a");
  p.telegram.take_all();
  EXPECT_EQ(p.telegram.log.back(), "-1002 b") << "what waited goes there too";
  EXPECT_EQ(p.records[0].moved_to, "-1002");
  p.say(1, "c");
  p.telegram.answer(handlers::moved_away{"-1002"});
  p.telegram.answer(handlers::moved_away{"-1003"});
  EXPECT_EQ(p.last_record().code, "moved_twice");
}

TEST(an_answer, to_say_it_differently_is_followed_once) {
  post p;
  p.say(1, "a");
  p.telegram.answer(handlers::send_differently{});
  EXPECT_EQ(p.telegram.log.back(), "1 a/otherwise");
  p.telegram.answer(handlers::send_differently{});
  EXPECT_EQ(p.last_record().code, "refused_twice");
}

TEST(an_answer, of_401_stops_the_channel_and_keeps_everything) {
  post p({}, {.most_attempts = 1});
  p.say(1, "a");
  p.say(2, "b");
  p.telegram.answer(handlers::stop_channel{401});
  p.telegram.take_all();
  p.say(3, "c");
  p.pass(24h);
  EXPECT_EQ(p.telegram.log, (log{"1 a", "2 b"}));
  EXPECT_EQ(p.work.figures().dead, 0u);
  EXPECT_EQ(p.work.figures().waiting, 2u);
  EXPECT_TRUE(p.work.idle());
}

TEST(a_card, that_was_just_sent_can_be_changed) {
  post p;
  auto card = p.item(7, "card");
  card.row.what.card = "case:L1";
  p.enqueue(std::move(card));
  p.enqueue(p.edit(7, "change", "case:L1"));
  p.telegram.answer(handlers::sent{"4711"});
  ASSERT_EQ(p.telegram.under_way.size(), 1u);
  EXPECT_EQ(p.telegram.under_way[0].edits, "4711");
  EXPECT_EQ(p.last_record().card, "case:L1");
  EXPECT_EQ(p.last_record().provider_id, "4711");
}

TEST(a_card, from_before_a_restart_is_changed_where_the_store_knows_it) {
  post p;
  p.enqueue(p.edit(7, "change", "case:L1", "4711"));
  EXPECT_EQ(p.telegram.under_way[0].edits, "4711");
}

TEST(a_card, shows_only_the_newest_of_several_unsent_changes) {
  post p;
  p.say(7, "first");
  p.enqueue(p.edit(7, "old", "case:L1", "4711"));
  p.enqueue(p.edit(7, "other card", "case:L2", "4712"));
  p.enqueue(p.edit(7, "newer", "case:L1", "4711"));
  p.enqueue(p.edit(7, "newest", "case:L1", "4711"));
  EXPECT_EQ(p.records.size(), 2u);
  for (const auto& r : p.records) EXPECT_EQ(r.code, "replaced");
  for (int i = 0; i < 3; ++i) p.telegram.take_all();
  EXPECT_EQ(p.telegram.log, (log{"7 first", "7 newest", "7 other card"}));
}

TEST(a_card, keeps_the_change_that_is_under_way) {
  post p;
  p.enqueue(p.edit(7, "old", "case:L1", "4711"));
  p.enqueue(p.edit(7, "new", "case:L1", "4711"));
  p.telegram.take_all();
  EXPECT_EQ(p.telegram.log, (log{"7 old", "7 new"}));
}

}  // namespace
}  // namespace delivery_test
