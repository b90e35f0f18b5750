// To whom an event is told, and whose station that is: by where the participants come from or over what it stretches,
// and by the same geography as reports.
#pragma once

#include "bot/geography/atlas.hpp"
#include "bot/notices/rules.hpp"

namespace bot::notices {

// The service under which jurisdictions.csv may name another station for events.
inline constexpr std::string_view event_service = "event";

// The stations of the places of an event.
struct place_stations {
  bool outside = false;             // the first place is in no area that is served
  std::vector<std::string> polsek;  // each once, in the order of the route; empty unless every place has just one
  std::vector<std::string> polres;  // the same
  unit_chain chain;                 // of the first place, as far as one station is known
  bool certain = true;              // every jurisdiction is verified
};

place_stations stations_of(const std::vector<std::string>& wards, const geography::atlas&,
                           const geography::unit_register&, local_day on);

// Over what the places stretch, by their codes; absent when they are too coarse to say ("35.75", a whole city).
std::optional<reach> stretch_of(const std::vector<std::string>& wards);

struct addressing {
  std::optional<addressee> to;
  std::string unit;                   // a station code; empty above the Polres, or while a place is missing
  std::vector<std::string> watchers;  // the other stations of a route or line
  std::vector<std::string> local;     // stations of the places below the one that leads, none of the others here
  std::vector<slot> ask;              // never what is known
  std::vector<citation> because;
};

// The first place leads. A place outside of all areas goes to the Polda, without unit.
addressing find_addressee(track, const event&, const place_stations&, const event_rules&, local_day on);

}  // namespace bot::notices
