// Numbers in the bytes of files. The caller has checked that they are there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace handlers::media {

inline std::uint32_t byte_at(std::string_view s, std::size_t at) { return static_cast<unsigned char>(s[at]); }
inline std::uint32_t big16(std::string_view s, std::size_t at) { return byte_at(s, at) << 8U | byte_at(s, at + 1); }
inline std::uint32_t big32(std::string_view s, std::size_t at) { return big16(s, at) << 16U | big16(s, at + 2); }
inline std::uint32_t little16(std::string_view s, std::size_t at) { return byte_at(s, at) | byte_at(s, at + 1) << 8U; }
inline std::uint32_t little32(std::string_view s, std::size_t at) {
  return little16(s, at) | little16(s, at + 2) << 16U;
}
inline std::uint64_t big64(std::string_view s, std::size_t at) {
  return static_cast<std::uint64_t>(big32(s, at)) << 32U | big32(s, at + 4);
}

inline void put_big32(std::string& out, std::uint32_t n) {
  for (const unsigned shift : {24U, 16U, 8U, 0U}) out += static_cast<char>(n >> shift & 255U);
}
inline void put_little32(std::string& out, std::uint32_t n) {
  for (const unsigned shift : {0U, 8U, 16U, 24U}) out += static_cast<char>(n >> shift & 255U);
}

}  // namespace handlers::media
