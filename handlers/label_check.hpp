// Labels of buttons against the channels' limits, in every language: a label that is too long makes WhatsApp refuse the
// whole message, so it must be found at start and not by a resident.
#pragma once

#include <string>
#include <vector>

#include "bot/conversation/world.hpp"
#include "config/message_files.hpp"

namespace handlers {

// A line for a person for each label that does not fit, with file and line.
std::vector<std::string> check_labels(const bot::handbook&, const config::text_places&);

}  // namespace handlers
