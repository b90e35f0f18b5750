// Signs of a message are known to the learned model by a number. FNV-1a: the same on every machine, for the weights are
// kept in a file.
#pragma once

#include <cstdint>
#include <string_view>

namespace bot::language {

class sign {
 public:
  constexpr sign& add(std::string_view text) {
    for (const char c : text) add(c);
    return *this;
  }
  constexpr sign& add(char c) {
    hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 16777619U;
    return *this;
  }
  constexpr std::uint32_t number() const {
    std::uint32_t h = hash_;
    h ^= h >> 16U;
    h *= 0x7feb352dU;
    h ^= h >> 15U;
    return h;
  }

 private:
  std::uint32_t hash_ = 2166136261U;
};

// The number of two signs that stand together, in either order.
constexpr std::uint32_t together(std::uint32_t one, std::uint32_t other) {
  const std::uint32_t low = one < other ? one : other;
  const std::uint32_t high = one < other ? other : one;
  std::uint32_t h = (low * 2654435761U) ^ (high * 40503U + 0x7f4a7c15U);
  h ^= h >> 15U;
  h *= 0x7feb352dU;
  h ^= h >> 13U;
  return h;
}

}  // namespace bot::language
