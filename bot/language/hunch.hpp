// What a message is probably about, learned from labelled messages: a linear model over its words, parts of words and
// the classes of meaning that the lexicon found in them. It votes beside the rules of the language files, and decides
// where these know nothing. Immutable; trained by training/train_hunch.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/language/reading.hpp"

namespace bot::language {

class hunch {
 public:
  // Questions that the model answers, each with its own labels.
  enum class question : std::uint8_t { intent, category, level };

  struct label {
    question of = question::intent;
    std::string name;  // "" of category: none
  };
  // How likely each label is among those of its question, in natural logarithms, in the order of `labels()`.
  using odds = std::vector<float>;

  // Labels of one question stand together. `weights`: for each of the buckets, one byte a label; `scale` turns a sum of
  // bytes into a logit, before the length of the message counts.
  hunch(std::vector<label> labels, std::vector<float> bias, float scale, std::vector<std::int8_t> weights);

  const std::vector<label>& labels() const { return labels_; }
  const std::vector<float>& bias() const { return bias_; }
  float scale() const { return scale_; }
  const std::vector<std::int8_t>& weights() const { return weights_; }

  odds weigh(const reading&, const lexicon&) const;

  // What a message shows, as hashes without repeats: words, pairs of neighbours, parts of words, classes of meaning.
  // The bucket of each is the hash modulo the number of buckets.
  static std::vector<std::uint32_t> signs_of(const reading&, const lexicon&);
  // What the sum of weights is divided by, so that long and short messages compare.
  static float length_of(std::span<const std::uint32_t> signs);

 private:
  std::vector<label> labels_;
  std::vector<float> bias_;
  float scale_ = 0;
  std::size_t buckets_ = 0;
  std::vector<std::int8_t> weights_;
};

}  // namespace bot::language
