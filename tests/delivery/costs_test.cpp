// What costs money: counted, held back when the month's budget is used up, and never sent twice on a guess.
#include "tests/delivery/support.hpp"

namespace delivery_test {
namespace {

using handlers::price;

TEST(silence, answers_and_110_are_repeated) {
  post p;
  p.telegram.window_costs = price::service;
  p.say(1, "answer");
  p.telegram.be_silent();
  EXPECT_EQ(p.last_record().state, send_state::uncertain);
  p.pass(2s);
  EXPECT_EQ(p.telegram.log, (log{"1 answer", "1 answer"}));
}

TEST(silence, a_paid_template_is_not_repeated_but_told_to_staff) {
  post p;
  p.telegram.window_costs = price::paid;
  p.say(1, "card", bot::priority::other);
  p.say(1, "next", bot::priority::other);
  p.telegram.be_silent();
  EXPECT_EQ(p.last_record().state, send_state::dead);
  EXPECT_EQ(p.last_record().code, "perhaps_sent");
  p.pass(1h);
  EXPECT_EQ(p.telegram.log, (log{"1 card", "1 next"})) << "and holds nobody back";
}

TEST(silence, an_urgent_card_comes_rather_twice_than_never) {
  post p;
  p.telegram.window_costs = price::paid;
  p.say(1, "card", bot::priority::high);
  p.telegram.be_silent();
  p.pass(2s);
  EXPECT_EQ(p.telegram.log, (log{"1 card", "1 card"}));
}

TEST(silence, a_code_is_told_once) {
  post p;
  auto pin = p.item(1, "pin");
  pin.row.what.once = true;
  p.enqueue(std::move(pin));
  p.telegram.be_silent();
  EXPECT_EQ(p.last_record().code, "perhaps_sent");
  p.pass(1h);
  EXPECT_EQ(p.telegram.log, (log{"1 pin"}));
}

TEST(silence, a_refusal_that_says_later_is_no_guess) {
  post p;
  p.telegram.window_costs = price::paid;
  p.say(1, "card", bot::priority::other);
  p.telegram.answer(handlers::retry_later{.perhaps_sent = true, .code = 131016});
  p.pass(2s);
  EXPECT_EQ(p.telegram.log, (log{"1 card", "1 card"}));
}

TEST(window, the_newest_message_knows_whether_it_is_open) {
  post p;
  p.telegram.window_costs = price::paid;
  p.say(1, "under way");
  p.say(1, "waiting");  // queued when nobody had written for a day
  auto answer = p.item(1, "answer");
  answer.to.window_until = p.now + 24h;
  p.enqueue(std::move(answer));  // the person has just written
  for (int i = 0; i < 3; ++i) p.telegram.take_all();
  EXPECT_EQ(p.spending.figures().paid, 1);
  EXPECT_EQ(p.spending.figures().service, 2);
}

TEST(spending, is_counted_with_the_result_and_by_month_of_the_area) {
  post p;
  p.telegram.receipts = true;
  p.now = bot::instant{std::chrono::milliseconds{1796057999000}};  // 2026-11-30, 23:59:59 in Pasuruan
  p.telegram.window_costs = price::paid;
  p.say(1, "a");
  p.telegram.take_all();
  EXPECT_EQ(p.last_record().counter, "whatsapp:2026-11:template");
  EXPECT_EQ(p.last_record().counted, 1);
  EXPECT_TRUE(p.last_record().has_receipts);
  p.pass(2s);
  p.say(1, "b");
  p.telegram.take_all();
  EXPECT_EQ(p.last_record().counter, "whatsapp:2026-12:template");
  EXPECT_EQ(p.spending.figures().paid, 1);
  p.telegram.window_costs = price::service;
  p.say(1, "c");
  p.telegram.take_all();
  EXPECT_EQ(p.last_record().counter, "whatsapp:2026-12:service");
  p.say(1, "refused");
  p.telegram.answer(handlers::rejected{100});
  EXPECT_EQ(p.last_record().counter, "");
}

TEST(spending, free_text_costs_only_what_is_above_the_free_part) {
  handlers::delivery::budget b({.most_paid = 10, .free_service = 1000}, bot::instant{std::chrono::hours(490000)},
                               [](const std::string& name) { return name.ends_with(":service") ? 1005 : 4; });
  EXPECT_EQ(b.figures().paid, 9);
  EXPECT_FALSE(b.figures().terse);
  b.took(price::service, bot::instant{std::chrono::hours(490000)});
  EXPECT_TRUE(b.figures().terse);
}

TEST(spending, used_up_leaves_what_cannot_wait) {
  post p({}, {}, {.most_paid = 2});
  p.telegram.window_costs = price::paid;
  for (const char* text : {"a", "b", "c"}) p.say(1, text);
  p.say(1, "urgent card", bot::priority::high);
  p.say(1, "110", bot::priority::danger);
  auto free_text = p.item(2, "answer");
  free_text.to.window_until = p.now + 1h;
  p.enqueue(std::move(free_text));
  for (int i = 0; i < 5; ++i) p.telegram.take_all();
  std::vector<std::string> sent = p.telegram.log;
  std::sort(sent.begin(), sent.end());
  EXPECT_EQ(sent, (log{"1 110", "1 a", "1 b", "1 urgent card", "2 answer"}));
  EXPECT_TRUE(std::any_of(p.records.begin(), p.records.end(),
                          [](const auto& r) { return r.state == send_state::skipped && r.code == "budget_used_up"; }));
  EXPECT_TRUE(p.spending.figures().terse);
  p.pass(24h * 20);  // the next month
  p.say(1, "d");
  p.telegram.take_all();
  EXPECT_EQ(p.telegram.log.back(), "1 d");
}

}  // namespace
}  // namespace delivery_test
