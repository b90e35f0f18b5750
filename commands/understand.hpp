// `kentongan understand`: what the service reads out of a message, JSON lines in, JSON lines out.
#pragma once

#include <istream>
#include <ostream>

#include "bot/moment.hpp"
#include "config/settings.hpp"

namespace commands {

inline constexpr char understand_help[] =
    "A line of input is a JSON object:\n"
    "  id                 given back with the answer\n"
    "  text               what was written\n"
    "  now                the moment of writing: \"2026-11-23T10:00:00+07:00\"; else the clock's\n"
    "\n"
    "Example:\n";
inline constexpr char understand_example[] =
    R"({"id": 1, "text": "ada balap liar di Jiwan, tadi malam jam 11", "now": "2026-11-23T10:00:00+07:00"})";

// {"id", "text", "now"?} -> {"id", "lang", "intent", "category", "event_type", "ward_codes", "when", "crowd",
// "weapons", "ongoing", "injuries", "level", "anonymous_wish"}; unknown is null. `now` of a line is ISO 8601 with
// offset, and its offset is the clock that the answer uses; without it the given `now` at UTC+7 counts. A line that
// cannot be read is reported on `errors` with its number and the others go on. Returns 0, 1 when a line could not be
// read, 2 when areas or language files are faulty.
int understand(const config::settings&, std::istream& in, std::ostream& out, std::ostream& errors, bot::instant now);

}  // namespace commands
