// rules/escalation.toml: how long a case, a draft and a conversation with an operator may lie, and who hears of it
// then.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/conversation/world.hpp"

namespace config {

struct patience {
  bot::escalation_rules cases;
  bot::draft_rules drafts;
  bot::operator_rules operators;
};

// Every mistake is appended to `faults`, with file and line.
patience load_escalation(const std::filesystem::path& file, std::vector<std::string>& faults);

}  // namespace config
