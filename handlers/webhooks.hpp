// The two webhooks: authentic bytes in, one durable answer out.
#pragma once

#include <string>

#include "config/settings.hpp"
#include "handlers/http/router.hpp"
#include "handlers/turns/service.hpp"

namespace handlers {

// Adds the routes of every channel that is on. Both references outlive the router.
void add_webhooks(http::router&, const config::settings&, turns::service&);

}  // namespace handlers
