// The outbox worker: a lane for each destination, in order, one message of a lane under way at a time; danger before
// answers across lanes; token buckets per channel and chat. Lives on the IO thread. It owns nothing durable: rows are
// committed before they come here, and every result goes back to the store.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

#include "handlers/channel.hpp"
#include "handlers/delivery/bucket.hpp"
#include "handlers/delivery/budget.hpp"
#include "storage/store.hpp"

namespace handlers::delivery {

struct worker_options {
  std::size_t under_way = 128;                  // calls at once, each channel
  std::size_t most_waiting = 20000;             // rows in memory; what is above stays in the store until there is room
  std::chrono::milliseconds first_pause{1000};  // after a failed attempt, doubled each time, with jitter
  std::chrono::milliseconds longest_pause{120000};
  int most_attempts = 500;  // then the row is dead, with the last code: more than half a day of an outage
};

struct worker_figures {
  std::size_t waiting = 0, under_way = 0, lanes = 0;
  std::chrono::seconds oldest{0};  // how long the oldest waiting message could have gone; 0: none waits
  std::uint64_t sent = 0, retried = 0, skipped = 0, dead = 0;
};

class worker {
 public:
  using steady = std::chrono::steady_clock;
  struct surroundings {
    std::function<rendered(const bot::say&, const storage::destination&)> render;
    std::function<void(storage::send_result)> record;
    std::function<bot::instant()> now;
    std::function<void(steady::time_point)> wake_at;  // call pump() at that time, replacing an earlier wish
    std::function<void(std::int64_t after)> fetch;    // refill() with the rows of the store that follow this id
    std::function<double()> jitter;                   // 0..1
    std::function<steady::time_point()> steady_now = steady::now;
    budget* spending = nullptr;  // null: nothing costs anything; outlives the worker
  };

  worker(surroundings, worker_options = {});

  void add_channel(bot::channel, channel&);         // before the first message; the channel outlives the worker
  void enqueue(std::vector<storage::outbox_item>);  // just committed
  void refill(std::vector<storage::outbox_item>, bool is_all);  // from the store: after a start or an overflow
  void pump();                                                  // sends what may be sent now
  bool waits(std::int64_t contact) const;                       // something for this contact could not go yet
  bool idle() const;                                            // nothing left but what has to wait
  worker_figures figures() const;

 private:
  static constexpr std::size_t priorities = 4;
  static constexpr std::size_t unlisted = priorities;

  struct lane {
    explicit lane(bucket b) : tokens(b) {}
    std::size_t urgency() const;  // of its most urgent message: what stands before that one has to go first
    std::deque<storage::outbox_item> waiting;
    std::array<std::size_t, priorities> by_urgency{};  // how many of `waiting`
    bucket tokens;
    bool busy = false;                // one of its messages is under way
    std::size_t listed = unlisted;    // the ready queue that counts; it may still stand in a less urgent one
    steady::time_point not_before{};  // the platform wants it so
    steady::time_point held_until{};  // we want it so; danger does not wait for it
    bot::instant window_until{};      // as the newest message knows it: somebody may have written since the others
  };
  struct line {  // one channel
    channel* out = nullptr;
    bucket tokens{0, 1};
    std::size_t under_way = 0;
    std::size_t ready_lanes = 0;
    bool stopped = false;  // by a 401 and the like, until the next start
    steady::time_point not_before{};
    std::array<std::deque<std::int64_t>, priorities> ready;
  };
  struct attempt;
  struct dead_end {
    storage::send_state state;
    const char* why;
  };

  void take(storage::outbox_item);
  bool replaces_waiting_edit(lane&, storage::outbox_item&);
  void push(lane&, storage::outbox_item, bool in_front);
  storage::outbox_item pop(lane&);
  void list(std::int64_t contact, lane&);
  void unlist(lane&, line&);
  void pump(line&, steady::time_point now);
  void begin(lane&, line&, steady::time_point now);
  std::optional<dead_end> write(attempt&, const send_differently* how);
  void next_call(const std::shared_ptr<attempt>&);
  void answered(const std::shared_ptr<attempt>&, const platform_answer&);
  static bool may_come_twice(const attempt&);
  void count(attempt&);
  void otherwise(const std::shared_ptr<attempt>&, const send_differently* how);
  void move(const std::shared_ptr<attempt>&, const std::string& address);
  void again(const std::shared_ptr<attempt>&, std::chrono::milliseconds pause, bool perhaps_sent, int code);
  void finish(const std::shared_ptr<attempt>&, storage::send_state, std::string code, bool unreachable = false);
  void skip(const storage::outbox_item&, storage::send_state, const char* why);
  void remember_card(std::int64_t contact, const std::string& card, const std::string& message);

  surroundings around_;
  worker_options options_;
  std::map<bot::channel, line> lines_;
  std::unordered_map<std::int64_t, lane> lanes_;
  std::size_t waiting_ = 0;
  std::size_t under_way_ = 0;
  bool overflowed_ = false;  // newer rows than last_taken_ wait in the store
  bool fetching_ = false;
  bool pumping_ = false;
  bool pump_again_ = false;  // something became ready while pumping
  std::int64_t last_taken_ = 0;
  steady::time_point wake_ = steady::time_point::max();
  using card_name = std::pair<std::int64_t, std::string>;  // contact, card
  std::map<card_name, std::string> cards_;  // sent of late by this process: the store may not know them yet
  std::deque<card_name> card_order_;        // oldest first
  using wish = std::pair<steady::time_point, std::int64_t>;  // when, lane
  std::priority_queue<wish, std::vector<wish>, std::greater<>> sleeping_;
  worker_figures figures_;
};

}  // namespace handlers::delivery
