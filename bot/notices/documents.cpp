#include "bot/notices/documents.hpp"

#include <algorithm>

namespace bot::notices {
namespace {

template <class T>
void fill(std::optional<T>& into, const std::optional<T>& from) {
  if (!into) into = from;
}

void fill(unit_practice& into, const unit_practice& from) {
  fill(into.electronic_accepted, from.electronic_accepted);
  fill(into.automatic_receipt, from.automatic_receipt);
  fill(into.desk_hours, from.desk_hours);
  fill(into.fee, from.fee);
  fill(into.processing_days, from.processing_days);
  fill(into.copies, from.copies);
}

}  // namespace

std::vector<const checklist*> documents_for(track where, std::optional<tier> size, const std::vector<extra>& extras,
                                            const event_rules& rules, const unit_chain& units, local_day on) {
  std::vector<const checklist*> found;
  const auto list_of = [&](const std::optional<tier>& wanted) {
    return in_force_at<checklist>(rules.checklists, units, on, [&](const checklist& each) {
      return each.track == where && !each.extra && each.tier == wanted;
    });
  };
  const checklist* main = size ? list_of(size) : nullptr;
  if (main == nullptr) main = list_of(std::nullopt);
  if (main == nullptr)
    main = in_force_or_first<checklist>(rules.checklists, on, [&](const checklist& each) {
      return each.track == where && !each.extra && each.unit.empty() && !each.tier;
    });
  if (main != nullptr) found.push_back(main);
  for (const extra what : extras) {
    const checklist* list =
        in_force_at<checklist>(rules.checklists, units, on, [&](const checklist& each) { return each.extra == what; });
    if (list != nullptr) found.push_back(list);
  }
  return found;
}

unit_practice practice_of(const unit_chain& units, const event_rules& rules, local_day on) {
  unit_practice all;
  if (!units.empty()) all.unit = units.front();
  const auto take = [&](const std::string& code) {
    std::vector<const unit_practice*> told;
    for (const unit_practice& each : rules.practices) {
      if (each.unit == code && each.from <= on) told.push_back(&each);
    }
    std::stable_sort(told.begin(), told.end(), [](const auto* a, const auto* b) { return a->from > b->from; });
    for (const unit_practice* each : told) fill(all, *each);
  };
  for (const std::string& code : units) take(code);
  take("");
  return all;
}

people leaders_for(std::int64_t participants, const event_rules& rules) {
  const std::int64_t hundreds = std::max<std::int64_t>(1, (participants + 99) / 100);
  return {hundreds * rules.leaders_least, hundreds * rules.leaders_most};
}

}  // namespace bot::notices
