// Whom a case must never reach, whatever a city writes into rules/routing.toml: the program promises it to the
// reporter.
#pragma once

#include <string_view>
#include <vector>

#include "bot/geography/units.hpp"

namespace bot {
struct world;
}

namespace bot::cases {

struct report;

struct least_seal {
  std::string_view kind;  // as routed_as gives it (bot/cases/sealed.hpp)
  std::vector<geography::unit_kind> never;
};
const std::vector<least_seal>& least_seals();

geography::unit_kind kind_of_unit(std::string_view code, const world&);  // of a station, a Bhabinkamtibmas, an office

// Nobody who has the case, was told of it or watches it is one whom it must never reach: only then is that said.
bool keeps_clear(const report&, const world&);

}  // namespace bot::cases
