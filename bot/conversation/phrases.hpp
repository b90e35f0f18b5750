// Folded phrases ("minta uang") looked for in the words of a message, whole words only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "bot/language/words.hpp"

namespace bot {

// A list of them, found by the word that each begins with: nearly every word of a message begins none, which a few bits
// tell. Hundreds of lists are asked about every word. A list as read from a file becomes one by itself.
class phrase_set {
 public:
  phrase_set() = default;
  phrase_set(std::initializer_list<std::string> phrases);
  phrase_set(std::vector<std::string> phrases);
  void push_back(std::string phrase);

  bool empty() const { return phrases_.empty(); }
  std::size_t size() const { return phrases_.size(); }
  // In the order in which they were given.
  auto begin() const { return phrases_.begin(); }
  auto end() const { return phrases_.end(); }

  // Some phrase may begin with this word: where none does it is nearly always false.
  bool may_begin(const language::word& w) const {
    return (first_words_[w.hash / 64 % first_words_.size()] >> w.hash % 64 & 1U) != 0;
  }
  // The number of words of the longest phrase that stands at word `at`; 0 when none does.
  std::size_t longest_at(std::span<const language::word> words, std::size_t at) const;

 private:
  struct place {
    std::uint32_t hash = 0;    // of the first word
    std::uint32_t phrase = 0;  // counted from one; 0: free
  };
  void put(std::uint32_t phrase);

  std::array<std::uint64_t, 4> first_words_{};  // a bit for each hash
  std::vector<place> places_;                   // a power of two of them, by the low bits of the hash
  std::vector<std::string> phrases_;
};

// The number of words of the longest phrase that stands at word `at`; 0 when none does.
inline std::size_t phrase_at(std::span<const language::word> words, std::size_t at, const phrase_set& phrases) {
  return at < words.size() && phrases.may_begin(words[at]) ? phrases.longest_at(words, at) : 0;
}

bool has_phrase(std::span<const language::word> words, const phrase_set& phrases);

// A list that would be indexed anew at each call.
std::size_t phrase_at(std::span<const language::word>, std::size_t, const std::vector<std::string>&) = delete;
bool has_phrase(std::span<const language::word>, const std::vector<std::string>&) = delete;

// Something that is said with few words, and those that may stand beside them.
struct saying {
  phrase_set words, beside;
};
// The message says that and nothing else; signs and numbers beside it count for nothing.
bool says_only(std::span<const language::word> words, const saying&);

}  // namespace bot
