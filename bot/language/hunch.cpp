#include "bot/language/hunch.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "bot/language/sign.hpp"
#include "bot/language/spelling.hpp"

namespace bot::language {
namespace {

constexpr std::size_t part_letters = 4;
constexpr std::size_t longest_number = 4;  // digits; how many there are tells, not which
constexpr std::size_t near_by = 3;         // meanings that are paired with those after them
constexpr std::uint32_t denial = 0x6b43a9b5U;

void spell(const unit& u, std::string& word) {
  if (u.number) {
    word.assign(std::min(u.text.size(), longest_number), '0');
  } else if (u.place) {
    word = "@";
  } else {
    squeeze(u.text, word);
  }
}

// Numbers in the order in which they came first.
class distinct {
 public:
  explicit distinct(std::size_t expected) {
    std::size_t size = 256;
    while (size < expected * 2) size *= 2;
    seen_.assign(size, 0);
    out_.reserve(expected);
  }

  void put(std::uint32_t number) {
    if (number == 0) {  // stands for a free place
      if (!zero_) out_.push_back(0);
      zero_ = true;
      return;
    }
    std::size_t at = number & (seen_.size() - 1);
    for (; seen_[at] != 0; at = (at + 1) & (seen_.size() - 1)) {
      if (seen_[at] == number) return;
    }
    // Reading has an end, but a table that is full would have none.
    if (out_.size() * 4 >= seen_.size() * 3) return grow(number);
    seen_[at] = number;
    out_.push_back(number);
  }

  std::vector<std::uint32_t> take() { return std::move(out_); }

 private:
  void grow(std::uint32_t number) {
    const std::vector<std::uint32_t> all = std::move(out_);
    seen_.assign(seen_.size() * 2, 0);
    out_.clear();
    zero_ = false;
    for (const std::uint32_t each : all) put(each);
    put(number);
  }

