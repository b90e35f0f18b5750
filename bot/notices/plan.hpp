// The whole answer to "what does my event need?": track, tier, addressee, deadlines, and what must still be asked. The
// dry run `kentongan plan` and the conversation say what stands here.
#pragma once

#include "bot/notices/addressee.hpp"
#include "bot/notices/deadlines.hpp"
#include "bot/notices/documents.hpp"
#include "bot/notices/tracks.hpp"

namespace bot::notices {

struct dated_part {
  std::string_view part;  // name of the track or of the extra
  bool is_extra = false;
  notices::deadline deadline;
};

// What cannot be said yet is absent, and `ask` names what it depends on.
struct plan {
  std::optional<notices::track> track;
  bool disputed = false;  // an officer settles the track
  std::optional<notices::tier> tier;
  const tier_rule* tier_by = nullptr;
  std::vector<notices::extra> extras;
  std::optional<addressee> to;
  std::string unit;                   // a station code; empty above the Polres, or not known yet
  std::vector<std::string> watchers;  // station codes
  std::vector<std::string> local;     // stations of the places under the one that leads: they see it too
  bool station_certain = true;        // every jurisdiction behind `unit` is verified
  unit_chain chain;                   // where documents and practice are looked for
  std::optional<instant> latest;      // the strictest of all tracks; extras do not count
  std::optional<bool> late;           // a remark, never a reason to hold the notice back
  std::vector<dated_part> deadlines;  // every track and extra that has one and whose day is known
  std::vector<slot> ask;              // in the order of `slot`, each once
  std::vector<citation> because;      // what decided, in the order of the decisions
};

// Never fails and refuses nothing: an event of which nothing is known is answered with a question. A mixed event keeps
// its parts apart: the first one that has a duty gives track and addressee, every part its deadline.
plan plan_event(const event&, instant now, const rulebook&, const geography::atlas&, const geography::unit_register&,
                std::chrono::minutes utc_offset);

// The law itself frees it of any duty: worship in its house, science on campus (UU 9/1998 Art. 10(4)).
bool exempt_by_law(const plan&);

// "pp60-2017-5" and its like, then "disputed" and "unverified" where that is so: a rule or a counted calendar is not
// verified.
std::vector<std::string> sources_of(const plan&);

}  // namespace bot::notices
