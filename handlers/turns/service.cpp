#include "handlers/turns/service.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace handlers::turns {

service::service(storage::store& store, const bot::handbook& book, clock now, poster post, sender send,
                 service_options o)
    : store_(store),
      runner_(store, book, o.codes),
      keep_(book.keep),
      now_(std::move(now)),
      post_(std::move(post)),
      send_(std::move(send)),
      options_(std::move(o)) {}

service::~service() { stop(); }

void service::start() {
  thread_ = std::thread([this] { loop(); });
}

bool service::submit(std::vector<job> jobs, completion done) {
  std::size_t bytes = 0;
  for (const auto& j : jobs) bytes += j.raw ? j.raw->size() : 0;
  const auto of = std::make_shared<submission>();
  of->done = std::move(done);
  of->left = jobs.size();
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() + jobs.size() > options_.most_waiting ||
        waiting_bytes_ + bytes > options_.most_bytes)
      return false;
    first = waiting_.empty();
    for (auto& j : jobs) waiting_.push_back({std::move(j), of});
    waiting_bytes_ += bytes;
  }
  if (first) changed_.notify_one();
  return true;
}

void service::record(storage::send_result result) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = results_.empty() && waiting_.empty();
    results_.push_back(std::move(result));
  }
  if (first) changed_.notify_one();
}

void service::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void service::read(std::function<void(storage::store&)> work) {
  {
    const std::lock_guard lock(mutex_);
    between_.push_back(std::move(work));
  }
  changed_.notify_one();
}

void service::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

service_figures service::figures() const {
  const std::lock_guard lock(mutex_);
  service_figures f = figures_;
  f.waiting = waiting_.size();
  return f;
}

void service::loop() {
  std::vector<waiting_job> batch;
  std::vector<storage::send_result> results;
  std::vector<std::function<void(storage::store&)>> between;
  while (gather(batch, results, between)) {
    try {
      while (!between.empty()) {
        run_between(between.front());
        between.erase(between.begin());
      }
      take_due_timers(batch);
    } catch (const storage::unavailable& e) {
      spdlog::error("the store was not read: {}", e.what());
      healthy_ = false;
      const std::lock_guard lock(mutex_);
      between_.insert(between_.begin(), std::make_move_iterator(between.begin()),
                      std::make_move_iterator(between.end()));
    }
    between.clear();
    // An empty batch asks a store that has refused whether it is back.
    if (!batch.empty() || !results.empty() || !healthy_) run_batch(batch, results);
    batch.clear();
    if (healthy_) {
      replay_ordered();
      erase_old();
    }
  }
}

// Waits for something to do and takes it; false: stopping, and everything that was taken is done.
bool service::gather(std::vector<waiting_job>& batch, std::vector<storage::send_result>& results,
                     std::vector<std::function<void(storage::store&)>>& between) {
  std::unique_lock lock(mutex_);
  const auto something = [&] {
    return !waiting_.empty() || !results_.empty() || !between_.empty() || stopping_ || woken_;
  };
  if (healthy_) {
    const bool more_timers = next_timer_check_ == std::chrono::steady_clock::time_point{};
    if (!more_timers) changed_.wait_for(lock, options_.timer_check, something);
    // Results alone can wait a moment: one commit then serves them and the next messages.
    if (waiting_.empty() && between_.empty() && !results_.empty() && !stopping_ && !woken_)
      changed_.wait_for(lock, options_.results_wait,
                        [&] { return !waiting_.empty() || !between_.empty() || stopping_ || woken_; });
  } else {
    // A store that refuses is asked again soon, not at once and for ever; those who wait for an answer get it at once.
    changed_.wait_for(lock, options_.retry_pause, [&] { return !waiting_.empty() || stopping_; });
  }
  if (std::exchange(woken_, false)) next_timer_check_ = {};
  if (stopping_ && waiting_.empty() && (!healthy_ || (between_.empty() && results_.empty()))) return false;
  between.swap(between_);
  const std::size_t count = std::min(waiting_.size(), options_.batch);
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
  batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  for (const auto& w : batch) waiting_bytes_ -= w.what.raw ? w.what.raw->size() : 0;
  results.swap(results_);
  return true;
}

void service::run_between(const std::function<void(storage::store&)>& work) {
  try {
    work(store_);
  } catch (const storage::unavailable&) {
    throw;
  } catch (const std::exception& e) {
    spdlog::error("work on the store failed: {}", e.what());
  }
}

