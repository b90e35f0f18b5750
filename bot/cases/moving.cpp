// How a case changes hands.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "bot/cases/cards.hpp"
#include "bot/cases/escalation.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/sealed.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/perception.hpp"

namespace bot::cases {

tapped read_tap(std::string_view data) {
  tapped t;
  std::array<std::string*, 3> parts = {&t.action, &t.number, &t.value};
  std::size_t at = data.find(':');
  for (std::size_t i = 0; i < parts.size() && at != std::string_view::npos; ++i) {
    const std::size_t next = data.find(':', at + 1);
    *parts[i] = std::string(data.substr(at + 1, next == std::string_view::npos ? next : next - at - 1));
    at = next;
  }
  return t;
}

const report* find_report(const facts& f, const std::string& number) {
  const auto at = std::find_if(f.reports.begin(), f.reports.end(), [&](const report& r) { return r.number == number; });
  return at == f.reports.end() ? nullptr : &*at;
}

report touched(const report& was, const world& w) {
  report r = was;
  ++r.version;
  r.changed_at = w.now;
  return r;
}

const transition* allowed(state from, std::string_view action) {
  for (const auto& t : life_cycle())
    if (t.from == from && t.action == action) return &t;
  return nullptr;
}

std::string manned_above(const std::string& unit, const world& w) {
  const auto chain = chain_of(unit, w);
  for (std::size_t i = 1; i < chain.size(); ++i)
    if (w.duty.staffed(chain[i])) return std::string(chain[i]);
  return {};
}

bool stands_under(const std::string& unit, const std::string& other, const world& w) {
  const auto chain = chain_of(unit, w);
  return std::find(chain.begin(), chain.end(), other) != chain.end();
}

std::vector<choice> units_near(const report& r, const world& w) {
  std::vector<choice> near;
  const auto own = w.book.units.find(r.unit);
  const auto chain = chain_of(r.unit, w);
  const auto up = chain.size() < 2 ? geography::no_unit : w.book.units.find(chain[1]);
  const auto offer = [&](geography::unit_id id) {
    const auto& unit = w.book.units.at(id);
    if (near.size() < 10 && w.duty.staffed(unit.code))
      near.push_back({fmt::format("o:to:{}:{}", r.number, unit.code), "=" + unit.name});
  };
  if (up == geography::no_unit) return near;
  offer(up);
  if (own == geography::no_unit) return near;
  for (std::size_t id = 0; id < w.book.units.units().size(); ++id) {
    const auto one = static_cast<geography::unit_id>(id);
    if (one != own && w.book.units.parent_of(one) == up && w.book.units.at(one).kind == w.book.units.at(own).kind)
      offer(one);
  }
  return near;
}

void keep_note(report& r, const std::string& words) {
  std::string& notes = r.answers["notes"];
  if (notes.size() < 2000) notes += (notes.empty() ? "" : "\n") + words;
}

void move_to(turn& t, report& r, const std::string& unit, const std::string& why, const facts& f, const world& w) {
  t.events.push_back({r.id, "forwarded", f.actor, r.unit + " -> " + unit + (why.empty() ? "" : ": " + why), w.now});
  keep_note(r, name_of_unit(r.unit, w) + ": " + why);
  r.answers["moved_from"] = r.unit;
  r.answers["moved_at"] = std::to_string(to_millis(w.now));
  r.unit = unit;
  r.holder = 0;
  r.incident = 0;  // whoever has it next compares anew
  r.lead.clear();
  r.step = 0;  // the clock starts again
  r.state = state::filed;
  announce(t, r, w);
  tell_reporter(t, r, "reporter.forwarded", "forwarded", {}, w);
}

bool may_take_back(const member& who, const report& r, const world& w) {
  const auto from = r.answers.find("moved_from"), at = r.answers.find("moved_at");
  return from != r.answers.end() && at != r.answers.end() && from->second == who.unit && r.state == state::filed &&
         r.holder == 0 && w.now - from_millis(std::atoll(at->second.c_str())) <= w.book.escalation.take_back;
}

bool may_resume(const report& r, const facts& f, const world& w) {
  return r.state == state::closed && r.holder == f.actor && r.reports < 2 && r.lead.empty() &&
         w.now - r.changed_at <= w.book.escalation.take_back;
}

void resume(turn& t, report& r, const facts& f, const world& w) {
  r.state = state::taken;
  r.answers.erase("outcome");
  t.events.push_back({r.id, "resumed", f.actor, "", w.now});
  holds(t, r, w);
  answer(t, f, "officer.yours_again", r, w);
  tell_reporter(t, r, "reporter.resumed", "resumed", {}, w);
}

void take_back(turn& t, report& r, const facts& f, const world& w) {
  const std::string from = r.answers["moved_from"];
  t.events.push_back({r.id, "taken_back", f.actor, r.unit + " -> " + from, w.now});
  keep_note(r, name_of_unit(from, w) + ": " + std::string(w.book.texts.text("id", "card_word.taken_back")));
  r.answers.erase("moved_from");
  r.answers.erase("moved_at");
  r.unit = from;
  r.step = 0;
  announce(t, r, w);
  tell_reporter(t, r, "reporter.forwarded", "taken_back", {}, w);
}

void recategorise(turn& t, report& r, const std::string& category, std::int64_t actor, const world& w) {
  t.events.push_back({r.id, "recategorised", actor, r.category + " -> " + category, w.now});
  r.category = category;
  const auto words = r.answers.find("words");
  const rating rated =
      rate_as(category, words == r.answers.end() ? std::string() : words->second, r.created_at, w.book);
  // What was dangerous stays so: only the officer on the spot may find otherwise, by closing it.
  if (rated.level != r.level && r.level != level::high) {
    r.level = rated.level;
    r.level_reason = rated.reason;
    t.events.push_back({r.id, "rated", 0, std::string(name_of(r.level)) + ": " + r.level_reason, w.now});
  }
  const auto where =
      place_case(r.ward.empty() ? std::vector<std::string>{} : std::vector{r.ward}, routed_as(r), name_of(r.level), w);
  if (where.sealed) seal(t, r, w);
  if (r.holder != 0 || owner_of(where) == r.unit) return;
  r.unit = owner_of(where);
  r.watchers = watchers_of(where);
  r.routing_reason = where.reason;
  r.step = 0;
  t.events.push_back({r.id, "moved", 0, r.unit + ": " + r.routing_reason, w.now});
  announce(t, r, w);
}

}  // namespace bot::cases
