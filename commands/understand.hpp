// `kentongan understand`: what the service reads out of a message, JSON lines in, JSON lines out.
#pragma once

#include <istream>
#include <ostream>

#include "bot/moment.hpp"
#include "config/settings.hpp"

namespace commands {

// {"id", "text", "now"?} -> {"id", "lang", "intent", "category", "event_type", "ward_codes", "when", "crowd",
// "weapons", "ongoing", "injuries", "level", "anonymous_wish"}; unknown is null. `now` of a line is ISO 8601 with
// offset, and its offset is the clock that the answer uses; without it the given `now` at UTC+7 counts. A line that
// cannot be read is reported on `errors` with its number and the others go on. Returns 0, 1 when a line could not be
// read, 2 when areas or language files are faulty.
int understand(const config::settings&, std::istream& in, std::ostream& out, std::ostream& errors, bot::instant now);

}  // namespace commands
