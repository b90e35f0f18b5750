// The calendar of a unit as iCalendar (RFC 5545): kind, ward and hour of its events. No organiser, no words of his, no
// number of a notice. Pure; libical does the escaping, the folding and the line ends.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/world.hpp"
#include "bot/notices/notice.hpp"

namespace handlers::calendar {

inline constexpr std::size_t most_events = 1000;  // later ones are left out

// `events`: as storage has them, in any order; those that are not on the calendar of `unit` are left out, and so is
// what the law exempts (worship, science on campus): it was told of freely, and an address can be passed on. Hours are
// written in UTC, which every calendar turns into the hour of its reader; an event of which only the day is known is
// written as a day. One that comes again has an entry for each date that is not over before `since`, named by its day,
// so that the others keep theirs when one is cancelled.
std::string write_feed(std::string_view unit, std::vector<bot::notices::notice> events, const bot::handbook&,
                       bot::instant since = {});

}  // namespace handlers::calendar
