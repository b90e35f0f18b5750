// "Tiap malam Minggu selama Desember", "rutin tiap Jumat, 4 kali", "2 minggu sekali": rules of repetition as people say
// them.
#include <algorithm>

#include "bot/conversation/phrases.hpp"
#include "bot/notices/recurrence.hpp"

namespace bot::notices {
namespace {

using language::part;
using language::word;
using pace = recurrence::pace;
using std::chrono::weekday;

constexpr int week_or_sunday = 7, night = 4;  // values of the language files: "minggu", "malam"
constexpr int five = 5;                       // weeks of the Javanese cycle of 35 days

class reader {
 public:
  reader(std::span<const word> words, const repeat_words& say, const language::lexicon& lexicon)
      : words_(words), say_(say), lexicon_(lexicon) {}

  // The rule that begins with "tiap" at this word, and the word after it; 0: none does.
  std::size_t rule_at(std::size_t at, recurrence& r) const {
    const std::size_t every = phrase_at(words_, at, say_.every);
    if (every == 0) return 0;
    std::size_t next = at + every;
    if (const auto n = small_number(next)) {
      r.every = *n;
      ++next;
    }
    if (const auto units = phrase_at(words_, next, say_.month)) return r.by = pace::months, next + units;
    if (const auto after = day_at(next, r); after > next) return r.every = 1, more_days(after, r);
    if (const auto units = phrase_at(words_, next, say_.week)) return next + units;
    // "tiap malam", "tiap hari": every day of the week.
    if (is(next, part::day_unit) || is(next, part::day_part) || is(next, part::date_word)) {
      r.every = 1;
      for (unsigned day = 1; day <= 7; ++day) r.days.emplace_back(day);
      return next + 1;
    }
    return 0;
  }

  // "2 minggu sekali", "sebulan sekali", "mingguan".
  std::size_t pace_at(std::size_t at, recurrence& r) const {
    if (const auto length = phrase_at(words_, at, say_.weekly)) return at + length;
    if (const auto length = phrase_at(words_, at, say_.monthly)) return r.by = pace::months, at + length;
    const auto n = small_number(at);
    if (!n) return 0;
    const auto week = phrase_at(words_, at + 1, say_.week), month = phrase_at(words_, at + 1, say_.month);
    const std::size_t unit = std::max(week, month);
    const std::size_t once = unit == 0 ? 0 : phrase_at(words_, at + 1 + unit, say_.once);
    if (once == 0) return 0;
    r.every = *n;
    if (month > 0) r.by = pace::months;
    return at + 1 + unit + once;
  }

  spoken_bounds bounds() const {
    spoken_bounds b;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (const auto n = small_number(i)) {
        const bool of_a_week = i > 0 && phrase_at(words_, i - 1, say_.a_week) > 0;
        if (phrase_at(words_, i + 1, say_.times) > 0 && !of_a_week && !b.count) b.count = *n;
      }
      if (const auto length = phrase_at(words_, i, say_.throughout)) {
        std::size_t next = i + length;
        if (const auto n = small_number(next)) {
          if (phrase_at(words_, next + 1, say_.week) > 0) b.weeks = *n;
          if (phrase_at(words_, next + 1, say_.month) > 0) b.months = *n;
        } else {
          next += phrase_at(words_, next, say_.month);
          if (const auto month = value(next, part::month)) b.within = static_cast<unsigned>(*month);
          if (next < words_.size() && words_[next].folded == "sebulan") b.months = 1;
          if (next < words_.size() && words_[next].folded == "setahun") b.months = 12;
        }
      }
      if (const auto length = phrase_at(words_, i, say_.end_of)) {
        const std::size_t next = i + length + phrase_at(words_, i + length, say_.month);
        if (const auto month = value(next, part::month)) b.through = static_cast<unsigned>(*month);
        if (next < words_.size() && words_[next].folded == "tahun") b.through = 12U;
      }
    }
    return b;
  }

  // Days of the Javanese week anywhere near a weekday: "Jumat Legi".
  void widen(std::size_t from, recurrence& r) const {
    for (std::size_t i = from; i < std::min(from + 2, words_.size()); ++i)
      if (phrase_at(words_, i, say_.five_weeks) > 0) r.every = five;
  }

  bool is(std::size_t at, part what) const { return value(at, what).has_value(); }

