#include "bot/language/rules.hpp"

#include <algorithm>

namespace bot::language {
namespace {

std::uint32_t distance(const match& a, const match& b) {
  return a.first < b.first ? b.first - std::min(a.last, b.first) : a.first - std::min(b.last, a.first);
}

// Some match of the first item has each other item within reach; one match does not stand for two items.
bool close_together(const rule& r, const reading& reading) {
  const auto reach = static_cast<std::uint32_t>(r.near);
  return std::ranges::any_of(reading.matches, [&](const match& anchor) {
    if ((anchor.meaning & r.all[0]).none()) return false;
    return std::all_of(r.all.begin() + 1, r.all.end(), [&](const class_set& item) {
      return std::ranges::any_of(reading.matches, [&](const match& other) {
        return &other != &anchor && (other.meaning & item).any() && distance(anchor, other) < reach;
      });
    });
  });
}

}  // namespace

bool holds(const rule& r, const reading& reading) {
  const auto present = [&](class_id c) { return reading.present.test(c); };
  if (!r.gate.empty() && std::ranges::none_of(r.gate, present)) return false;
  if ((reading.present & r.none).any()) return false;
  for (const class_set& item : r.all) {
    if ((reading.present & item).none()) return false;
  }
  return r.near == 0 || r.all.empty() || close_together(r, reading);
}

std::vector<int> scores(const rule_set& set, const reading& reading) {
  std::vector<int> out(set.targets.size(), 0);
  for (const rule& r : set.rules) {
    if (holds(r, reading)) out[r.target] += r.weight;
  }
  return out;
}

const rule* first_holding(const rule_set& set, const reading& reading) {
  const auto found = std::ranges::find_if(set.rules, [&](const rule& r) { return holds(r, reading); });
  return found == set.rules.end() ? nullptr : &*found;
}

void note_targets(const rule_set& set, const std::vector<int>& scores, reading& reading) {
  for (std::size_t i = 0; i < set.targets.size(); ++i) {
    if (scores[i] > 0) reading.present.set(set.classes[i]);
  }
}

}  // namespace bot::language
