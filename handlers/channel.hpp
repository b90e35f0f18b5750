// What delivery needs of a platform: how a message becomes calls, what an answer means, and how fast it may go.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
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
    no_file,   // the file that it should carry cannot be had any more
  } what = fate::not_sent;
  int status = 0;
  std::string body;  // no_file: why, a word for staff, may be empty
};

// A file of ours on its way to a platform: what officers may see of it, or a paper.
struct shown_file {
  attachment::kind what = attachment::kind::document;
  std::string type;  // "image/jpeg"
  std::string name;  // "foto.jpg": made by us
  std::string bytes;
  std::string absent;  // why there is none, a word for staff; the rest is then empty
};
// Opens a file of ours. `ready` is called once, later, on the IO thread; null: it is gone. Few files are open at a
// time: it is closed when the last copy of the pointer goes.
using file_opener = std::function<void(own_file which, std::function<void(std::shared_ptr<const shown_file>)> ready)>;

// What came of fetching a file that a person sent.
struct fetched_file {
  enum class fate : std::uint8_t { here, later, never } what = fate::later;
  std::string bytes;
  std::string sha256;             // as the platform announced it, 64 hex digits; empty: it did not
  std::string reason;             // later, never: a word for staff
  std::chrono::seconds after{0};  // later: not before; 0: the caller backs off by itself
};
inline fetched_file not_here(fetched_file::fate what, const char* why, std::chrono::seconds after = {}) {
  fetched_file f;
  f.what = what;
  f.reason = why;
  f.after = after;
  return f;
}

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
  // Fetches a file that a person sent, of at most `most_bytes`; `done` as for send().
  virtual void fetch(std::string file_id, std::uint64_t most_bytes, std::function<void(fetched_file)> done) = 0;
  virtual pace speed() const = 0;
  // Whether a message that was sent can be changed in place. Where it cannot, changed cards are not sent at all: each
  // would be one more message.
  virtual bool can_edit() const = 0;
  // Whether the platform tells later what became of a message.
  virtual bool has_receipts() const = 0;
};

}  // namespace handlers
