// Who can be told: the people and group chats that operators have bound to units by a one-time code. Never from us.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bot::cases {

struct member {
  std::int64_t contact = 0;
  std::string unit;
  std::string role;    // "petugas", "pimpinan", "operator", …; "grup" for a group chat
  bool group = false;  // a group chat of the unit: sees number, level, category, ward and age only
  bool on_duty = true;
};

struct roster {
  std::vector<member> members;

  bool reachable(std::string_view unit) const;  // somebody of the unit is bound
  bool staffed(std::string_view unit) const;    // and on duty
  // Those on duty; where nobody is, all: better they than nobody.
  std::vector<const member*> of_unit(std::string_view unit, bool with_groups) const;
  const member* find(std::int64_t contact) const;  // null: not an officer
};

// A one-time code that an operator has drawn, as far as storage knows it.
struct invite {
  std::string code;
  std::string unit;
  std::string role;
};

}  // namespace bot::cases
