#include "bot/notices/deadlines.hpp"

#include <algorithm>

namespace bot::notices {
namespace {

using namespace std::chrono_literals;

std::chrono::milliseconds time_of_day(instant at, std::chrono::minutes utc_offset) {
  const auto local = at + utc_offset;
  return local - std::chrono::floor<std::chrono::days>(local);
}

}  // namespace

const deadline_rule* deadline_of(track where, std::optional<reach> from, const event_rules& rules, local_day on) {
  return in_force<deadline_rule>(rules.deadlines, on, [&](const deadline_rule& each) {
    if (each.track != where) return false;
    const auto& reaches = each.participants_from;
    return reaches.empty() || (from && std::find(reaches.begin(), reaches.end(), *from) != reaches.end());
  });
}

const deadline_rule* deadline_of(extra what, const event_rules& rules, local_day on) {
  return in_force<deadline_rule>(rules.deadlines, on, [&](const deadline_rule& each) { return each.extra == what; });
}

std::optional<deadline> latest_filing(const deadline_rule& rule, const event_time& start, const calendar& days,
                                      std::chrono::minutes utc_offset) {
  const bool sure = rule.note.sure == geography::confidence::verified;
  if (rule.hours) {
    if (!start.at) return std::nullopt;
    return deadline{&rule, *start.at - std::chrono::hours(*rule.hours), sure};
  }
  const counted_back counted = last_filing_day(days, start.day, rule.working_days.value_or(0));
  const instant midnight{counted.last.time_since_epoch()};
  return deadline{&rule, midnight + 24h - 1s - utc_offset, sure && counted.certain};
}

std::optional<instant> latest_cancelling(const event_time& start, const event_rules& rules) {
  if (!start.at) return std::nullopt;
  return *start.at - std::chrono::hours(rules.cancel_hours);
}

const hours_rule* outside_usual_hours(track where, const event& e, const event_rules& rules, local_day on,
                                      std::chrono::minutes utc_offset) {
  const auto left_by = [&](bool open) -> const hours_rule* {
    const hours_rule* rule = in_force<hours_rule>(rules.hours, on, [&](const hours_rule& each) {
      return each.track == where && (!each.open_place || each.open_place == open);
    });
    const auto leaves = [&](const std::optional<event_time>& at) {
      if (rule == nullptr || !at || !at->at) return false;
      const auto clock = time_of_day(*at->at, utc_offset);
      return clock < rule->from || clock > rule->until;
    };
    return leaves(e.start) || leaves(e.end) ? rule : nullptr;
  };
  if (e.public_place) return left_by(*e.public_place);
  // It is not known whether there is a roof: only what leaves the hours of both.
  const hours_rule *outside = left_by(true), *inside = left_by(false);
  return inside == nullptr ? nullptr : outside;
}

}  // namespace bot::notices
