#include "bot/notices/agenda.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/event_answers.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/filled.hpp"
#include "bot/geography/distance.hpp"
#include "bot/notices/addressee.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/parts.hpp"
#include "bot/notices/recurrence.hpp"
#include "bot/written_moment.hpp"

namespace bot::notices {
namespace {

using geography::no_unit;
using geography::unit_id;
using std::chrono::days;

constexpr std::size_t most_questions = 8;   // on a card
constexpr std::size_t most_of_a_week = 30;  // lines of a list

void add(std::vector<std::string>& units, const std::string& code) {
  if (!code.empty() && std::find(units.begin(), units.end(), code) == units.end()) units.push_back(code);
}

bool is_under(unit_id inner, unit_id outer, const geography::unit_register& units) {
  for (; inner != no_unit; inner = units.parent_of(inner))
    if (inner == outer) return true;
  return false;
}

// It, all below it, and those above it.
void add_family(std::vector<std::string>& all, unit_id top, const geography::unit_register& units) {
  for (unit_id id = 0; id < units.units().size(); ++id)
    if (is_under(id, top, units)) add(all, units.at(id).code);
  for (auto up = units.parent_of(top); up != no_unit; up = units.parent_of(up)) add(all, units.at(up).code);
}

// With those that could have an event that it watches: its neighbours under the same Polres, and all above.
std::vector<std::string> around(std::string_view unit, const geography::unit_register& units) {
  std::vector<std::string> all = {std::string(unit)};
  const auto id = units.find(unit);
  if (id == no_unit) return all;
  const auto polres = units.polres_of(id);
  add_family(all, polres == no_unit ? id : polres, units);
  return all;
}

std::string said(std::string_view key, const std::vector<argument>& args, const world& w) {
  return filled(w.book.texts.text("id", "notice_clash." + std::string(key)), args);
}

std::string what_of(const notice& n, const world& w) {
  return std::string(w.book.texts.text("id", purpose_key(n.answers)));
}

std::string day_words(local_day day, const world& w) {
  return say_when(written_day(instant{day.time_since_epoch()}, std::chrono::minutes{0}), w.now, "id", w.book.texts,
                  w.book.utc_offset);
}

std::string line_of(const clash& c, const notice& n, const world& w) {
  const auto& rules = w.book.notices.clashes;
  if (c.what == clash::kind::dated)
    return c.asks->question + (c.asks->sure == geography::confidence::verified ? "" : said("unverified", {}, w));
  if (c.what == clash::kind::many)
    return said("many",
                {{"count", std::to_string(c.events)},
                 {"day", day_words(c.night, w)},
                 {"unit", cases::name_of_unit(n.filed.unit, w)}},
                w);
  const bool neighbour = c.what == clash::kind::neighbour;
  const std::string key = c.what == clash::kind::route      ? "route"
                          : c.what == clash::kind::together ? "together"
                          : neighbour                       ? "neighbour"
                                                            : "near";
  return said(key + (c.sure || neighbour ? "" : "_unsure"),
              {{"number", c.other->number},
               {"what", what_of(*c.other, w)},
               {"when", span_words(c.other->answers, "id", w)},
               {"area", c.other->wards.empty() ? std::string() : cases::name_of_area(c.other->wards.front(), w)},
               {"metres", fmt::format("{:.0f}", rules.near_m)},
               {"hours", std::to_string(std::chrono::duration_cast<std::chrono::hours>(rules.near).count())}},
              w);
}

// The hour of the list at or before the moment.
instant list_before(instant moment, const world& w) {
  const auto& rule = w.book.notices.clashes.weekly;
  const auto local = moment + w.book.utc_offset;
  const auto today = std::chrono::floor<days>(local);
  const auto since = std::chrono::weekday{today} - rule.day;
  instant list = instant{today - since} + rule.at;
  if (list > local) list -= days(7);
  return list - w.book.utc_offset;
}

// Of the week that its timer tells of: that of the newest of its events whose list is not to come.
instant list_now(const notice& n, const world& w) {
  instant list = list_before(n.start, w);
  for (const auto& one : occurrences_of(n, w.book.utc_offset))
    if (const instant due = list_before(one.start, w); due <= w.now) list = due;
  return list;
}

// Each of its events is looked at; what concerns several of them is asked once.
std::vector<clash> clashes_of_all(const notice& n, const std::vector<notice>& others, const world& w) {
  std::vector<clash> all;
  const auto same = [](const clash& a, const clash& b) {
    if (a.what != b.what) return false;
    if (a.other == nullptr) return a.asks == b.asks;
    return a.other->id == b.other->id && a.other->start == b.other->start;
  };
  for (const auto& one : occurrences_of(n, w.book.utc_offset))
    for (auto& c : clashes_of(one, others, w.book.notices.clashes, w.book.atlas, w.book.utc_offset))
      if (std::none_of(all.begin(), all.end(), [&](const clash& known) { return same(known, c); })) all.push_back(c);
  std::stable_sort(all.begin(), all.end(), [](const clash& a, const clash& b) { return a.what < b.what; });
  return all;
}

}  // namespace

period beside(const notice& n, const world& w) {
  const auto& units = w.book.units;
  period p{.units = {n.filed.unit}};
  const auto chain = chain_of(n, w);
  if (!chain.empty()) p.units = around(chain.front(), units);
  add(p.units, n.filed.unit);
  for (const auto& code : chain) add(p.units, code);
  for (const auto& code : n.watchers) add(p.units, code);
  const auto pin = n.answers.find("pin");
  const auto today = time_at(w.now, w.book.utc_offset).day;
  if (pin != n.answers.end()) {
    for (const auto& code : units_near(pin->second, w.book.notices.clashes.near_m, w)) add(p.units, code);
  } else if (n.wards.size() == 1) {
    for (const auto& ward : next_to(n.wards.front(), w.book.atlas))
      for (const auto& code : stations_of({ward}, w.book.atlas, w.book.units, today).chain) add(p.units, code);
  }
  const auto when = span_of(n, w.book.notices.clashes, w.book.utc_offset);
  p.from = when.from - days(1);
  p.until = when.until + days(1);
  return p;
}

std::optional<period> beside_told(const answer_map& answers, const world& w) {
  const auto e = event_from(answers, w.book.utc_offset);
  if (!e.start || e.wards.empty()) return std::nullopt;
  const auto moment = [&](const event_time& t) {
    return t.at ? *t.at : instant{t.day.time_since_epoch()} - w.book.utc_offset;
  };
  notice n;
  n.wards = e.wards;
  n.answers = answers;
  n.start = moment(*e.start);
  n.end = std::max(n.start, e.end ? moment(*e.end) : n.start);
  // Of an event that comes again each one is looked at.
  const auto last = occurrences_of(n, w.book.utc_offset).back();
  n.end = std::max({n.end, last.start, last.end});
  n.filed.unit = chain_of(n, w).empty() ? std::string() : chain_of(n, w).front();
  return beside(n, w);
}

std::vector<std::string> units_near(const std::string& pin, double reach_m, const world& w) {
  std::vector<std::string> all;
  const auto point = geography::read_pin(pin);
  if (!point) return all;
  const auto today = time_at(w.now, w.book.utc_offset).day;
  for (const auto& area : w.book.atlas.borders().around(*point, reach_m))
    for (const auto& code : stations_of({w.book.atlas.at(area.where).code}, w.book.atlas, w.book.units, today).chain)
      add(all, code);
  return all;
}

period week_of(const notice& n, const world& w) {
  const instant from = list_now(n, w);
  return {around(cases::told_instead_of(n.filed.unit, false, w), w.book.units), from, from + days(7)};
}

period calendar_of(std::string_view unit, instant now, const geography::unit_register& units) {
  return {around(unit, units), now - days(31), now + days(400)};
}

bool on_calendar(const notice& n, std::string_view unit, const geography::unit_register& units) {
  if (!takes_place(n)) return false;
  if (std::find(n.watchers.begin(), n.watchers.end(), unit) != n.watchers.end()) return true;
  const auto owner = units.find(n.filed.unit), looks = units.find(unit);
  return n.filed.unit == unit || (owner != no_unit && looks != no_unit && is_under(owner, looks, units));
}

std::string questions_about(const notice& n, const std::vector<notice>& others, const world& w) {
  if (!takes_place(n) || n.filed.state == state::finished) return {};
  const auto apart = one_of_each(others, &n);
  const auto all = clashes_of_all(n, apart, w);
  if (all.empty()) return {};
  std::string lines = std::string(w.book.texts.text("id", "notice_clash.heading")) + "\n";
  for (std::size_t i = 0; i < std::min(all.size(), most_questions); ++i) lines += "· " + line_of(all[i], n, w) + "\n";
  if (all.size() > most_questions)
    lines += said("more", {{"count", std::to_string(all.size() - most_questions)}}, w) + "\n";
  return lines;
}

std::string hint_about(const notice& n, const std::vector<notice>& others, const world& w) {
  const auto apart = one_of_each(others, &n);
  const auto all = clashes_of_all(n, apart, w);
  if (all.empty() || all.front().what == clash::kind::dated) return {};
  return filled(w.book.texts.text("id", "notice_card.hint"),
                {{"count", std::to_string(all.size())}, {"first", line_of(all.front(), n, w)}});
}

void arm_week(turn& t, const notice& n, const world& w) {
  if (n.start == instant{}) return;
  for (const auto& one : occurrences_of(n, w.book.utc_offset)) {
    const instant due = list_before(one.start, w);
    if (due > w.now) return t.timers.push_back({"notice_week", n.id, n.filed.version, due});
  }
}

void tell_week(turn& t, const notice& n, const std::vector<notice>& others, const world& w) {
  const std::string unit = cases::told_instead_of(n.filed.unit, false, w);
  const instant from = list_now(n, w), until = from + days(7);
  if (n.answers.contains("recurs")) arm_week(t, n, w);
  // It was moved to another week, or the clock comes so late that it would tell of what is over.
  if (unit.empty() || w.now < from || w.now >= from + days(1)) return;
  std::vector<const notice*> listed;
  const auto consider = [&](const notice& one) {
    const auto when = span_of(one, w.book.notices.clashes, w.book.utc_offset);
    if (when.from < until && from < when.until && on_calendar(one, unit, w.book.units)) listed.push_back(&one);
  };
  for (const auto& one : others) consider(one);
  if (listed.empty()) return;
  std::sort(listed.begin(), listed.end(), [](const notice* a, const notice* b) {
    return a->start != b->start ? a->start < b->start : a->id < b->id;
  });
  std::string lines;
  for (std::size_t i = 0; i < std::min(listed.size(), most_of_a_week); ++i) {
    const notice& one = *listed[i];
    lines += fmt::format("· {}: {}, {} ({})\n", span_words(one.answers, "id", w), what_of(one, w),
                         place_words(one.wards, one.answers, "id", w), one.number);
  }
  if (listed.size() > most_of_a_week)
    lines += said("more", {{"count", std::to_string(listed.size() - most_of_a_week)}}, w) + "\n";
  for (const auto* m : w.duty.of_unit(unit, true)) {
    say s;
    s.key = "notice_week.list";
    s.args = {{"unit", cases::name_of_unit(unit, w)}, {"count", std::to_string(listed.size())}, {"lines", lines}};
    s.urgency = priority::other;
    t.notes.push_back(
        {m->contact, std::move(s), fmt::format("week:{}:{}", unit, written_day(from, w.book.utc_offset))});
  }
}

}  // namespace bot::notices
