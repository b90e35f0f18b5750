#include "bot/geography/units.hpp"

#include <algorithm>

namespace bot::geography {

unit_register::unit_register(const atlas& where, std::vector<unit> units, std::vector<jurisdiction> jurisdictions,
                             std::string fallback)
    : units_(std::move(units)) {
  for (unit_id id = 0; id < units_.size(); ++id) by_code_.emplace(units_[id].code, id);
  for (const unit& each : units_) parents_.push_back(find(each.parent));
  for (const area& each : where.areas()) area_parents_.push_back(each.parent);
  fallback_ = find(fallback);

  std::vector<std::pair<area_id, jurisdiction>> sorted;
  sorted.reserve(jurisdictions.size());
  for (jurisdiction& each : jurisdictions) {
    if (const area_id id = where.find(each.area); id != no_area) sorted.emplace_back(id, std::move(each));
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  ranges_.resize(area_parents_.size());
  for (auto& [area, text] : sorted) {
    auto& range = ranges_[area];
    if (range.second == 0) range.first = static_cast<std::uint32_t>(rules_.size());
    ++range.second;
    const unit_id who = find(text.unit);
    rules_.push_back({std::move(text), who});
  }
}

unit_id unit_register::find(std::string_view code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? no_unit : found->second;
}

unit_id unit_register::parent_of(unit_id id) const { return id < parents_.size() ? parents_[id] : no_unit; }

unit_id unit_register::polres_of(unit_id id) const {
  while (id != no_unit && units_[id].kind != unit_kind::polres) id = parent_of(id);
  return id;
}

unit_id unit_register::common(unit_id a, unit_id b) const {
  for (unit_id up = a; up != no_unit; up = parent_of(up)) {
    for (unit_id other = b; other != no_unit; other = parent_of(other)) {
      if (up == other) return up;
    }
  }
  return fallback_;
}

const jurisdiction* unit_register::best_of(area_id where, std::string_view service, day on, unit_id& who) const {
  const jurisdiction* best = nullptr;
  for (std::uint32_t i = 0; i < ranges_[where].second; ++i) {
    const rule& each = rules_[ranges_[where].first + i];
    if (on < each.text.from || on >= each.text.until) continue;
    if (!each.text.service.empty() && each.text.service != service) continue;
    // A rule for this very service beats one for all, a later one an earlier.
    const bool better = best == nullptr || (best->service.empty() && !each.text.service.empty()) ||
                        (best->service.empty() == each.text.service.empty() && each.text.from > best->from);
    if (!better) continue;
    best = &each.text;
    who = each.who;
  }
  return best;
}

assignment unit_register::responsible(area_id where, std::string_view service, day on) const {
  const jurisdiction* general = nullptr;
  unit_id general_who = no_unit;
  for (; where != no_area; where = area_parents_[where]) {
    unit_id who = no_unit;
    const jurisdiction* best = best_of(where, service, on, who);
    if (best == nullptr) continue;
    // A kecamatan's rule for this service beats its wards' rules for all services.
    if (!best->service.empty()) return {who, best->sure, best->source};
    if (general == nullptr) {
      general = best;
      general_who = who;
    }
  }
  return general == nullptr ? assignment{} : assignment{general_who, general->sure, general->source};
}

std::vector<assignment> unit_register::responsible_within(const atlas& map, area_id where, std::string_view service,
                                                          day on) const {
  std::vector<assignment> found;
  const area_id end = map.end_of(where);
  for (area_id id = where; id < end; ++id) {
    if (map.at(id).at != level::ward) continue;
    const assignment each = responsible(id, service, on);
    if (each.who == no_unit) continue;
    const auto same = std::find_if(found.begin(), found.end(), [&](const assignment& f) { return f.who == each.who; });
    if (same == found.end()) {
      found.push_back(each);
    } else {
      same->sure = std::min(same->sure, each.sure);
    }
  }
  return found;
}

std::string village_office_code(std::string_view ward_code) { return std::string("KANTOR-").append(ward_code); }
std::string bhabinkamtibmas_code(std::string_view ward_code) { return std::string("BHABIN-").append(ward_code); }

}  // namespace bot::geography
