// The answers of an organiser: read from what he writes, kept as text by slot, and turned into the event that the rules
// look at.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/form.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/notices/event.hpp"
#include "bot/notices/from_message.hpp"

namespace bot {

// An area code that no map has: the place was said, and lies in no area that is served.
inline constexpr std::string_view outside_area = "outside";

notices::event event_from(const answer_map&, std::chrono::minutes utc_offset);
std::string answer_of(const notices::event_time&, std::chrono::minutes utc_offset);

// What the event is for, the main purpose of a mixed one: its name; empty where it was not told.
std::string main_purpose(const answer_map&);
std::string purpose_key(const answer_map&);  // of the text that says it; of "event" where it was not told

// One message that may answer several questions.
struct several_answers {
  std::map<std::string, std::string> of;  // slot -> the words that answer it, as typed
  std::vector<std::string> rest;          // what belongs to no question, in order
  std::string about_event;  // all of it but the end, the person in charge and the group: may name start and place
  std::string told;         // all of it but the person in charge, as typed
};

// `listed`: the slots in the order in which they were asked as a numbered list, which may be answered by number.
// `answering`: it answers a list; a first message is read more carefully, as a story holds any word.
several_answers parts_of(std::string_view text, const std::vector<const question*>&,
                         const std::vector<std::string>& listed, bool answering, const notices::event_words&);

// When the event ends, by words like "22.00" or "jam 12", counted from its start. Empty: they name no time.
std::string end_after(std::string_view start_answer, std::string_view words, const handbook&);

// The end of an event over several days in a row, each with the same hours.
std::string end_over(std::string_view start_answer, std::string_view end_answer, int days, std::chrono::minutes);

// An end that keeps its distance to a start which has moved.
std::string moved_end(std::string_view end_answer, std::string_view was, std::string_view now, std::chrono::minutes);

// Whether a number to call stands in it.
bool holds_number(std::string_view text);

// Without what may call somebody up: digits of eight or more in a row.
std::string without_numbers(std::string_view text);

// Said instead of an answer ("belum tahu"): short, and with nothing in it that could be one.
bool is_no_answer(std::string_view text, const handbook&);

}  // namespace bot
