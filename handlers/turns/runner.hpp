// A batch of messages from admission to commit: one transaction, one `now`. Synchronous and single-threaded; the
// service calls it on its storage thread, the terminal and the transcripts on theirs.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "handlers/turns/area_pace.hpp"
#include "handlers/turns/receipts.hpp"
#include "storage/store.hpp"

namespace handlers::turns {

struct job {
  bot::inbound what;
  std::shared_ptr<const std::string> raw;  // the body it came in; kept only if the turn fails, may be null
  std::int64_t replays = 0;                // the storage::kept_inbound that has its second chance, 0: none. Jobs that
                                           // replay stand in a batch of their own; failing again tells nobody twice
};

struct outcome {
  std::vector<bool> durable;                  // one a job: it has its fate, the platform may be told 200
  std::vector<storage::outbox_item> to_send;  // committed, leased to this process, in the order of each destination
  bool timer_due = false;                     // something is to be thought about at once
  bool results_kept = false;                  // the send results are in the store
  bool media_changed = false;                 // files are wanted or no longer wanted
  std::size_t turns = 0, duplicates = 0, failed = 0;
};

class runner {
 public:
  // Both outlive the runner. `codes`: what the failures mean that receipts tell of.
  runner(storage::store& store, const bot::handbook& book, code_table codes = {})
      : store_(store), book_(book), area_(book.limits.area_per_minute), receipts_(std::move(codes)) {}

  // Never throws. A store that is unavailable: nothing is durable. A message that cannot be thought about or stored
  // costs only itself: it is kept as failed, and durable so.
  outcome run(std::span<const job> jobs, std::span<const storage::send_result> results, bot::instant now);

 private:
  outcome together(std::span<const job> jobs, std::span<const storage::send_result> results, bot::instant now,
                   const std::string& poison);
  outcome apart(std::span<const job> jobs, std::span<const storage::send_result> results, bot::instant now);

  void undo();

  storage::store& store_;
  const bot::handbook& book_;
  area_pace area_;
  receipts receipts_;
  bot::cases::roster duty_;
  bot::cases::recent_cases recent_;
  std::int64_t duty_version_ = 0;  // of the store's roster that duty_ shows
};

}  // namespace handlers::turns
