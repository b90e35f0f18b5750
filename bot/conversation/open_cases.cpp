#include "bot/conversation/open_cases.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "bot/cases/steps.hpp"

namespace bot {
namespace {

// When its first words were written: they may have waited through an outage.
instant told_at(const cases::report& r) {
  const auto waited = r.answers.find("waited");
  return r.created_at - std::chrono::minutes(waited == r.answers.end() ? 0 : std::atoll(waited->second.c_str()));
}

bool names_place(const perception& p, const std::string& ward, const world& w) {
  return std::any_of(p.places.candidates.begin(), p.places.candidates.end(), [&](const auto& c) {
    const auto& code = w.book.atlas.at(c.where).code;
    return code == ward || ward.starts_with(code + ".");
  });
}

// How well the words fit that case rather than another of the same writer.
int likeness(const cases::report& r, const perception& p, std::string_view text, const world& w) {
  int points = names_number(text, r.number) ? 100 : 0;
  if (p.places.what == geography::place_finding::outcome::inside && !r.ward.empty())
    points += names_place(p, r.ward, w) ? 6 : -6;
  if (!p.meaning.category.empty()) points += p.meaning.category == r.category ? 4 : -1;
  // "yang musik": what its reporter called it.
  const auto words = r.answers.find("words");
  if (words == r.answers.end()) return points;
  constexpr std::size_t long_enough = 4;
  const std::string told = " " + folded(words->second) + " ";
  for (const auto& word : p.words)
    if (word.what == language::word::kind::letters && word.folded.size() >= long_enough &&
        told.find(" " + word.folded + " ") != std::string::npos)
      points += 1;
  return points;
}

}  // namespace

bool names_number(std::string_view text, const std::string& number) {
  const auto same = [](char a, char b) { return std::toupper(static_cast<unsigned char>(a)) == b; };
  return std::search(text.begin(), text.end(), number.begin(), number.end(), same) != text.end();
}

bool is_hushed(const cases::report& r) {
  const auto safe = r.answers.find("safe");
  return safe != r.answers.end() && safe->second == "no";
}

bool is_plea(const perception& p, const world& w) {
  using language::intent;
  const auto& m = p.meaning;
  const bool cry = m.intent == intent::emergency || (m.intent == intent::report && m.level == cases::level::high);
  const bool tells = !m.category.empty() || m.weapons || m.injuries || m.crowd ||
                     p.places.what != geography::place_finding::outcome::nothing;
  return (cry && !tells) || says_only(p.words, w.book.pleas);
}

bool is_fresh(const cases::report& r, const facts& f, instant sent_at, const world& w) {
  const auto fresh = w.book.escalation.case_fresh;
  return r.reporter == f.contact && r.state != cases::state::closed &&
         sent_at - std::max(r.created_at, r.changed_at) < fresh && told_at(r) - sent_at < fresh;
}

bool has_open_case(const facts& f, instant sent_at, const world& w) {
  return std::any_of(f.reports.begin(), f.reports.end(),
                     [&](const cases::report& r) { return is_fresh(r, f, sent_at, w); });
}

std::vector<const cases::report*> open_cases(const facts& f, instant sent_at, const world& w) {
  std::vector<const cases::report*> open;
  for (const auto& r : f.reports)
    if (is_fresh(r, f, sent_at, w)) open.push_back(&r);
  return open;
}

meant case_meant(const perception& p, std::string_view text, const facts& f, instant sent_at, const world& w) {
  const auto open = open_cases(f, sent_at, w);
  if (open.empty()) return {};
  if (open.size() == 1) return {open.front(), true};
  meant best;
  int most = -1000;
  bool alone = true;
  for (const auto* r : open) {
    const int points = likeness(*r, p, text, w);
    alone = points != most && (points > most || alone);
    const bool asks = r->answers.contains(awaits_answer);
    const bool best_asks = best.which != nullptr && best.which->answers.contains(awaits_answer);
    if (points < most || (points == most && best_asks && !asks)) continue;
    most = points;
    best.which = r;
  }
  best.named = alone && most > 0;
  return best;
}

bool says_new_event(const perception& p, const cases::report* of, const world& w) {
  if (of == nullptr) return true;
  const bool inside = p.places.what == geography::place_finding::outcome::inside;
  const bool other_kind =
      !p.meaning.category.empty() && of->category != "unclear" && p.meaning.category != of->category;
  const bool other_place = inside && !of->ward.empty() && !names_place(p, of->ward, w);
  return (other_kind && inside) || other_place;
}

const cases::report* awaits_verdict(const facts& f, const world& w) {
  const cases::report* newest = nullptr;
  for (const auto& r : f.reports)
    if (r.reporter == f.contact && (newest == nullptr || r.changed_at >= newest->changed_at)) newest = &r;
  const bool asked = newest != nullptr && newest->state == cases::state::closed && cases::may_be_told(*newest) &&
                     w.now - newest->changed_at <= w.book.escalation.reopen_window;
  return asked ? newest : nullptr;
}

}  // namespace bot
