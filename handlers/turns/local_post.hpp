// Turns without platforms: what would be sent is handed back instead. The terminal and the transcripts run on it,
// through the real engine and the real store, with a clock of their own.
#pragma once

#include <string>
#include <vector>

#include "bot/conversation/world.hpp"
#include "handlers/rendered.hpp"
#include "handlers/turns/runner.hpp"
#include "storage/store.hpp"

namespace handlers::turns {

class local_post {
 public:
  struct letter {
    bot::channel via = bot::channel::telegram;
    std::string to;  // address
    rendered what;
    bool edits = false;       // a card that the reader has already is changed
    bool window_open = true;  // WhatsApp: false means that only a template would go out
    std::string key;          // of the text
  };

  // Both outlive the post.
  local_post(storage::store& store, const bot::handbook& book) : store_(store), book_(book), runner_(store, book) {}

  // One message, in a batch of its own, and what is to be thought about at once because of it. Letters in the order of
  // sending.
  std::vector<letter> say(bot::inbound, bot::instant now);
  // Everything that is due until `now`, each at its own time.
  std::vector<letter> pass_time(bot::instant now);
  const outcome& last() const { return last_; }

 private:
  std::vector<letter> deliver(std::vector<storage::outbox_item>, bot::instant now);

  storage::store& store_;
  const bot::handbook& book_;
  runner runner_;
  outcome last_;
  std::vector<storage::send_result> results_;
  std::int64_t sent_ = 0;
};

}  // namespace handlers::turns
