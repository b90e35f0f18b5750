// The outlines of the served areas as paths for a small map.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/geography/atlas.hpp"
#include "config/area_pack.hpp"

namespace handlers::demo {

// JSON for the page: [{"name", "attribution", "wards": [{"code", "name", "d"}]}], a pack each. A path "d" counts in
// 1/10000 degree (about 11 m), longitude to the right, latitude down.
std::string draw_map(const std::filesystem::path& areas, const std::vector<config::area_pack>&,
                     const bot::geography::atlas&);

}  // namespace handlers::demo
