// What one message of an organiser tells of his event. Only what its words say; the rest is asked.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bot/geography/places.hpp"
#include "bot/language/understand.hpp"
#include "bot/language/written_times.hpp"
#include "bot/notices/event.hpp"

namespace bot::notices {

// How people say that something comes again (bot/notices/recurrence.hpp).
struct repeat_words {
  std::vector<std::string> every;            // "tiap"
  std::vector<std::string> also;             // between two days: "dan"
  std::vector<std::string> once;             // "2 minggu sekali"
  std::vector<std::string> a_week;           // "seminggu": a number behind it tells no total
  std::vector<std::string> week, month;      // units
  std::vector<std::string> weekly, monthly;  // all of it in one: "sebulan sekali"
  std::vector<std::string> five_weeks;  // "Jumat Legi": a weekday and a day of the Javanese week meet every 35 days
  std::vector<std::string> times;       // "4 kali"
  std::vector<std::string> throughout;  // "selama Desember", "selama 4 minggu"
  std::vector<std::string> end_of;      // "akhir Januari"
};

// config/rules/event-words.toml: phrases are folded.
struct event_words {
  std::map<std::string, purpose, std::less<>> purpose_of;               // by the kind of event that `language` finds
  std::vector<std::string> opinion, family, community, campus_science;  // purposes that their words tell
  std::vector<std::string> political;   // without one of these a great meeting is asked about
  std::vector<std::string> worship;     // of faith, though it goes through the streets
  std::vector<std::string> neighbours;  // among neighbours, though it sounds like a show
  std::vector<std::string> demand;      // an opinion may be meant, whatever the kind
  std::vector<std::string> campus, off_campus;
  std::vector<std::string> indoors, open_air, either;
  std::vector<std::string> funeral;  // no form: condolence
  std::vector<std::string> burial;   // of these alone: a death that is no danger to anybody
  std::vector<std::string> leading;  // stand before the name of a place and belong to it ("kel", "desa")
  std::vector<std::string> onward;   // lead from one place of a route to the next ("ke", "lewat")
  std::vector<std::string> unknown;  // an answer that is none yet ("belum tahu")
  std::vector<std::string> own;      // the writer holds the demonstration himself
  std::vector<std::string> road, no_road, fireworks, no_fireworks;
  std::array<std::vector<std::string>, 3> roads;      // by road_class
  std::vector<std::string> small_crowd, large_crowd;  // "acara kecil": a tier that is said
  std::vector<std::string> marching;                  // goes from one place to another
  std::vector<std::string> spots, spot_parts;         // "lapangan", before the name of a place; "gg", "rt" behind it
  repeat_words repeats;
  std::array<std::vector<std::string>, 5> reaches;  // by reach
  std::vector<std::string> beside;                  // stand beside an answer and add nothing ("aja", "pak", "ubah")
  std::vector<std::string> wrong;                   // what was read back is not right
  std::vector<std::string> open_end;                // it ends when it is over
  std::vector<std::string> does;                    // ends the name of a group: "akan", "mengadakan"
  std::vector<std::string> begins;                  // before another start than was told: "mulai jam 5"
  std::vector<std::string> hours;                   // before an hour: "jam"
  std::vector<std::string> nights;                  // the night before a day bears its name: "malam minggu"
  std::vector<std::string> heads;                   // behind a number of people, one of them too: "orang"
  std::vector<std::string> short_forms;             // a full stop behind one ends nothing: "jl"
  language::time_writing writing;
  // What answers a question by buttons in other words, by slot and value; believed only where that question stands.
  std::map<std::string, std::map<std::string, std::vector<std::string>>, std::less<>> answers;
  std::map<std::string, std::vector<std::string>, std::less<>> slots;  // what a part of the event is called
};

// The value whose longest phrase stands in the words; none, or several as long: nothing.
std::optional<std::string> answer_in(std::span<const language::word>,
                                     const std::map<std::string, std::vector<std::string>>& by_value);

// For messages of which it is known that they tell of an event: a demonstration is also an incident to who only sees
// it. The organiser confirms what is read here before anything is filed. A demand within another kind of event leaves
// the purpose open: what may be an expression of opinion is never taken for an application. A place counts when the
// words settle on one area, a time when it is not past.
event event_of(std::span<const language::word>, const language::understanding&, const geography::place_finding&,
               const geography::atlas&, const event_words&, std::chrono::minutes utc_offset);

}  // namespace bot::notices
