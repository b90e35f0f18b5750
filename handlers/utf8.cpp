#include "handlers/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace handlers {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// How many bytes at the start of `text` begin a character but do not end it; at least 1.
std::size_t ill_formed_bytes(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t wanted = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < 2) return 1;
  const auto second = static_cast<unsigned char>(text[1]);
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (second < low || second > high) return 1;
  std::size_t n = 2;
  while (n < wanted && n < text.size() && continues(text[n])) ++n;
  return n;
}

// The longest beginning whose characters weigh at most `most` together.
template <typename Weight>
std::string_view beginning(std::string_view text, std::size_t most, Weight weight) {
  std::size_t end = 0;
  std::size_t sum = 0;
  while (end < text.size()) {
    const std::size_t bytes = std::max<std::size_t>(1, character_bytes(text.substr(end, 4)));
    sum += weight(bytes);
    if (sum > most) break;
    end += bytes;
  }
  return text.substr(0, end);
}

std::size_t utf16_weight(std::size_t bytes) { return bytes == 4 ? 2 : 1; }

}  // namespace

std::size_t character_bytes(std::string_view text) {
  if (text.empty()) return 0;
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return 1;
  const std::size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (text.size() < wanted) return 0;
  return ill_formed_bytes(text.substr(0, wanted)) == wanted ? wanted : 0;
}

std::string repair_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::size_t bytes = character_bytes(text);
    if (bytes > 0) {
      out += text.substr(0, bytes);
    } else {
      out += replacement_character;
      bytes = ill_formed_bytes(text);
    }
    text.remove_prefix(bytes);
  }
  return out;
}

std::size_t count_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

std::size_t count_utf16(std::string_view text) {
  const auto pairs =
      std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
  return count_points(text) + static_cast<std::size_t>(pairs);
}

std::size_t offset_of_utf16(std::string_view text, std::size_t units) {
  const std::string_view before = first_utf16(text, units);
  return count_utf16(before) == units ? before.size() : std::string_view::npos;
}

std::string_view first_bytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && continues(text[end])) --end;
  return text.substr(0, end);
}

std::string_view first_points(std::string_view text, std::size_t most) {
  return beginning(text, most, [](std::size_t) { return std::size_t{1}; });
}

std::string_view first_utf16(std::string_view text, std::size_t most) { return beginning(text, most, utf16_weight); }

}  // namespace handlers
