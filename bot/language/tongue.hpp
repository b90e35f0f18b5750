// Which language a message is written in.
#pragma once

#include <string_view>

#include "bot/language/reading.hpp"

namespace bot::language {

// id, jv, mad, or mixed when neither of two languages is clearly the frame. A message that tells nothing is id.
std::string_view tongue_of(const reading&, const lexicon&);

// The language to answer in: id, jv, mad or en where the message surely is in it, empty where it is not sure.
std::string_view sure_tongue_of(const reading&, const lexicon&);

}  // namespace bot::language
