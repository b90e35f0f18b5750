// rules/incidents.toml: when two reports may be about one event. Its part [at_event] stands in config/at_event.hpp.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/cases/incidents.hpp"
#include "config/kinds.hpp"

namespace config {

// Every mistake is appended to `faults`, with file and line.
bot::cases::incident_rules load_incidents(const std::filesystem::path& file, const kinds&,
                                          std::vector<std::string>& faults);

}  // namespace config
