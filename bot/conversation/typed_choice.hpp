// A button that is typed instead of tapped: by its number, its label, or a word that only it has. One reading for every
// place where buttons stand.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/phrases.hpp"
#include "bot/language/words.hpp"
#include "bot/outgoing.hpp"

namespace bot {

// From config/rules/choices.toml and the labels of every language, folded.
struct choice_words {
  using phrases = std::map<std::string, phrase_set, std::less<>>;
  phrases whole;        // by key of the label, or "<slot>.<value>": the message says that and nothing else
  phrases parts;        // by key of the label: words of the label itself
  phrases within;       // by "<slot>.<value>": found anywhere in a short answer
  phrase_set courtesy;  // may stand around any of it
  std::map<std::string, std::vector<std::string>, std::less<>> same;  // a word of a label: others for it
  std::vector<std::vector<std::string>> numbers;                      // words for one, two, three …
};

// "2", "nomor 2", "yang kedua": the place in a list of so many.
std::optional<std::size_t> typed_number(std::span<const language::word>, std::size_t count, const choice_words&);
// The label, or words that mean that button and no other of those.
std::optional<std::size_t> typed_label(std::span<const language::word>, std::span<const choice> offered,
                                       const choice_words&);
// Either of them.
std::optional<std::size_t> typed_choice(std::span<const language::word>, std::span<const choice> offered,
                                        const choice_words&);

// The words without courtesy at their end ("kirim ya pak": "kirim"), joined by blanks; at least one is left.
std::string without_courtesy(std::span<const language::word>, const choice_words&);

}  // namespace bot
