// One way through the words of a text, with the changes that it asks for.
#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/language/lexicon.hpp"
#include "bot/language/words.hpp"

namespace bot::language {

struct text_edit {
  std::size_t begin = 0, end = 0;  // bytes
  std::string instead;
};

inline std::string with(std::string_view text, const std::vector<text_edit>& edits) {
  std::string out;
  std::size_t at = 0;
  for (const text_edit& e : edits) {
    out += text.substr(at, e.begin - at);
    out += e.instead;
    at = e.end;
  }
  return out += text.substr(at);
}

class word_editor {
 public:
  word_editor(std::string_view text, const lexicon& lex) : text_(text), lex_(lex), words_(split(text)) {}

 protected:
  bool is_number(std::size_t i) const { return i < words_.size() && words_[i].what == word::kind::number; }
  bool is_sign(std::size_t i, std::string_view sign) const {
    return i < words_.size() && words_[i].what == word::kind::sign && words_[i].folded == sign;
  }
  bool is_dash(std::size_t i) const { return is_sign(i, "-") || is_sign(i, "–") || is_sign(i, "—"); }
  bool is_one_of(std::size_t i, const std::vector<std::string>& list) const {
    return i < words_.size() && std::find(list.begin(), list.end(), words_[i].folded) != list.end();
  }
  bool is_word(std::size_t i, std::string_view one) const { return i < words_.size() && words_[i].folded == one; }

  std::optional<int> value(std::size_t i, part which) const {
    if (i >= words_.size() || words_[i].what != word::kind::letters) return std::nullopt;
    const auto found = lex_.find(words_[i].folded);
    for (const auto key : {found.exact, found.root}) {
      if (key == lexicon::none) continue;
      const auto node = lex_.follow(0, key);
      if (node == lexicon::none) continue;
      for (const auto& sense : lex_.senses(node))
        if (sense.meaning == lex_.id(which)) return sense.value;
    }
    return std::nullopt;
  }
  bool means(std::size_t i, part which) const { return value(i, which).has_value(); }

  std::optional<int> number(std::size_t i) const {
    if (!is_number(i) || words_[i].folded.size() > 4) return std::nullopt;
    int n = 0;
    std::from_chars(words_[i].folded.data(), words_[i].folded.data() + words_[i].folded.size(), n);
    return n;
  }
  // Glued to the number before it by one of the signs: "19.00", "14/12".
  bool glued(std::size_t sign) const {
    return sign + 1 < words_.size() && !words_[sign].spaced && !words_[sign + 1].spaced && is_number(sign + 1);
  }
  bool is_clock(std::size_t i) const {
    const bool glued_after = (is_sign(i + 1, ".") || is_sign(i + 1, ":")) && glued(i + 1);
    const bool glued_before = i >= 2 && (is_sign(i - 1, ".") || is_sign(i - 1, ":")) && glued(i - 1);
    return glued_after || glued_before || (i > 0 && means(i - 1, part::clock_word));
  }
  void change(std::size_t first, std::size_t last, std::string instead) {
    edits_.push_back({words_[first].begin, words_[last].end, std::move(instead)});
  }

  std::string_view text_;
  const lexicon& lex_;
  std::vector<word> words_;
  std::vector<text_edit> edits_;
};

}  // namespace bot::language
