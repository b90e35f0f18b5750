// Police units and who is responsible where: (area, service, day) -> unit, apart from the administrative tree.
// Immutable once built.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/geography/atlas.hpp"

namespace bot::geography {

using unit_id = std::uint32_t;  // index into the register
inline constexpr unit_id no_unit = 0xffffffff;

enum class unit_kind : std::uint8_t { polda, polres, polsek, village_office, bhabinkamtibmas, operator_desk };

enum class confidence : std::uint8_t { unverified, verified };

struct unit {
  std::string code;
  std::string name;  // "Polsek Gadingrejo"
  unit_kind kind = unit_kind::polsek;
  std::string parent;  // code, empty at the top
  bool investigates = true;
  confidence sure = confidence::unverified;
  std::string source;  // short, for people
};

using day = std::chrono::sys_days;

// Says who is responsible for an area and all that it holds, for one service, between two days. The narrowest area
// wins, then the latest `from`.
struct jurisdiction {
  std::string area;     // code
  std::string service;  // "report", "skck", …; empty: every service
  std::string unit;     // code
  day from = day::min();
  day until = day::max();  // excluded
  confidence sure = confidence::unverified;
  std::string source;
};

struct assignment {
  unit_id who = no_unit;
  confidence sure = confidence::unverified;
  std::string_view source;  // lives as long as the register
};

class unit_register {
 public:
  // Units and areas that a jurisdiction names must exist (config::load_areas checks it).
  unit_register(const atlas& where, std::vector<unit> units, std::vector<jurisdiction> jurisdictions,
                std::string fallback);
  unit_register(unit_register&&) noexcept = default;  // moved only: its index points into itself
  unit_register& operator=(unit_register&&) noexcept = default;

  std::span<const unit> units() const { return units_; }
  const unit& at(unit_id id) const { return units_[id]; }
  unit_id find(std::string_view code) const;      // no_unit when unknown
  unit_id parent_of(unit_id id) const;            // no_unit at the top
  unit_id polres_of(unit_id id) const;            // the unit itself or the Polres above it, else no_unit
  unit_id fallback() const { return fallback_; }  // who is told when nobody nearer is known
  // The nearest unit that is over both, or is one of them; the fallback when there is none.
  unit_id common(unit_id a, unit_id b) const;

  // Of one area of any level, `who` = no_unit when nothing is said about it.
  assignment responsible(area_id where, std::string_view service, day on) const;
  // Every unit that is responsible for some ward of the area, each once, the wards' order.
  std::vector<assignment> responsible_within(const atlas& map, area_id where, std::string_view service, day on) const;

 private:
  struct rule {
    jurisdiction text;
    unit_id who;
  };

  const jurisdiction* best_of(area_id where, std::string_view service, day on, unit_id& who) const;

  std::vector<unit> units_;
  std::unordered_map<std::string_view, unit_id> by_code_;
  std::vector<unit_id> parents_;
  std::vector<area_id> area_parents_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges_;  // per area: its rules
  std::vector<rule> rules_;                                      // grouped by area
  unit_id fallback_ = no_unit;
};

// Codes of the units of a ward that are no police station; they own cases only where an operator gave them people.
std::string village_office_code(std::string_view ward_code);   // "KANTOR-35.75.01.1002"
std::string bhabinkamtibmas_code(std::string_view ward_code);  // "BHABIN-35.75.01.1002"

}  // namespace bot::geography
