#include "bot/conversation/own_pins.hpp"

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/open_cases.hpp"
#include "bot/conversation/standing.hpp"

namespace bot {

std::vector<const cases::report*> cases_with_pin(const facts& f) {
  std::vector<const cases::report*> all;
  for (const auto& r : f.reports)
    if (r.reporter == f.contact && !is_hushed(r)) all.push_back(&r);
  return all;
}

bool give_pin(turn& t, std::string_view number, const facts& f, const world& w) {
  const auto own = cases_with_pin(f);
  const auto at = std::find_if(own.begin(), own.end(), [&](const auto* r) { return r->number == number; });
  const auto drawn =
      std::find_if(f.new_pins.begin(), f.new_pins.end(), [&](const auto& one) { return one.first == number; });
  if (at == own.end() || drawn == f.new_pins.end()) return false;
  cases::report r = **at;
  // Too many wrong ones: somebody guesses, and a new PIN would let them go on.
  if (r.pin_misses >= most_pin_misses) {
    t.replies.push_back({.key = "status.pin_locked", .args = {{"unit", cases::name_of_unit(r.unit, w)}}});
    return true;
  }
  say s{.key = r.pin_hash.empty() ? "status.pin_given" : "status.pin_renewed", .args = standing_of(r, w), .once = true};
  s.args.push_back({"pin", f.fresh.pin});
  r.pin_hash = drawn->second;
  r.pin_misses = 0;
  ++r.version;  // `changed_at` stays: nothing about the case is new
  t.events.push_back({r.id, "pin_given", 0, "", w.now});
  t.replies.push_back(std::move(s));
  t.reports.push_back(std::move(r));
  return true;
}

}  // namespace bot
