// GET /calendar/<token>.ics: the calendar of a unit, for whoever holds its secret address.
#pragma once

#include "bot/conversation/world.hpp"
#include "handlers/http/router.hpp"
#include "handlers/turns/service.hpp"

namespace handlers::calendar {

// The references outlive the router. `now`: the clock of the service.
void add_calendar(http::router&, turns::service&, const bot::handbook&, turns::service::clock now);

}  // namespace handlers::calendar
