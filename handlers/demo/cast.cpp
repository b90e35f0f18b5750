#include "handlers/demo/cast.hpp"

#include <algorithm>

namespace handlers::demo {

using bot::geography::no_unit;
using bot::geography::unit_kind;

cast::cast(const bot::geography::unit_register& units) : units_(units) {
  people_ = {
      {"wati", "Bu Wati", part::resident, bot::channel::telegram, "810001001", {}},
      {"eko", "Mas Eko", part::resident, bot::channel::whatsapp, "628000000001", {}},
      {"danu", "Aipda Danu", part::officer, bot::channel::telegram, "810002001", {}},
      {"piket", {}, part::group, bot::channel::telegram, "-1008100020", {}},
      {"ratri", "Ipda Ratri", part::officer, bot::channel::telegram, "810002002", {}},
  };
  if (move_to("POLSEK-GADINGREJO")) return;
  for (const auto& unit : units_.units())
    if (move_to(unit.code)) return;
}

const person* cast::find(std::string_view id) const {
  const auto at = std::find_if(people_.begin(), people_.end(), [&](const person& p) { return p.id == id; });
  return at == people_.end() ? nullptr : &*at;
}

const person* cast::at(bot::channel via, std::string_view address) const {
  const auto at = std::find_if(people_.begin(), people_.end(),
                               [&](const person& p) { return p.via == via && p.address == address; });
  return at == people_.end() ? nullptr : &*at;
}

const person& cast::speaker(const person& p) const { return p.plays == part::group ? *find("danu") : p; }

bool cast::move_to(std::string_view polsek) {
  const auto own = units_.find(polsek);
  if (own == no_unit || units_.at(own).kind != unit_kind::polsek) return false;
  const auto above = units_.polres_of(own);
  for (auto& p : people_) {
    if (p.plays == part::resident) continue;
    const auto& unit = units_.at(p.id == "ratri" && above != no_unit ? above : own);
    p.unit = unit.code;
    if (p.plays == part::group) p.name = "Piket " + unit.name;
  }
  return true;
}

}  // namespace handlers::demo