  std::vector<std::uint32_t> seen_;
  std::vector<std::uint32_t> out_;
  bool zero_ = false;
};

}  // namespace

hunch::hunch(std::vector<label> labels, std::vector<float> bias, float scale, std::vector<std::uint32_t> known,
             const std::vector<std::int8_t>& weights)
    : labels_(std::move(labels)), bias_(std::move(bias)), scale_(scale), known_(std::move(known)) {
  const std::size_t count = labels_.size();
  blocks_ = (count + line - 1) / line;
  rows_.resize(known_.size() * blocks_);
  for (std::size_t i = 0; i < known_.size() * count; ++i)
    rows_[i / count * blocks_ + i % count / line].weights[i % count % line] = weights[i];
  // Half empty: most signs of a message are not known, which a free place tells at once.
  places_.resize(std::bit_ceil(known_.size() * 2 + 1));
  for (std::uint32_t row = 0; row < known_.size(); ++row) {
    std::size_t at = known_[row] & (places_.size() - 1);
    while (places_[at].row != 0) at = (at + 1) & (places_.size() - 1);
    places_[at] = {known_[row], row + 1};
  }
}

std::uint32_t hunch::row_of(std::uint32_t sign) const {
  for (std::size_t at = sign & (places_.size() - 1); places_[at].row != 0; at = (at + 1) & (places_.size() - 1)) {
    if (places_[at].sign == sign) return places_[at].row - 1;
  }
  return not_known;
}

std::size_t hunch::find(question of, std::string_view name) const {
  const auto at = std::ranges::find_if(labels_, [&](const label& l) { return l.of == of && l.name == name; });
  return at == labels_.end() ? no_label : static_cast<std::size_t>(at - labels_.begin());
}

std::vector<std::int8_t> hunch::weights() const {
  const std::size_t count = labels_.size();
  std::vector<std::int8_t> out(known_.size() * count);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = rows_[i / count * blocks_ + i % count / line].weights[i % count % line];
  return out;
}

std::vector<std::uint32_t> hunch::signs_of(const reading& r, const lexicon& lex) {
  std::size_t letters = 0;
  for (const unit& u : r.units) letters += u.text.size();
  distinct out(letters + 2 * r.units.size() + near_by * r.matches.size() + r.present.count());
  std::string before = "^";
  std::string word;
  std::string padded;
  for (const unit& u : r.units) {
    spell(u, word);
    out.put(sign().add('w').add(word).number());
    out.put(sign().add('b').add(before).add(' ').add(word).number());
    std::swap(before, word);
    if (u.number || u.place) continue;
    padded.assign("<").append(before).append(">");
    for (std::size_t i = 0; i + part_letters <= padded.size(); ++i)
      out.put(sign().add('c').add(std::string_view(padded).substr(i, part_letters)).number());
  }
  for (std::size_t c = r.present._Find_first(); c < r.present.size(); c = r.present._Find_next(c))
    out.put(lex.sign(static_cast<class_id>(c)));
  for (std::size_t i = 0; i < r.matches.size(); ++i) {
    const match& m = r.matches[i];
    if (m.denied) {
      for (const sense& s : m.senses) out.put(together(lex.sign(s.meaning), denial));
    }
    for (std::size_t k = i + 1; k < std::min(i + 1 + near_by, r.matches.size()); ++k)
      out.put(together(lex.sign(m.senses.front().meaning), lex.sign(r.matches[k].senses.front().meaning)));
  }
  if (r.question_mark) out.put(sign().add('?').number());
  if (r.exclaimed) out.put(sign().add('!').number());
  return out.take();
}

float hunch::length_of(std::span<const std::uint32_t> signs) { return std::sqrt(static_cast<float>(signs.size() + 1)); }

void hunch::add_up(std::span<const std::uint32_t> rows, std::size_t block_at,
                   std::span<std::int32_t, line> sums) const {
  // Sums of two bytes cannot run over within so many rows.
  constexpr std::size_t safe = 256;
  while (!rows.empty()) {
    const auto some = rows.first(std::min(safe, rows.size()));
    rows = rows.subspan(some.size());
    alignas(line) std::array<std::int16_t, line> part{};
    for (const std::uint32_t each : some) {
      const block& row = rows_[each * blocks_ + block_at];
      for (std::size_t k = 0; k < line; ++k) part[k] = static_cast<std::int16_t>(part[k] + row.weights[k]);
    }
    for (std::size_t k = 0; k < line; ++k) sums[k] += part[k];
  }
}

int hunch::weight_of(const unit& u, std::size_t of) const {
  std::string word;
  spell(u, word);
  const std::uint32_t row = row_of(sign().add('w').add(word).number());
  return row == not_known ? 0 : rows_[row * blocks_ + of / line].weights[of % line];
}

std::uint32_t hunch::sign_of_category(std::string_view category) { return sign().add('k').add(category).number(); }

float hunch::added_by_category(std::string_view category, std::size_t of) const {
  const std::uint32_t row = row_of(sign_of_category(category));
  return row == not_known ? 0 : scale_ * category_counts * rows_[row * blocks_ + of / line].weights[of % line];
}

hunch::odds hunch::weigh(std::span<const std::uint32_t> signs) const {
  const float norm = scale_ / length_of(signs);
  std::vector<std::uint32_t> rows;
  rows.reserve(signs.size());
  for (const std::uint32_t each : signs) {
    if (const std::uint32_t row = row_of(each); row != not_known) rows.push_back(row);
  }
  odds out(labels_.size());
  for (std::size_t from = 0; from < out.size(); from += line) {
    std::array<std::int32_t, line> sums{};
    add_up(rows, from / line, sums);
    for (std::size_t k = from; k < std::min(from + line, out.size()); ++k)
      out[k] = bias_[k] + norm * static_cast<float>(sums[k - from]);
  }
  // Each question by itself: its labels stand together.
  for (std::size_t begin = 0; begin < out.size();) {
    std::size_t end = begin;
    float top = out[begin];
    for (; end < out.size() && labels_[end].of == labels_[begin].of; ++end) top = std::max(top, out[end]);
    float sum = 0;
    for (std::size_t k = begin; k < end; ++k) sum += std::exp(out[k] - top);
    for (std::size_t k = begin; k < end; ++k) out[k] -= top + std::log(sum);
    begin = end;
  }
  return out;
}

}  // namespace bot::language
