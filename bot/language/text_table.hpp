// Texts and the number that each stands for. Most words that a message is looked up by are not there, so a small array
// of tags answers first. Grows only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bot::language {

class text_table {
 public:
  static constexpr std::uint32_t none = 0xffffffff;

  // The number of a text, or `none`.
  std::uint32_t find(std::string_view text) const {
    if (entries_.empty()) return none;
    const std::uint64_t hash = hash_of(text);
    const std::uint16_t tag = tag_of(hash);
    for (std::size_t at = hash & (tags_.size() - 1); tags_[at] != 0; at = (at + 1) & (tags_.size() - 1)) {
      if (tags_[at] == tag && text_of(entries_[places_[at]]) == text) return entries_[places_[at]].value;
    }
    return none;
  }
  static std::uint64_t hash_of(std::string_view text);
  bool contains(std::string_view text) const { return find(text) != none; }

  // A text that is there keeps its number; true: it is new. `value` is not `none`.
  bool add(std::string_view text, std::uint32_t value);

  std::size_t size() const { return entries_.size(); }
  // In the order in which they were added; views live until the next `add`.
  std::pair<std::string_view, std::uint32_t> operator[](std::size_t i) const {
    return {text_of(entries_[i]), entries_[i].value};
  }

 private:
  struct entry {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
    std::uint32_t value = 0;
  };

  static std::uint16_t tag_of(std::uint64_t hash) { return static_cast<std::uint16_t>(hash >> 48U | 1U); }
  std::string_view text_of(const entry& e) const { return {letters_.data() + e.begin, e.size}; }
  void place(std::uint64_t hash, std::uint32_t which);
  void grow();

  std::string letters_;
  std::vector<entry> entries_;
  std::vector<std::uint16_t> tags_;  // a power of two of them, 0: free
  std::vector<std::uint32_t> places_;
};

}  // namespace bot::language
