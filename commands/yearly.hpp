// A year of notices of events in figures that may be published (P-10).
#pragma once

#include <chrono>
#include <iosfwd>

#include "storage/store.hpp"

namespace commands {

// One JSON object a line: each track with its notices filed in that year of the local clock, how many were late, how
// many had their receipt within how many hours, what became of permits; then the complaints about officers and
// officials. No unit, no place; a number below three is "<3".
int yearly(storage::store&, int year, std::chrono::minutes utc_offset, std::ostream& out);

}  // namespace commands
