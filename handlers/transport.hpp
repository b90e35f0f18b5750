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

}  // namespace handlers
