#include "handlers/demo/map.hpp"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "config/outline_file.hpp"

namespace handlers::demo {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Rounded to the grid, so that neighbours still share their border.
std::string path_of(const bot::geography::outline& shape) {
  std::string d;
  for (const auto& polygon : shape.polygons)
    for (const auto& ring : polygon) {
      long last_x = 0, last_y = 0;
      bool first = true;
      for (const auto& p : ring) {
        const long x = std::lround(p.longitude * 1e4), y = -std::lround(p.latitude * 1e4);
        if (first)
          d += fmt::format("M{} {}l", x, y);
        else if (x != last_x || y != last_y)
          d += fmt::format("{} {} ", x - last_x, y - last_y);
        first = false;
        last_x = x;
        last_y = y;
      }
      d += 'z';
    }
  return d;
}

}  // namespace

std::string draw_map(const fs::path& areas, const std::vector<config::area_pack>& packs,
                     const bot::geography::atlas& atlas) {
  json all = json::array();
  for (const auto& pack : packs) {
    std::ifstream in(areas / pack.folder / "outlines.geojson");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::vector<std::string> faults;
    json wards = json::array();
    const auto shapes =
        config::parse_outlines(text, pack.name, faults).value_or(std::vector<bot::geography::outline>());
    for (const auto& shape : shapes) {
      const auto id = atlas.find(shape.code);
      if (id == bot::geography::no_area) continue;
      const auto above = atlas.at(id).parent;
      std::string name = atlas.title(id);
      if (above != bot::geography::no_area) name += ", " + atlas.title(above);
      wards.push_back({{"code", shape.code}, {"name", std::move(name)}, {"d", path_of(shape)}});
    }
    all.push_back({{"name", pack.name}, {"attribution", pack.attribution}, {"wards", std::move(wards)}});
  }
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace handlers::demo
