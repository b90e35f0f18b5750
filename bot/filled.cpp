#include "bot/filled.hpp"

namespace bot {

std::string filled(std::string_view text, const std::vector<argument>& args) {
  std::string all;
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{')) {
    const auto close = text.find('}', open);
    if (close == std::string_view::npos) break;
    all += text.substr(0, open);
    const auto name = text.substr(open + 1, close - open - 1);
    for (const auto& a : args)
      if (a.name == name) all += a.value;
    text.remove_prefix(close + 1);
  }
  return all.append(text);
}

}  // namespace bot
