// How bad an incident is and why: the rows of the level table, and what the learned model knows beyond them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "bot/cases/report.hpp"
#include "bot/language/lexicon.hpp"
#include "bot/language/opinion.hpp"
#include "bot/language/reading.hpp"

namespace bot::language {

struct rating {
  cases::level level = cases::level::low;
  std::string reason;    // never empty
  std::string_view row;  // of the table, where the level is the row's; else empty
};

// `category`: empty only of an emergency. `r` has everything noted that the rows ask for.
rating rate(const reading& r, const lexicon&, const opinion&, bool emergency, std::string_view category,
            std::string_view text, std::span<const word>);

}  // namespace bot::language
