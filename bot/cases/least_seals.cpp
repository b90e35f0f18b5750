#include "bot/cases/least_seals.hpp"

#include <algorithm>

#include "bot/cases/report.hpp"
#include "bot/cases/sealed.hpp"
#include "bot/conversation/world.hpp"

namespace bot::cases {

const std::vector<least_seal>& least_seals() {
  using enum geography::unit_kind;
  static const std::vector<least_seal> all = {{"officer_complaint", {polsek, polres, bhabinkamtibmas}},
                                              {"official_complaint", {village_office}},
                                              {"domestic_violence", {village_office, bhabinkamtibmas}},
                                              {"sexual", {village_office, bhabinkamtibmas}},
                                              {"child", {village_office, bhabinkamtibmas}}};
  return all;
}

geography::unit_kind kind_of_unit(std::string_view code, const world& w) {
  const auto& units = w.book.units;
  const auto id = units.find(code);
  return id != geography::no_unit      ? units.at(id).kind
         : code.starts_with("BHABIN-") ? geography::unit_kind::bhabinkamtibmas
                                       : geography::unit_kind::village_office;
}

bool keeps_clear(const report& r, const world& w) {
  const auto& seals = least_seals();
  const auto seal =
      std::find_if(seals.begin(), seals.end(), [as = routed_as(r)](const auto& each) { return each.kind == as; });
  if (seal == seals.end()) return true;
  const auto clear = [&](const std::string& unit) {
    return std::find(seal->never.begin(), seal->never.end(), kind_of_unit(unit, w)) == seal->never.end();
  };
  return clear(r.unit) && std::all_of(r.told.begin(), r.told.end(), clear) &&
         std::all_of(r.watchers.begin(), r.watchers.end(), clear);
}

}  // namespace bot::cases
