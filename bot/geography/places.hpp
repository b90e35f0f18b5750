// Places in a message: the names that it mentions and what they can mean together. Nothing is guessed: where the words
// leave several places open, all of them are returned, and a name that is only similar proposes but does not settle.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "bot/geography/atlas.hpp"
#include "bot/language/words.hpp"

namespace bot::geography {

enum class match : std::uint8_t { name, alias, landmark, fuzzy };

struct place_candidate {
  area_id where = no_area;
  match how = match::name;
  float confidence = 0;  // 0..1, shared among the candidates of a name
  bool operator==(const place_candidate&) const = default;
};

// The words [begin, end) name a place.
struct place_mention {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::vector<place_candidate> candidates;  // best first; empty: a city or province outside the atlas
};

struct place_finding {
  enum class outcome : std::uint8_t { nothing, inside, outside };
  outcome what = outcome::nothing;
  std::vector<place_candidate> candidates;  // where it happens, best first; filled when `inside`
  // The words decide: no mere similarity, no contradiction, no name that may be a street, a hamlet or an ordinary word.
  // Several candidates may remain all the same.
  bool settled = false;
  bool unread_ward = false;             // "desa" or "kel." is followed by a name that the atlas does not know
  std::vector<place_mention> mentions;  // all names that count, in the order of the text
  std::uint32_t begin = 0;              // the words that name the place, its district included
  std::uint32_t end = 0;
};

place_finding find_place(const atlas& where, std::span<const language::word> words);

}  // namespace bot::geography
