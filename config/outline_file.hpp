// GeoJSON outlines: a FeatureCollection of Polygon and MultiPolygon features, each with a property `code`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/geography/area.hpp"

namespace config {

// Reads without building a document, so that a province's outlines load in a blink. What is wrong is appended to
// `faults`, each line beginning with `name`. Absent: it is no JSON.
std::optional<std::vector<bot::geography::outline>> parse_outlines(std::string_view json, std::string_view name,
                                                                   std::vector<std::string>& faults);

}  // namespace config
