// One person's running conversation: a form partly filled. A value; storage keeps it as JSON with a format version.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bot/moment.hpp"

namespace bot {

// Answers by slot, in the canonical text of the question's kind (see bot/conversation/answers.hpp):
// choice: the chosen id; place: "35.75.01.1002" or candidates parted by blanks; moment: ISO 8601; count: "30-39".
using answer_map = std::map<std::string, std::string>;

struct conversation {
  std::int64_t contact = 0;      // whose it is; 0 = not stored yet
  std::string language = "id";   // id, jv, mad, en
  bool language_chosen = false;  // by the person's own word: no longer guessed from the messages
  instant heard_until{};         // the language that was heard stays until then, whatever else is written
  bool greeted = false;          // the privacy line was said

  std::string form;      // id of the open form, empty: none
  int form_version = 0;  // the version it began with
  answer_map answers;
  // Slot of the question that is open, "confirm" at the read-back, "change" while choosing one. With no form open: of
  // the question under the number of the newest case.
  std::string asked;
  int prompts = 0;         // how often that question has been put
  std::int64_t draft = 0;  // grows with every form: a timer of an older draft is stale
  std::string filed;  // number of the case that this draft has become already (danger: filed before it is complete)

  std::vector<std::string> cases;    // numbers of the person's open cases, newest last, at most `max_cases`
  std::vector<std::string> notices;  // the same of notices of events, apart from the cases
  answer_map aside;                  // of a notice that was interrupted by something urgent; "until": when it is over
  std::int64_t helper = 0;           // the operator who speaks instead of the bot, 0 = nobody
  instant helped_until{};            // unless one of the two writes again
  std::int64_t minute = 0;  // since 1970, of the newest message, and how many came in it: what slows a flood down
  int in_minute = 0;
  instant expires_at{};  // after it the next message starts afresh; time_point{} = never

  bool operator==(const conversation&) const = default;
};

inline constexpr std::size_t max_cases = 8;

// Nothing is being filled in any more; cases, language and what was laid aside stay.
inline void close_form(conversation& c) {
  c.form.clear();
  c.asked.clear();
  c.answers.clear();
  c.filed.clear();
  c.prompts = 0;
  c.expires_at = {};
}

}  // namespace bot
