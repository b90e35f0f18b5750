// Lawful meetings and worship that somebody only dislikes: information, not a case. What is reported is an event, never
// who people are (P-04, P-05).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bot/language/understand.hpp"
#include "bot/language/words.hpp"

namespace bot {

// Folded phrases, from config/rules/activities.toml.
struct activity_rules {
  std::vector<std::string> activities;  // what is lawful in itself
  std::vector<std::string> dislike;     // that somebody minds it
  std::vector<std::string> harm;        // what makes it more than that
  std::vector<std::string> threat;      // what others want to do to it
};

enum class activity : std::uint8_t {
  none,
  disliked,    // nothing but dislike: no card, no level, no map
  threatened,  // the activity is to be protected
};

activity activity_in(std::span<const language::word> words, const language::understanding&, const activity_rules&);

}  // namespace bot
