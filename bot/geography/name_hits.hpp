// The names in a message with the small words that stand beside them. Used by find_place alone.
#pragma once

#include <span>
#include <vector>

#include "bot/geography/places.hpp"

namespace bot::geography {

struct name_hit {
  std::uint32_t begin = 0;  // words
  std::uint32_t end = 0;
  std::uint32_t cues = 0;    // of the words before it
  std::uint32_t chain = 0;   // hits with the same number stand side by side: "Desa Kenep, Kec. Beji"
  bool after_comma = false;  // something stronger than a space or a type word separates it from the one before
  bool after_hyphen = false;
  bool denied = false;     // "bukan …", or replaced by a correction
  bool elsewhere = false;  // can be a city or province outside the atlas
  bool home = false;       // "Jawa Timur": says nothing
  bool unfit = false;      // "kec." before a name that no district bears
  bool doubtful = false;   // a district or regency that the atlas does not know follows: "Kalipang kec. Sutojayan"
  bool street = false;     // the word right before it is "jl" or its like
  bool opens = false;      // first word of the message, followed by "ada" or its like
  caution care = caution::none;
  std::vector<place_candidate> candidates;  // after "kel", "kec", … have had their say
  std::vector<place_candidate> spare;       // old spellings that also are a present name: only where nothing else fits

  bool inside() const { return !candidates.empty(); }
  bool exact() const { return inside() && candidates.front().how != match::fuzzy; }
};

struct name_hits {
  std::vector<name_hit> hits;
  bool unread_ward = false;
};

name_hits find_names(const atlas& where, std::span<const language::word> words);

}  // namespace bot::geography
