#include "bot/conversation/perception.hpp"

#include <algorithm>

#include "bot/cases/number.hpp"

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

// The number of a case is drawn at random and must not be read as words. Blanks, so that all else keeps its place.
std::string without_case_numbers(std::string_view text) {
  constexpr std::string_view ends = " \n\t.,;:!?()\"'*";
  std::string kept(text);
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find_first_of(ends, from), text.size());
    const std::string_view one = text.substr(from, to - from);
    if (one.find('-') != std::string_view::npos && cases::read_number(one))
      kept.replace(from, one.size(), one.size(), ' ');
    from = to + 1;
  }
  return kept;
}

}  // namespace

perception perceive(std::string_view text, instant now, const handbook& book) {
  std::string kept;
  if (text.find('-') != std::string_view::npos) text = kept = without_case_numbers(text);
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

std::vector<std::string> folded(std::vector<std::string> texts) {
  for (std::string& each : texts) each = folded(each);
  return texts;
}

}  // namespace bot
