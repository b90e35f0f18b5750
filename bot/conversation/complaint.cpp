#include "bot/conversation/complaint.hpp"

#include "bot/conversation/phrases.hpp"

namespace bot {
namespace {

bool accused_at(std::span<const language::word> words, std::size_t actor, std::size_t length,
                const complaint_rules& rules) {
  // "polisi minta uang", "polisi di situ minta uang"
  std::size_t after = actor + length;
  for (int skipped = 0;
       skipped < 3 && phrase_at(words, after, rules.done) == 0 && phrase_at(words, after, rules.between) > 0; ++skipped)
    ++after;
  if (phrase_at(words, after, rules.done) > 0) return true;
  // "dipalak sama oknum polisi"
  std::size_t before = actor;
  for (int skipped = 0; skipped < 3 && before > 0 && phrase_at(words, before - 1, rules.by) == 1; ++skipped) --before;
  for (std::size_t length_of_act = 1; length_of_act <= 3 && length_of_act <= before; ++length_of_act)
    if (phrase_at(words, before - length_of_act, rules.suffered) == length_of_act) return true;
  // "oknum polisi … minta uang"
  const bool marked = actor > 0 && phrase_at(words, actor - 1, rules.marks) == 1;
  return marked && (has_phrase(words, rules.done) || has_phrase(words, rules.suffered));
}

}  // namespace

complaint complaint_in(std::span<const language::word> words, const complaint_rules& rules) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const auto n = phrase_at(words, i, rules.officers); n > 0 && accused_at(words, i, n, rules))
      return complaint::about_officer;
    if (const auto n = phrase_at(words, i, rules.officials); n > 0 && accused_at(words, i, n, rules))
      return complaint::about_official;
  }
  return complaint::none;
}

std::string_view category_of(complaint c) {
  switch (c) {
    case complaint::about_officer: return "officer_complaint";
    case complaint::about_official: return "official_complaint";
    case complaint::none: break;
  }
  return {};
}

}  // namespace bot
