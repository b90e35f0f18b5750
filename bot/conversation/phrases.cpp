#include "bot/conversation/phrases.hpp"

#include <algorithm>
#include <string_view>

namespace bot {
namespace {

std::size_t length_at(std::span<const language::word> words, std::size_t at, std::string_view phrase) {
  std::size_t used = 0;
  while (!phrase.empty()) {
    if (at + used >= words.size()) return 0;
    const std::string_view word = words[at + used].folded;
    const bool whole = phrase.size() == word.size();
    if (!phrase.starts_with(word) || (!whole && phrase[word.size()] != ' ')) return 0;
    ++used;
    phrase.remove_prefix(whole ? word.size() : word.size() + 1);
  }
  return used;
}

}  // namespace

std::size_t phrase_at(std::span<const language::word> words, std::size_t at, const std::vector<std::string>& phrases) {
  std::size_t longest = 0;
  if (at >= words.size() || words[at].folded.empty()) return 0;
  const char first = words[at].folded.front();
  for (const auto& p : phrases)
    if (p.starts_with(first)) longest = std::max(longest, length_at(words, at, p));
  return longest;
}

bool has_phrase(std::span<const language::word> words, const std::vector<std::string>& phrases) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (phrase_at(words, i, phrases) > 0) return true;
  return false;
}

bool says_only(std::span<const language::word> words, const saying& what) {
  bool said = false;
  for (std::size_t i = 0; i < words.size();) {
    if (const auto n = phrase_at(words, i, what.words); n > 0) {
      said = true;
      i += n;
    } else if (const auto m = phrase_at(words, i, what.beside); m > 0) {
      i += m;
    } else if (words[i].what != language::word::kind::letters) {
      ++i;
    } else {
      return false;
    }
  }
  return said;
}

}  // namespace bot
