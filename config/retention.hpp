// How long what is kept: rules/retention.toml.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/retention.hpp"

namespace config {

// What is wrong is appended to `faults`, a line each; the rules are to be used only when nothing was appended.
bot::retention load_retention(const std::filesystem::path& file, std::vector<std::string>& faults);

}  // namespace config
