// `kentongan route`: the dry run of routing, JSON lines in, JSON lines out.
#pragma once

#include <istream>
#include <ostream>

#include "config/settings.hpp"

namespace commands {

inline constexpr char route_help[] =
    "A line of input is a JSON object:\n"
    "  id                 given back with the answer\n"
    "  text               what was written, which may name the place\n"
    "  lat, lon           the pin, in degrees\n"
    "  category           as `kentongan understand` says it; service: report (else), event, skck, sim, stnk, bpkb\n"
    "  level              high, medium or low\n"
    "\n"
    "Example:\n";
inline constexpr char route_example[] = R"({"id": 1, "text": "ada balap liar di depan balai desa Jiwan"})";

// {"id", "text"?, "lat"?, "lon"?, "category"?, "service"?, "level"?} -> {"id", "ward_codes", "status", "units",
// "reason"}. A line that cannot be read is reported on `errors` with its number and the others go on. Returns 0, 1 when
// a line could not be read, 2 when areas or rules are faulty.
int route(const config::settings& settings, std::istream& in, std::ostream& out, std::ostream& errors);

}  // namespace commands
