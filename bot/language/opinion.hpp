// What the learned model says of one message, as votes beside the weights of the rules. All of it was chosen on writers
// that neither the rules nor the model had seen (docs/decisions/rules-and-a-vote.md).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/language/hunch.hpp"
#include "bot/language/lexicon.hpp"
#include "bot/language/reading.hpp"

namespace bot::language {

// So few words that each counts for much, and the rules know them better.
inline constexpr std::size_t few_words = 11;
inline bool few(const reading& r) { return r.units.size() <= few_words; }

class opinion {
 public:
  // Without a model, or of too few words for it: says nothing.
  opinion() = default;
  opinion(const reading&, const lexicon&);

  bool silent() const { return odds_.empty(); }
  // Natural logarithms; as low as `unlikeliest` for what the model does not know.
  float of_level(std::string_view name, std::string_view category) const;
  float of_incident() const;

  // Adds the votes to the sums of a set of rules.
  void vote_on_kinds(const rule_set&, std::vector<int>& sums) const;
  void vote_on_intents(const rule_set&, std::vector<int>& sums) const;
  // Of a message that tells of the sender's own event.
  void vote_on_events(const rule_set&, std::vector<int>& sums) const;
  // Weight against any incident: words of danger stand in jokes, plays and questions too.
  int doubt() const;
  // Weight for it that what is told goes on now; below nothing: against.
  int going_on() const;
  // Nothing that happened is as likely as that nothing did.
  bool likely_nothing() const;
  // "kata: " with the two words as typed that spoke most for a level; empty: none did.
  std::string words_for(std::string_view level, const reading&, std::string_view text, std::span<const word>) const;

 private:
  float of(hunch::question, std::string_view name) const;
  void vote(const rule_set&, float votes, float floor, std::vector<int>& sums) const;

  const hunch* model_ = nullptr;
  hunch::odds odds_;
  bool few_ = false;
};

}  // namespace bot::language
