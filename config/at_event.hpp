// rules/incidents.toml, its table [at_event]: which reports are offered to officers as belonging to an event.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/geography/routing.hpp"
#include "bot/language/catalogue.hpp"
#include "bot/notices/rules.hpp"

namespace config {

// Every mistake is appended to `faults`, with file and line: a category that does not exist or is sealed is one.
bot::notices::at_event_rules load_at_event(const std::filesystem::path& file, const bot::language::catalogue& texts,
                                           const bot::geography::routing_rules&, std::vector<std::string>& faults);

}  // namespace config
