#include "bot/conversation/typed_choice.hpp"

#include <algorithm>

namespace bot {
namespace {

using language::word;

constexpr std::size_t most_words = 8;  // nobody types more to name a button

bool is_courtesy(const word& w, const choice_words& known) {
  return std::find(known.courtesy.begin(), known.courtesy.end(), w.folded) != known.courtesy.end();
}

const phrase_set* find(const choice_words::phrases& in, std::string_view key) {
  const auto at = in.find(key);
  return at == in.end() ? nullptr : &at->second;
}

// "c:weapons:yes" -> "weapons.yes"
std::string answer_key(std::string_view data) {
  if (!data.starts_with("c:")) return {};
  std::string key(data.substr(2));
  std::replace(key.begin(), key.end(), ':', '.');
  return key;
}

std::string folded_label(std::string_view label) {
  std::string all;
  for (const auto& w : language::split(label)) all += (all.empty() ? "" : " ") + w.folded;
  return all;
}

std::vector<std::string> words_of(std::string_view label, const choice_words& known) {
  std::vector<std::string> parts;
  for (const auto& w : language::split(label)) {
    if (w.what != word::kind::letters || is_courtesy(w, known)) continue;
    parts.push_back(w.folded);
    if (const auto others = known.same.find(w.folded); others != known.same.end())
      parts.insert(parts.end(), others->second.begin(), others->second.end());
  }
  return parts;
}

// The message says one of either list, or several, and nothing but courtesy beside.
bool says(std::span<const word> words, const phrase_set* one, const phrase_set* other, const choice_words& known) {
  bool said = false;
  for (std::size_t i = 0; i < words.size();) {
    const auto n =
        std::max(one == nullptr ? 0 : phrase_at(words, i, *one), other == nullptr ? 0 : phrase_at(words, i, *other));
    const auto m = n > 0 ? n : phrase_at(words, i, known.courtesy);
    if (m == 0 && words[i].what != word::kind::sign) return false;
    said = said || n > 0;
    i += std::max<std::size_t>(m, 1);
  }
  return said;
}

// The one of those for which `says` holds; several are none.
template <typename Says>
std::optional<std::size_t> only_one(std::size_t count, const Says& says) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < count; ++i) {
    if (!says(i)) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

}  // namespace

std::optional<std::size_t> typed_number(std::span<const word> words, std::size_t count, const choice_words& known) {
  if (words.size() > most_words) return std::nullopt;
  std::optional<std::size_t> found;
  for (const auto& w : words) {
    if (w.what == word::kind::sign || is_courtesy(w, known)) continue;
    std::size_t n = 0;
    if (w.what == word::kind::number) {
      if (w.folded.size() > 2) return std::nullopt;
      n = std::stoul(w.folded);
    } else {
      const auto at = std::find_if(known.numbers.begin(), known.numbers.end(), [&](const auto& names) {
        return std::find(names.begin(), names.end(), w.folded) != names.end();
      });
      n = at == known.numbers.end() ? 0 : static_cast<std::size_t>(at - known.numbers.begin()) + 1;
    }
    if (found || n < 1 || n > count) return std::nullopt;
    found = n - 1;
  }
  return found;
}

std::optional<std::size_t> typed_label(std::span<const word> words, std::span<const choice> offered,
                                       const choice_words& known) {
  if (words.empty() || words.size() > most_words) return std::nullopt;
  const auto whole = only_one(offered.size(), [&](std::size_t i) {
    const auto& [data, label] = offered[i];
    if (!label.starts_with('='))
      return says(words, find(known.whole, label), find(known.whole, answer_key(data)), known);
    const phrase_set name = {folded_label(std::string_view(label).substr(1))};
    return says(words, &name, nullptr, known);
  });
  if (whole) return whole;
  return only_one(offered.size(), [&](std::size_t i) {
    const auto& label = offered[i].label;
    if (!label.starts_with('=')) return says(words, find(known.parts, label), nullptr, known);
    const phrase_set parts = words_of(std::string_view(label).substr(1), known);
    return says(words, &parts, nullptr, known);
  });
}

std::optional<std::size_t> typed_choice(std::span<const word> words, std::span<const choice> offered,
                                        const choice_words& known) {
  if (const auto n = typed_number(words, offered.size(), known)) return n;
  return typed_label(words, offered, known);
}

std::string without_courtesy(std::span<const word> words, const choice_words& known) {
  while (words.size() > 1 && (words.back().what == word::kind::sign || is_courtesy(words.back(), known)))
    words = words.first(words.size() - 1);
  std::string all;
  for (const auto& w : words) all += (all.empty() ? "" : " ") + w.folded;
  return all;
}

}  // namespace bot
