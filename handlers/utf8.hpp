// UTF-8 as the platforms count it. Every function but the first two expects valid UTF-8; on anything else the answer is
// meaningless but no byte outside the text is read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace handlers {

inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";  // U+FFFD

// Length in bytes of the well-formed character that `text` begins with (Unicode 15, table 3-7), 0 when there is none.
std::size_t character_bytes(std::string_view text);

// Every maximal ill-formed piece becomes one U+FFFD.
std::string repair_utf8(std::string_view text);

std::size_t count_points(std::string_view text);  // Unicode code points: how WhatsApp cuts titles
std::size_t count_utf16(std::string_view text);   // UTF-16 code units: how Telegram counts offsets and lengths

// The byte offset of the character at `units` UTF-16 units, npos when it lies behind the end or within a character.
std::size_t offset_of_utf16(std::string_view text, std::size_t units);

// The longest beginning of whole characters that fits.
std::string_view first_bytes(std::string_view text, std::size_t most);
std::string_view first_points(std::string_view text, std::size_t most);
std::string_view first_utf16(std::string_view text, std::size_t most);

}  // namespace handlers
