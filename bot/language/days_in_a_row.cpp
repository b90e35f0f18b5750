#include "bot/language/days_in_a_row.hpp"

#include <algorithm>

#include "bot/language/word_editor.hpp"

namespace bot::language {
namespace {

using std::chrono::sys_days;

constexpr int longest = 31;  // days in a row that are believed without asking

class days_reader : word_editor {
 public:
  days_reader(std::string_view text, const lexicon& lex, const time_writing& writing, instant now)
      : word_editor(text, lex),
        writing_(writing),
        year_(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now)).year()) {}

  written_times run() {
    for (std::size_t i = 0; i < words_.size() && days_ == 1; ++i) by_dates(i);
    for (std::size_t i = 0; i < words_.size() && days_ == 1; ++i) by_number(i);
    for (std::size_t i = 0; i < words_.size(); ++i) by_weekdays(i);
    std::sort(edits_.begin(), edits_.end(), [](const text_edit& a, const text_edit& b) { return a.begin < b.begin; });
    return {with(text_, edits_), days_};
  }

 private:
  struct date {
    int day = 0, month = 0, year = 0;
    std::size_t end = 0;  // first word behind it
  };

  // "14", "14 desember 2026", "14/12", "14-12-2026".
  std::optional<date> date_at(std::size_t i) const {
    const auto day = number(i);
    if (!day || *day < 1 || *day > 31 || words_[i].folded.size() > 2 || is_clock(i)) return std::nullopt;
    if (i > 0 && is_sign(i - 1, "/") && glued(i - 1)) return std::nullopt;
    date d{.day = *day, .end = i + 1};
    if (const auto month = value(i + 1, part::month)) {
      d.month = *month;
      d.end = i + 2;
    } else if (is_sign(i + 1, "/") && glued(i + 1) && number(i + 2).value_or(0) <= 12) {
      d.month = number(i + 2).value_or(0);
      d.end = i + 3;
      if (is_sign(d.end, "/") && glued(d.end)) ++d.end;
    }
    if (const auto year = number(d.end); d.month > 0 && year && *year >= 2000 && *year < 2100) {
      d.year = *year;
      ++d.end;
    }
    return d;
  }

  enum class join : std::uint8_t { none, also, until };
  // What leads from one day to the next, and the word behind it.
  std::pair<join, std::size_t> join_at(std::size_t i) const {
    if (is_dash(i) || means(i, part::until)) return {join::until, i + 1};
    if (is_one_of(i, writing_.also) || is_sign(i, "&") || is_sign(i, "+")) return {join::also, i + 1};
    if (is_sign(i, ",")) return {join::also, is_one_of(i + 1, writing_.also) ? i + 2 : i + 1};
    return {join::none, i};
  }

  sys_days day_of(const date& d, std::chrono::year year) const {
    const auto y = d.year > 0 ? std::chrono::year(d.year) : year;
    return sys_days(y / std::chrono::month(static_cast<unsigned>(d.month)) /
                    std::chrono::day(static_cast<unsigned>(d.day)));
  }

  // "14 dan 15 desember", "14-16 desember".
  void by_dates(std::size_t i) {
    const auto first = date_at(i);
    if (!first) return;
    std::vector<date> all = {*first};
    bool through = false;
    for (;;) {
      auto [how, next] = join_at(all.back().end);
      if (how == join::none) break;
      while (means(next, part::date_word)) ++next;
      const auto another = date_at(next);
      if (!another) break;
      through = through || how == join::until;
      all.push_back(*another);
    }
    if (all.size() < 2 || (through && all.size() > 2)) return;
    // "14-12-2026" is one day.
    if (is_dash(all.back().end) && is_number(all.back().end + 1)) return;
    const date last = all.back();
    if (last.month == 0 && !(i > 0 && means(i - 1, part::date_word))) return;
    for (date& d : all) {
      if (d.month > 0) continue;
      d.month = std::max(last.month, 1);
      d.year = last.year;
    }
    auto from = day_of(all.front(), year_), to = day_of(all.back(), year_);
    if (to < from && all.back().year == 0) to = day_of(all.back(), year_ + std::chrono::years(1));
    const auto days = (to - from).count() + 1;
    if (days < 2 || days > longest || (!through && days != static_cast<long>(all.size()))) return;
    days_ = static_cast<int>(days);
    const std::size_t end = all.back().end;
    if (first->month > 0) {
      edits_.push_back({words_[first->end - 1].end, words_[end - 1].end, ""});
    } else {
      // The first day, with the month and year of the last.
      const std::size_t last_day = [&] {
        std::size_t at = end - 1;
        while (at > i && number(at) != last.day) --at;
        return at;
      }();
      change(i, last_day, words_[i].folded);
    }
  }

  // "selama 3 hari", "3 hari mulai 14 desember", but not "3 hari lagi".
  void by_number(std::size_t i) {
    const auto count = is_number(i) ? number(i) : value(i, part::number);
    if (!count || *count < 2 || *count > longest || !means(i + 1, part::day_unit) || is_clock(i)) return;
    const bool during = i > 0 && is_one_of(i - 1, writing_.over);
    const bool in_a_row = is_one_of(i + 2, writing_.in_row);
    const bool begins = in_a_row || is_one_of(i + 2, writing_.from);
    if (!during && !begins) return;
    days_ = *count;
    change(during ? i - 1 : i, begins && !in_a_row ? i + 2 : i + 1, "");
  }

  // "sabtu dan minggu", "jumat sampai minggu"; "tiap sabtu dan minggu" is something else.
  void by_weekdays(std::size_t i) {
    const auto first = value(i, part::weekday);
    if (!first || (i > 0 && (means(i - 1, part::habit) || means(i - 1, part::day_part)))) return;
    const auto [how, next] = join_at(i + 1);
    const auto last = value(next, part::weekday);
    if (how == join::none || !last) return;
    const int days = (*last - *first + 7) % 7 + 1;
    if (days < 2 || (how == join::also && days != 2) || (days_ > 1 && days != days_)) return;
    days_ = days;
    edits_.push_back({words_[i].end, words_[next].end, ""});
  }

  const time_writing& writing_;
  std::chrono::year year_;
  int days_ = 1;
};

}  // namespace

written_times first_of_days(std::string_view text, const lexicon& lex, const time_writing& writing, instant now) {
  return days_reader(text, lex, writing, now).run();
}

}  // namespace bot::language
