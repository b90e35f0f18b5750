#include "bot/notices/tracks.hpp"

#include <algorithm>

namespace bot::notices {
namespace {

template <class T>
bool contains(const std::vector<T>& list, const T& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

enum class fit : std::uint8_t { no, open, yes };

// Whether the event meets the conditions; what is missing to say so is put into `missing`.
fit judge(const track_rule& rule, const event& e, std::vector<slot>& missing) {
  fit all = fit::yes;
  const auto condition = [&](bool asked, bool known, bool met, slot what) {
    if (!asked || all == fit::no) return;
    if (!known) {
      all = fit::open;
      missing.push_back(what);
    } else if (!met) {
      all = fit::no;
    }
  };
  const auto flag = [&](const std::optional<bool>& wanted, const std::optional<bool>& is, slot what) {
    condition(wanted.has_value(), is.has_value(), wanted == is, what);
  };
  flag(rule.public_place, e.public_place, slot::public_place);
  flag(rule.public_road, e.public_road, slot::public_road);
  flag(rule.on_campus, e.on_campus, slot::on_campus);
  condition(rule.attendance_below.has_value(), e.attendance.has_value(),
            e.attendance && rule.attendance_below && e.attendance->max < *rule.attendance_below, slot::attendance);
  return all;
}

bool known(const event& e, slot what) {
  switch (what) {
    case slot::start: return e.start.has_value();
    case slot::end: return e.end.has_value();
    case slot::purpose: return !e.purposes.empty();
    case slot::attendance: return e.attendance.has_value();
    case slot::participants_from: return e.participants_from.has_value();
    case slot::scope: return e.scope.has_value();
    case slot::wards: return !e.wards.empty();
    case slot::public_place: return e.public_place.has_value();
    case slot::public_road: return e.public_road.has_value();
    case slot::fireworks: return e.fireworks.has_value();
    case slot::on_campus: return e.on_campus.has_value();
  }
  return false;
}

}  // namespace

bool contradicts(const track_rule& rule, const event& e) {
  std::vector<slot> missing;
  return judge(rule, e, missing) == fit::no;
}

track_finding find_track(purpose what, const event& e, const event_rules& rules, local_day on) {
  track_finding found;
  std::vector<const track_rule*> open;
  for (const track_rule& rule : rules.tracks) {
    if (rule.note.from > on || !contains(rule.purposes, what)) continue;
    std::vector<slot> missing;
    const fit fits = judge(rule, e, missing);
    if (fits == fit::no) continue;
    if (fits == fit::open) {
      // The first open rule is asked about: its answers may make the others needless.
      if (open.empty()) found.ask = std::move(missing);
      open.push_back(&rule);
      continue;
    }
    const bool all_agree = std::all_of(open.begin(), open.end(), [&](const track_rule* each) {
      return each->track == rule.track && each->disputed == rule.disputed;
    });
    if (!all_agree) return found;
    found.ask.clear();
    found.track = rule.track;
    found.disputed = rule.disputed;
    found.because.push_back({&rule.note, rule.note.sure == geography::confidence::verified});
    for (const slot wanted : rule.wants) {
      if (!known(e, wanted)) found.ask.push_back(wanted);
    }
    return found;
  }
  return found;
}

tier_finding find_tier(const std::optional<people>& crowd, const event_rules& rules, const unit_chain& units,
                       local_day on) {
  if (!crowd) return {};
  const auto holds = [&](const tier_rule& each) { return crowd->max >= each.from && crowd->max <= each.to; };
  const tier_rule* rule = in_force_at<tier_rule>(rules.tiers, units, on, holds);
  if (rule == nullptr)
    rule = in_force_or_first<tier_rule>(rules.tiers, on,
                                        [&](const tier_rule& each) { return each.unit.empty() && holds(each); });
  return {rule == nullptr ? std::nullopt : rule->tier, rule};
}

std::vector<const extra_rule*> find_extras(const event& e, track where, const event_rules& rules, local_day on) {
  std::vector<const extra_rule*> found;
  const auto add = [&](extra what) {
    const extra_rule* rule = in_force<extra_rule>(
        rules.extras, on, [&](const extra_rule& each) { return each.extra == what && contains(each.tracks, where); });
    if (rule != nullptr) found.push_back(rule);
  };
  if (e.fireworks == true || contains(e.purposes, purpose::fireworks)) add(extra::fireworks);
  if (e.public_road == true) add(extra::road_use);
  return found;
}

}  // namespace bot::notices
