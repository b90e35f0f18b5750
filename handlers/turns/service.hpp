// The storage thread: gathers all that waits into one batch, runs it, and says what became of it. Everything that
// changes the store comes through here: messages, due timers, results of sending.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "handlers/turns/runner.hpp"

namespace handlers::turns {

struct service_options {
  std::size_t most_waiting = 4096;            // messages; more are refused, the platforms redeliver
  std::size_t most_bytes = 32 * 1024 * 1024;  // of raw bodies that wait
  std::size_t batch = 256;
  std::chrono::milliseconds results_wait{5};  // how long results of sending wait for a message to ride with
  std::chrono::milliseconds timer_check{500};
  std::chrono::milliseconds purge_pause{200};      // between two slices of erasing what had its time
  std::chrono::milliseconds purge_round{3600000};  // between two rounds through everything
  std::chrono::milliseconds retry_pause{200};      // after a batch that the store refused
  code_table codes;                                // what the failures mean that receipts tell of
};

struct service_figures {
  std::uint64_t batches = 0, messages = 0, turns = 0, duplicates = 0, failed = 0, not_kept = 0;
  std::size_t waiting = 0;
  storage::purged purged;  // since the start
  std::uint64_t purge_rounds = 0;
};

class service {
 public:
  using clock = std::function<bot::instant()>;
  // Called on the IO thread, once: true when every job of the submission has its fate on disk.
  using completion = std::function<void(bool durable)>;
  // Brings work to the IO thread; must be callable from the storage thread.
  using poster = std::function<void(std::function<void()>)>;
  using sender = std::function<void(std::vector<storage::outbox_item>)>;  // on the IO thread
  // The messages of a body that is kept, each with `replays`; none when it cannot be read any more.
  using reader = std::function<std::vector<job>(const storage::kept_inbound&)>;
  using observer = std::function<void(std::size_t batch, std::chrono::microseconds took)>;  // on the storage thread

  using timing = std::function<void(std::chrono::microseconds)>;

  service(storage::store&, const bot::handbook&, clock, poster, sender, service_options = {});
  ~service();
  service(const service&) = delete;
  service& operator=(const service&) = delete;

  void observe(observer o) { observer_ = std::move(o); }  // before start()
  // Before start(): told on the storage thread how long each submission waited for its fate on disk.
  void time_submissions(timing t) { timing_ = std::move(t); }
  void replay_with(reader r) { reader_ = std::move(r); }  // before start(); without it no replay is done
  // Before start(): told on the IO thread after a batch that wants or drops files.
  void on_media(std::function<void()> told) { on_media_ = std::move(told); }
  void start();
  // From any thread. False, and nothing is kept, when too much waits already or the service is stopping.
  bool submit(std::vector<job> jobs, completion done);
  void record(storage::send_result result);
  void wake();  // the clock jumped (demo)
  // Runs `work` on the storage thread between two batches: for what only reads, or writes by a call of its own. Done
  // again from its beginning when the store was unavailable.
  void read(std::function<void(storage::store&)> work);

  void stop();  // finishes all that was taken, then joins; later calls do nothing
  service_figures figures() const;
  bool healthy() const { return healthy_.load(); }  // the last batch was kept

 private:
  struct submission {
    completion done;
    std::size_t left = 0;
    bool durable = true;
    std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
  };
  struct waiting_job {
    job what;
    std::shared_ptr<submission> of;  // null for a timer
  };

  void loop();
  bool gather(std::vector<waiting_job>&, std::vector<storage::send_result>&,
              std::vector<std::function<void(storage::store&)>>&);
  void run_between(const std::function<void(storage::store&)>&);
  bool run_batch(std::vector<waiting_job>& batch, std::vector<storage::send_result>& results);  // all was kept
  void take_due_timers(std::vector<waiting_job>& batch);
  void replay_ordered();
  void erase_old();

  storage::store& store_;
  runner runner_;
  const bot::retention& keep_;
  clock now_;
  poster post_;
  sender send_;
  observer observer_;
  timing timing_;
  reader reader_;
  std::function<void()> on_media_;
  service_options options_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<waiting_job> waiting_;
  std::vector<storage::send_result> results_;
  std::vector<std::function<void(storage::store&)>> between_;
  std::size_t waiting_bytes_ = 0;
  bool stopping_ = false;
  bool woken_ = false;
  std::atomic<bool> healthy_{true};
  service_figures figures_;
  std::chrono::steady_clock::time_point next_timer_check_{};  // storage thread only, as those below
  std::chrono::steady_clock::time_point next_replay_check_{};
  std::chrono::steady_clock::time_point next_purge_{};
  std::thread thread_;
};

}  // namespace handlers::turns
