// A moment as people say it, in the reader's language: "sekarang", "kemarin 21.00", "Sabtu 5 Des 08.00".
#pragma once

#include <string>
#include <string_view>

#include "bot/language/catalogue.hpp"
#include "bot/moment.hpp"

namespace bot {

// `answer` is a moment answer (ISO 8601 or a date), as answers keep them; empty: not told.
std::string say_when(std::string_view answer, instant now, std::string_view language, const language::catalogue&,
                     std::chrono::minutes utc_offset);

// "Jumat 27 Nov 09.00": day and hour, never "tomorrow" or "now", for what is kept or read later.
std::string say_clock(instant at, instant now, std::string_view language, const language::catalogue&,
                      std::chrono::minutes utc_offset);

}  // namespace bot
