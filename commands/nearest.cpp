#include "commands/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace commands {
namespace {

// Letters more, less or other (Levenshtein).
std::size_t slips(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t other = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
      corner = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, other});
    }
  }
  return row.back();
}

}  // namespace

std::string_view nearest(std::string_view typed, std::span<const std::string> words) {
  std::string_view best;
  std::size_t fewest = std::max<std::size_t>(1, typed.size() / 3) + 1;
  for (const std::string& each : words) {
    if (const std::size_t found = slips(typed, each); found < fewest) {
      fewest = found;
      best = each;
    }
  }
  return best;
}

}  // namespace commands
