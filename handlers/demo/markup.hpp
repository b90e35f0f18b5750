// What the platforms make of a text's marks. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "handlers/rendered.hpp"

namespace handlers::demo {

// Telegram's parse_mode HTML, as far as the service uses it: <b> and the four entities. Nothing where Telegram would
// refuse the message.
std::optional<std::vector<run>> read_html(std::string_view text);

// WhatsApp: *bold* within a line. Never fails: what is no mark is shown.
std::vector<run> read_stars(std::string_view text);

}  // namespace handlers::demo
