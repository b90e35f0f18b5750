// A `say` in the reader's words: the catalogue's text with its values filled in, the labels of its buttons, and the
// template that stands for it where free text is not allowed.
#pragma once

#include <string>
#include <vector>

#include "bot/conversation/world.hpp"
#include "bot/outgoing.hpp"
#include "handlers/rendered.hpp"

namespace handlers {

// Throws std::out_of_range for a key that no catalogue has. A placeholder without value is left empty.
rendered render(const bot::say&, const std::string& language, const bot::handbook&);

// The same as one plain text, bold marks left out: for the terminal and for tests.
std::string plain_text(const rendered&);

}  // namespace handlers
