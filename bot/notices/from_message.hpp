// What one message of an organiser tells of his event. Only what its words say; the rest is asked.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bot/conversation/phrases.hpp"
#include "bot/geography/places.hpp"
#include "bot/language/understand.hpp"
#include "bot/language/written_times.hpp"
#include "bot/notices/event.hpp"

namespace bot::notices {

// How people say that something comes again (bot/notices/recurrence.hpp).
struct repeat_words {
  phrase_set every;            // "tiap"
  phrase_set also;             // between two days: "dan"
  phrase_set once;             // "2 minggu sekali"
  phrase_set a_week;           // "seminggu": a number behind it tells no total
  phrase_set week, month;      // units
  phrase_set weekly, monthly;  // all of it in one: "sebulan sekali"
  phrase_set five_weeks;       // "Jumat Legi": a weekday and a day of the Javanese week meet every 35 days
  phrase_set times;            // "4 kali"
  phrase_set throughout;       // "selama Desember", "selama 4 minggu"
  phrase_set end_of;           // "akhir Januari"
};

// config/rules/event-words.toml: phrases are folded.
struct event_words {
  std::map<std::string, purpose, std::less<>> purpose_of;  // by the kind of event that `language` finds
  phrase_set opinion, family, community, campus_science;   // purposes that their words tell
  phrase_set political;                                    // without one of these a great meeting is asked about
  phrase_set worship;                                      // of faith, though it goes through the streets
  phrase_set neighbours;                                   // among neighbours, though it sounds like a show
  phrase_set demand;                                       // an opinion may be meant, whatever the kind
  phrase_set campus, off_campus;
  phrase_set indoors, open_air, either;
  phrase_set funeral;  // no form: condolence
  phrase_set burial;   // of these alone: a death that is no danger to anybody
  phrase_set leading;  // stand before the name of a place and belong to it ("kel", "desa")
  phrase_set onward;   // lead from one place of a route to the next ("ke", "lewat")
  phrase_set unknown;  // an answer that is none yet ("belum tahu")
  phrase_set own;      // the writer holds the demonstration himself
  phrase_set road, no_road, fireworks, no_fireworks;
  std::array<phrase_set, 3> roads;      // by road_class
  phrase_set small_crowd, large_crowd;  // "acara kecil": a tier that is said
  phrase_set marching;                  // goes from one place to another
  phrase_set spots, spot_parts;         // "lapangan", before the name of a place; "gg", "rt" behind it
  repeat_words repeats;
  std::array<phrase_set, 5> reaches;     // by reach
  phrase_set beside;                     // stand beside an answer and add nothing ("aja", "pak", "ubah")
  phrase_set wrong;                      // what was read back is not right
  phrase_set open_end;                   // it ends when it is over
  phrase_set does;                       // ends the name of a group: "akan", "mengadakan"
  phrase_set begins;                     // before another start than was told: "mulai jam 5"
  phrase_set hours;                      // before an hour: "jam"
  phrase_set nights;                     // the night before a day bears its name: "malam minggu"
  phrase_set heads;                      // behind a number of people, one of them too: "orang"
  std::vector<std::string> short_forms;  // a full stop behind one ends nothing: "jl"
  language::time_writing writing;
  // What answers a question by buttons in other words, by slot and value; believed only where that question stands.
  std::map<std::string, std::map<std::string, phrase_set>, std::less<>> answers;
  std::map<std::string, phrase_set, std::less<>> slots;  // what a part of the event is called
};

// The value whose longest phrase stands in the words; none, or several as long: nothing.
std::optional<std::string> answer_in(std::span<const language::word>,
                                     const std::map<std::string, phrase_set>& by_value);

// For messages of which it is known that they tell of an event: a demonstration is also an incident to who only sees
// it. The organiser confirms what is read here before anything is filed. A demand within another kind of event leaves
// the purpose open: what may be an expression of opinion is never taken for an application. A place counts when the
// words settle on one area, a time when it is not past.
event event_of(std::span<const language::word>, const language::understanding&, const geography::place_finding&,
               const geography::atlas&, const event_words&, std::chrono::minutes utc_offset);

}  // namespace bot::notices
