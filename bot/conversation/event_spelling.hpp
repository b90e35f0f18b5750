// How organisers write days, hours and numbers, respelled for those who read them: several days told at once, "s/d",
// "WIB", a number of people behind a date without a comma. Nothing is added to what the words say.
#pragma once

#include <string>
#include <string_view>

#include "bot/language/lexicon.hpp"
#include "bot/moment.hpp"

namespace bot {

struct respelled_event {
  std::string text;
  int days = 1;  // over so many days in a row, the first of which stands in `text`
};

// `now`: whose year a day without one is read in.
respelled_event respelled(std::string_view text, const language::lexicon&, instant now);

// Whether the words name a day ("sabtu", "besok", "12 desember"), or a part of one ("malam").
bool names_day(std::string_view text, const language::lexicon&);
bool names_now(std::string_view text, const language::lexicon&);  // "sekarang", "hari ini"
bool names_day_part(std::string_view text, const language::lexicon&);

}  // namespace bot
