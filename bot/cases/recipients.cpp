// Who hears of a case: the unit that owns it, else the nearest above that has people; never whom its class shuts out.
#include <algorithm>

#include "bot/cases/least_seals.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/sealed.hpp"

namespace bot::cases {
namespace {

bool shuts_out(std::string_view kind, std::string_view unit, const world& w) {
  const auto is = kind_of_unit(unit, w);
  return std::any_of(w.book.routing.sealed.begin(), w.book.routing.sealed.end(), [&](const auto& each) {
    return std::find(each.categories.begin(), each.categories.end(), kind) != each.categories.end() &&
           std::find(each.never.begin(), each.never.end(), is) != each.never.end();
  });
}

class search {
 public:
  search(const destination& to, bool off_duty_too, const world& w) : to_(to), off_duty_too_(off_duty_too), w_(w) {}

  std::vector<std::string> run() const {
    const auto chain = chain_of(to_.unit, w_);
    for (const auto code : chain)
      if (reads(code)) return {std::string(code)};
    const auto& units = w_.book.units;
    if (units.fallback() != geography::no_unit && reads(units.at(units.fallback()).code))
      return {units.at(units.fallback()).code};
    if (to_.placed) return {};
    // Nobody knows yet whose it is: all who may turn out to be, the highest first.
    for (const auto code : chain)
      if (auto below = nearest_below(units.find(code)); !below.empty()) return below;
    return {};
  }

 private:
  bool reads(std::string_view code) const {
    return !shuts_out(to_.kind, code, w_) &&
           std::any_of(w_.duty.members.begin(), w_.duty.members.end(), [&](const auto& m) {
             return m.unit == code && (m.on_duty || off_duty_too_) && !(to_.sealed && m.group);
           });
  }

  std::vector<std::string> nearest_below(geography::unit_id top) const {
    const auto& units = w_.book.units;
    std::vector<geography::unit_id> level = {top};
    while (!level.empty()) {
      std::vector<geography::unit_id> next;
      std::vector<std::string> found;
      for (std::size_t i = 0; i < units.units().size(); ++i) {
        const auto id = static_cast<geography::unit_id>(i);
        if (std::find(level.begin(), level.end(), units.parent_of(id)) == level.end()) continue;
        next.push_back(id);
        if (reads(units.at(id).code)) found.push_back(units.at(id).code);
      }
      if (!found.empty()) return found;
      level = std::move(next);
    }
    return {};
  }

  const destination& to_;
  bool off_duty_too_;
  const world& w_;
};

}  // namespace

destination destination_of(const report& r) { return {r.unit, routed_as(r), r.sealed, !r.ward.empty()}; }

std::vector<std::string> recipients_of(const destination& to, const world& w) {
  // Who is off duty is told only where nobody at all is on duty.
  auto found = search(to, false, w).run();
  return found.empty() ? search(to, true, w).run() : found;
}

std::string told_instead_of(const std::string& unit, bool sealed, const world& w) {
  const auto found = recipients_of({unit, "", sealed, true}, w);
  return found.empty() ? std::string() : found.front();
}

std::function<bool(const std::string&)> shut_out(const report& r, const world& w) {
  return [kind = routed_as(r), &w](const std::string& unit) { return shuts_out(kind, unit, w); };
}

bool offered_below(const report& r, std::string_view unit, const world& w) {
  if (!r.ward.empty() || unit == r.unit || r.holder != 0) return false;
  const auto chain = chain_of(unit, w);
  return std::find(r.told.begin(), r.told.end(), unit) != r.told.end() &&
         std::find(chain.begin(), chain.end(), r.unit) != chain.end();
}

std::string names_of_units(const std::vector<std::string>& codes, const world& w) {
  std::string names;
  for (const auto& code : codes) names += (names.empty() ? "" : ", ") + name_of_unit(code, w);
  return names;
}

}  // namespace bot::cases
