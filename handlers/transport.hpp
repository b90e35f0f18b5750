// What both channels do with the HTTP client's outcomes.
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "handlers/channel.hpp"
#include "handlers/http/client.hpp"

namespace handlers {

// A call that did not reach the platform is repeated; of one that may have, nobody knows.
inline std::optional<send_result> fate_without_answer(const platform_answer& answer) {
  if (answer.what == platform_answer::fate::answered) return std::nullopt;
  if (answer.what == platform_answer::fate::no_file) {
    if (answer.body.empty()) return rejected{410};
    return needless{answer.body};
  }
  retry_later again;
  again.perhaps_sent = answer.what == platform_answer::fate::unknown;
  return again;
}

inline http::completion told_plainly(std::function<void(platform_answer)> done) {
  return [done = std::move(done)](http::outcome o) {
    platform_answer answer;
    switch (o.what) {
      case http::fate::answered: answer.what = platform_answer::fate::answered; break;
      case http::fate::not_sent: answer.what = platform_answer::fate::not_sent; break;
      case http::fate::unknown: answer.what = platform_answer::fate::unknown; break;
    }
    answer.status = o.status;
    answer.body = std::move(o.body);
    done(std::move(answer));
  };
}

// A file that did not come, because no answer did.
inline fetched_file unanswered(const http::outcome& o) {
  if (o.reason == "too large") return not_here(fetched_file::fate::never, "too_large");
  return not_here(fetched_file::fate::later, o.reason == "timeout" ? "too_slow" : "platform_unreachable");
}

// What a download has brought; `refused` says what another status than 200 means.
template <class Refused>
fetched_file downloaded(http::outcome o, Refused refused) {
  if (o.what != http::fate::answered) return unanswered(o);
  if (o.status != 200) return refused(o.status);
  fetched_file file;
  file.what = fetched_file::fate::here;
  file.bytes = std::move(o.body);
  return file;
}

}  // namespace handlers
