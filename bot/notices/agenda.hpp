// The events of a unit: what is read beside a notice, what an officer is asked about it, the unit's calendar and the
// list of its week.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/notices/clashes.hpp"

namespace bot::notices {

// Which notices are to be read: those of the units that lie in the time.
struct period {
  std::vector<std::string> units;
  instant from{}, until{};
};

// What may clash with it: a day around it, with all stations of the Polres at its place and those above.
// With those of the wards across a border: near its pin, where it has one, else side by side with its ward.
period beside(const notice&, const world&);
// The same for an event that is not filed yet; none: its time or place is open.
std::optional<period> beside_told(const answer_map&, const world&);
// The stations (and those above them) of the wards within `reach_m` of a pin, nearest first; none: no pin.
std::vector<std::string> units_near(const std::string& pin, double reach_m, const world&);
// What may stand on the calendar of its unit in the week that it lies in.
period week_of(const notice&, const world&);
// The same for one unit, from a month ago on; the feed of its calendar.
period calendar_of(std::string_view unit, instant now, const geography::unit_register&);

// Whether it is the unit's own, that of a station below it, or one that it watches; and takes place.
bool on_calendar(const notice&, std::string_view unit, const geography::unit_register&);

// `others`, and what `tell_week` gets: each event of those that come again by itself (occurrences_of).
// What an officer is asked about it, a line each under a heading; empty: nothing. In Indonesian, as cards are.
std::string questions_about(const notice&, const std::vector<notice>& others, const world&);
// One line of a short card: the gravest of the questions about other events, and how many there are in all.
std::string hint_about(const notice&, const std::vector<notice>& others, const world&);

// Sees to it that its unit has it on the list of its week.
void arm_week(turn&, const notice&, const world&);
// The timer "notice_week": the list of the week that the notice lies in, once to each of the people of its unit.
void tell_week(turn&, const notice&, const std::vector<notice>& others, const world&);

}  // namespace bot::notices
