#include "bot/cases/roster.hpp"

#include <algorithm>

namespace bot::cases {

bool roster::reachable(std::string_view unit) const {
  return std::any_of(members.begin(), members.end(), [&](const member& m) { return m.unit == unit; });
}

bool roster::staffed(std::string_view unit) const {
  return std::any_of(members.begin(), members.end(), [&](const member& m) { return m.unit == unit && m.on_duty; });
}

std::vector<const member*> roster::of_unit(std::string_view unit, bool with_groups) const {
  std::vector<const member*> found;
  const auto take = [&](bool off_duty_too) {
    for (const auto& m : members)
      if (m.unit == unit && (m.on_duty || off_duty_too) && (with_groups || !m.group)) found.push_back(&m);
  };
  take(false);
  if (found.empty()) take(true);
  return found;
}

const member* roster::find(std::int64_t contact) const {
  const auto at = std::find_if(members.begin(), members.end(), [&](const member& m) { return m.contact == contact; });
  return at == members.end() ? nullptr : &*at;
}

}  // namespace bot::cases
