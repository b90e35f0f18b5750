// Who gets a case: a pure decision over what is known of its place, kind and hour. It explains itself, so that a card,
// a resident's answer and an audit can all say why.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/geography/places.hpp"
#include "bot/geography/units.hpp"

namespace bot::cases {
enum class level : std::uint8_t;
}

namespace bot::geography {

// One line of rules/routing.toml: the kind of unit that owns cases of some categories and levels at some hours. The
// first that fits and whose unit has recipients is taken, else the Polsek.
struct owner_rule {
  std::string id;
  std::vector<std::string> categories;           // empty: all
  std::vector<std::string> levels;               // "low", "middle", "high"; empty: all
  std::chrono::minutes from{0}, until{24 * 60};  // local time of day, `until` excluded; from > until runs over midnight
  unit_kind owner = unit_kind::polsek;
  std::string source;
  confidence sure = confidence::unverified;
};

// Categories whose cases some kinds of units must never see.
struct sealed_class {
  std::string id;
  std::vector<std::string> categories;
  std::vector<unit_kind> never;
  bool groups = false;  // may a unit's group chat see it
  std::string source;
};

struct routing_rules {
  std::vector<owner_rule> owners;
  std::vector<sealed_class> sealed;
  double border_m = 50;            // a pin nearer than this to another outline counts for both sides
  double most_inaccuracy_m = 500;  // a less accurate pin is not asked for more
};

// What is known. Nothing is required.
struct evidence {
  std::span<const language::word> words;
  std::optional<point> pin;
  double pin_accuracy_m = 0;
  std::string_view ward_code;  // from a deep link or a button
  std::string_view category;   // a word of rules/categories.toml
  std::optional<cases::level> level;
  std::string_view service = "report";
  std::chrono::local_time<std::chrono::minutes> local_now{};  // of the area's zone
};

enum class routing_status : std::uint8_t { certain, ask, outside };
enum class unit_role : std::uint8_t { owner, watcher };

struct routed_unit {
  std::string code;
  unit_role role = unit_role::owner;
  bool operator==(const routed_unit&) const = default;
};

// A plain value that a case stores.
struct routing_decision {
  std::vector<std::string> ward_codes;  // best first; also kecamatan and city codes where no more is known
  routing_status status = routing_status::ask;
  std::vector<routed_unit> units;  // owner first; empty unless certain
  std::string fallback;  // the unit that takes it when nobody above answers, or the place stays open: never empty
  bool sealed = false;   // to no group chat
  std::string reason;    // Indonesian, one line
  std::string source;    // of the jurisdiction
  confidence sure = confidence::unverified;
  bool operator==(const routing_decision&) const = default;
};

// Whether some person of the unit can be reached. Police stations are routed to even when nobody can: the case then
// climbs, and staff see why.
using has_recipients = std::function<bool(std::string_view unit_code)>;

routing_decision route(const evidence& known, const atlas& where, const unit_register& units,
                       const routing_rules& rules, const has_recipients& reachable);

// The same with the place of the words already found (`known.words` may be empty).
routing_decision route(const evidence& known, const place_finding& said, const atlas& where, const unit_register& units,
                       const routing_rules& rules, const has_recipients& reachable);

std::string_view name_of(unit_kind kind);
std::optional<unit_kind> unit_kind_named(std::string_view name);
std::string_view name_of(routing_status status);
std::string_view name_of(unit_role role);

}  // namespace bot::geography
