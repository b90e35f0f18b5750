#include "bot/conversation/poster.hpp"

#include <algorithm>

namespace bot {

poster poster_in(std::string_view text) {
  constexpr std::string_view command = "/start ", mark = "kel-";
  if (text.starts_with(command)) text.remove_prefix(command.size());
  if (!text.starts_with(mark)) return {};
  text.remove_prefix(mark.size());
  std::string digits;
  std::size_t end = 0;
  for (; end < text.size() && digits.size() < 10; ++end) {
    if (text[end] >= '0' && text[end] <= '9')
      digits += text[end];
    else if (text[end] != '.' && text[end] != '_' && text[end] != '-')
      break;
  }
  if (digits.size() != 10) return {};
  const std::string ward =
      digits.substr(0, 2) + "." + digits.substr(2, 2) + "." + digits.substr(4, 2) + "." + digits.substr(6);
  const auto words = std::min(text.find_first_not_of(" \n", end), text.size());
  return {ward, std::string(text.substr(words))};
}

}  // namespace bot
