#include "bot/conversation/complaint.hpp"

#include <algorithm>

namespace bot {
namespace {

// The number of words of the phrase that stands at `at`, 0 when it does not.
std::size_t phrase_at(std::span<const language::word> words, std::size_t at, std::string_view phrase) {
  std::size_t used = 0;
  while (!phrase.empty()) {
    const auto blank = phrase.find(' ');
    const auto one = phrase.substr(0, blank);
    if (at + used >= words.size() || words[at + used].folded != one) return 0;
    ++used;
    phrase = blank == std::string_view::npos ? std::string_view() : phrase.substr(blank + 1);
  }
  return used;
}

std::size_t any_at(std::span<const language::word> words, std::size_t at, const std::vector<std::string>& phrases) {
  std::size_t longest = 0;
  for (const auto& p : phrases) longest = std::max(longest, phrase_at(words, at, p));
  return longest;
}

bool anywhere(std::span<const language::word> words, const std::vector<std::string>& phrases) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (any_at(words, i, phrases) > 0) return true;
  return false;
}

bool accused_at(std::span<const language::word> words, std::size_t actor, std::size_t length, const complaint_rules& rules) {
  // "polisi minta uang", "polisi di situ minta uang"
  std::size_t after = actor + length;
  for (int skipped = 0; skipped < 3 && any_at(words, after, rules.done) == 0 && any_at(words, after, rules.between) > 0; ++skipped) ++after;
  if (any_at(words, after, rules.done) > 0) return true;
  // "dipalak sama oknum polisi"
  std::size_t before = actor;
  for (int skipped = 0; skipped < 3 && before > 0 && any_at(words, before - 1, rules.by) == 1; ++skipped) --before;
  for (std::size_t length_of_act = 1; length_of_act <= 3 && length_of_act <= before; ++length_of_act)
    if (any_at(words, before - length_of_act, rules.suffered) == length_of_act) return true;
  // "oknum polisi … minta uang"
  const bool marked = actor > 0 && any_at(words, actor - 1, rules.marks) == 1;
  return marked && (anywhere(words, rules.done) || anywhere(words, rules.suffered));
}

}  // namespace

complaint complaint_in(std::span<const language::word> words, const complaint_rules& rules) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const auto n = any_at(words, i, rules.officers); n > 0 && accused_at(words, i, n, rules)) return complaint::about_officer;
    if (const auto n = any_at(words, i, rules.officials); n > 0 && accused_at(words, i, n, rules)) return complaint::about_official;
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
