// How organisers write days, hours and numbers, put as the readers of times and crowds expect them: several days told
// at once, "s/d", "WIB", a number of people behind a date without a comma. Nothing is added to what the words say.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "bot/language/lexicon.hpp"
#include "bot/moment.hpp"

namespace bot::language {

// Folded words beside those of the lexicon (config/rules/event-words.toml).
struct time_writing {
  std::vector<std::string> zones;   // behind an hour, and its own zone anyway: "WIB"
  std::vector<std::string> also;    // between one day and the next: "dan"
  std::vector<std::string> over;    // before a number of days: "selama"
  std::vector<std::string> from;    // behind it, before the first day: "mulai"
  std::vector<std::string> in_row;  // behind it, and no day follows: "berturut"
};

struct written_times {
  std::string text;
  int days = 1;  // over so many days in a row, the first of which stands in `text`
};

// `now`: whose year a day without one is read in.
written_times plain_times(std::string_view text, const lexicon&, const time_writing&, instant now);

// Whether the words name a day ("sabtu", "besok", "12 desember"), or a part of one ("malam").
bool names_day(std::string_view text, const lexicon&);
bool names_now(std::string_view text, const lexicon&);  // "sekarang", "hari ini"
bool names_day_part(std::string_view text, const lexicon&);

}  // namespace bot::language
