// A report of an incident beside an event, on its day: offered to the officer who opens the report, who alone decides
// whether it belongs there. Reports and notices stay apart (P-09): by that tap each side learns the number of the
// other, and the units of the event the kind, level and ward of the report; never its words, nothing of who reported or
// who organises.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bot/cases/report.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/notices/agenda.hpp"
#include "bot/notices/notice.hpp"

namespace bot::notices {

// The events that the report may belong to by place, time and kind, the earlier before the later. Empty for what is
// sealed. They live as long as `all`.
std::vector<const notice*> events_of(const cases::report&, std::span<const notice> all, const rulebook&,
                                     std::chrono::minutes utc_offset);

// Which notices are to be read when the report is opened; none: it belongs to no event whatever is held there.
std::optional<period> around_report(const cases::report&, const world&);

// What stands on the opened card: a line for each event, and a button where it is only offered.
struct offer {
  std::string lines;  // Indonesian, each ends in a new line
  std::vector<choice> choices;
};
offer events_offered(const cases::report&, const facts&, const world&);

// An officer who may act on the report says that it belongs to the event of that number, "o:event:<report>:<number>":
// both histories say so, and the units that look after the event and have no card of the report hear of it. Twice does
// nothing more.
void put_at_event(turn&, const cases::report&, const std::string& number, const facts&, const world&);

}  // namespace bot::notices
