// Lawful meetings and worship that somebody only dislikes: information, not a case. What is reported is an event, never
// who people are (P-04, P-05).
#pragma once

#include <cstdint>
#include <span>

#include "bot/conversation/phrases.hpp"
#include "bot/language/understand.hpp"
#include "bot/language/words.hpp"

namespace bot {

// Folded phrases, from config/rules/activities.toml.
struct activity_rules {
  phrase_set activities;  // what is lawful in itself
  phrase_set dislike;     // that somebody minds it
  phrase_set harm;        // what makes it more than that
  phrase_set threat;      // what others want to do to it
};

enum class activity : std::uint8_t {
  none,
  disliked,    // nothing but dislike: no card, no level, no map
  threatened,  // the activity is to be protected
};

activity activity_in(std::span<const language::word> words, const language::understanding&, const activity_rules&);

}  // namespace bot
