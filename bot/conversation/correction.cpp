#include "bot/conversation/correction.hpp"

namespace bot {
namespace {

using language::word;

bool is_sign(const word& w) { return w.what == word::kind::sign; }

}  // namespace

std::optional<std::size_t> corrected_from(std::span<const word> words, const correction_rules& rules,
                                          const phrase_set& courtesy) {
  const auto skip = [&](std::size_t i) {
    while (i < words.size()) {
      if (is_sign(words[i])) {
        ++i;
      } else if (const auto n = phrase_at(words, i, rules.before); n > 0) {
        i += n;
      } else if (const auto m = phrase_at(words, i, courtesy); m > 0) {
        i += m;
      } else {
        break;
      }
    }
    return i;
  };
  bool said = false;
  for (std::size_t i = skip(0); i < words.size(); i = skip(i)) {
    if (phrase_at(words, i, rules.other) > 0) return said ? std::optional(i) : std::nullopt;
    if (const auto n = phrase_at(words, i, rules.wrong); n > 0) {
      said = true;
      i += n;
    } else if (const auto m = phrase_at(words, i, rules.rather); said && m > 0) {
      i += m;
    } else if (const auto d = phrase_at(words, i, rules.deny); d > 0) {
      said = true;
      i += d;
      if (i < words.size() && skip(i) == i) {  // what is denied follows at once, as far as a comma or a "but"
        while (i < words.size() && !is_sign(words[i]) && phrase_at(words, i, rules.rather) == 0) ++i;
      }
    } else {
      return said ? std::optional(i) : std::nullopt;
    }
  }
  return said ? std::optional(words.size()) : std::nullopt;
}

}  // namespace bot
