// `kentongan route`: the dry run of routing, JSON lines in, JSON lines out.
#pragma once

#include <istream>
#include <ostream>

#include "config/settings.hpp"

namespace commands {

// {"id", "text"?, "lat"?, "lon"?, "category"?, "service"?, "level"?} -> {"id", "ward_codes", "status", "units",
// "reason"}. A line that cannot be read is reported on `errors` with its number and the others go on. Returns 0, 1 when
// a line could not be read, 2 when areas or rules are faulty.
int route(const config::settings& settings, std::istream& in, std::ostream& out, std::ostream& errors);

}  // namespace commands
