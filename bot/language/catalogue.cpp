#include "bot/language/catalogue.hpp"

#include <algorithm>
#include <stdexcept>

namespace bot::language {

catalogue::catalogue(std::map<std::string, texts, std::less<>> languages) {
  for (auto& [language, all] : languages) {
    table& t = tables_[language];
    for (auto& [key, e] : all)
      if (language == "id" || !is_danger_key(key) || e.signed_off) t.emplace(key, std::move(e.text));
  }
}

bool catalogue::has(std::string_view key) const {
  const auto id = tables_.find("id");
  return id != tables_.end() && id->second.find(key) != id->second.end();
}

std::string_view catalogue::text(std::string_view language, std::string_view key) const {
  if (const auto t = tables_.find(language); t != tables_.end())
    if (const auto at = t->second.find(key); at != t->second.end()) return at->second;
  if (const auto id = tables_.find("id"); id != tables_.end())
    if (const auto at = id->second.find(key); at != id->second.end()) return at->second;
  throw std::out_of_range("no text for the key " + std::string(key));
}

std::vector<std::string> catalogue::languages() const {
  std::vector<std::string> all;
  for (const auto& [language, t] : tables_) all.push_back(language);
  // The languages of the place first: Indonesian, the regional ones, then English for guests.
  const auto rank = [](const std::string& one) { return one == "id" ? 0 : one == "en" ? 2 : 1; };
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return all;
}

std::vector<std::string> catalogue::keys() const {
  std::vector<std::string> all;
  if (const auto id = tables_.find("id"); id != tables_.end())
    for (const auto& [key, text] : id->second) all.push_back(key);
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<std::string> placeholders(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    std::string name(text.substr(open + 1, close - open - 1));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace bot::language