 private:
  std::optional<int> value(std::size_t at, part what) const {
    if (at >= words_.size()) return std::nullopt;
    const auto found = lexicon_.find(words_[at].folded).exact;
    const auto node = found == language::lexicon::none ? found : lexicon_.follow(0, found);
    if (node == language::lexicon::none) return std::nullopt;
    for (const auto& one : lexicon_.senses(node))
      if (one.meaning == lexicon_.id(what)) return one.value;
    return std::nullopt;
  }
  std::optional<int> small_number(std::size_t at) const {
    if (at >= words_.size()) return std::nullopt;
    const word& w = words_[at];
    if (w.what == word::kind::number && w.folded.size() <= 3) {
      const int n = std::stoi(w.folded);
      return n > 0 ? std::optional(n) : std::nullopt;
    }
    const auto n = w.what == word::kind::letters ? value(at, part::number) : std::nullopt;
    return n && *n > 0 && *n < 100 ? n : std::nullopt;
  }

  // "Sabtu", "malam Minggu" (which begins on Saturday), "hari Minggu", "Minggu malam"; the word after it.
  std::size_t day_at(std::size_t at, recurrence& r) const {
    std::size_t next = at;
    bool named = false, eve = false;
    if (is(next, part::date_word) || is(next, part::day_unit)) named = true, ++next;
    if (const auto of_day = value(next, part::day_part)) eve = *of_day == night, named = true, ++next;
    const auto day = value(next, part::weekday);
    if (!day) return at;
    const bool of_day = is(next + 1, part::day_part);
    if (*day == week_or_sunday && !named && !of_day) return at;  // "tiap minggu"
    const auto sunday_first = static_cast<unsigned>(*day % 7);
    const weekday begins{eve ? (sunday_first + 6) % 7 : sunday_first};
    if (std::find(r.days.begin(), r.days.end(), begins) == r.days.end()) r.days.push_back(begins);
    return next + (of_day ? 2 : 1);
  }

  // "Sabtu dan Minggu": behind a day, "Minggu" is one too.
  std::size_t more_days(std::size_t at, recurrence& r) const {
    for (;;) {
      std::size_t next = at + phrase_at(words_, at, say_.also);
      if (next == at) {
        const bool sign = at < words_.size() && (words_[at].folded == "-" || words_[at].folded == "&" ||
                                                 words_[at].folded == "," || words_[at].folded == "/");
        if (!sign) return at;
        next = at + 1;
      }
      const auto day = value(next, part::weekday);
      if (day == week_or_sunday) {
        const weekday sunday{0};
        if (std::find(r.days.begin(), r.days.end(), sunday) == r.days.end()) r.days.push_back(sunday);
        at = next + 1;
        continue;
      }
      const auto after = day_at(next, r);
      if (after == next) return at;
      at = after;
    }
  }

  std::span<const word> words_;
  const repeat_words& say_;
  const language::lexicon& lexicon_;
};

}  // namespace

spoken_bounds bounds_in(std::span<const word> words, const repeat_words& say, const language::lexicon& lexicon) {
  return reader(words, say, lexicon).bounds();
}

std::optional<spoken_recurrence> recurrence_in(std::string_view text, std::span<const word> words,
                                               const repeat_words& say, const language::lexicon& lexicon) {
  const reader look(words, say, lexicon);
  for (std::size_t i = 0; i < words.size(); ++i) {
    spoken_recurrence found;
    std::size_t after = look.rule_at(i, found.rule);
    if (after == 0) {
      found.rule = {};
      after = look.pace_at(i, found.rule);
    }
    if (after == 0) continue;
    look.widen(after, found.rule);
    std::sort(found.rule.days.begin(), found.rule.days.end(),
              [](weekday a, weekday b) { return a.iso_encoding() < b.iso_encoding(); });
    found.rule.count = look.bounds().count;
    found.rest = text.substr(0, words[i].begin);
    for (std::size_t at = i; at < after; ++at)
      if (look.is(at, part::day_part)) found.rest += words[at].folded + " ";
    if (after < words.size()) found.rest += text.substr(words[after].begin);
    return found;
  }
  return std::nullopt;
}

std::optional<local_day> last_day(const spoken_bounds& b, local_day first) {
  const std::chrono::year_month_day began{first};
  if (const auto month = b.within ? b.within : b.through) {
    auto year = began.year();
    if (std::chrono::month{*month} < began.month()) ++year;
    return local_day{year / std::chrono::month{*month} / std::chrono::last};
  }
  if (b.weeks) return first + std::chrono::days(7 * *b.weeks - 1);
  if (b.months) {
    const auto end = began.year() / began.month() + std::chrono::months(*b.months);
    const auto same = end / began.day();
    return (same.ok() ? local_day{same} : local_day{end / std::chrono::last}) - std::chrono::days(1);
  }
  return std::nullopt;
}

}  // namespace bot::notices
