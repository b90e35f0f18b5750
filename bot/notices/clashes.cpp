#include "bot/notices/clashes.hpp"

#include <algorithm>
#include <array>

#include "bot/conversation/answers.hpp"
#include "bot/geography/distance.hpp"

namespace bot::notices {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr days longest{62};  // of an event that is looked at day by day

std::string answer(const notice& n, const char* slot) {
  const auto at = n.answers.find(slot);
  return at == n.answers.end() ? std::string() : at->second;
}

bool within(const std::string& inner, const std::string& outer) {
  return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '.');
}

bool share_ward(const notice& a, const notice& b) {
  for (const auto& one : a.wards)
    for (const auto& other : b.wards)
      if (within(one, other) || within(other, one)) return true;
  return false;
}

instant midnight(local_day day, minutes utc_offset) { return instant{day.time_since_epoch()} - utc_offset; }

bool overlap(const time_span& a, const time_span& b) { return a.from < b.until && b.from < a.until; }

// Nobody sent both pins: the pin of one lies near the ward of the other, or their wards lie side by side. A route is
// known by its wards alone.
bool may_be_near(const notice& a, const notice& b, const clash_rules& rules, const geography::atlas& map) {
  if (a.wards.size() != 1 || b.wards.size() != 1) return false;
  const auto near_pin = [&](const notice& of, const std::string& ward) -> std::optional<bool> {
    const auto pin = geography::read_pin(answer(of, "pin"));
    if (!pin) return std::nullopt;
    const auto around = map.borders().around(*pin, rules.near_m);
    return std::any_of(around.begin(), around.end(),
                       [&](const geography::area_at& one) { return map.at(one.where).code == ward; });
  };
  if (const auto known = near_pin(a, b.wards.front())) return *known;
  if (const auto known = near_pin(b, a.wards.front())) return *known;
  const auto neighbours = next_to(a.wards.front(), map);
  return std::find(neighbours.begin(), neighbours.end(), b.wards.front()) != neighbours.end();
}

std::optional<clash> beside(const notice& n, const time_span& when, const notice& other, const clash_rules& rules,
                            const geography::atlas& map, minutes utc_offset) {
  if (other.id == n.id || !takes_place(other)) return std::nullopt;
  const time_span then = span_of(other, rules, utc_offset);
  const bool at_once = overlap(when, then);
  const bool soon = then.from - when.until <= rules.near && when.from - then.until <= rules.near;
  if (!soon) return std::nullopt;
  const bool same_ward = share_ward(n, other);
  if (at_once && same_ward && (n.wards.size() > 1 || other.wards.size() > 1))
    return clash{.what = clash::kind::route, .other = &other};
  const auto here = geography::read_pin(answer(n, "pin")), there = geography::read_pin(answer(other, "pin"));
  const bool known = here && there;
  if (!known && !same_ward && may_be_near(n, other, rules, map))
    return clash{.what = clash::kind::neighbour, .other = &other, .sure = false};
  if (known ? geography::metres(*here, *there) > rules.near_m : !same_ward) return std::nullopt;
  return clash{.what = at_once ? clash::kind::together : clash::kind::near, .other = &other, .sure = known};
}

bool is_of(const notice& n, const std::string& unit) {
  return n.filed.unit == unit || std::find(n.watchers.begin(), n.watchers.end(), unit) != n.watchers.end();
}

// The night with the most events of the unit, when those are many.
std::optional<clash> crowded_night(const notice& n, const time_span& when, std::span<const notice> others,
                                   const clash_rules& rules, minutes utc_offset) {
  std::vector<time_span> spans;
  for (const auto& other : others)
    if (other.id != n.id && takes_place(other) && is_of(other, n.filed.unit))
      spans.push_back(span_of(other, rules, utc_offset));
  clash worst{.what = clash::kind::many};
  const local_day first = time_at(when.from, utc_offset).day - days(1);
  for (local_day day = first; day < first + longest; day += days(1)) {
    const time_span night = {midnight(day, utc_offset) + rules.night_from,
                             midnight(day + days(1), utc_offset) + rules.night_until};
    if (night.from >= when.until) break;
    if (!overlap(night, when)) continue;
    const auto count = 1 + static_cast<int>(std::count_if(spans.begin(), spans.end(),
                                                          [&](const time_span& s) { return overlap(night, s); }));
    if (count > worst.events) {
      worst.events = count;
      worst.night = day;
    }
  }
  return worst.events >= rules.many ? std::optional(worst) : std::nullopt;
}

