// The learned model's file: a few lines of text ("intent report -0.25" a label, at the end "signs 30000 scale 0.003"),
// then the signs, four bytes each, then a byte for each sign and label.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bot/language/hunch.hpp"

namespace config {

// Null, with a line in `faults`, when the file is not whole.
std::shared_ptr<const bot::language::hunch> load_hunch(const std::filesystem::path&, std::vector<std::string>& faults);
// Throws std::runtime_error when it cannot be written.
void save_hunch(const std::filesystem::path&, const bot::language::hunch&);

}  // namespace config
