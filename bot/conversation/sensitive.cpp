#include "bot/conversation/sensitive.hpp"

namespace bot {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_gap(char c) { return c == ' ' || c == '.' || c == '-'; }

}  // namespace

std::string masked(std::string text) {
  constexpr std::size_t nik_digits = 16;
  constexpr std::string_view instead = "[nomor identitas dihapus]";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i]) || (i > 0 && is_digit(text[i - 1]))) continue;
    std::size_t digits = 0, end = i, j = i;
    while (j < text.size() &&
           (is_digit(text[j]) || (is_gap(text[j]) && j + 1 < text.size() && is_digit(text[j + 1])))) {
      if (is_digit(text[j])) {
        ++digits;
        end = j + 1;
      }
      ++j;
    }
    if (digits == nik_digits) {
      text.replace(i, end - i, instead);
      i += instead.size() - 1;
    } else {
      i = end - 1;
    }
  }
  return text;
}

std::size_t utf8_cut(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  while (at < text.size() && characters > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U) ++at;
    --characters;
  }
  return at;
}

}  // namespace bot