bool concerns(const dated_question& q, const notice& n, const geography::atlas& map) {
  if (!q.purposes.empty()) {
    const auto told = parted(answer(n, "purpose"));
    const bool fits = std::any_of(q.purposes.begin(), q.purposes.end(), [&](purpose p) {
      return std::find(told.begin(), told.end(), name_of(p)) != told.end();
    });
    if (!fits) return false;
  }
  if (q.areas.empty() && !q.rural) return true;
  return std::any_of(n.wards.begin(), n.wards.end(), [&](const std::string& ward) {
    const bool inside = q.areas.empty() || std::any_of(q.areas.begin(), q.areas.end(),
                                                       [&](const std::string& area) { return within(ward, area); });
    const auto id = map.find(ward);
    const bool village = id != geography::no_area && map.at(id).at == geography::level::ward && !map.at(id).urban;
    return inside && (village || !q.rural);
  });
}

bool is_asked(const dated_question& q, const notice& n, const time_span& when, const geography::atlas& map,
              minutes utc_offset) {
  if (!concerns(q, n, map)) return false;
  const local_day first = time_at(when.from, utc_offset).day;
  for (local_day day = first; day < first + longest; day += days(1)) {
    const instant start = midnight(day, utc_offset);
    if (start >= when.until) break;
    if ((q.from && day < *q.from) || (q.until && day > *q.until)) continue;
    if (!q.days.empty() && std::find(q.days.begin(), q.days.end(), std::chrono::weekday{day}) == q.days.end()) continue;
    if (overlap({start + q.opens, start + q.closes}, when)) return true;
  }
  return false;
}

}  // namespace

std::optional<occasion> occasion_named(std::string_view name) {
  static constexpr std::array names = {"worship", "exams", "suro", "election", "custom"};
  const auto at = std::find(names.begin(), names.end(), name);
  return at == names.end() ? std::nullopt : std::optional(static_cast<occasion>(at - names.begin()));
}

bool takes_place(const notice& n) {
  return n.filed.state != state::cancelled && n.filed.state != state::refused && n.filed.state != state::revoked;
}

time_span span_of(const notice& n, const clash_rules& rules, minutes utc_offset) {
  constexpr std::size_t only_day = 10;  // "2026-11-21"
  const auto whole_days = [&](instant from, instant last) {
    return time_span{midnight(time_at(from, utc_offset).day, utc_offset),
                     midnight(time_at(last, utc_offset).day + days(1), utc_offset)};
  };
  const std::string start = answer(n, "start"), end = answer(n, "end");
  if (start.size() == only_day) return whole_days(n.start, std::max(n.start, n.end));
  if (n.end <= n.start) return {n.start, n.start + rules.assumed};
  if (end.size() == only_day) return {n.start, whole_days(n.end, n.end).until};
  return {n.start, n.end};
}

std::vector<std::string> next_to(const std::string& ward, const geography::atlas& map) {
  constexpr double one_border = 50;  // metres; outlines of neighbours do not always meet
  std::vector<std::string> codes;
  if (const auto id = map.find(ward); id != geography::no_area)
    for (const auto other : map.borders().beside(id, one_border)) codes.push_back(map.at(other).code);
  return codes;
}

std::vector<clash> clashes_of(const notice& n, std::span<const notice> others, const clash_rules& rules,
                              const geography::atlas& map, minutes utc_offset) {
  std::vector<clash> all;
  if (n.start == instant{}) return all;
  const time_span when = span_of(n, rules, utc_offset);
  for (const auto& other : others)
    if (auto one = beside(n, when, other, rules, map, utc_offset)) all.push_back(*one);
  std::sort(all.begin(), all.end(), [](const clash& a, const clash& b) {
    if (a.what != b.what) return a.what < b.what;
    return a.other->start != b.other->start ? a.other->start < b.other->start : a.other->id < b.other->id;
  });
  if (auto night = crowded_night(n, when, others, rules, utc_offset)) all.push_back(*night);
  for (const auto& q : rules.questions)
    if (is_asked(q, n, when, map, utc_offset)) all.push_back({.what = clash::kind::dated, .asks = &q});
  return all;
}

}  // namespace bot::notices
