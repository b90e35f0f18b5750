// Reading small TOML files by hand. Included by loaders only: it brings toml++ along.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <string>
#include <vector>

namespace config {

using faults_t = std::vector<std::string>;  // a line for a person each, with file and line

// Empty, with a fault, when it cannot be read.
toml::table read_toml(const std::filesystem::path& file, faults_t& faults);

// The texts of a list; none when it is missing or no list.
std::vector<std::string> strings(const toml::node* node);

}  // namespace config
