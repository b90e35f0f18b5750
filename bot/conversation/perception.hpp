// One text, read once: its words, the places it names, and what it means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/world.hpp"
#include "bot/geography/places.hpp"
#include "bot/language/understand.hpp"
#include "bot/language/words.hpp"

namespace bot {

struct perception {
  std::vector<language::word> words;
  std::string folded;  // the words joined by blanks: what global words and labels are compared with
  geography::place_finding places;
  language::understanding meaning;
  complaint accuses = complaint::none;  // an officer or official, of something
};

perception perceive(std::string_view text, instant now, const handbook&);

// How bad the same words are as an event of that kind, and why in words for officers.
struct rating {
  cases::level level = cases::level::low;
  std::string reason;
};
rating rate_as(std::string_view category, std::string_view words, instant at, const handbook&);
// "jenis: noise" as officers read it.
std::string readable(std::string_view level_reason, const handbook&);

// The words joined by blanks, as perception::folded.
std::string folded(std::string_view text);
std::vector<std::string> folded(std::vector<std::string> texts);  // each

}  // namespace bot
