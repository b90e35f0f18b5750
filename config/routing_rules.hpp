// rules/routing.toml: owners by category, level and hour, and the sealed classes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/geography/routing.hpp"
#include "config/kinds.hpp"

namespace config {

// What is wrong is appended to `faults`, with file and line; the rules are to be used only when nothing was appended.
// A kind that the program promises to seal without a class that does so is a fault too (bot/cases/least_seals.hpp).
bot::geography::routing_rules load_routing_rules(const std::filesystem::path& file, const kinds&,
                                                 std::vector<std::string>& faults);

}  // namespace config
