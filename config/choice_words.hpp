// rules/choices.toml: what is typed for a button, together with the labels themselves in every language.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "bot/conversation/form.hpp"
#include "bot/conversation/typed_choice.hpp"
#include "bot/language/catalogue.hpp"

namespace config {

// Every mistake is appended to `faults`, with the file.
bot::choice_words load_choice_words(const std::filesystem::path& file, const bot::language::catalogue& texts,
                                    const std::map<std::string, bot::form, std::less<>>& forms,
                                    std::vector<std::string>& faults);

}  // namespace config
