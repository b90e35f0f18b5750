// What the platform's answer to one call means for the message that it carried.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

namespace handlers {

// Done; `provider_id` names the message, empty when there was nothing left to do (an unchanged card, a stale tap).
struct sent {
  std::string provider_id;
};

// Not now. With `after` zero the caller backs off by itself, growing with every attempt.
struct retry_later {
  enum class scope : std::uint8_t { chat, channel } whose = scope::chat;
  std::chrono::seconds after{0};
  bool perhaps_sent = false;  // nobody knows whether it went out
  int code = 0;
};

// Not in this form: encode it again so, then send once more.
struct send_differently {
  enum class how : std::uint8_t {
    plain,           // without markup (our escaping failed: raise an alarm)
    as_new_message,  // the message to be edited is gone
    outside_topic,   // the forum topic is gone
    as_template,     // WhatsApp's 24 hours are over
  } how = how::plain;
};

// Never in this form. `alarm`: a fault of ours or of the account, not of this recipient.
struct rejected {
  int code = 0;
  bool alarm = false;
};

// There is nothing left to say: the message goes to nobody, and nothing is at fault.
struct needless {
  std::string why;  // a word for staff
};

// This recipient cannot be written to any more.
struct unreachable {
  int code = 0;
};

// The same recipient has a new address: store it, send once more.
struct moved_away {
  std::string new_address;
};

// Nothing will go out on this channel until a person has looked: stop and alarm, keep the queue.
struct stop_channel {
  int code = 0;
};

using send_result =
    std::variant<sent, retry_later, send_differently, rejected, needless, unreachable, moved_away, stop_channel>;

}  // namespace handlers
