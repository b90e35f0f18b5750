#include "bot/conversation/activity.hpp"

#include "bot/conversation/phrases.hpp"

namespace bot {

activity activity_in(std::span<const language::word> words, const language::understanding& m,
                     const activity_rules& rules) {
  if (!has_phrase(words, rules.activities)) return activity::none;
  if (has_phrase(words, rules.threat)) return activity::threatened;
  const bool about_people = m.category.empty() || m.category == "religious_or_sara_tension" ||
                            m.category == "gathering" || m.category == "suspicious_person" || m.category == "other";
  if (!about_people || m.level == cases::level::high || m.weapons || m.injuries || has_phrase(words, rules.harm))
    return activity::none;
  return has_phrase(words, rules.dislike) ? activity::disliked : activity::none;
}

}  // namespace bot
