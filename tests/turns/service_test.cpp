// The storage thread: what it gathers, refuses, finishes, and how it lives through a store that is gone.
#include <atomic>
#include <future>
#include <thread>

#include "handlers/turns/service.hpp"
#include "tests/turns/support.hpp"

namespace turns_test {
namespace {

using handlers::turns::service;
using handlers::turns::service_options;

// A door that somebody waits at until the test opens it.
class gate {
 public:
  void wait() {
    if (!std::exchange(told_, true)) reached.set_value();
    open_.get_future().wait();
  }
  void open() { open_.set_value(); }
  std::promise<void> reached;

 private:
  std::promise<void> open_;
  bool told_ = false;
};

class storage_thread : public testing::Test {
 protected:
  std::unique_ptr<service> start(service_options o = {}) {
    auto s = std::make_unique<service>(
        store, book(), [] { return now; }, [](std::function<void()> work) { work(); },
        [this](std::vector<storage::outbox_item> items) { to_send += items.size(); }, o);
    s->start();
    return s;
  }
  static std::future<bool> submit(service& s, std::vector<job> jobs, bool* taken = nullptr) {
    const auto done = std::make_shared<std::promise<bool>>();
    const bool ok = s.submit(std::move(jobs), [done](bool durable) { done->set_value(durable); });
    if (taken != nullptr) *taken = ok;
    return done->get_future();
  }
  static bool durable(std::future<bool> f) {
    EXPECT_EQ(f.wait_for(20s), std::future_status::ready);
    return f.get();
  }

  store_with_faults store;
  std::atomic<std::size_t> to_send{0};
};

TEST_F(storage_thread, answers_a_body_once_all_of_it_is_durable) {
  const auto s = start();
  EXPECT_TRUE(durable(submit(*s, whole_report("9001"))));
  s->stop();
  EXPECT_EQ(s->figures().turns, 6u);
  EXPECT_EQ(store.list_reports({}).size(), 1u);
}

TEST_F(storage_thread, refuses_what_it_has_no_room_for) {
  gate busy;
  store.before_admit = [&, first = true]() mutable {
    if (std::exchange(first, false)) busy.wait();
  };
  const auto s = start({.most_waiting = 2, .most_bytes = 1000});
  auto first = submit(*s, {text("9001", "a", "halo")});
  busy.reached.get_future().wait();
  bool taken = false;
  auto second = submit(*s, {text("9001", "b", "halo")}, &taken);
  EXPECT_TRUE(taken);
  submit(*s, {text("9001", "c", "halo"), text("9001", "d", "halo")}, &taken);
  EXPECT_FALSE(taken) << "three would wait";
  submit(*s, {text("9001", "e", std::string(1000, 'x'))}, &taken);
  EXPECT_FALSE(taken) << "too many bytes";
  auto third = submit(*s, {text("9001", "f", "halo")}, &taken);
  EXPECT_TRUE(taken);
  busy.open();
  EXPECT_TRUE(durable(std::move(first)));
  EXPECT_TRUE(durable(std::move(second)));
  EXPECT_TRUE(durable(std::move(third)));
  s->stop();
  EXPECT_EQ(s->figures().batches, 2u) << "all that waited shared one commit";
}

TEST_F(storage_thread, finishes_what_it_took_and_takes_no_more) {
  gate busy;
  store.before_admit = [&, first = true]() mutable {
    if (std::exchange(first, false)) busy.wait();
  };
  const auto s = start({.batch = 1});
  auto first = submit(*s, {text("9001", "a", "halo")});
  busy.reached.get_future().wait();
  auto second = submit(*s, {text("9002", "b", "halo"), text("9003", "c", "halo")});
  s->record({});
  std::thread stopping([&] { s->stop(); });
  busy.open();
  stopping.join();
  EXPECT_TRUE(durable(std::move(first)));
  EXPECT_TRUE(durable(std::move(second)));
  bool taken = true;
  submit(*s, {text("9004", "d", "halo")}, &taken);
  EXPECT_FALSE(taken);
}

TEST_F(storage_thread, keeps_results_that_ride_alone) {
  const auto s = start();
  EXPECT_TRUE(durable(submit(*s, {text("9001", "a", "halo")})));
  std::promise<std::size_t> written;
  s->read([&](storage::store&) {
    store.before_write = [&](const storage::changes& c) { written.set_value(c.results.size()); };
  });
  s->record({});
  auto count = written.get_future();
  ASSERT_EQ(count.wait_for(20s), std::future_status::ready);
  EXPECT_EQ(count.get(), 1u);
  s->stop();
}

TEST_F(storage_thread, lives_through_a_store_that_is_gone_for_a_while) {
  std::atomic<bool> gone = true;
  std::atomic<int> results = 0;
  store.before_admit = [&] {
    if (gone) throw storage::unavailable("gone");
  };
  store.before_write = [&](const storage::changes& c) { results += static_cast<int>(c.results.size()); };
  const auto s = start({.retry_pause = 1ms});
  EXPECT_FALSE(durable(submit(*s, {text("9001", "a", "halo")})));
  EXPECT_FALSE(s->healthy());
  s->record({});
  gone = false;
  const auto limit = std::chrono::steady_clock::now() + 20s;
  while (!s->healthy() && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
  EXPECT_TRUE(s->healthy()) << "without any message";
  EXPECT_TRUE(durable(submit(*s, {text("9001", "a", "halo")})));
  s->stop();
  EXPECT_EQ(results, 1) << "no result is lost";
  EXPECT_EQ(s->figures().turns, 1u);
}

TEST_F(storage_thread, answers_those_who_wait_although_the_timers_cannot_be_read) {
  std::atomic<bool> gone = true;
  store.before_timers = [&] {
    if (gone) throw storage::unavailable("gone");
  };
  const auto s = start({.timer_check = 1ms, .retry_pause = 1ms});
  EXPECT_TRUE(durable(submit(*s, {text("9001", "a", "halo")})));
  s->stop();
}

TEST_F(storage_thread, reads_again_what_it_could_not_read) {
  std::atomic<int> tries = 0;
  const auto s = start({.retry_pause = 1ms});
  std::promise<void> read;
  s->read([](storage::store&) { throw std::logic_error("a bug, once"); });
  s->read([&](storage::store&) {
    if (++tries < 3) throw storage::unavailable("gone");
    read.set_value();
  });
  ASSERT_EQ(read.get_future().wait_for(20s), std::future_status::ready);
  EXPECT_EQ(tries, 3);
  s->stop();
}

TEST_F(storage_thread, stops_although_the_store_is_gone) {
  store.before_admit = [] { throw storage::unavailable("gone"); };
  const auto s = start({.retry_pause = 1ms});
  s->record({});
  EXPECT_FALSE(durable(submit(*s, {text("9001", "a", "halo")})));
  s->stop();
}

TEST_F(storage_thread, serves_many_threads) {
  const auto s = start();
  constexpr int threads = 8, each = 40;
  std::atomic<int> kept = 0;
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t)
    all.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) {
        const std::string id = std::to_string(t) + "-" + std::to_string(i);
        if (durable(submit(*s, {text("9" + std::to_string(t), id, "halo")}))) ++kept;
        s->record({});
        s->figures();
      }
    });
  for (auto& t : all) t.join();
  s->stop();
  EXPECT_EQ(kept, threads * each);
  EXPECT_EQ(s->figures().turns, static_cast<std::uint64_t>(threads * each));
  EXPECT_EQ(store.unsent(0, 10000).size(), to_send.load());
}

