// Telegram groups that the bot was invited to: bound by a unit's code, or left after a while.
#include "tests/turns/support.hpp"

namespace turns_test {
namespace {

class invited_group : public testing::Test {
 protected:
  std::vector<storage::outbox_item> run(bot::inbound in, bot::instant at = now) {
    const job j{std::move(in), nullptr};
    return runner.run(std::span(&j, 1), {}, at).to_send;
  }
  static bot::inbound in_group(const std::string& id, bot::payload what) {
    auto in = from("-1001", id, std::move(what));
    in.person = "900";
    in.group = true;
    return in;
  }
  std::vector<storage::outbox_item> join() {
    return run(in_group("joined", bot::said::reach{bot::said::reach::change::joined_group}));
  }
  std::vector<storage::outbox_item> when_time_is_up() {
    std::vector<storage::outbox_item> all;
    for (const auto& due : store.due_timers(now + book().limits.leave_group_after, 10))
      for (auto& item : run(due, due.sent_at)) all.push_back(std::move(item));
    return all;
  }

  store_with_faults store;
  handlers::turns::runner runner{store, book()};
};

TEST_F(invited_group, is_left_politely_when_no_unit_binds_it) {
  ASSERT_EQ(join().at(0).row.what.key, "answer.not_in_group");
  EXPECT_TRUE(store.due_timers(now + book().limits.leave_group_after - 1min, 10).empty());
  const auto last = when_time_is_up();
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(last[0].row.what.key, "answer.leaves_group");
  EXPECT_TRUE(last[0].row.what.leaves);
}

TEST_F(invited_group, stays_when_a_unit_has_bound_it) {
  join();
  store.add_invite({"masuk-00000000000000000002", "POLSEK-TAMAN", "petugas"}, now + 24h);
  run(in_group("code", bot::said::text{"masuk-00000000000000000002"}));
  EXPECT_TRUE(when_time_is_up().empty());
}

}  // namespace
}  // namespace turns_test
