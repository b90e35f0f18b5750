#include "bot/conversation/activity.hpp"

namespace bot {

activity activity_in(std::span<const language::word> words, const language::understanding& m,
                     const activity_rules& rules) {
  // Who people are is nobody's business, whatever they are called.
  if (m.level_row == "M11-belief" && m.level != cases::level::high && !has_phrase(words, rules.harm) &&
      !has_phrase(words, rules.threat))
    return activity::disliked;
  if (!has_phrase(words, rules.activities)) return activity::none;
  if (has_phrase(words, rules.threat)) return activity::threatened;
  const bool about_people = m.category.empty() || m.category == "religious_or_sara_tension" ||
                            m.category == "gathering" || m.category == "suspicious_person" || m.category == "other";
  // A model's guess makes no danger of a service that somebody minds, nor another kind of it; words that the rules know
  // do.
  const bool high = m.level == cases::level::high;
  const bool danger_told = high && !m.level_row.empty();
  const bool guessed = high && m.level_row.empty();
  if ((!about_people && !guessed) || danger_told || m.weapons || m.injuries || has_phrase(words, rules.harm))
    return activity::none;
  return has_phrase(words, rules.dislike) ? activity::disliked : activity::none;
}

}  // namespace bot
