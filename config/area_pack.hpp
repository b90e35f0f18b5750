// Area packs: a folder a city or region under config/areas, all with the same files. A city adds itself by adding a
// folder.
//   area.toml          name, zone, fallback unit, attribution, source, short names of its cities
//   wards.csv          every kelurahan and desa: code, name, type, kecamatan and kota with their codes
//   aliases.csv        other spellings
//   stations.csv       police units; no people, no telephone numbers
//   ward-stations.csv  ward -> Polsek
//   jurisdictions.csv  what differs by service or date (may be missing)
//   landmarks.csv      places that people name
//   outlines.geojson   borders
// Beside the packs: words.toml (small words around a name) and elsewhere.toml (cities that no pack serves).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/geography/atlas.hpp"
#include "bot/geography/units.hpp"

namespace config {

struct area_pack {
  std::string name;
  std::string zone;         // "Asia/Jakarta"
  std::string attribution;  // to show wherever the outlines are shown
};

struct areas {
  bot::geography::atlas map;
  bot::geography::unit_register units;
  std::vector<area_pack> packs;
};

// Reads every pack of the folder. What is wrong is appended to `faults`, a line each, with file and line; the result is
// to be used only when nothing was appended.
areas load_areas(const std::filesystem::path& dir, std::vector<std::string>& faults);

}  // namespace config
