#include "bot/conversation/open_cases.hpp"

#include <algorithm>
#include <cstdlib>

namespace bot {
namespace {

// When its first words were written: they may have waited through an outage.
instant told_at(const cases::report& r) {
  const auto waited = r.answers.find("waited");
  return r.created_at - std::chrono::minutes(waited == r.answers.end() ? 0 : std::atoll(waited->second.c_str()));
}

}  // namespace

bool is_plea(const perception& p, const world& w) {
  using language::intent;
  const auto& m = p.meaning;
  const bool cry = m.intent == intent::emergency || (m.intent == intent::report && m.level == cases::level::high);
  const bool tells = !m.category.empty() || m.weapons || m.injuries || m.crowd ||
                     p.places.what != geography::place_finding::outcome::nothing;
  return (cry && !tells) || says_only(p.words, w.book.pleas);
}

bool has_open_case(const facts& f, instant sent_at, const world& w) {
  const auto fresh = w.book.escalation.case_fresh;
  return std::any_of(f.reports.begin(), f.reports.end(), [&](const cases::report& r) {
    return r.reporter == f.contact && r.state != cases::state::closed &&
           sent_at - std::max(r.created_at, r.changed_at) < fresh && told_at(r) - sent_at < fresh;
  });
}

bool says_new_event(const perception& p, const facts& f, const world& w) {
  const auto newest = std::find_if(f.reports.rbegin(), f.reports.rend(),
                                   [&](const cases::report& r) { return r.reporter == f.contact; });
  if (newest == f.reports.rend()) return true;
  const bool inside = p.places.what == geography::place_finding::outcome::inside;
  const bool other_kind =
      !p.meaning.category.empty() && newest->category != "unclear" && p.meaning.category != newest->category;
  const bool other_place = inside && !newest->ward.empty() &&
                           std::none_of(p.places.candidates.begin(), p.places.candidates.end(), [&](const auto& c) {
                             const auto& code = w.book.atlas.at(c.where).code;
                             return code == newest->ward || newest->ward.starts_with(code + ".");
                           });
  return (other_kind && inside) || other_place;
}

}  // namespace bot
