// An officer's day: on duty or not, and what is open.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/cards.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/steps.hpp"

namespace bot::cases {
namespace {

std::string words_of(const std::vector<argument>& args, std::string_view name, const world& w) {
  for (const auto& a : args)
    if (a.name == name) return a.key ? std::string(w.book.texts.text("id", a.value)) : a.value;
  return {};
}

std::string line_of(const report& r, const world& w) {
  const auto args = card_arguments(r, w);
  return fmt::format("\n{} · {} · {} · {} · {}", r.number, words_of(args, "level", w), words_of(args, "category", w),
                     words_of(args, "place", w), words_of(args, "age", w));
}

}  // namespace

bool for_officers(std::string_view word) { return word == "duty_on" || word == "duty_off" || word == "open_cases"; }

void change_duty(turn& t, const facts& f, bool on, const world& w) {
  const member* who = w.duty.find(f.contact);
  if (who == nullptr) return;
  roster after = w.duty;
  for (auto& m : after.members)
    if (m.contact == f.contact) m.on_duty = on;
  if (who->on_duty != on) {
    member changed = *who;
    changed.on_duty = on;
    t.bound.push_back(std::move(changed));
  }
  say s;
  s.key = on ? "officer.on_duty" : "officer.off_duty";
  s.args = {{"unit", name_of_unit(who->unit, w)}};
  if (!on && !after.staffed(who->unit)) {
    const world then{w.now, w.book, after, w.recent};
    const std::string next = told_instead_of(who->unit, false, then);
    const bool nobody = !after.staffed(next);
    s.key = nobody ? "officer.off_duty_nobody" : "officer.off_duty_climbs";
    s.args.push_back({"next", name_of_unit(next, w)});
  }
  t.replies.push_back(std::move(s));
}

void list_open(turn& t, const facts& f, bool always, const world& w) {
  if (f.listed.empty()) {
    if (always) t.replies.push_back({.key = "officer.no_open_cases"});
    return;
  }
  std::string lines;
  say s;
  s.key = "officer.open_cases";
  for (const auto& r : f.listed) {
    lines +=
        fmt::format("{} · {}", line_of(r, w), w.book.texts.text("id", "case_state." + std::string(name_of(r.state))));
    s.choices.push_back({fmt::format("o:look:{}", r.number), "=" + r.number});
  }
  s.args = {{"lines", std::move(lines)}};
  t.replies.push_back(std::move(s));
}

void show_at_hand(turn& t, const facts& f, const world& w) {
  const member* who = w.duty.find(f.contact);
  const auto held = [&](const report& r) { return r.holder == f.contact; };
  const auto mine = std::find_if(f.listed.begin(), f.listed.end(), held);
  const bool one_held = std::count_if(f.listed.begin(), f.listed.end(), held) == 1;
  if (who != nullptr && (one_held || f.listed.size() == 1))
    return bring_card(t, one_held ? *mine : f.listed.front(), *who, w);
  list_open(t, f, false, w);
}

void digest(turn& t, const facts& f, const world& w) {
  const member* who = w.duty.find(f.contact);
  if (who == nullptr) return;
  std::string lines;
  say s;
  s.key = "officer.digest";
  s.urgency = priority::other;
  for (const auto& r : f.listed) {
    if (r.state != state::filed || (r.sealed && f.group)) continue;
    lines += line_of(r, w);
    s.choices.push_back({fmt::format("o:card:{}", r.number), "=" + r.number});
  }
  if (s.choices.empty()) return;
  const std::size_t all = w.recent == nullptr ? 0 : w.recent->waiting(who->unit);
  s.args = {{"lines", std::move(lines)}, {"count", std::to_string(std::max(all, s.choices.size()))}};
  t.replies.push_back(std::move(s));
}

std::vector<std::string> units_looked_after(std::int64_t contact, const world& w) {
  const member* who = w.duty.find(contact);
  if (who == nullptr) return {};
  std::vector<std::string> units = {who->unit};
  const auto& all = w.book.units;
  const auto own = all.find(who->unit);
  if (own == geography::no_unit) return units;
  for (const auto& u : all.units()) {
    const auto id = all.find(u.code);
    if (id == own || w.duty.reachable(u.code)) continue;
    // Its cases climb to the nearest unit above that has people.
    auto up = all.parent_of(id);
    while (up != geography::no_unit && up != own && !w.duty.reachable(all.at(up).code)) up = all.parent_of(up);
    if (up == own) units.push_back(u.code);
  }
  return units;
}

}  // namespace bot::cases
