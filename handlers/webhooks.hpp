// The two webhooks: authentic bytes in, one durable answer out.
#pragma once

#include <vector>

#include "config/settings.hpp"
#include "handlers/http/router.hpp"
#include "handlers/turns/service.hpp"

namespace handlers {

// Adds the routes of every channel that is on. Both references outlive the router.
void add_webhooks(http::router&, const config::settings&, turns::service&);

// The messages of a body that was kept, for their second chance; none when it is no longer readable. Pure.
std::vector<turns::job> read_again(const storage::kept_inbound&);

}  // namespace handlers
