#include "handlers/demo/markup.hpp"

#include <array>

namespace handlers::demo {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 4> entities = {
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}}};

void append(std::vector<run>& to, std::string_view text, bool bold) {
  if (text.empty()) return;
  if (to.empty() || to.back().bold != bold) to.push_back({{}, bold});
  to.back().text += text;
}

}  // namespace

std::optional<std::vector<run>> read_html(std::string_view text) {
  std::vector<run> out;
  bool bold = false;
  while (!text.empty()) {
    if (text[0] == '<') {
      const std::string_view tag = bold ? "</b>" : "<b>";
      if (!text.starts_with(tag)) return std::nullopt;
      bold = !bold;
      text.remove_prefix(tag.size());
      continue;
    }
    if (text[0] == '&') {
      const std::size_t before = text.size();
      for (const auto& [name, letter] : entities) {
        if (!text.starts_with(name)) continue;
        append(out, std::string_view(&letter, 1), bold);
        text.remove_prefix(name.size());
        break;
      }
      if (text.size() != before) continue;
    }
    const std::size_t end = text.find_first_of("<&", 1);
    append(out, text.substr(0, end), bold);
    text.remove_prefix(std::min(end, text.size()));
  }
  if (bold) return std::nullopt;
  return out;
}

std::vector<run> read_stars(std::string_view text) {
  std::vector<run> out;
  while (!text.empty()) {
    const std::size_t open = text.find('*');
    append(out, text.substr(0, open), false);
    if (open == std::string_view::npos) break;
    text.remove_prefix(open);
    const std::size_t close = text.find_first_of("*\n", 1);
    const bool pair =
        close != std::string_view::npos && text[close] == '*' && close > 1 && text[1] != ' ' && text[close - 1] != ' ';
    if (pair) append(out, text.substr(1, close - 1), true);
    if (!pair) append(out, "*", false);
    text.remove_prefix(pair ? close + 1 : 1);
  }
  return out;
}

}  // namespace handlers::demo
