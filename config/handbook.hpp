// Everything reviewable that the service reads at start, checked together.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bot/conversation/world.hpp"
#include "config/area_pack.hpp"
#include "config/message_files.hpp"
#include "config/settings.hpp"

namespace config {

struct loaded_handbook {
  std::unique_ptr<const bot::handbook> book;  // null when there was a fault
  std::vector<area_pack> packs;
  text_places places;
};

// Reads areas, rules, forms, texts and language files. What is wrong is appended to `faults`, a line each, and all of
// them are put in order of file and line. What follows from a fault is left out as far as that can be known.
loaded_handbook load_handbook(const settings&, std::vector<std::string>& faults);

// Faults as a person works through them: those without a file first, then by file and line, each once.
void sort_faults(std::vector<std::string>& faults);

}  // namespace config
