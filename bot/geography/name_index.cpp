#include "bot/geography/name_index.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace bot::geography {
namespace {

constexpr std::size_t shortest_near = 5;
constexpr std::size_t longest_near = 32;
constexpr std::size_t most_near = 16;

constexpr std::uint32_t seed = 2166136261U;
constexpr std::uint32_t mix(std::uint32_t hash, char c) { return (hash ^ static_cast<unsigned char>(c)) * 16777619U; }

// FNV alone leaves the low bits, which pick the slot, poorly mixed.
constexpr std::uint32_t finish(std::uint32_t hash) {
  hash ^= hash >> 15U;
  hash *= 0x2c1b3c6dU;
  return hash ^ (hash >> 13U);
}

std::uint32_t hash_of(std::string_view text) {
  std::uint32_t hash = seed;
  for (const char c : text) hash = mix(hash, c);
  return finish(hash);
}

bool plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) >= 128);
}

// Doubled letters once, so that "pogarr" meets "pogar".
struct squeezed {
  std::array<char, longest_near> letters{};
  std::size_t size = 0;
  explicit squeezed(std::string_view key) {
    for (const char c : key) {
      if (size == letters.size()) break;
      if (size == 0 || letters[size - 1] != c) letters[size++] = c;
    }
  }
  std::string_view view() const { return {letters.data(), size}; }
};

// Calls `use` with the hash of the text and of each text with one letter left out.
template <class F>
void neighbourhood(std::string_view text, F use) {
  use(hash_of(text));
  std::uint32_t before = seed;
  for (std::size_t left_out = 0; left_out < text.size(); ++left_out) {
    std::uint32_t hash = before;
    for (std::size_t i = left_out + 1; i < text.size(); ++i) hash = mix(hash, text[i]);
    use(finish(hash));
    before = mix(before, text[left_out]);
  }
}

// Whether two texts differ by one letter more, less or other, or by two neighbours swapped.
bool one_slip(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t head = 0;
  while (head < a.size() && a[head] == b[head]) ++head;
  if (head == a.size()) return true;
  if (a.size() < b.size()) return a.substr(head) == b.substr(head + 1);
  if (a.substr(head + 1) == b.substr(head + 1)) return true;
  return head + 1 < a.size() && a[head] == b[head + 1] && a[head + 1] == b[head] &&
         a.substr(head + 2) == b.substr(head + 2);
}

std::size_t table_size(std::size_t entries) { return std::bit_ceil(entries * 2 + 16); }

}  // namespace

void name_index::add(std::string_view name, name_sense sense) {
  pending fresh{{}, 0, sense};
  bool seam = false;
  for (const char c : name) {
    if (!plain(c)) {
      seam = true;
      continue;
    }
    if (seam && !fresh.key.empty() && fresh.key.size() < 64) fresh.seams |= std::uint64_t{1} << fresh.key.size();
    seam = false;
    fresh.key.push_back(c);
  }
  if (!fresh.key.empty()) pending_.push_back(std::move(fresh));
}

void name_index::put(std::vector<slot>& table, std::uint32_t hash, std::uint32_t name) {
  const std::size_t mask = table.size() - 1;
  std::size_t at = hash & mask;
  while (table[at].name != 0) {
    if (table[at].hash == hash && table[at].name == name) return;
    at = (at + 1) & mask;
  }
  table[at] = {hash, name};
}

void name_index::freeze() {
  std::stable_sort(pending_.begin(), pending_.end(), [](const pending& a, const pending& b) { return a.key < b.key; });
  for (const pending& each : pending_) {
    if (names_.empty() || names_.back().key != each.key) {
      names_.push_back({each.key, 0, static_cast<std::uint32_t>(senses_.size()), 0});
    }
    known_name& name = names_.back();
    name.seams |= each.seams;
    const std::span<const name_sense> present{senses_.data() + name.first, name.count};
    if (std::find(present.begin(), present.end(), each.sense) != present.end()) continue;
    senses_.push_back(each.sense);
    ++name.count;
  }
  pending_ = {};

  std::size_t neighbours = 0;
  for (const known_name& name : names_) {
    if (name.key.size() >= shortest_near) neighbours += squeezed(name.key).size + 1;
  }
  exact_.assign(table_size(names_.size()), {});
  near_.assign(table_size(neighbours), {});
  for (std::uint32_t i = 0; i < names_.size(); ++i) {
    const std::string& key = names_[i].key;
    put(exact_, hash_of(key), i + 1);
    if (key.size() < shortest_near) continue;
    neighbourhood(squeezed(key).view(), [&](std::uint32_t hash) { put(near_, hash, i + 1); });
  }
}

const known_name* name_index::find(std::string_view key) const {
  if (exact_.empty()) return nullptr;
  const std::uint32_t hash = hash_of(key);
  const std::size_t mask = exact_.size() - 1;
  for (std::size_t at = hash & mask; exact_[at].name != 0; at = (at + 1) & mask) {
    if (exact_[at].hash != hash) continue;
    const known_name& name = names_[exact_[at].name - 1];
    if (name.key == key) return &name;
  }
  return nullptr;
}

void name_index::near(std::string_view key, std::vector<const known_name*>& out) const {
  out.clear();
  if (near_.empty() || key.size() < shortest_near || key.size() > longest_near) return;
  const squeezed wanted(key);
  const std::size_t mask = near_.size() - 1;
  neighbourhood(wanted.view(), [&](std::uint32_t hash) {
    for (std::size_t at = hash & mask; near_[at].name != 0 && out.size() < most_near; at = (at + 1) & mask) {
      if (near_[at].hash != hash) continue;
      const known_name& name = names_[near_[at].name - 1];
      const squeezed offered(name.key);
      if (offered.view() != wanted.view() && !one_slip(offered.view(), wanted.view())) continue;
      if (std::find(out.begin(), out.end(), &name) == out.end()) out.push_back(&name);
    }
  });
}

bool differ_by_doubling(std::string_view a, std::string_view b) { return squeezed(a).view() == squeezed(b).view(); }

}  // namespace bot::geography
