#include "bot/language/hunch.hpp"

#include <algorithm>
#include <cmath>

namespace bot::language {
namespace {

constexpr std::size_t part_letters = 4;
constexpr std::size_t longest_number = 4;  // digits; how many there are tells, not which

// FNV-1a: the same on every machine, for the weights are kept in a file.
struct hash {
  std::uint32_t value = 2166136261U;
  hash& add(std::string_view text) {
    for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 16777619U;
    return *this;
  }
};

std::uint32_t mixed(std::uint32_t h) {
  h ^= h >> 16U;
  h *= 0x7feb352dU;
  h ^= h >> 15U;
  return h;
}

}  // namespace

hunch::hunch(std::vector<label> labels, std::vector<float> bias, float scale, std::vector<std::int8_t> weights)
    : labels_(std::move(labels)), bias_(std::move(bias)), scale_(scale), weights_(std::move(weights)) {
  buckets_ = weights_.size() / labels_.size();
}

std::vector<std::uint32_t> hunch::signs_of(const reading& r, const lexicon& lex) {
  std::vector<std::uint32_t> out;
  out.reserve(r.units.size() * 10);
  const auto put = [&](const hash& h) { out.push_back(mixed(h.value)); };
  std::string before = "^";
  std::string word;
  std::string padded;
  for (const unit& u : r.units) {
    if (u.number) {
      word.assign(std::min(u.text.size(), longest_number), '0');
    } else {
      squeeze(u.text, word);
    }
    if (u.place) word = "@";
    put(hash{}.add("w").add(word));
    put(hash{}.add("b").add(before).add(" ").add(word));
    before = word;
    if (u.number || u.place) continue;
    padded.assign("<").append(word).append(">");
    for (std::size_t i = 0; i + part_letters <= padded.size(); ++i) {
      put(hash{}.add("c").add(std::string_view(padded).substr(i, part_letters)));
    }
  }
  for (std::size_t c = r.present._Find_first(); c < r.present.size(); c = r.present._Find_next(c)) {
    put(hash{}.add("k").add(lex.name(static_cast<class_id>(c))));
  }
  if (r.question_mark) put(hash{}.add("?"));
  if (r.exclaimed) put(hash{}.add("!"));
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

float hunch::length_of(std::span<const std::uint32_t> signs) { return std::sqrt(static_cast<float>(signs.size() + 1)); }

hunch::odds hunch::weigh(const reading& r, const lexicon& lex) const {
  const auto signs = signs_of(r, lex);
  std::vector<std::int32_t> sums(labels_.size(), 0);
  for (const std::uint32_t sign : signs) {
    const std::int8_t* row = weights_.data() + (sign % buckets_) * labels_.size();
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += row[k];
  }
  const float norm = scale_ / length_of(signs);
  odds out(labels_.size());
  for (std::size_t k = 0; k < out.size(); ++k) out[k] = bias_[k] + norm * static_cast<float>(sums[k]);
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
