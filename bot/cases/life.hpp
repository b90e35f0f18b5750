// The life of a case among officers: who hears of it, what each may do, which step follows which.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/cases/report.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/geography/places.hpp"

namespace bot::cases {

// --- where a case goes ------------------------------------------------------------------------------------------
// `codes`: areas that the reporter's words or taps leave open; empty: none known yet.
geography::routing_decision place_case(const std::vector<std::string>& codes, std::string_view category,
                                       std::string_view level, const world&);
geography::routing_decision place_case(const geography::place_finding&, std::string_view category,
                                       std::string_view level, const world&);
geography::routing_decision place_pin(double latitude, double longitude, std::string_view category,
                                      std::string_view level, const world&);
// The unit that owns a case so decided: never empty.
std::string owner_of(const geography::routing_decision&);
std::vector<std::string> watchers_of(const geography::routing_decision&);
// The unit and those above it, the nearest first. A kelurahan's office and its Bhabinkamtibmas stand under the station
// of their ward.
std::vector<std::string_view> chain_of(std::string_view unit, const world&);
std::string name_of_unit(std::string_view code, const world&);  // "Polsek Gadingrejo"
std::string name_of_area(std::string_view code, const world&);  // "Kel. Gentong"; empty when unknown

// --- who is told ------------------------------------------------------------------------------------------------
// Whom a case is meant for, as far as that decides who may know.
struct destination {
  std::string unit;
  std::string kind;     // routed_as (bot/cases/sealed.hpp)
  bool sealed = false;  // no group counts
  bool placed = true;   // its place is known
};
destination destination_of(const report&);
// Whose people are told: the unit itself or the nearest above that has any. A case without a place that nobody above
// can read goes to all units that may turn out to be the right one, the highest first
// (docs/decisions/danger-without-place.md). Never a kind of unit that its class shuts out. Empty: nobody anywhere.
std::vector<std::string> recipients_of(const destination&, const world&);
std::string told_instead_of(const std::string& unit, bool sealed, const world&);  // the same of something with a place
std::function<bool(const std::string& unit)> shut_out(const report&,
                                                      const world&);  // its class keeps it from that unit
// One of several units that hold a case until its place is known.
bool offered_below(const report&, std::string_view unit, const world&);
std::string names_of_units(const std::vector<std::string>& codes, const world&);
// A new case: cards to its recipients, the first escalation timer. Returns the units whose people were told.
std::vector<std::string> announce(turn&, report&, const world&);
// The reporter pleads: whoever can act hears of it once more, at most so often. The name of the unit that was reminded;
// empty: its holder is on duty and reads it anyway, or nobody could be told.
std::string remind(turn&, report&, const world&);
// The cards of a case show its new state; its holder hears what was added.
void announce_change(turn&, const report&, std::string_view what, const world&);

// --- what officers do -------------------------------------------------------------------------------------------
// A tap on a card, "o:<action>:<number>[:<value>]". False: not an officer's button.
bool officer_tap(turn&, const said::tap&, const facts&, const world&);
// Words of an officer who was asked for some (a question to the reporter, a note, a reason). False: nobody asked.
bool officer_words(turn&, const std::string& text, const facts&, const world&);
// An officer goes on or off duty by word; what comes while nobody of the unit is on duty goes to the one above.
void change_duty(turn&, const facts&, bool on, const world&);
// The open cases among the facts, with a button each. `always`: said even when there are none.
void list_open(turn&, const facts&, bool always, const world&);
// The same as one message in place of many cards: what nobody has taken, each with a button that brings its card.
void digest(turn&, const facts&, const world&);
// Units whose open cases an officer looks after: the own, and those below where nobody is bound.
std::vector<std::string> units_looked_after(std::int64_t contact, const world&);
bool for_officers(std::string_view global_word);
// The reporter's verdict on a closed case, "r:<clear|open>:<number>".
bool reporter_tap(turn&, const said::tap&, const facts&, const world&);

// Which state each action leads to from which; anything else is answered, not done.
struct transition {
  state from;
  std::string_view action;
  state to;
};
const std::vector<transition>& life_cycle();

}  // namespace bot::cases
