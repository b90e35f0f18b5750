// What must not be kept though people send it: identity-card numbers. And cutting text without breaking a character.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bot {

// Sixteen digits that can be a NIK (with blanks, dots or hyphens between them) become "[nomor identitas dihapus]".
std::string masked(std::string text);

// The largest length of at most `characters` characters, on a character's border, in bytes.
std::size_t utf8_cut(std::string_view text, std::size_t characters);

}  // namespace bot
