#include "config/toml_file.hpp"

#include <fmt/format.h>

namespace config {

toml::table read_toml(const std::filesystem::path& file, faults_t& faults) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& e) {
    faults.push_back(fmt::format("{}:{}: {}", file.string(), e.source().begin.line, e.description()));
    return {};
  }
}

std::vector<std::string> strings(const toml::node* node) {
  std::vector<std::string> out;
  const toml::array* list = node == nullptr ? nullptr : node->as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
    if (const auto text = (*list)[i].value<std::string>()) out.push_back(*text);
  return out;
}

}  // namespace config
