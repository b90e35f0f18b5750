// The two webhooks: authentic bytes in, one durable answer out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "handlers/http/router.hpp"
#include "handlers/turns/service.hpp"

namespace handlers {

// Answers a tap on Telegram, whose client shows a spinner until then; on the IO thread, without waiting.
using tap_answerer = std::function<void(const std::string& query_id)>;

// Adds the routes of every channel that is on. The references outlive the router.
void add_webhooks(http::router&, const config::settings&, turns::service&, tap_answerer);

// The messages of a body that was kept, for their second chance; none when it is no longer readable. Pure.
std::vector<turns::job> read_again(const storage::kept_inbound&);

}  // namespace handlers
