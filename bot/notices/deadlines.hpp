// Until when an organiser files, and until when he cancels. Being late never stops a filing: it is told, nothing else.
#pragma once

#include "bot/notices/rules.hpp"

namespace bot::notices {

struct deadline {
  const deadline_rule* rule = nullptr;
  instant latest{};      // the last moment that is in time
  bool certain = false;  // the rule is verified, and every counted day lies in a year of decreed holidays
};

// The rule of a track (for events whose participants come from `from`) or of an extra; null when there is none, or when
// it depends on where the participants come from and that is not known. A permit may have one of its own by `size` and
// by the nearest of the units.
const deadline_rule* deadline_of(track, std::optional<reach> from, const event_rules&, local_day on,
                                 std::optional<tier> size = {}, const unit_chain& = {});
const deadline_rule* deadline_of(extra, const event_rules&, local_day on);

// Real hours count back from the start; working days end at 23:59:59 of the area's clock on the last day that leaves
// that many. Absent: the rule counts hours and only the day of the start is known. `where`: code of the place, whose
// city may have holidays of its own.
std::optional<deadline> latest_filing(const deadline_rule&, const event_time& start, const calendar&,
                                      std::chrono::minutes utc_offset, std::string_view where);

// The last moment for an organiser to cancel (UU 9/1998 Art. 14).
std::optional<instant> latest_cancelling(const event_time& start, const event_rules&);

// The rule whose customary hours the event leaves, or null: a hint for the organiser. An event of several days is
// judged by the hour of its start and of its end. Where it is not known whether there is a roof, the hours of both must
// be left.
const hours_rule* outside_usual_hours(track, const event&, const event_rules&, local_day on,
                                      std::chrono::minutes utc_offset);

}  // namespace bot::notices
