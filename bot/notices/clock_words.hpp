// The clocks of a notice as people read them: the last moment and how sure it is, how long a receipt has been waited
// for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/world.hpp"
#include "bot/notices/deadlines.hpp"
#include "bot/notices/notice.hpp"
#include "bot/outgoing.hpp"

namespace bot::notices {

// " (belum pasti …)"; empty: the rule is verified and every counted day lies in a year of decreed holidays.
std::string unsure_words(const deadline&, std::string_view language, const world&);

// latest, unsure, left (or passed), span ("3×24 jam", "14 hari kerja") and rule.
std::vector<argument> clock_arguments(const deadline&, std::string_view language, const world&);

// What the organiser of a demonstration may want to know before he sends it, each a line that ends in a new line: hours
// and days that units are used to, how many persons in charge. Nothing follows from any of them. Empty: nothing to say.
std::string hint_lines(track, const event&, std::string_view language, const world&);

// What is known of a permit at the unit, a sentence each with a blank before it: fee (its own or the default), own_fee
// (only what the unit has entered), processing (the same). Empty: nothing.
std::vector<argument> practice_arguments(const unit_chain&, std::string_view language, const world&);

// Since when its receipt is waited for: the organiser's last word, whatever officers did since.
instant awaited_since(const notice&);
// since, waited (" (30 jam)"; empty in the first two hours)
std::vector<argument> waiting_arguments(const notice&, std::string_view language, const world&);
// Of the state as its organiser reads it: a receipt that is owed is told with the waiting.
std::string told_state_key(const filed&);

}  // namespace bot::notices
