// The kinds of cases as rules may name them: the keys of [category] of messages/id.toml, and beside them those of
// [sealed_as], as which a case can be routed (bot/cases/sealed.hpp).
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bot/language/catalogue.hpp"

namespace config {

class rule_entry;

struct kinds {
  std::set<std::string, std::less<>> categories, sealed_facts;
  bool is_routed(std::string_view kind) const { return categories.contains(kind) || sealed_facts.contains(kind); }
};

kinds kinds_of(const bot::language::catalogue&);

// Lists of a rule, every word of them judged. Kinds are required, levels may be absent.
std::vector<std::string> categories_in(rule_entry&, std::string_view key, const kinds&);
std::vector<std::string> routed_kinds_in(rule_entry&, std::string_view key, const kinds&);
std::vector<std::string> levels_in(rule_entry&, std::string_view key);

}  // namespace config
