// rules/routing.toml: owners by category, level and hour, and the sealed classes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/geography/routing.hpp"

namespace config {

// What is wrong is appended to `faults`, a line each; the rules are to be used only when nothing was appended.
bot::geography::routing_rules load_routing_rules(const std::filesystem::path& file, std::vector<std::string>& faults);

}  // namespace config
