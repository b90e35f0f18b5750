#include "bot/conversation/perception.hpp"

namespace bot {
namespace {

std::string joined(const std::vector<language::word>& words) {
  std::string all;
  for (const auto& w : words) {
    if (!all.empty()) all += ' ';
    all += w.folded;
  }
  return all;
}

}  // namespace

perception perceive(std::string_view text, instant now, const handbook& book) {
  perception p;
  p.words = language::split(text);
  p.folded = joined(p.words);
  p.places = geography::find_place(book.atlas, p.words);
  std::vector<language::word_range> names;
  for (const auto& m : p.places.mentions) names.push_back({m.begin, m.end});
  p.meaning = language::understand(text, p.words, now, book.lexicon, names, book.utc_offset);
  return p;
}

std::string folded(std::string_view text) { return joined(language::split(text)); }

}  // namespace bot
