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

std::uint32_t hash_of_first(std::string_view phrase) { return language::word_hash(phrase.substr(0, phrase.find(' '))); }

}  // namespace

phrase_set::phrase_set(std::initializer_list<std::string> phrases) : phrase_set(std::vector<std::string>(phrases)) {}

phrase_set::phrase_set(std::vector<std::string> phrases) {
  phrases_.reserve(phrases.size());
  for (auto& one : phrases) push_back(std::move(one));
}

void phrase_set::push_back(std::string phrase) {
  constexpr std::size_t smallest = 4;
  phrases_.push_back(std::move(phrase));
  if (phrases_.size() * 2 <= places_.size()) return put(static_cast<std::uint32_t>(phrases_.size()));
  places_.assign(std::max(smallest, places_.size() * 2), {});
  for (std::uint32_t i = 1; i <= phrases_.size(); ++i) put(i);
}

void phrase_set::put(std::uint32_t phrase) {
  const std::uint32_t hash = hash_of_first(phrases_[phrase - 1]);
  first_words_[hash / 64 % first_words_.size()] |= std::uint64_t{1} << hash % 64;
  std::size_t at = hash & (places_.size() - 1);
  while (places_[at].phrase != 0) at = (at + 1) & (places_.size() - 1);
  places_[at] = {hash, phrase};
}

std::size_t phrase_set::longest_at(std::span<const language::word> words, std::size_t at) const {
  if (places_.empty() || at >= words.size()) return 0;
  const std::uint32_t hash = words[at].hash;
  std::size_t longest = 0;
  for (std::size_t i = hash & (places_.size() - 1); places_[i].phrase != 0; i = (i + 1) & (places_.size() - 1))
    if (places_[i].hash == hash) longest = std::max(longest, length_at(words, at, phrases_[places_[i].phrase - 1]));
  return longest;
}

bool has_phrase(std::span<const language::word> words, const phrase_set& phrases) {
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
