// The worker with everything around it played by hand: a platform that answers when the test says so, a clock that the
// test moves, a store that only lists.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "handlers/delivery/worker.hpp"

namespace delivery_test {

using namespace std::chrono_literals;
using handlers::delivery::worker;
using handlers::delivery::worker_options;
using std::chrono::milliseconds;
using storage::send_state;

class platform final : public handlers::channel {
 public:
  struct sending {
    std::string to, what, edits;
    std::function<void(handlers::platform_answer)> done;
  };

  explicit platform(handlers::pace p = {}) : pace_(p) {}

  std::vector<handlers::call> encode(const storage::destination& to, const handlers::rendered& message,
                                     bot::instant now, const handlers::send_differently* how) const override {
    const std::string text = message.text.empty() ? "" : message.text[0].text;
    if (text == "unwritable") throw std::runtime_error("a bug");
    if (text.empty()) return {};
    handlers::call one{to.address, text + (how != nullptr ? "/otherwise" : "") + "|" + message.edit_message_id};
    one.costs = now < to.window_until ? handlers::price::service : window_costs;
    return {std::move(one)};
  }
  handlers::send_result decide(const handlers::platform_answer&) const override { return verdict_; }
  void send(handlers::call c, std::function<void(handlers::platform_answer)> done) override {
    const auto bar = c.body.find('|');
    log.push_back(c.method + " " + c.body.substr(0, bar));
    under_way.push_back({c.method, c.body.substr(0, bar), c.body.substr(bar + 1), std::move(done)});
  }
  void fetch(std::string, std::uint64_t, std::function<void(handlers::fetched_file)> done) override { done({}); }
  handlers::pace speed() const override { return pace_; }
  bool can_edit() const override { return edits; }
  bool has_receipts() const override { return receipts; }
  bool edits = true;
  bool receipts = false;

  handlers::price window_costs = handlers::price::free;  // of what is said outside of a window

  // The platform's answer to the oldest message that is under way.
  void answer(handlers::send_result verdict, handlers::platform_answer how = {}) {
    ASSERT_FALSE(under_way.empty());
    verdict_ = std::move(verdict);
    auto first = std::move(under_way.front());
    under_way.erase(under_way.begin());
    first.done(std::move(how));
  }
  // Time-out: nobody knows whether it went.
  void be_silent() {
    answer(handlers::retry_later{.perhaps_sent = true}, {.what = handlers::platform_answer::fate::unknown});
  }
  void take_all() {
    while (!under_way.empty()) answer(handlers::sent{std::to_string(++message_id_)});
  }

  std::vector<sending> under_way;
  std::vector<std::string> log;  // "address text", as they went out

 private:
  handlers::pace pace_;
  handlers::send_result verdict_;
  int message_id_ = 0;
};

class post {
 public:
  explicit post(handlers::pace p = {}, worker_options o = {}, handlers::delivery::budget_options b = {})
      : telegram(p), spending(b, now, [this](const std::string& name) { return counters[name]; }), work(around(), o) {
    work.add_channel(bot::channel::telegram, telegram);
  }

  // `to` is the contact and, as text, the address.
  storage::outbox_item item(std::int64_t to, std::string text, bot::priority urgency = bot::priority::answer) {
    storage::outbox_item i;
    i.row.id = ++last_id_;
    i.row.contact = to;
    i.row.what.key = std::move(text);
    i.row.what.urgency = urgency;
    i.row.due = now;
    i.to.contact = to;
    i.to.address = std::to_string(to);
    return i;
  }
  storage::outbox_item edit(std::int64_t to, std::string text, std::string card, std::string known_message = {}) {
    auto i = item(to, std::move(text));
    i.row.what.edit_of = std::move(card);
    i.card_message = std::move(known_message);
    return i;
  }
  void enqueue(storage::outbox_item one) {
    std::vector<storage::outbox_item> all;
    all.push_back(std::move(one));
    work.enqueue(std::move(all));
  }
  void say(std::int64_t to, std::string text, bot::priority urgency = bot::priority::answer) {
    enqueue(item(to, std::move(text), urgency));
  }

  // Time passes, and the alarm rings when it was set.
  void pass(milliseconds time) {
    const auto end = steady + time;
    while (alarm && *alarm <= end) {
      const auto at = std::max(*alarm, steady);
      now += std::chrono::duration_cast<milliseconds>(at - steady);
      steady = at;
      alarm.reset();
      work.pump();
    }
    now += std::chrono::duration_cast<milliseconds>(end - steady);
    steady = end;
  }

  const storage::send_result& last_record() const { return records.back(); }

  platform telegram;
  bot::instant now{std::chrono::hours(24 * 365 * 56)};
  worker::steady::time_point steady{std::chrono::hours(1)};
  std::optional<worker::steady::time_point> alarm;
  std::vector<storage::send_result> records;
  std::vector<std::int64_t> fetches;
  double jitter = 0.5;
  std::map<std::string, std::int64_t> counters;
  handlers::delivery::budget spending;
  worker work;

 private:
  worker::surroundings around() {
    worker::surroundings a;
    a.spending = &spending;
    a.render = [](const bot::say& s, const storage::destination&) {
      handlers::rendered r;
      r.when_window_closed.essential = s.urgency <= bot::priority::high;
      if (!s.key.empty()) r.text = {{s.key}};
      return r;
    };
    a.record = [this](storage::send_result r) { records.push_back(std::move(r)); };
    a.now = [this] { return now; };
    a.wake_at = [this](worker::steady::time_point at) { alarm = at; };
    a.fetch = [this](std::int64_t after) { fetches.push_back(after); };
    a.jitter = [this] { return jitter; };
    a.steady_now = [this] { return steady; };
    return a;
  }
  std::int64_t last_id_ = 0;
};

using log = std::vector<std::string>;

}  // namespace delivery_test
