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

const deadline_rule* deadline_of(track where, std::optional<reach> from, const event_rules& rules, local_day on,
                                 std::optional<tier> size, const unit_chain& units) {
  const auto fits = [&](const deadline_rule& each, const std::string& unit, std::optional<tier> of) {
    if (each.track != where || each.unit != unit || each.tier != of) return false;
    const auto& reaches = each.participants_from;
    return reaches.empty() || (from && std::find(reaches.begin(), reaches.end(), *from) != reaches.end());
  };
  const std::span<const deadline_rule> all = rules.deadlines;
  const auto in_force_of = [&](const std::string& unit) {
    const deadline_rule* own = nullptr;
    if (size) own = in_force(all, on, [&](const deadline_rule& each) { return fits(each, unit, size); });
    if (own != nullptr) return own;
    return in_force(all, on, [&](const deadline_rule& each) { return fits(each, unit, std::nullopt); });
  };
  for (const std::string& code : units) {
    if (const deadline_rule* own = in_force_of(code)) return own;
  }
  if (const deadline_rule* general = in_force_of("")) return general;
  return in_force_or_first(all, on, [&](const deadline_rule& each) { return fits(each, "", std::nullopt); });
}

const deadline_rule* deadline_of(extra what, const event_rules& rules, local_day on) {
  return in_force_or_first<deadline_rule>(rules.deadlines, on,
                                          [&](const deadline_rule& each) { return each.extra == what; });
}

std::optional<deadline> latest_filing(const deadline_rule& rule, const event_time& start, const calendar& days,
                                      std::chrono::minutes utc_offset, std::string_view where) {
  const bool sure = rule.note.sure == geography::confidence::verified;
  if (rule.hours) {
    if (!start.at) return std::nullopt;
    return deadline{&rule, *start.at - std::chrono::hours(*rule.hours), sure};
  }
  const counted_back counted = last_filing_day(days, start.day, rule.working_days.value_or(0), where);
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
