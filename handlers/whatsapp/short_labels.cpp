#include "handlers/whatsapp/short_labels.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "handlers/utf8.hpp"

namespace handlers::whatsapp {
namespace {

constexpr std::pair<std::string_view, std::string_view> shorter_words[] = {
    {"Kabupaten ", "Kab. "}, {"Kecamatan ", "Kec. "}, {"Kelurahan ", "Kel. "}, {"Perumahan ", "Perum. "}};
constexpr std::string_view kinds[] = {"Kec. ", "Kel. ", "Desa ", "Kab. ", "Kota "};

bool fits(std::string_view label, std::size_t points) { return count_points(label) <= points; }

std::string abbreviated(std::string label) {
  for (const auto& [whole, part] : shorter_words)
    if (const auto at = label.find(whole); at != std::string::npos) label.replace(at, whole.size(), part);
  return label;
}

std::string without_kind(std::string label) {
  for (const auto kind : kinds)
    if (label.starts_with(kind)) return label.substr(kind.size());
  return label;
}

std::string cut(std::string_view label, std::size_t points) {
  if (fits(label, points)) return std::string(label);
  std::string head(first_points(label, points - 1));
  while (head.ends_with(' ')) head.pop_back();
  return head + "\u2026";
}

}  // namespace

std::vector<std::string> short_labels(const std::vector<std::string>& labels, std::size_t points) {
  std::vector<std::string> out;
  std::set<std::string> taken;
  for (const auto& label : labels)
    if (fits(label, points)) taken.insert(label);
  for (const auto& label : labels) {
    if (fits(label, points)) {
      out.push_back(label);
      continue;
    }
    std::string one = abbreviated(label);
    if (!fits(one, points)) one = without_kind(std::move(one));
    one = cut(one, points);
    for (int n = 2; !taken.insert(one).second; ++n) {
      const std::string number = std::to_string(n) + ". ";
      one = number + cut(abbreviated(label), points - number.size());
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace handlers::whatsapp
