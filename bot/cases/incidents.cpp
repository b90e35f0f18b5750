#include "bot/cases/incidents.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/cards.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/geography/distance.hpp"

namespace bot::cases {
namespace {

constexpr std::chrono::seconds count_every{10};

bool contains(const std::vector<std::string>& list, std::string_view one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

bool same_kind(const std::string& a, const std::string& b, const incident_rules& rules) {
  if (contains(rules.never, a)) return false;
  return a == b || std::any_of(rules.kinds.begin(), rules.kinds.end(),
                               [&](const auto& kind) { return contains(kind, a) && contains(kind, b); });
}

std::optional<geography::point> pin_of(const report& r) {
  const auto at = r.answers.find("pin");
  return at == r.answers.end() ? std::nullopt : geography::read_pin(at->second);
}

const report* with_id(const facts& f, std::int64_t id) {
  const auto at = std::find_if(f.reports.begin(), f.reports.end(), [&](const report& r) { return r.id == id; });
  return at == f.reports.end() ? nullptr : &*at;
}

void count_soon(turn& t, std::int64_t lead, const world& w) {
  if (w.recent == nullptr || w.recent->count_due(lead) <= w.now)
    t.timers.push_back({"incident_count", lead, 0, w.now + count_every});
}

void count(turn& t, const report& lead, std::size_t members, const world& w) {
  const int reports = 1 + static_cast<int>(members);
  if (reports == lead.reports) return;
  report r = lead;
  r.reports = reports;
  ++r.version;  // `changed_at` stays: how long a closed case can be reopened does not depend on others
  announce_change(t, r, "counted", w);
  t.reports.push_back(std::move(r));
}

void follow(turn& t, const report& lead, const facts& f, const world& w) {
  const bool over = lead.state == state::closed;
  for (const report& have : f.listed) {
    const std::vector<argument> of_lead = {{"lead", lead.number}};
    if (have.state == state::filed && over) {  // counted with it, and still open
      const auto outcome = lead.answers.find("outcome");
      if (outcome != lead.answers.end())
        tell_reporter(t, have, "reporter.lead_closed", "lead_closed", {}, w,
                      {{"lead", lead.number}, {"outcome", "outcome." + outcome->second, true}});
      continue;
    }
    if (have.state != state::joined) continue;
    report r = touched(have, w);
    r.unit = lead.unit;
    if (over) {
      const auto outcome = lead.answers.find("outcome");
      r.answers["outcome"] = outcome == lead.answers.end() ? "on_the_spot" : outcome->second;
      r.state = state::closed;
      t.events.push_back({r.id, "closed", 0, r.answers["outcome"] + ", " + lead.number, w.now});
      tell_reporter(t, r, "reporter.closed", "closed",
                    {{"r:clear:" + r.number, "button.clear"}, {"r:open:" + r.number, "button.not_done"}}, w,
                    {{"outcome", "outcome." + r.answers["outcome"], true}});
    } else {
      tell_reporter(t, r, "reporter.lead_taken", "lead_taken", {}, w, of_lead);
    }
    announce_change(t, r, "followed", w);
    t.reports.push_back(std::move(r));
  }
  if (f.listed.size() == followers_at_once) t.timers.push_back({"incident_follow", lead.id, f.listed.back().id, w.now});
}

}  // namespace

void recent_cases::put(const report& r) {
  recent_case one{.id = r.id,
                  .number = r.number,
                  .reporter = r.reporter,
                  .category = r.category,
                  .state = r.state,
                  .ward = r.ward,
                  .unit = r.told.empty() ? r.unit : r.told.front(),
                  .at = r.created_at,
                  .follows = r.incident != 0 || r.sealed,
                  .pin = pin_of(r)};
  put(std::move(one));
}

// When a case was filed never changes.
void recent_cases::put(recent_case&& one) {
  newest_ = std::max(newest_, one.id);
  if (const auto known = ward_of_.find(one.id); known != ward_of_.end()) {
    bucket& before = by_ward_[known->second];
    take(before, before.find({one.at, one.id}));
  }
  bucket& all = by_ward_[one.ward];
  while (!all.empty() && all.begin()->second.at + kept < one.at) {
    count_due_.erase(all.begin()->second.id);
    take(all, all.begin());
  }
  count(one, true);
  ward_of_[one.id] = one.ward;
  all.emplace(std::pair(one.at, one.id), std::move(one));
}

void recent_cases::take(bucket& from, bucket::iterator at) {
  if (at == from.end()) return;
  count(at->second, false);
  ward_of_.erase(at->second.id);
  from.erase(at);
}

const recent_case* recent_cases::lead_for(const report& r, const incident_rules& rules, instant now) const {
  const auto in_ward = by_ward_.find(r.ward);
  if (in_ward == by_ward_.end() || r.ward.empty() || r.sealed) return nullptr;
  const auto pin = pin_of(r);
  const bucket& all = in_ward->second;
  for (auto at = all.lower_bound({now - rules.window, 0}); at != all.end() && at->second.at <= now; ++at) {
    const recent_case& one = at->second;
    if (one.id == r.id || one.follows || (one.reporter != 0 && one.reporter == r.reporter)) continue;
    if (one.state != state::filed && one.state != state::taken && one.state != state::on_site) continue;
    if (!same_kind(one.category, r.category, rules)) continue;
    if (pin && one.pin && geography::metres(*pin, *one.pin) > rules.near_m) continue;
    return &one;
  }
  return nullptr;
}

instant recent_cases::count_due(std::int64_t lead) const {
  const auto at = count_due_.find(lead);
  return at == count_due_.end() ? instant{} : at->second;
}

void recent_cases::count(const recent_case& one, bool more) {
  if (one.state != state::filed) return;
  std::size_t& n = waiting_[one.unit];
  n = more ? n + 1 : n - std::min<std::size_t>(n, 1);
}

std::size_t recent_cases::waiting(const std::string& unit) const {
  const auto at = waiting_.find(unit);
  return at == waiting_.end() ? 0 : at->second;
}

instant recent_cases::digest_due(std::int64_t contact) const {
  const auto at = digest_due_.find(contact);
  return at == digest_due_.end() ? instant{} : at->second;
}

void recent_cases::counts_at(std::int64_t lead, instant due) { count_due_[lead] = due; }

void link(turn& t, report& r, const world& w) {
  if (r.incident != 0 || r.state != state::filed || w.recent == nullptr) return;
  const recent_case* lead = w.recent->lead_for(r, w.book.incidents, w.now);
  if (lead == nullptr) return;
  r.incident = lead->id;
  r.lead = lead->number;
  t.events.push_back({r.id, "maybe_same", 0, r.lead, w.now});
  if (r.level != level::high) return;
  t.joins.push_back({r.incident, r.id});
  count_soon(t, r.incident, w);
}

void join(turn& t, report& r, const report& lead, std::int64_t actor, const world& w) {
  r.state = state::joined;
  r.unit = lead.unit;
  t.events.push_back({r.id, "joined", actor, lead.number, w.now});
  t.joins.push_back({lead.id, r.id});
  count_soon(t, lead.id, w);
  tell_reporter(t, r, "reporter.joined", "joined", {}, w,
                {{"lead", lead.number}, {"state", "status." + std::string(name_of(lead.state)), true}});
}

void keep_apart(turn& t, report& r, std::int64_t actor, const world& w) {
  t.events.push_back({r.id, "kept_apart", actor, r.lead, w.now});
  if (r.level == level::high) {
    t.joins.push_back({r.incident, r.id, false});
    count_soon(t, r.incident, w);
  }
  r.incident = 0;
  r.lead.clear();
}

void tell_followers(turn& t, const report& lead, const world& w) {
  if (lead.incident == 0) t.timers.push_back({"incident_follow", lead.id, 0, w.now});
}

void pass_on_news(turn& t, const report& r, const world& w) {
  if (r.state == state::joined) t.timers.push_back({"incident_news", r.id, r.incident, w.now});
}

bool incident_timer(turn& t, const said::timer& timer, const facts& f, const world& w) {
  if (!timer.kind.starts_with("incident_")) return false;
  const report* subject = with_id(f, timer.subject);
  if (subject == nullptr) return true;
  if (timer.kind == "incident_count") {
    count(t, *subject, f.incident_size, w);
  } else if (timer.kind == "incident_follow") {
    follow(t, *subject, f, w);
  } else if (const report* lead = with_id(f, timer.version); lead != nullptr && lead->holder != 0) {
    say s{.key = "card.addition", .args = card_arguments(*subject, w)};
    const auto added = subject->answers.find("added");
    s.args.push_back({"added", added == subject->answers.end() ? "" : added->second});
    t.notes.push_back({lead->holder, std::move(s), fmt::format("{}:news{}", subject->number, subject->version)});
  }
  return true;
}

}  // namespace bot::cases
