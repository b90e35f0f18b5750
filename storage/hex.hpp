// Bytes as lower-case hexadecimal digits, and back.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace storage {

std::string in_hex(std::string_view bytes);
std::string in_hex(std::span<const std::uint8_t> bytes);
std::string from_hex(std::string_view digits);  // only of what in_hex made

}  // namespace storage
