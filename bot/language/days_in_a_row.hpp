// Several days told together.
#pragma once

#include "bot/language/written_times.hpp"

namespace bot::language {

// The first of the days stays in the text.
written_times first_of_days(std::string_view text, const lexicon&, const time_writing&, instant now);

}  // namespace bot::language
