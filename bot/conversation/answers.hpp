// Reading the answer to one question, by button, by number, by label or in free words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/conversation/form.hpp"
#include "bot/conversation/perception.hpp"

namespace bot {

// The canonical answer (see conversation.hpp), or nothing when the words are no answer to it. Places are not read here:
// they need routing. Labels may be typed in every language, whichever is spoken.
std::optional<std::string> read_answer(const question&, const perception&, std::string_view text,
                                       std::string_view language, const handbook&);

// The buttons of a question of choices.
std::vector<choice> choices_of(const question&);

// Whether a word of `handbook::words` agrees to what was read back.
inline bool agrees(std::string_view word) { return word == "yes" || word == "go_on" || word == "send"; }

// The answer that a button of this question carries ("c:<slot>:<value>"), when the question offers it.
std::optional<std::string> read_button(const question&, std::string_view data);

std::string button_data(std::string_view slot, std::string_view value);

// ISO 8601 in local time ("2026-11-21T20:00:00+07:00") or a date ("2026-11-21"), as answers keep moments.
std::string moment_answer(const language::when&, std::chrono::minutes utc_offset);
// Area codes of a place answer, and back.
std::vector<std::string> parted(const std::string& codes);
std::string joined(const std::vector<std::string>& codes);

std::string crowd_answer(const language::range&);

}  // namespace bot
