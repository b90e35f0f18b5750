// What the platform tells later of messages that it took: each by its row, in whatever order it comes.
#include "handlers/whatsapp/api.hpp"
#include "tests/turns/support.hpp"

namespace turns_test {
namespace {

using storage::send_result;
using told = bot::said::receipt::state;

class receipt : public testing::Test {
 protected:
  static job of(const std::string& message, told what, int code = 0) {
    bot::inbound in =
        from("", message + "/" + std::to_string(static_cast<int>(what)), bot::said::receipt{message, what, code});
    in.via = bot::channel::whatsapp;
    return {in, nullptr};
  }
  handlers::turns::outcome run(const std::vector<job>& jobs, const std::vector<send_result>& results = {},
                               bot::instant at = now) {
    return runner.run(jobs, results, at);
  }
  // A message of ours that waits for its result.
  storage::outbox_item answered(const std::string& address) {
    auto said = from(address, "m" + std::to_string(++serial), bot::said::text{"halo"});
    said.via = bot::channel::whatsapp;
    return run({{said, nullptr}}).to_send.at(0);
  }
  static send_result taken(const storage::outbox_item& item, const std::string& message) {
    send_result r;
    r.id = item.row.id;
    r.contact = item.to.contact;
    r.provider_id = message;
    r.has_receipts = true;
    return r;
  }
  std::int64_t rows_that_are(const std::string& state) { return store.outbox_counts()[state]; }

  store_with_faults store;
  handlers::turns::runner runner{store, book(), handlers::whatsapp::decide_code};
  int serial = 0;
};

TEST_F(receipt, read_may_come_before_delivered) {
  run({}, {taken(answered("628"), "wamid.A")});
  EXPECT_EQ(rows_that_are("sent"), 1);
  run({of("wamid.A", told::sent), of("wamid.A", told::read)});
  EXPECT_EQ(rows_that_are("read"), 1);
  run({of("wamid.A", told::delivered), of("wamid.A", told::read)});
  EXPECT_EQ(rows_that_are("read"), 1);
}

TEST_F(receipt, may_overtake_the_answer_to_its_own_call) {
  const auto item = answered("628");
  EXPECT_TRUE(run({of("wamid.A", told::delivered)}).durable[0]);
  EXPECT_EQ(rows_that_are("queued"), 1);
  run({}, {taken(item, "wamid.A")});
  EXPECT_EQ(rows_that_are("delivered"), 1);
  run({of("wamid.A", told::read)}, {taken(answered("628"), "wamid.B")});
  EXPECT_EQ(rows_that_are("read"), 1);
  EXPECT_EQ(rows_that_are("sent"), 1);
}

TEST_F(receipt, in_the_batch_of_the_result_counts) {
  run({of("wamid.A", told::delivered)}, {taken(answered("628"), "wamid.A")});
  EXPECT_EQ(rows_that_are("delivered"), 1);
}

TEST_F(receipt, that_came_early_survives_a_batch_that_was_not_kept) {
  const auto item = answered("628");
  run({of("wamid.A", told::delivered)});
  store.before_write = [](const storage::changes&) { throw storage::unavailable("full"); };
  run({}, {taken(item, "wamid.A")});
  store.before_write = [](const storage::changes&) {};
  run({}, {taken(item, "wamid.A")});
  EXPECT_EQ(rows_that_are("delivered"), 1);
}

TEST_F(receipt, of_a_message_that_is_not_ours_costs_nothing) {
  const auto out = run({of("wamid.foreign", told::delivered), of("wamid.foreign", told::failed, 131026)});
  EXPECT_TRUE(out.durable[0] && out.durable[1]);
  EXPECT_EQ(out.failed, 0u);
  EXPECT_TRUE(out.to_send.empty());
  EXPECT_TRUE(store.outbox_counts().empty());
}

TEST_F(receipt, without_recipient_is_as_good) {
  run({}, {taken(answered("628"), "wamid.A")});
  run({of("wamid.A", told::failed)});  // no recipient, no code
  EXPECT_EQ(rows_that_are("dead"), 1);
}

TEST_F(receipt, of_a_closed_window_sends_once_more_by_template) {
  const auto item = answered("628");
  run({}, {taken(item, "wamid.A")});
  const auto out = run({of("wamid.A", told::failed, 131047), of("wamid.A", told::failed, 131047)});
  ASSERT_EQ(out.to_send.size(), 1u);
  EXPECT_EQ(out.to_send[0].row.what, item.row.what);
  EXPECT_LT(out.to_send[0].to.window_until, now) << "so that a template goes, or nothing";
  EXPECT_EQ(store.destination_of(item.to.contact)->window_until, bot::instant{});
  EXPECT_EQ(rows_that_are("skipped"), 1);
  EXPECT_EQ(rows_that_are("queued"), 1);
  EXPECT_TRUE(run({of("wamid.A", told::failed, 131047)}).to_send.empty()) << "told again";
}

TEST_F(receipt, of_a_closed_window_is_out_of_date_when_the_person_writes) {
  run({}, {taken(answered("628"), "wamid.A")});
  auto said = from("628", "again", bot::said::text{"halo lagi"});
  said.via = bot::channel::whatsapp;
  const auto out = run({{said, nullptr}, of("wamid.A", told::failed, 131047)});
  EXPECT_EQ(store.destination_of(out.to_send.at(0).to.contact)->window_until, now + 24h);
}

TEST_F(receipt, of_nobody_there_marks_the_contact) {
  const auto item = answered("628");
  run({}, {taken(item, "wamid.A")});
  EXPECT_TRUE(run({of("wamid.A", told::failed, 131026)}).to_send.empty());
  EXPECT_FALSE(store.destination_of(item.to.contact)->reachable);
  EXPECT_EQ(rows_that_are("skipped"), 1);
  EXPECT_TRUE(answered("628").to.reachable) << "who writes can be written to";
}

TEST_F(receipt, of_a_passing_failure_sends_again_later_and_not_for_ever) {
  auto item = answered("628");
  std::size_t tries = 1;
  for (;; ++tries) {
    const std::string message = "wamid." + std::to_string(tries);
    run({}, {taken(item, message)});
    auto out = run({of(message, told::failed, 131056)});
    if (out.to_send.empty()) break;
    item = out.to_send[0];
    EXPECT_GE(item.row.due, now + 1min);
  }
  EXPECT_GE(tries, 2u);
  EXPECT_LE(tries, 6u);
  EXPECT_EQ(rows_that_are("dead"), 1);
  EXPECT_EQ(rows_that_are("queued"), 0);
}

TEST_F(receipt, of_a_refused_template_ends_it_with_a_reason) {
  run({}, {taken(answered("628"), "wamid.A")});
  EXPECT_TRUE(run({of("wamid.A", told::failed, 132015)}).to_send.empty());
  EXPECT_EQ(rows_that_are("dead"), 1);
}

}  // namespace
}  // namespace turns_test