TEST_F(storage_thread, erases_between_two_batches) {
  store.add_invite({"masuk-00000000000000000001", "POLSEK-GADINGREJO", "petugas"}, now - 1h);
  const auto s = start({.timer_check = 1ms, .purge_pause = 0ms, .purge_round = 1h});
  const auto until = std::chrono::steady_clock::now() + 20s;
  while (s->figures().purge_rounds == 0 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  s->stop();
  EXPECT_EQ(s->figures().purge_rounds, 1u);
  EXPECT_EQ(s->figures().purged.invites, 1u);
}

TEST_F(storage_thread, gives_a_second_chance_to_what_staff_ordered) {
  const std::string poison = "masuk-00000000000000000001";
  std::atomic<bool> broken = true;
  store.before_invites = [&] {
    if (broken) throw std::logic_error("a bug");
  };
  std::promise<void> done;
  const auto s = std::make_unique<service>(
      store, book(), [] { return now; }, [](std::function<void()> work) { work(); },
      [&](std::vector<storage::outbox_item> items) {
        to_send += items.size();
        for (const auto& item : items)
          if (item.row.what.key == "officer.bad_invite") done.set_value();
      },
      service_options{.timer_check = 1ms});
  s->replay_with([](const storage::kept_inbound& kept) {
    auto again = text("9001", "a", kept.raw.substr(4));
    again.replays = kept.id;
    return std::vector<job>{again};
  });
  s->start();
  EXPECT_TRUE(durable(submit(*s, {text("9001", "a", poison)})));
  broken = false;
  s->read([](storage::store& st) { st.order_replay(st.failed(0, 1).at(0).id); });
  EXPECT_EQ(done.get_future().wait_for(20s), std::future_status::ready);
  s->stop();
  EXPECT_TRUE(store.failed(0, 10).empty());
  EXPECT_EQ(to_send, 2u) << "whom to call, and then the answer";
}

}  // namespace
}  // namespace turns_test
