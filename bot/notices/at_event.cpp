#include "bot/notices/at_event.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "bot/cases/cards.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/geography/distance.hpp"
#include "bot/notices/addressee.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/parts.hpp"
#include "bot/written_moment.hpp"

namespace bot::notices {
namespace {

constexpr const char* kept_as = "at_event";  // of a report: numbers of events that officers put it to
constexpr std::size_t most_offered = 3;

std::string of(const answer_map& answers, const char* key) {
  const auto at = answers.find(key);
  return at == answers.end() ? std::string() : at->second;
}

bool contains(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool fits(const cases::report& r, const at_event_rules& rules) {
  return !r.sealed && (contains(rules.categories, r.category) ||
                       (r.level == cases::level::high && contains(rules.if_high, r.category)));
}

// When it happened as the reporter tells it; a day, where that is all that was told.
time_span when_of(const cases::report& r, std::chrono::minutes utc_offset) {
  const std::string told = of(r.answers, "when");
  if (const auto moment = read_moment(told)) return {moment->at, moment->at};
  if (const auto day = read_day(told)) {
    const instant midnight = instant{*day} - utc_offset;
    return {midnight, midnight + std::chrono::days(1)};
  }
  // What waited through an outage is older than its case.
  const instant since = r.created_at - std::chrono::minutes(std::atoll(of(r.answers, "waited").c_str()));
  return {since, since};
}

bool near(const cases::report& r, const notice& n, const at_event_rules& rules) {
  if (!r.ward.empty() && contains(n.wards, r.ward)) return true;
  if (of(r.answers, "pin_is") == "mine") return false;  // where the reporter is, not where it happens
  const auto there = geography::read_pin(of(r.answers, "pin")), here = geography::read_pin(of(n.answers, "pin"));
  return there && here && geography::metres(*there, *here) <= rules.near_m;
}

std::vector<std::string> events_put(const cases::report& r) { return parted(of(r.answers, kept_as)); }

// The arguments of the notice's card under names that leave those of the report free.
std::vector<argument> about(const notice& n, const world& w) {
  std::vector<argument> args;
  for (auto& a : card_arguments(n, w)) {
    if (a.name == "number") args.push_back({"event", std::move(a.value)});
    if (a.name == "what" || a.name == "when") args.push_back(std::move(a));
    if (a.name == "place") args.push_back({"venue", std::move(a.value)});
  }
  return args;
}

std::string said(const char* key, const notice& n, const world& w) {
  std::string text(w.book.texts.text("id", key));
  for (const auto& a : about(n, w)) {
    const std::string mark = "{" + a.name + "}";
    if (const auto at = text.find(mark); at != std::string::npos)
      text.replace(at, mark.size(), a.key ? w.book.texts.text("id", a.value) : std::string_view(a.value));
  }
  return text;
}

// Units that look after the event, as far as none of their people have the report before them. Names of those told.
std::string tell_units(turn& t, const cases::report& r, const notice& n, const facts& f, const world& w) {
  std::vector<std::string> units = {cases::told_instead_of(n.filed.unit, false, w)};
  for (const auto& one : n.watchers)
    if (!contains(units, one)) units.push_back(one);
  std::string names;
  for (const auto& unit : units) {
    if (unit.empty() || unit == r.unit || contains(r.told, unit) || contains(r.watchers, unit)) continue;
    bool told = false;
    for (const auto* m : w.duty.of_unit(unit, true)) {
      if (m->contact == f.actor) continue;
      say s{.key = "at_event.report", .args = cases::card_arguments(r, w)};
      for (auto& a : about(n, w)) s.args.push_back(std::move(a));
      s.choices = {{"n:open:" + n.number, "notice_desk_button.open"}};
      s.urgency = r.level == cases::level::high ? priority::high : priority::other;
      t.notes.push_back({m->contact, std::move(s), fmt::format("{}:at_event{}", r.number, n.number)});
      told = true;
    }
    if (told) names += (names.empty() ? "" : ", ") + cases::name_of_unit(unit, w);
  }
  return names;
}

}  // namespace

std::vector<const notice*> events_of(const cases::report& r, std::span<const notice> all, const rulebook& book,
                                     std::chrono::minutes utc_offset) {
  std::vector<const notice*> found;
  const auto& rules = book.at_event;
  if (!fits(r, rules)) return found;
  const time_span when = when_of(r, utc_offset);
  for (const auto& n : all) {
    if (n.start == instant{} || !takes_place(n) || !near(r, n, rules)) continue;
    const time_span held = span_of(n, book.clashes, utc_offset);
    if (held.from - rules.before <= when.until && when.from <= held.until + rules.after) found.push_back(&n);
  }
  std::sort(found.begin(), found.end(), [](const notice* a, const notice* b) {
    return a->start != b->start ? a->start < b->start : a->id < b->id;
  });
  return found;
}

std::optional<period> around_report(const cases::report& r, const world& w) {
  const auto& rules = w.book.notices.at_event;
  if (r.ward.empty() || !fits(r, rules)) return std::nullopt;
  const time_span when = when_of(r, w.book.utc_offset);
  const auto place = stations_of({r.ward}, w.book.atlas, w.book.units, time_at(when.from, w.book.utc_offset).day).chain;
  period p = calendar_of(place.empty() ? r.unit : place.front(), w.now, w.book.units);
  if (of(r.answers, "pin_is") != "mine")
    for (auto& code : units_near(of(r.answers, "pin"), rules.near_m, w))
      if (!contains(p.units, code)) p.units.push_back(std::move(code));
  p.from = when.from - rules.after;
  p.until = when.until + rules.before + std::chrono::minutes(1);
  return p;
}

offer events_offered(const cases::report& r, const facts& f, const world& w) {
  offer all;
  const auto events = one_of_each(f.beside);
  auto found = events_of(r, events, w.book.notices, w.book.utc_offset);
  if (found.size() > most_offered) found.resize(most_offered);
  const auto put = events_put(r);
  for (const notice* n : found) {
    const bool known = contains(put, n->number);
    all.lines += said(known ? "at_event.is" : "at_event.maybe", *n, w) + "\n";
    if (known || r.state == cases::state::closed || r.state == cases::state::withdrawn) continue;
    all.choices.push_back({fmt::format("o:event:{}:{}", r.number, n->number),
                           found.size() == 1 ? "at_event_button.put" : "=" + said("at_event.put_to", *n, w)});
  }
  return all;
}

void put_at_event(turn& t, const cases::report& was, const std::string& number, const facts& f, const world& w) {
  const auto at = std::find_if(f.notices.begin(), f.notices.end(), [&](const notice& n) { return n.number == number; });
  const bool open = was.state != cases::state::closed && was.state != cases::state::withdrawn;
  if (!open || at == f.notices.end() || events_of(was, std::span(&*at, 1), w.book.notices, w.book.utc_offset).empty())
    return cases::answer(t, f, "officer.too_late", was, w);
  say s{.key = "at_event.done", .args = {{"number", was.number}, {"event", number}}};
  if (auto put = events_put(was); !contains(put, number)) {
    cases::report r = was;
    put.push_back(number);
    r.answers[kept_as] = joined(put);
    ++r.version;  // `changed_at` stays: nothing about the case is new
    t.events.push_back({r.id, "at_event", f.actor, number, w.now});
    t.notice_events.push_back({at->id, "report_near", f.actor, r.number, w.now});
    if (const std::string told = tell_units(t, r, *at, f, w); !told.empty()) {
      s.key = "at_event.done_told";
      s.args.push_back({"unit", told});
    }
    t.reports.push_back(std::move(r));
  }
  t.notes.push_back({f.actor, std::move(s), ""});
}

}  // namespace bot::notices
