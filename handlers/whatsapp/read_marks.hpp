// Blue ticks for messages that get an answer, and "typing…" while that answer has to wait. A nicety: never repeated,
// never waited for, and only so many a second, so that nothing of weight is delayed by it. Lives on the IO thread.
#pragma once

#include <chrono>
#include <string>

#include "handlers/channel.hpp"
#include "handlers/delivery/bucket.hpp"

namespace handlers::whatsapp {

class read_marks {
 public:
  // At most `a_second`; 0: none at all. The channel outlives this.
  read_marks(handlers::channel& out, double a_second) : out_(out), off_(a_second <= 0), tokens_(a_second, a_second) {}

  // `waits`: the answer could not go at once. Typing ends with the next message, so it is never told after the answer.
  void mark(const std::string& message_id, bool waits, std::chrono::steady_clock::time_point now);

 private:
  handlers::channel& out_;
  bool off_;
  delivery::bucket tokens_;
};

}  // namespace handlers::whatsapp
