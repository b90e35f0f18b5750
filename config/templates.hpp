// The texts that Meta has approved for people who have not written for a day (rules/templates.toml).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "bot/conversation/world.hpp"
#include "bot/language/catalogue.hpp"

namespace config {

// By key of the text that they stand for. A fault is a line for a person: a message that does not exist or stands
// twice, a parameter that one of the messages does not have, a text whose {{n}} are not the parameters.
std::map<std::string, bot::approved_template, std::less<>> load_templates(const std::filesystem::path& file,
                                                                          const bot::language::catalogue& texts,
                                                                          std::vector<std::string>& faults);

// Messages that go without one when the window is closed, with the reason ([[without]]). What is wrong goes to
// `faults`.
std::map<std::string, std::string> load_without_template(const std::filesystem::path& file,
                                                         const bot::language::catalogue& texts,
                                                         std::vector<std::string>& faults);

}  // namespace config
