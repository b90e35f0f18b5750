// rules/reminders.toml: when organisers and units are reminded of an event.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/language/catalogue.hpp"
#include "bot/notices/rules.hpp"

namespace config {

// Every mistake is appended to `faults`, with file and line.
bot::notices::reminder_rules load_reminders(const std::filesystem::path& file, const bot::language::catalogue& texts,
                                            std::vector<std::string>& faults);

}  // namespace config
