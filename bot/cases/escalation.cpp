#include "bot/cases/escalation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>

#include "bot/cases/cards.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/steps.hpp"

namespace bot::cases {
namespace {

using std::chrono::minutes;

const std::string rungs_taken = "rung";
const std::string held_since = "held_since";

std::string unit_above(std::string_view unit, std::int64_t steps, const world& w) {
  const auto chain = chain_of(unit, w);
  const auto at = std::min(static_cast<std::size_t>(std::max<std::int64_t>(steps, 0)), chain.size() - 1);
  return std::string(chain[at]);
}

std::int64_t whole(const report& r, const std::string& slot) {
  const auto at = r.answers.find(slot);
  return at == r.answers.end() ? 0 : std::atoll(at->second.c_str());
}

template <class Map>
const typename Map::mapped_type* of_level(const Map& all, const report& r) {
  const auto at = all.find(name_of(r.level));
  return at == all.end() ? nullptr : &at->second;
}

// Who is off duty has not heard of it where somebody on duty was told; where nobody is on duty, all were.
std::vector<const member*> not_told(const report& r, bool chiefs, const world& w) {
  std::vector<const member*> found;
  if (!w.duty.staffed(r.unit)) return found;
  for (const auto& m : w.duty.members)
    if (m.unit == r.unit && !m.group && !m.on_duty && is_chief(m, w) == chiefs) found.push_back(&m);
  return found;
}

struct target {
  std::vector<std::string> units;
  std::vector<const member*> people;  // of the case's own unit, instead of all
  bool climbed = false;
  bool nobody() const { return units.empty() && people.empty(); }
};

// Where nobody is that high, the highest below it are reminded.
std::vector<std::string> units_at(const report& r, std::int64_t above, const world& w) {
  std::vector<std::string> told;
  destination to = destination_of(r);
  for (auto at = above; at >= 0 && told.empty(); --at) {
    to.unit = unit_above(r.unit, at, w);
    told = recipients_of(to, w);
  }
  return told;
}

// The next rung on which somebody stands who has not heard of it; behind the last one it is always the unit above.
target next_target(report& r, const world& w) {
  const auto* ladder = of_level(w.book.escalation.ladder, r);
  const std::size_t length = ladder == nullptr ? 0 : ladder->size();
  auto at = static_cast<std::size_t>(whole(r, rungs_taken));
  target found;
  for (; at < length && found.people.empty() && (*ladder)[at] != rung::above; ++at)
    found.people = not_told(r, (*ladder)[at] == rung::chief, w);
  if (found.people.empty()) {
    ++at;
    std::int64_t above = 0;
    for (std::size_t i = 0; i < at; ++i)
      if (i >= length || (*ladder)[i] == rung::above) ++above;
    found.units = units_at(r, above, w);
    found.climbed = found.units != units_at(r, above - 1, w);
  }
  r.answers[rungs_taken] = std::to_string(at);
  return found;
}

std::string written(minutes m) {
  return m < minutes(120) ? fmt::format("{} mnt", m.count()) : fmt::format("{} jam", m.count() / 60);
}

}  // namespace

bool is_chief(const member& m, const world& w) {
  const auto& chiefs = w.book.escalation.chiefs;
  return std::find(chiefs.begin(), chiefs.end(), m.role) != chiefs.end();
}

instant later(instant from, minutes left, std::string_view level, const world& w) {
  const auto& office = w.book.escalation.office;
  if (std::find(office.levels.begin(), office.levels.end(), level) == office.levels.end()) return from + left;
  using std::chrono::local_time;
  auto at = std::chrono::floor<minutes>(from.time_since_epoch()) + w.book.utc_offset;
  auto midnight = std::chrono::floor<std::chrono::days>(at);
  for (int day = 0; day < 60; ++day, midnight += std::chrono::days(1)) {
    if (!w.book.notices.days.works(notices::local_day(midnight))) continue;
    const minutes open = minutes(midnight) + office.from, close = minutes(midnight) + office.until;
    const minutes start = std::max(minutes(at), open);
    if (start >= close) continue;
    if (close - start >= left) return instant(start + left - w.book.utc_offset);
    left -= close - start;
  }
  return from + left;  // a calendar without working days
}

void arm(turn& t, const report& r, std::int64_t step, const world& w) {
  const auto* steps = of_level(w.book.escalation.steps, r);
  if (steps == nullptr || step > static_cast<std::int64_t>(steps->size())) return;
  const bool anew = r.changed_at > r.created_at && step == 1;  // other people, or another level
  t.timers.push_back(
      {"escalate", r.id, step,
       later(anew ? r.changed_at : r.created_at, (*steps)[static_cast<std::size_t>(step - 1)], name_of(r.level), w)});
}

void escalate(turn& t, const report& was, std::int64_t step, const world& w) {
  if (was.state != state::filed || was.step >= step) return;
  report r = was;
  r.step = static_cast<int>(step);
  ++r.version;
  r.changed_at = w.now;
  if (step == 1) r.answers.erase(rungs_taken);
  const target to = next_target(r, w);
  t.events.push_back({r.id, "escalated", 0,
                      to.nobody()         ? fmt::format("step {}: nobody to tell", step)
                      : to.people.empty() ? fmt::format("step {}: {}", step, fmt::join(to.units, " "))
                                          : fmt::format("step {}: {} more of {}", step, to.people.size(), r.unit),
                      w.now});
  arm(t, r, step + 1, w);
  const std::string event = fmt::format("step{}", step);
  for (const auto& unit : to.units) give_cards(t, r, unit, "card.escalated", event, w);
  for (const auto* m : to.people) give_card(t, r, *m, "card.escalated", event, w);
  if (may_be_told(r) && !(to.nobody() && step > 1)) {
    // At the top there is nobody above: the same people are reminded, and that is what is said.
    say s;
    s.key = fmt::format("{}.{}", r.level == level::high ? "danger" : "reporter",
                        to.nobody()  ? "nobody"
                        : to.climbed ? "escalated"
                                     : "reminded");
    s.args = {{"number", r.number}, {"unit", to.units.empty() ? name_of_unit(r.unit, w) : names_of_units(to.units, w)}};
    s.urgency = r.level == level::high ? priority::danger : priority::answer;
    t.notes.push_back({r.reporter, std::move(s), fmt::format("{}:told_step{}", r.number, step)});
  }
  t.reports.push_back(std::move(r));
}

void holds(turn& t, report& r, const world& w) {
  const auto* steps = of_level(w.book.escalation.held, r);
  if (steps == nullptr || steps->empty() || r.holder == 0) return;
  r.answers[held_since] = std::to_string(to_millis(w.now));
  t.timers.push_back({"held", r.id, 1, w.now + steps->front()});
}

void held_long(turn& t, const report& was, std::int64_t step, const world& w) {
  const auto* steps = of_level(w.book.escalation.held, was);
  const bool held = was.holder != 0 && (was.state == state::taken || was.state == state::on_site);
  if (!held || steps == nullptr || step < 1 || step > static_cast<std::int64_t>(steps->size())) return;
  const instant since = from_millis(whole(was, held_since));
  const instant due = since + (*steps)[static_cast<std::size_t>(step - 1)];
  if (w.now < due) return;  // the holder has acted since: a later timer counts from there
  report r = was;
  if (step < static_cast<std::int64_t>(steps->size()))
    t.timers.push_back({"held", r.id, step + 1, since + (*steps)[static_cast<std::size_t>(step)]});
  t.events.push_back({r.id, "left_alone", 0, fmt::format("step {}", step), w.now});
  const std::string event = fmt::format("held{}-{}", to_millis(since) / 60000, step);
  const auto card = [&](std::string_view key, bool own) {
    say s;
    s.key = key;
    s.args = card_arguments(r, w);
    s.args.push_back({"held", written(std::chrono::duration_cast<minutes>(w.now - since))});
    s.choices = own ? buttons_for(r) : std::vector<choice>{{fmt::format("o:look:{}", r.number), "officer_button.look"}};
    s.urgency = r.level == level::high ? priority::high : priority::other;
    return s;
  };
  const std::string dedupe = fmt::format("{}:{}", r.number, event);
  t.notes.push_back({r.holder, card("card.reminder", true), dedupe});
  if (step > 1) {
    bool chief_told = false;
    for (const auto& m : w.duty.members) {
      if (m.unit != r.unit || m.group || m.contact == r.holder || !is_chief(m, w)) continue;
      t.notes.push_back({m.contact, card("card.left_alone", false), dedupe});
      chief_told = true;
    }
    if (const auto chain = chain_of(r.unit, w); !chief_told && chain.size() > 1) {
      destination to = destination_of(r);
      to.unit = chain[1];
      for (const auto& unit : recipients_of(to, w)) {
        if (std::find(r.told.begin(), r.told.end(), unit) == r.told.end()) r.told.push_back(unit);
        for (const auto* m : w.duty.of_unit(unit, !r.sealed))
          if (m->contact != r.holder) t.notes.push_back({m->contact, card("card.left_alone", false), dedupe});
      }
    }
    tell_reporter(t, r, "reporter.still_held", event, {}, w);
  }
  ++r.version;
  t.reports.push_back(std::move(r));
}

}  // namespace bot::cases
