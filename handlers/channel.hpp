// What delivery needs of a platform: how a message becomes calls, what an answer means, and how fast it may go.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/moment.hpp"
#include "handlers/rendered.hpp"
#include "handlers/send_result.hpp"
#include "storage/store.hpp"

namespace handlers {

// What came back from the platform for one call.
struct platform_answer {
  enum class fate : std::uint8_t {
    answered,  // status and body are its words
    not_sent,  // certainly not received: safe to send again
    unknown,   // nobody knows whether it was received
  } what = fate::not_sent;
  int status = 0;
  std::string body;
};

// Messages a second; 0 = no limit.
struct pace {
  double global = 0;
  double chat = 0;
  double chat_burst = 1;
  double group = 0;
};

class channel {
 public:
  virtual ~channel() = default;
  // `second_try` says how the platform wanted it instead.
  virtual std::vector<call> encode(const storage::destination&, const rendered&, bot::instant now,
                                   const send_differently* second_try) const = 0;
  virtual send_result decide(const platform_answer&) const = 0;
  // Sends without waiting; `done` is called once on the IO thread, never from inside send().
  virtual void send(call, std::function<void(platform_answer)> done) = 0;
  virtual pace speed() const = 0;
  // Whether a message that was sent can be changed in place. Where it cannot, changed cards are not sent at all: each
  // would be one more message.
  virtual bool can_edit() const = 0;
  // Whether the platform tells later what became of a message.
  virtual bool has_receipts() const = 0;
};

}  // namespace handlers
