#include "bot/language/text_table.hpp"

#include <algorithm>
#include <cstring>

namespace bot::language {

// Eight letters at a time.
std::uint64_t text_table::hash_of(std::string_view text) {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15U;
  std::uint64_t hash = text.size() * odd;
  const auto mix = [&](std::uint64_t part) {
    hash = (hash ^ part) * odd;
    hash ^= hash >> 29U;
  };
  std::uint64_t part = 0;
  for (; text.size() > sizeof part; text.remove_prefix(sizeof part)) {
    std::memcpy(&part, text.data(), sizeof part);
    mix(part);
  }
  part = 0;
  if (!text.empty()) std::memcpy(&part, text.data(), text.size());
  mix(part);
  hash *= 0xbf58476d1ce4e5b9U;
  return hash ^ hash >> 32U;
}

void text_table::place(std::uint64_t hash, std::uint32_t which) {
  std::size_t at = hash & (tags_.size() - 1);
  while (tags_[at] != 0) at = (at + 1) & (tags_.size() - 1);
  tags_[at] = tag_of(hash);
  places_[at] = which;
}

void text_table::grow() {
  constexpr std::size_t smallest = 16;
  const std::size_t size = std::max(smallest, tags_.size() * 2);
  tags_.assign(size, 0);
  places_.assign(size, 0);
  for (std::uint32_t i = 0; i < entries_.size(); ++i) place(hash_of(text_of(entries_[i])), i);
}

bool text_table::add(std::string_view text, std::uint32_t value) {
  if (contains(text)) return false;
  if ((entries_.size() + 1) * 2 > tags_.size()) grow();
  entries_.push_back({static_cast<std::uint32_t>(letters_.size()), static_cast<std::uint32_t>(text.size()), value});
  letters_.append(text);
  place(hash_of(text), static_cast<std::uint32_t>(entries_.size() - 1));
  return true;
}

}  // namespace bot::language
