// Everything reviewable that the service reads at start, checked together.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bot/conversation/world.hpp"
#include "config/area_pack.hpp"
#include "config/settings.hpp"

namespace config {

struct loaded_handbook {
  std::unique_ptr<const bot::handbook> book;  // null when there was a fault
  std::vector<area_pack> packs;
};

// Reads areas, rules, forms, texts and language files. What is wrong is appended to `faults`, a line each.
loaded_handbook load_handbook(const settings&, std::vector<std::string>& faults);

// The parts, for commands that need only them.
bot::language::catalogue load_texts(const std::filesystem::path& dir, std::vector<std::string>& faults);
std::map<std::string, bot::form, std::less<>> load_forms(const std::filesystem::path& dir,
                                                         const bot::language::catalogue&,
                                                         std::vector<std::string>& faults);

// The clock that all packs share; Indonesia has three and no summer time.
std::chrono::minutes clock_of(const std::vector<area_pack>&, std::vector<std::string>& faults);

}  // namespace config
