#include "bot/cases/number.hpp"

#include <array>

namespace bot::cases {
namespace {

// Crockford's alphabet: no I, L, O, U.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// Multiplication by x in GF(32) = GF(2)[x]/(x^5 + x^2 + 1). A sum weighted with powers of x notices every single wrong
// character and every two neighbours that changed places.
constexpr int times_x(int a) { return ((a << 1) ^ ((a & 16) != 0 ? 0x25 : 0)) & 31; }

int check_of(char kind, const std::array<int, 6>& values) {
  int sum = kind == 'P' ? 7 : 0;
  for (const int v : values) sum = times_x(sum ^ v);
  return sum;
}

int value_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const auto at = alphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::string written(char kind, const std::array<int, 6>& values) {
  std::string number(1, kind);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i == 3) number += '-';
    number += alphabet[static_cast<std::size_t>(values[i])];
  }
  number += alphabet[static_cast<std::size_t>(check_of(kind, values))];
  return number;
}

}  // namespace

std::string make_number(char kind, std::uint64_t random_bits) {
  std::array<int, 6> values{};
  for (int& v : values) {
    v = static_cast<int>(random_bits & 31);
    random_bits >>= 5;
  }
  return written(kind, values);
}

std::optional<std::string> read_number(std::string_view text) {
  std::string compact;
  for (const char c : text)
    if (c != '-' && c != ' ') compact += c;
  if (compact.size() != 8) return std::nullopt;
  const char kind = compact[0] == 'l' || compact[0] == 'L' ? 'L' : compact[0] == 'p' || compact[0] == 'P' ? 'P' : '\0';
  if (kind == '\0') return std::nullopt;
  std::array<int, 6> values{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = value_of(compact[i + 1]);
    if (values[i] < 0) return std::nullopt;
  }
  if (value_of(compact[7]) != check_of(kind, values)) return std::nullopt;
  return written(kind, values);
}

}  // namespace bot::cases
