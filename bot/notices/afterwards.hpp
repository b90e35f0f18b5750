// When an event is over: short questions to its organiser and its unit, each of which may be left out. What was learned
// is kept of the place, for whoever looks after the next event there; never of the organiser, and of no home, house of
// worship, campus or office of a union.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/notices/notice.hpp"

namespace bot::notices {

// "35.77.01.1003 stadion": the ward and which of its open places. Empty: nothing may be kept of it.
std::string place_key(const notice&, const rulebook&);

std::vector<choice> organiser_choices(const notice&);  // below the first message to the organiser
std::vector<choice> unit_choices(const notice&);

// --- the organiser: "e:after:<number>", "e:skip:<number>", "e:done:<number>", then words
inline constexpr std::string_view after_form = "notice_after";
bool after_tap(turn&, std::string_view action, const std::string& number, const facts&, const world&);
bool after_words(turn&, const std::string&, const facts&, const world&);

// --- the unit: "n:safe:<number>", "n:noted:<number>", then words
bool unit_after_tap(turn&, std::string_view action, const notice&, const facts&, const world&);
void unit_after_words(turn&, const std::string&, const notice&, const facts&, const world&);

}  // namespace bot::notices
