// Reads config/language/*.toml: what words mean and what follows from them. The form of the files is told in
// config/language/README.md.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "bot/language/lexicon.hpp"

namespace config {

// Every fault found is appended to `faults`, with file and line; the lexicon is usable only when it stays empty. The
// rules may give no category beside `categories`; where these are empty, any.
bot::language::lexicon load_lexicon(const std::filesystem::path& dir, std::vector<std::string>& faults,
                                    const std::set<std::string, std::less<>>& categories = {});

}  // namespace config
