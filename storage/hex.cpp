#include "storage/hex.hpp"

namespace storage {

std::string in_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    hex += digits[static_cast<unsigned char>(c) >> 4U];
    hex += digits[static_cast<unsigned char>(c) & 15U];
  }
  return hex;
}

std::string in_hex(std::span<const std::uint8_t> bytes) {
  return in_hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

std::string from_hex(std::string_view digits) {
  const auto value = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>((value(digits[i]) << 4U) | value(digits[i + 1]));
  return bytes;
}

}  // namespace storage
