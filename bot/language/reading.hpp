// A message with its meanings found: what every grammar and rule looks at.
#pragma once

#include <cstdint>
#include <forward_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/language/lexicon.hpp"
#include "bot/language/words.hpp"

namespace bot::language {

// Indexes into the words of a message, the last one excluded.
struct word_range {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

// A letter word or a number, signs left out. A doubled word is two: "pukul2an" is "pukul" and "pukulan".
struct unit {
  std::string_view text;     // folded
  std::uint32_t source = 0;  // index into the words
  enum class gap : std::uint8_t {
    none,
    hyphen,
    dot,
    slash,
    colon,
    comma,
    stop
  } before = gap::none;  // signs since the last unit
  bool spaced = true;
  bool number = false;      // digits
  bool place = false;       // part of a place name
  std::int64_t value = -1;  // of digits, at most 9 of them; -1: too long or no number
  lexicon::found found;
};

struct match {
  std::uint32_t first = 0;  // units
  std::uint32_t last = 0;   // excluded
  std::span<const sense> senses;
  class_set meaning;  // classes with groups, and those derived from how they are said; empty of what is denied
  bool denied = false;
  bool passive = false;
};

inline bool has(const match& m, class_id meaning, std::int32_t* value = nullptr) {
  for (const sense& s : m.senses) {
    if (s.meaning != meaning) continue;
    if (value != nullptr) *value = s.value;
    return true;
  }
  return false;
}

struct reading {
  std::vector<unit> units;
  std::forward_list<std::string> spelled_out;  // second halves of doubled words, which units point into
  std::vector<match> matches;                  // in order, not overlapping
  std::vector<std::uint32_t> match_at;         // per unit: index of its match + 1, 0 = none
  class_set present;                           // all meanings
  bool question_mark = false;
  bool exclaimed = false;   // two or more "!"
  std::uint32_t signs = 0;  // signs that prose does not use: { } < > = ; $ \ |

  // The match at a unit that has this class (value to `value`), or null. Asked hundreds of times a message, mostly
  // where nothing stands.
  const match* at(std::uint32_t unit, class_id meaning, std::int32_t* value = nullptr) const {
    if (unit >= match_at.size() || match_at[unit] == 0) return nullptr;
    const match& m = matches[match_at[unit] - 1];
    return has(m, meaning, value) ? &m : nullptr;
  }
  // Words of the message as typed.
  std::string_view typed(std::string_view text, const match&, std::span<const word>) const;
};

reading read(std::span<const word> words, const lexicon&, std::span<const word_range> places);

}  // namespace bot::language
