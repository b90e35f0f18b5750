#include "config/kinds.hpp"

#include "config/rule_file.hpp"

namespace config {

kinds kinds_of(const bot::language::catalogue& texts) {
  kinds all;
  const auto take = [](std::string_view key, std::string_view section, auto& into) {
    if (key.starts_with(section)) into.emplace(key.substr(section.size()));
  };
  for (const auto& key : texts.keys()) {
    take(key, "category.", all.categories);
    take(key, "sealed_as.", all.sealed_facts);
  }
  return all;
}

std::vector<std::string> categories_in(rule_entry& e, std::string_view key, const kinds& known) {
  auto all = e.needed_texts(key);
  for (const auto& one : all)
    if (!known.categories.contains(one)) e.fault(key, fmt::format("there is no category \"{}\"", one));
  return all;
}

std::vector<std::string> routed_kinds_in(rule_entry& e, std::string_view key, const kinds& known) {
  auto all = e.needed_texts(key);
  for (const auto& one : all)
    if (!known.is_routed(one)) e.fault(key, fmt::format("there is no category \"{}\"", one));
  return all;
}

std::vector<std::string> levels_in(rule_entry& e, std::string_view key) {
  auto all = e.texts(key);
  for (const auto& one : all)
    if (one != "low" && one != "middle" && one != "high") e.fault(key, fmt::format("\"{}\" is no level", one));
  return all;
}

}  // namespace config
