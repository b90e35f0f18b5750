#include "config/area_words.hpp"

#include <algorithm>
#include <array>

#include "bot/language/words.hpp"
#include "config/rule_file.hpp"

namespace config {

namespace {

using bot::geography::place_words;
using word_list = std::pair<std::string_view, std::vector<std::string> place_words::*>;

constexpr std::array small_words = {word_list{"urban_ward", &place_words::urban_ward},
                                    word_list{"rural_ward", &place_words::rural_ward},
                                    word_list{"district", &place_words::district},
                                    word_list{"city", &place_words::city},
                                    word_list{"regency", &place_words::regency},
                                    word_list{"hamlet", &place_words::hamlet},
                                    word_list{"at", &place_words::at},
                                    word_list{"beside", &place_words::beside},
                                    word_list{"road", &place_words::road},
                                    word_list{"from", &place_words::from},
                                    word_list{"towards", &place_words::towards},
                                    word_list{"denial", &place_words::denial},
                                    word_list{"correction", &place_words::correction},
                                    word_list{"meant", &place_words::meant},
                                    word_list{"happens", &place_words::happens},
                                    word_list{"border", &place_words::border},
                                    word_list{"also", &place_words::also}};
constexpr std::array ordinary_names = {word_list{"needs_cue", &place_words::needs_cue},
                                       word_list{"needs_type", &place_words::needs_type}};

template <std::size_t size>
bool holds(const std::array<word_list, size>& lists, const place_words& all, std::string_view word) {
  return std::any_of(lists.begin(), lists.end(), [&](const word_list& each) {
    const auto& words = all.*each.second;
    return std::find(words.begin(), words.end(), word) != words.end();
  });
}

}  // namespace

place_words load_place_words(const std::filesystem::path& path, std::vector<std::string>& faults) {
  place_words out;
  rule_file file(path, faults);
  if (!file.is_read()) return out;
  rule_entry root = file.root();
  const auto read = [&](const auto& lists) {
    for (const auto& [key, list] : lists) {
      out.*list = root.texts(key);
      if ((out.*list).empty()) root.fault(key, fmt::format("{} is missing or empty", key));
    }
  };
  read(small_words);
  read(ordinary_names);
  root.finish();
  return out;
}

bool is_small_word(const place_words& all, std::string_view folded) { return holds(small_words, all, folded); }
bool needs_company(const place_words& all, std::string_view folded) { return holds(ordinary_names, all, folded); }

bool is_word_of(const bot::language::lexicon& lexicon, std::string_view folded) {
  std::uint32_t node = 0;
  for (const auto& word : bot::language::split(folded)) {
    const auto found = lexicon.find(word.folded);
    if (found.exact == lexicon.none) return false;
    node = lexicon.follow(node, found.exact);
    if (node == lexicon.none) return false;
  }
  return node != 0 && !lexicon.senses(node).empty();
}

far_places load_far_places(const std::filesystem::path& path, std::vector<std::string>& faults) {
  far_places out;
  rule_file file(path, faults);
  if (!file.is_read()) return out;
  rule_entry root = file.root();
  out.names = root.texts("names");
  out.home = root.texts("home");
  if (out.names.empty()) root.fault("names", "names is missing or empty");
  root.finish();
  return out;
}

}  // namespace config
