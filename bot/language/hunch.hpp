// What a message is probably about, learned from labelled messages: a linear model over its words, parts of words and
// the classes of meaning that the lexicon found in them. It votes beside the rules of the language files, and decides
// where these know nothing. Immutable; trained by training/train_hunch.cpp.
#pragma once

#include <array>
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
  enum class question : std::uint8_t { intent, category, level, going_on, event };
  static constexpr std::size_t questions = 5;

  struct label {
    question of = question::intent;
    std::string name;  // "" of category: none
  };
  // How likely each label is among those of its question, in natural logarithms, in the order of `labels()`.
  using odds = std::vector<float>;

  // Labels of one question stand together. `known`: the signs that were learned, each once. `weights`: for each of
  // them, one byte a label; `scale` turns a sum of bytes into a logit, before the length of the message counts.
  hunch(std::vector<label> labels, std::vector<float> bias, float scale, std::vector<std::uint32_t> known,
        const std::vector<std::int8_t>& weights);

  const std::vector<label>& labels() const { return labels_; }
  static constexpr std::size_t no_label = ~std::size_t{0};
  std::size_t find(question, std::string_view name) const;
  const std::vector<float>& bias() const { return bias_; }
  float scale() const { return scale_; }
  const std::vector<std::uint32_t>& known() const { return known_; }
  std::vector<std::int8_t> weights() const;

  odds weigh(const reading& r, const lexicon& lex) const { return weigh(signs_of(r, lex)); }
  odds weigh(std::span<const std::uint32_t> signs) const;

  // How much one word of a message speaks for a label, in the units of `scale()`.
  int weight_of(const unit&, std::size_t of) const;

  // What a message shows, as hashes without repeats: words, pairs of neighbours, parts of words, classes of meaning,
  // which of them stand near each other and which are denied. Those that were not learned tell nothing.
  static std::vector<std::uint32_t> signs_of(const reading&, const lexicon&);
  // The sign of the category of an incident, and what it adds to the odds of a label. Only levels are
  // learned from it: how bad a thing is hangs on what it is.
  static std::uint32_t sign_of_category(std::string_view category);
  static constexpr float category_counts = 0.5F;
  float added_by_category(std::string_view category, std::size_t of) const;

  // What the sum of weights is divided by, so that long and short messages compare.
  static float length_of(std::span<const std::uint32_t> signs);

 private:
  static constexpr std::size_t line = 64;
  // The weights of a sign, filled up with zeros to whole cache lines.
  struct alignas(line) block {
    std::array<std::int8_t, line> weights{};
  };
  struct place {
    std::uint32_t sign = 0;
    std::uint32_t row = 0;  // counted from one; 0: free
  };
  static constexpr std::uint32_t not_known = ~std::uint32_t{0};
  std::uint32_t row_of(std::uint32_t sign) const;
  // Sums the bytes of some rows, for one block of labels.
  void add_up(std::span<const std::uint32_t> rows, std::size_t block_at, std::span<std::int32_t, line> sums) const;

  std::vector<label> labels_;
  std::vector<float> bias_;
  float scale_ = 0;
  std::vector<std::uint32_t> known_;
  std::vector<place> places_;  // by the low bits of the sign, or the next free one
  std::size_t blocks_ = 0;     // of one row
  std::vector<block> rows_;
};

}  // namespace bot::language
