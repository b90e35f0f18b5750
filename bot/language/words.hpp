// The words of a message, cut once and shared by all that read it: intents, times, numbers and places.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bot::language {

// A run of letters, digits, or one sign. `begin`/`end` are byte offsets into the text that was split.
struct word {
  std::string
      folded;  // compatibility-normalised, lower case, no marks that nobody sees; ASCII letters where a twin exists
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t hash = 0;  // word_hash(folded)
  enum class kind : std::uint8_t { letters, number, sign } what = kind::letters;
  bool spaced = true;  // white space (or the start) stands before it
};

// Of folded text; the same within one process only.
std::uint32_t word_hash(std::string_view folded);

// Cuts valid UTF-8. Letters keep inner apostrophes (Madurese "lagghu'", "na'-kana'") but not hyphens; a letter followed
// by digits stays one word ("alun2", "rw3"), digits followed by letters are two ("30an" -> "30" "an").
std::vector<word> split(std::string_view text);

}  // namespace bot::language
