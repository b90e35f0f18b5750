// What the platform told later of messages that it had taken: delivered, read, or failed after all. A failure is judged
// by the table of errors: the person cannot be reached, or the message goes once more, by a template where WhatsApp's
// window has closed, or it is over with a reason that staff can read.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "bot/inbound.hpp"
#include "handlers/send_result.hpp"
#include "storage/store.hpp"

namespace handlers::turns {

// What a platform's error code means for a message that it had taken.
using code_table = std::function<send_result(int code)>;

class receipts {
 public:
  // Without a table every failure is the end of its message.
  explicit receipts(code_table meaning = {}) : meaning_(std::move(meaning)) {}

  // Within a batch: adds to `changes` what `told` says, and what came too early before about messages whose result is
  // in this batch. Returns the messages that go once more; they stand in `changes` already.
  std::vector<storage::outbox_item> settle(storage::store&, std::span<const bot::said::receipt> told,
                                           std::span<const storage::send_result> results, storage::changes& changes,
                                           bot::instant now);
  void committed();
  void rolled_back();

 private:
  void failed(storage::store&, std::int64_t row, int code, storage::changes&, bot::instant now,
              std::vector<storage::outbox_item>& again);

  code_table meaning_;
  // A receipt can overtake the answer to the call that sent its message. Until that result comes it is kept in memory
  // only: a crash loses both, and the message is then sent anew. What nobody sent is forgotten in time.
  static constexpr std::size_t most_early = 4096;
  std::map<std::string, std::vector<bot::said::receipt>> early_;  // by the provider's id of the message
  std::deque<std::string> order_;                                 // of early_, oldest first
  std::vector<bot::said::receipt> fresh_;                         // of the open batch
  std::vector<std::string> found_;                                // ids of early_ that the open batch has settled
};

}  // namespace handlers::turns
