#include "bot/conversation/answers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/conversation/phrases.hpp"
#include "bot/conversation/typed_choice.hpp"
#include "bot/written_moment.hpp"

namespace bot {
namespace {

std::optional<std::string> read_choice(const question& q, const perception& p, const handbook& book) {
  const auto choices = choices_of(q);
  if (const auto n = typed_choice(p.words, choices, book.choices)) return q.choices[*n];
  if (std::find(q.choices.begin(), q.choices.end(), p.folded) != q.choices.end()) return p.folded;
  // A short answer in a sentence. What denies and what is unknown stand behind "yes" and go before it.
  constexpr std::size_t most_words = 9;
  for (auto id = q.choices.rbegin(); id != q.choices.rend() && p.words.size() <= most_words; ++id)
    if (const auto at = book.choices.within.find(q.slot + "." + *id);
        at != book.choices.within.end() && has_phrase(p.words, at->second))
      return *id;
  const auto offered = [&](std::string_view id) {
    return std::find(q.choices.begin(), q.choices.end(), id) != q.choices.end();
  };
  if (q.slot == "category") {
    if (!p.meaning.category.empty()) return std::string(p.meaning.category);
    if (p.meaning.intent == language::intent::other && p.folded.find("belum jelas") != std::string::npos)
      return "unclear";
    return std::nullopt;
  }
  if (q.slot == "knowledge" && p.meaning.knowledge != language::knowledge::unknown)
    return std::string(language::name_of(p.meaning.knowledge));
  if (const auto word = book.words.find(p.folded); word != book.words.end() && offered(word->second))
    return word->second;
  if (q.slot == "weapons" && p.meaning.weapons) return "yes";
  if (q.slot == "injuries" && p.meaning.injuries) return "yes";
  if (q.slot == "ongoing" && p.meaning.ongoing) return "yes";
  return std::nullopt;
}

}  // namespace

std::vector<choice> choices_of(const question& q) {
  std::vector<choice> all;
  for (const auto& id : q.choices) all.push_back({button_data(q.slot, id), q.labels + "." + id});
  return all;
}

std::optional<std::string> read_answer(const question& q, const perception& p, std::string_view text, std::string_view,
                                       const handbook& book) {
  switch (q.kind) {
    case question_kind::choice:
    case question_kind::checklist: return read_choice(q, p, book);
    case question_kind::text: {
      // A word alone tells nobody what happens, unless it names it.
      const auto letters = std::count_if(p.words.begin(), p.words.end(), [](const language::word& w) {
        return w.what == language::word::kind::letters;
      });
      if (letters < 2 && p.meaning.category.empty()) return std::nullopt;
      return std::string(text);
    }
    case question_kind::moment:
      if (p.meaning.when.resolved) return moment_answer(p.meaning.when, book.utc_offset);
      return std::nullopt;
    case question_kind::count:
      if (p.meaning.crowd) return crowd_answer(*p.meaning.crowd);
      if (p.words.size() == 1 && p.words[0].what == language::word::kind::number && p.words[0].folded.size() <= 6)
        return p.words[0].folded + "-" + p.words[0].folded;
      return std::nullopt;
    case question_kind::place:
    case question_kind::media:
    case question_kind::contact:
    case question_kind::confirm: return std::nullopt;
  }
  return std::nullopt;
}

std::string button_data(std::string_view slot, std::string_view value) { return fmt::format("c:{}:{}", slot, value); }

std::optional<std::string> read_button(const question& q, std::string_view data) {
  const std::string prefix = "c:" + q.slot + ":";
  if (!data.starts_with(prefix)) return std::nullopt;
  const std::string value(data.substr(prefix.size()));
  if (q.kind == question_kind::place) return value;
  if (std::find(q.choices.begin(), q.choices.end(), value) == q.choices.end()) return std::nullopt;
  return value;
}

std::string moment_answer(const language::when& w, std::chrono::minutes utc_offset) {
  if (!w.resolved) return {};
  return w.date_only ? written_day(*w.resolved, utc_offset) : written(*w.resolved, utc_offset);
}

std::string crowd_answer(const language::range& r) { return fmt::format("{}-{}", r.min, r.max); }

std::vector<std::string> parted(const std::string& blanks) {
  constexpr std::string_view white = " \t\n\v\f\r";
  std::vector<std::string> parts;
  for (std::size_t from = blanks.find_first_not_of(white), to = 0; from != std::string::npos;
       from = blanks.find_first_not_of(white, to)) {
    to = std::min(blanks.find_first_of(white, from), blanks.size());
    parts.push_back(blanks.substr(from, to - from));
  }
  return parts;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const auto& p : parts) all += (all.empty() ? "" : " ") + p;
  return all;
}

}  // namespace bot
