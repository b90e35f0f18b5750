#include "bot/language/written_times.hpp"

#include "bot/language/days_in_a_row.hpp"
#include "bot/language/reading.hpp"
#include "bot/language/word_editor.hpp"

namespace bot::language {
namespace {

// "s/d", "s.d.": until. "09.00 WIB": the zone is the area's own.
class until_reader : word_editor {
 public:
  using word_editor::word_editor;
  std::string run(const std::vector<std::string>& zones) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const bool signed_until = is_word(i, "s") && (is_sign(i + 1, "/") || is_sign(i + 1, ".")) && is_word(i + 2, "d");
      if (signed_until) {
        std::size_t last = i + 2;
        if (is_sign(last + 1, ".") && !words_[last + 1].spaced) ++last;
        change(i, last, "sampai");
        i = last;
      } else if (i > 0 && is_number(i - 1) && is_one_of(i, zones)) {
        change(i, i, "");
      }
    }
    return with(text_, edits_);
  }
};

// "12 desember 1000 orang", "jam 10 di lapangan 40 orang": a number of people stands for itself.
class count_reader : word_editor {
 public:
  using word_editor::word_editor;
  std::string run() {
    bool after_until = false;
    for (std::size_t i = 1; i < words_.size(); ++i) {
      if (words_[i - 1].what == word::kind::sign) after_until = after_until && !is_sign(i - 1, ",");
      after_until = after_until || means(i - 1, part::until);
      if (!is_number(i) || (is_sign(i - 1, ".") && glued(i - 1))) continue;
      std::size_t end = i + 1;
      while (is_sign(end, ".") && glued(end) && words_[end + 1].folded.size() == 3) end += 2;
      if (means(end, part::times)) ++end;
      if (!means(end, part::people) && !means(end, part::person)) continue;
      const bool thousands = words_[i].folded.size() == 3 && is_number(i - 1) && words_[i - 1].folded.size() <= 3 &&
                             !is_clock(i - 1) && !means(i - 2, part::month);
      if (thousands) continue;
      const bool dated = means(i - 1, part::month) || means(i - 1, part::day_part) || means(i - 1, part::weekday) ||
                         means(i - 1, part::prayer) || is_number(i - 1);
      const bool approached = means(i - 1, part::about) || means(i - 1, part::or_more) || means(i - 1, part::up_to) ||
                              words_[i - 1].folded == "dari";
      if (dated || (after_until && words_[i - 1].what == word::kind::letters && !approached))
        edits_.push_back({words_[i].begin, words_[i].begin, ", "});
    }
    return with(text_, edits_);
  }
};

}  // namespace

bool names_day(std::string_view text, const lexicon& lex) {
  constexpr std::int32_t of_today = 100;  // "nanti", "tadi": no other day
  const auto words = split(text);
  const reading r = read(words, lex, {});
  const auto is = [&](std::uint32_t at, part what) { return r.at(at, lex.id(what)) != nullptr; };
  for (std::uint32_t i = 0; i < r.units.size(); ++i) {
    std::int32_t day = of_today;
    if (r.at(i, lex.id(part::day), &day) != nullptr && day < of_today) return true;
    if (is(i, part::weekday) || is(i, part::month) || is(i, part::tonight)) return true;
    if (i == 0 || !r.units[i].number) continue;
    const auto joined = [&](std::uint32_t at, unit::gap gap) {
      return at < r.units.size() && r.units[at].number && !r.units[at].spaced && r.units[at].before == gap;
    };
    if (joined(i, unit::gap::slash) && r.units[i - 1].number) return true;
    const bool clock = joined(i + 1, unit::gap::dot) || joined(i + 1, unit::gap::colon);
    if (is(i - 1, part::date_word) && !clock) return true;
  }
  return false;
}

bool names_now(std::string_view text, const lexicon& lex) {
  const auto words = split(text);
  return read(words, lex, {}).present.test(lex.id(part::moment_now)) || names_day(text, lex);
}

bool names_day_part(std::string_view text, const lexicon& lex) {
  const auto words = split(text);
  const auto present = read(words, lex, {}).present;
  return present.test(lex.id(part::day_part)) || present.test(lex.id(part::prayer));
}

written_times plain_times(std::string_view text, const lexicon& lex, const time_writing& writing, instant now) {
  const std::string untils = until_reader(text, lex).run(writing.zones);
  written_times days = first_of_days(untils, lex, writing, now);
  days.text = count_reader(days.text, lex).run();
  return days;
}

}  // namespace bot::language
