#include "bot/conversation/answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "bot/language/catalogue.hpp"
#include "bot/written_moment.hpp"

namespace bot {
namespace {

// "2" or "2." picks the second entry of a list.
std::optional<std::size_t> number_of(const perception& p) {
  if (p.words.empty() || p.words.size() > 2 || p.words[0].what != language::word::kind::number) return std::nullopt;
  if (p.words.size() == 2 && p.words[1].what != language::word::kind::sign) return std::nullopt;
  if (p.words[0].folded.size() > 2) return std::nullopt;
  return static_cast<std::size_t>(std::stoul(p.words[0].folded));
}

std::optional<std::string> read_choice(const question& q, const perception& p, std::string_view language,
                                       const handbook& book) {
  if (const auto n = number_of(p); n && *n >= 1 && *n <= q.choices.size()) return q.choices[*n - 1];
  for (const auto& id : q.choices) {
    const std::string key = q.labels + "." + id;
    if (p.folded == folded(book.texts.text(language, key)) || p.folded == folded(book.texts.text("id", key)) ||
        p.folded == id)
      return id;
  }
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

std::optional<std::string> read_answer(const question& q, const perception& p, std::string_view text,
                                       std::string_view language, const handbook& book) {
  switch (q.kind) {
    case question_kind::choice:
    case question_kind::checklist: return read_choice(q, p, language, book);
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
  std::vector<std::string> parts;
  std::istringstream in(blanks);
  for (std::string one; in >> one;) parts.push_back(one);
  return parts;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const auto& p : parts) all += (all.empty() ? "" : " ") + p;
  return all;
}

}  // namespace bot
