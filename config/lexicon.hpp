// Reads config/language/*.toml: what words mean and what follows from them. The form of the files is told in
// config/language/README.md.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/language/lexicon.hpp"

namespace config {

// Every fault found is appended to `faults`, each a line for a person; the lexicon is usable only when it stays empty.
bot::language::lexicon load_lexicon(const std::filesystem::path& dir, std::vector<std::string>& faults);

}  // namespace config
