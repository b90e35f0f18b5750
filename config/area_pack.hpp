// Area packs: a folder a city or region under config/areas, all with the same files. A city adds itself by adding a
// folder.
//   area.toml          name, zone, fallback unit, attribution, source, short names of its cities
//   wards.csv          every kelurahan and desa: code, name, type, kecamatan and kota with their codes
//   aliases.csv        other spellings
//   stations.csv       police units; no people, no telephone numbers: those come from operators
//   ward-stations.csv  ward -> Polsek
//   jurisdictions.csv  what differs by service or date (may be missing)
//   landmarks.csv      places that people name
//   outlines.geojson   borders
// Beside the packs: words.toml (small words around a name) and elsewhere.toml (cities that no pack serves).
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "bot/geography/atlas.hpp"
#include "bot/geography/units.hpp"

namespace config {

struct area_pack {
  std::string name;
  std::string zone;                    // "Asia/Jakarta"
  std::string attribution;             // to show wherever the outlines are shown
  std::string folder;                  // "madiun"
  std::vector<std::string> cities;     // codes
  std::chrono::minutes utc_offset{0};  // of the zone
};

struct areas {
  bot::geography::atlas map;
  bot::geography::unit_register units;
  std::vector<area_pack> packs;
};

// Whether the words are ordinary ones, which must not name a place by themselves.
using word_known = std::function<bool(std::string_view folded)>;

// Reads every pack of the folder. What is wrong is appended to `faults`, a line each, with path and line; the result is
// to be used only when nothing was appended. Without `ordinary` the names are not held against the language.
areas load_areas(const std::filesystem::path& dir, std::vector<std::string>& faults, const word_known& ordinary = {});

// The clock that all packs share; Indonesia has three and no summer time.
std::chrono::minutes clock_of(const std::vector<area_pack>&);

// The codes of the cities of a pack, by its folder, or of one area, by its code; none when there is neither.
std::vector<std::string> codes_in_area(const areas&, std::string_view name);

}  // namespace config
