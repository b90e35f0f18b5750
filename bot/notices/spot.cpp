#include "bot/notices/spot.hpp"

#include <algorithm>
#include <set>

namespace bot::notices {
namespace {

using language::word;

bool contains(const phrase_set& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// How many words of a phrase of the list end before `at`; the longest.
std::size_t phrase_before(std::span<const word> words, std::size_t at, const phrase_set& phrases) {
  constexpr std::size_t longest = 3;
  for (std::size_t n = std::min(longest, at); n > 0; --n)
    if (phrase_at(words.first(at), at - n, phrases) == n) return n;
  return 0;
}

// "Tapa'an" and "Tapaan" are one name.
std::string plain(std::string name) {
  std::erase(name, '\'');
  return name;
}

// "dprd": four letters and no vowel are initials.
bool are_initials(std::string_view word) {
  return word.size() > 3 && word.find_first_not_of("bcdfghjklmnpqrstvwxyz") == std::string_view::npos;
}

std::string with_capitals(std::string_view said) {
  std::string out(said);
  const auto raise = [](char& c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  };
  for (std::size_t from = 0; from < out.size();) {
    const auto end = std::min(out.find_first_of(" -.", from), out.size());
    const std::size_t raised = are_initials(std::string_view(out).substr(from, end - from)) ? end : from + 1;
    for (std::size_t i = from; i < std::min(raised, end); ++i) raise(out[i]);
    from = end + 1;
  }
  return out;
}

}  // namespace

std::pair<std::size_t, std::size_t> spot_around(std::span<const word> words, std::size_t first, std::size_t last,
                                                const event_words& rules) {
  last = std::min(last, words.size());
  // "lapangan Kel. Gentong", "lapangan desa Sungiwetan"
  std::size_t name = first;
  while (name > 0 && contains(rules.leading, words[name - 1].folded)) --name;
  if (const auto kind = phrase_before(words, name, rules.spots); kind > 0) first = name - kind;
  // "gg 3", "RT 2 RW 5"
  while (last + 1 < words.size() && contains(rules.spot_parts, words[last].folded)) {
    std::size_t value = last + 1;
    if (words[value].folded == "." && value + 1 < words.size()) ++value;
    if (words[value].what == word::kind::sign) break;
    last = value + 1;
  }
  return {first, last};
}

spot_name spot_of(std::string_view venue, const std::vector<std::string>& wards, const geography::atlas& map,
                  const event_words& rules) {
  std::set<std::string> known = {"kota", "kabupaten", "kab"};
  std::set<std::string> of_ward;
  for (const auto& code : wards) {
    bool ward = true;
    for (auto id = map.find(code); id != geography::no_area; id = map.at(id).parent) {
      for (const auto& one : language::split(map.at(id).name)) {
        known.insert(plain(one.folded));
        if (ward) of_ward.insert(plain(one.folded));
      }
      ward = false;
    }
  }
  bool says_more = false;
  std::size_t named = 0;
  for (const auto& one : language::split(venue)) {
    named += of_ward.erase(plain(one.folded));
    says_more = says_more || (one.what != word::kind::sign && !known.contains(plain(one.folded)) &&
                              !contains(rules.leading, one.folded));
  }
  if (!says_more) return {};
  return {with_capitals(venue), named > 0 && of_ward.empty()};
}

}  // namespace bot::notices