void service::take_due_timers(std::vector<waiting_job>& batch) {
  const auto steady = std::chrono::steady_clock::now();
  if (steady < next_timer_check_) return;
  next_timer_check_ = steady + options_.timer_check;
  auto due = store_.due_timers(now_(), options_.batch);
  if (due.size() == options_.batch) next_timer_check_ = {};  // there are more
  for (auto& timer : due) batch.push_back({{std::move(timer), nullptr}, nullptr});
}

// What staff ordered from beside the service. A crash in between does it again: what was done then is a duplicate.
void service::replay_ordered() {
  const auto steady = std::chrono::steady_clock::now();
  if (!reader_ || steady < next_replay_check_) return;
  next_replay_check_ = steady + options_.timer_check;
  constexpr std::size_t at_once = 8;  // each is a commit of its own, and those who write now wait meanwhile
  try {
    for (const auto& kept : store_.ordered_replays(at_once)) {
      std::vector<waiting_job> batch;
      std::vector<storage::send_result> no_results;
      for (auto& j : reader_(kept)) batch.push_back({std::move(j), nullptr});
      const char* why_not = batch.empty() ? "nothing in it can be read any more" : "";
      if (!batch.empty() && !run_batch(batch, no_results)) return;
      store_.end_replay(kept.id, why_not);
    }
  } catch (const std::exception& e) {
    spdlog::error("replay: {}", e.what());
    next_replay_check_ = steady + std::chrono::seconds(10);
  }
}

void service::erase_old() {
  const auto steady = std::chrono::steady_clock::now();
  if (keep_ == bot::retention{} || steady < next_purge_) return;
  next_purge_ = steady + options_.purge_pause;
  try {
    const auto done = store_.purge(keep_, now_());
    if (done.round_over) next_purge_ = steady + options_.purge_round;
    storage::purged all;
    {
      const std::lock_guard lock(mutex_);
      for (const auto& each : storage::purged_counts) figures_.purged.*each.count += done.*each.count;
      if (!done.round_over) return;
      ++figures_.purge_rounds;
      all = figures_.purged;
    }
    std::string counts;
    for (const auto& each : storage::purged_counts)
      counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", all.*each.count, each.name);
    spdlog::info("erased since the start: {}", counts);
    spdlog::info("audit: newest link {}", store_.audit_head());  // the log lies elsewhere: a chain made anew would show
  } catch (const std::exception& e) {
    spdlog::error("nothing was erased: {}", e.what());
    next_purge_ = steady + std::chrono::minutes(1);
  }
}

bool service::run_batch(std::vector<waiting_job>& batch, std::vector<storage::send_result>& results) {
  const auto began = std::chrono::steady_clock::now();
  std::vector<job> jobs;
  jobs.reserve(batch.size());
  for (auto& w : batch) jobs.push_back(std::move(w.what));
  outcome out = runner_.run(jobs, results, now_());
  healthy_ = out.results_kept;
  if (out.timer_due) next_timer_check_ = {};
  std::size_t not_kept = 0;
  std::vector<std::shared_ptr<submission>> finished;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!out.durable[i]) ++not_kept;
    const auto& of = batch[i].of;
    if (!of) continue;
    of->durable = of->durable && out.durable[i];
    if (--of->left == 0) finished.push_back(of);
  }
  {
    const std::lock_guard lock(mutex_);
    ++figures_.batches;
    figures_.messages += jobs.size();
    figures_.turns += out.turns;
    figures_.duplicates += out.duplicates;
    figures_.failed += out.failed;
    figures_.not_kept += not_kept;
    // Results that could not be kept are tried again with the next batch.
    if (!out.results_kept) results_.insert(results_.begin(), results.begin(), results.end());
  }
  results.clear();
  for (const auto& of : finished)
    if (timing_)
      timing_(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - of->since));
  if (!finished.empty() || !out.to_send.empty())
    post_([this, finished = std::move(finished), to_send = std::move(out.to_send)]() mutable {
      for (const auto& of : finished)
        if (of->done) of->done(of->durable);
      if (!to_send.empty()) send_(std::move(to_send));
    });
  if (out.media_changed && on_media_) post_(on_media_);
  if (observer_)
    observer_(jobs.size(),
              std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began));
  return not_kept == 0;
}

}  // namespace handlers::turns
