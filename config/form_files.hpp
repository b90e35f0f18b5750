// forms/<id>.toml: what is asked, of whom and in which order.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "bot/conversation/form.hpp"
#include "config/kinds.hpp"

namespace config {

// Every mistake is appended to `faults`, with file and line: a condition that can never hold, questions that wait for
// each other, an answer without text, a question missing that the program needs (bot::needed_questions).
std::map<std::string, bot::form, std::less<>> load_forms(const std::filesystem::path& dir,
                                                         const bot::language::catalogue& texts, const kinds&,
                                                         std::vector<std::string>& faults);

}  // namespace config
