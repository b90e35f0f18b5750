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

std::vector<language::word_range> names_in(const geography::place_finding& places) {
  std::vector<language::word_range> names;
  for (const auto& m : places.mentions) names.push_back({m.begin, m.end});
  return names;
}

}  // namespace

perception perceive(std::string_view text, instant now, const handbook& book) {
  perception p;
  p.words = language::split(text);
  p.folded = joined(p.words);
  p.places = geography::find_place(book.atlas, p.words);
  p.meaning = language::understand(text, p.words, now, book.lexicon, names_in(p.places), book.utc_offset);
  p.accuses = complaint_in(p.words, book.complaints);
  return p;
}

rating rate_as(std::string_view category, std::string_view words, instant at, const handbook& book) {
  const auto split = language::split(words);
  const auto places = geography::find_place(book.atlas, split);
  const auto m = language::understand_as(category, words, split, at, book.lexicon, names_in(places), book.utc_offset);
  return {m.level.value_or(cases::level::low), readable(m.level_reason, book)};
}

std::string readable(std::string_view reason, const handbook& book) {
  constexpr std::string_view kind_alone = "jenis: ";
  if (!reason.starts_with(kind_alone)) return std::string(reason);
  const std::string key = "category." + std::string(reason.substr(kind_alone.size()));
  return book.texts.has(key) ? std::string(kind_alone) + std::string(book.texts.text("id", key)) : std::string(reason);
}

std::string folded(std::string_view text) { return joined(language::split(text)); }

}  // namespace bot
