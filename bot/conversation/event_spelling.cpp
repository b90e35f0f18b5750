#include "bot/conversation/event_spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "bot/language/words.hpp"

namespace bot {
namespace {

using language::part;
using language::word;
using std::chrono::sys_days;

constexpr int longest = 31;  // days in a row that are believed without asking

struct edit {
  std::size_t begin = 0, end = 0;  // bytes
  std::string instead;
};

std::string with(std::string_view text, const std::vector<edit>& edits) {
  std::string out;
  std::size_t at = 0;
  for (const edit& e : edits) {
    out += text.substr(at, e.begin - at);
    out += e.instead;
    at = e.end;
  }
  return out += text.substr(at);
}

// One way through the words of a text, with the changes that it asks for.
class reader {
 public:
  reader(std::string_view text, const language::lexicon& lex) : text_(text), lex_(lex), words_(language::split(text)) {}

 protected:
  bool is_number(std::size_t i) const { return i < words_.size() && words_[i].what == word::kind::number; }
  bool is_sign(std::size_t i, std::string_view sign) const {
    return i < words_.size() && words_[i].what == word::kind::sign && words_[i].folded == sign;
  }
  bool is_dash(std::size_t i) const { return is_sign(i, "-") || is_sign(i, "–") || is_sign(i, "—"); }
  bool is_word(std::size_t i, std::string_view one) const { return i < words_.size() && words_[i].folded == one; }

  std::optional<int> value(std::size_t i, part which) const {
    if (i >= words_.size() || words_[i].what != word::kind::letters) return std::nullopt;
    const auto found = lex_.find(words_[i].folded);
    for (const auto key : {found.exact, found.root}) {
      if (key == language::lexicon::none) continue;
      const auto node = lex_.follow(0, key);
      if (node == language::lexicon::none) continue;
      for (const auto& sense : lex_.senses(node))
        if (sense.meaning == lex_.id(which)) return sense.value;
    }
    return std::nullopt;
  }
  bool means(std::size_t i, part which) const { return value(i, which).has_value(); }

  std::optional<int> number(std::size_t i) const {
    if (!is_number(i) || words_[i].folded.size() > 4) return std::nullopt;
    int n = 0;
    std::from_chars(words_[i].folded.data(), words_[i].folded.data() + words_[i].folded.size(), n);
    return n;
  }
  // Glued to the number before it by one of the signs: "19.00", "14/12".
  bool glued(std::size_t sign) const {
    return sign + 1 < words_.size() && !words_[sign].spaced && !words_[sign + 1].spaced && is_number(sign + 1);
  }
  bool is_clock(std::size_t i) const {
    const bool glued_after = (is_sign(i + 1, ".") || is_sign(i + 1, ":")) && glued(i + 1);
    const bool glued_before = i >= 2 && (is_sign(i - 1, ".") || is_sign(i - 1, ":")) && glued(i - 1);
    return glued_after || glued_before || (i > 0 && means(i - 1, part::clock_word));
  }
  void change(std::size_t first, std::size_t last, std::string instead) {
    edits_.push_back({words_[first].begin, words_[last].end, std::move(instead)});
  }

  std::string_view text_;
  const language::lexicon& lex_;
  std::vector<word> words_;
  std::vector<edit> edits_;
};

// "s/d", "s.d.": until. "09.00 WIB": the zone is the area's own. "at 9 pm": as clocks here say it.
class until_reader : reader {
 public:
  using reader::reader;
  std::string run() {
    static constexpr std::array<std::string_view, 3> zones = {"wib", "wita", "wit"};
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const bool signed_until = is_word(i, "s") && (is_sign(i + 1, "/") || is_sign(i + 1, ".")) && is_word(i + 2, "d");
      if (signed_until) {
        std::size_t last = i + 2;
        if (is_sign(last + 1, ".") && !words_[last + 1].spaced) ++last;
        change(i, last, "sampai");
        i = last;
      } else if (i > 0 && is_number(i - 1) && std::find(zones.begin(), zones.end(), words_[i].folded) != zones.end()) {
        change(i, i, "");
      } else if (is_word(i, "am") || is_word(i, "pm")) {
        english_clock(i);
      }
    }
    return with(text_, edits_);
  }

 private:
  void english_clock(std::size_t i) {
    if (i == 0 || !is_number(i - 1)) return;
    const bool minutes = i >= 3 && (is_sign(i - 2, ":") || is_sign(i - 2, ".")) && glued(i - 2) && is_number(i - 3);
    const std::size_t first = minutes ? i - 3 : i - 1;
    const auto hour = number(first);
    if (!hour || *hour < 1 || *hour > 12) return;
    const int of_day = *hour % 12 + (is_word(i, "pm") ? 12 : 0);
    const bool at = first > 0 && is_word(first - 1, "at");
    change(at ? first - 1 : first, i, fmt::format("jam {:02}.{}", of_day, minutes ? words_[i - 1].folded : "00"));
  }
};

// Several days told together: the first stays.
class days_reader : reader {
 public:
  days_reader(std::string_view text, const language::lexicon& lex, instant now)
      : reader(text, lex), year_(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now)).year()) {}

  respelled_event run() {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (const std::size_t next = by_dates(i); next > 0) i = next - 1;
    if (days_ == 1)
      for (std::size_t i = 0; i < words_.size() && days_ == 1; ++i) by_number(i);
    for (std::size_t i = 0; i < words_.size(); ++i) by_weekdays(i);
    std::sort(edits_.begin(), edits_.end(), [](const edit& a, const edit& b) { return a.begin < b.begin; });
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
    static constexpr std::array<std::string_view, 5> also = {"dan", "lan", "sareng", "ban", "and"};
    const auto said = [&](std::size_t at) {
      return at < words_.size() && std::find(also.begin(), also.end(), words_[at].folded) != also.end();
    };
    if (said(i) || is_sign(i, "&") || is_sign(i, "+")) return {join::also, i + 1};
    if (is_sign(i, ",")) return {join::also, said(i + 1) ? i + 2 : i + 1};
    return {join::none, i};
  }

  sys_days day_of(const date& d, std::chrono::year year) const {
    const auto y = d.year > 0 ? std::chrono::year(d.year) : year;
    return sys_days(y / std::chrono::month(static_cast<unsigned>(d.month)) /
                    std::chrono::day(static_cast<unsigned>(d.day)));
  }

  // Returns the first word behind the days, 0 when no several days stand here.
  std::size_t by_dates(std::size_t i) {
    if (days_ > 1) return 0;
    const auto first = date_at(i);
    if (!first) return 0;
    std::vector<date> all = {*first};
    bool row = true, through = false;
    for (;;) {
      auto [how, next] = join_at(all.back().end);
      if (how == join::none) break;
      while (means(next, part::date_word)) ++next;
      const auto another = date_at(next);
      if (!another) break;
      row = row && how == join::also;
      through = through || how == join::until;
      all.push_back(*another);
    }
    if (all.size() < 2 || (through && all.size() > 2)) return 0;
    // "14-12-2026" is one day.
    if (is_dash(all.back().end) && is_number(all.back().end + 1)) return 0;
    const date last = all.back();
    if (last.month == 0 && !(i > 0 && means(i - 1, part::date_word))) return 0;
    for (date& d : all) {
      if (d.month > 0) continue;
      d.month = std::max(last.month, 1);
      d.year = last.year;
    }
    auto from = day_of(all.front(), year_), to = day_of(all.back(), year_);
    if (to < from && all.back().year == 0) to = day_of(all.back(), year_ + std::chrono::years(1));
    const auto days = (to - from).count() + 1;
    if (days < 2 || days > longest || (row && days != static_cast<long>(all.size()))) return 0;
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
    return end;
  }

  // "selama 3 hari", "3 hari mulai 14 desember", but not "3 hari lagi".
  void by_number(std::size_t i) {
    const auto count = is_number(i) ? number(i) : value(i, part::number);
    if (!count || *count < 2 || *count > longest || !means(i + 1, part::day_unit) || is_clock(i)) return;
    static constexpr std::array<std::string_view, 5> over = {"selama", "salami", "sasuwene", "saabiddha", "for"};
    static constexpr std::array<std::string_view, 5> from = {"mulai", "dari", "wiwit", "berturut", "from"};
    const bool during = i > 0 && std::find(over.begin(), over.end(), words_[i - 1].folded) != over.end();
    const bool begins =
        i + 2 < words_.size() && std::find(from.begin(), from.end(), words_[i + 2].folded) != from.end();
    if (!during && !begins) return;
    days_ = *count;
    const bool in_a_row = begins && words_[i + 2].folded == "berturut";
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

  std::chrono::year year_;
  int days_ = 1;
};

// "12 desember 1000 orang", "jam 10 di lapangan 40 orang": a number of people stands for itself.
class count_reader : reader {
 public:
  using reader::reader;
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

class day_finder : reader {
 public:
  using reader::reader;
  bool day() const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      constexpr int of_today = 100;  // "nanti", "tadi": no other day
      if (means(i, part::weekday) || means(i, part::month) || value(i, part::day).value_or(of_today) < of_today)
        return true;
      if (means(i, part::tonight) || (is_word(i, "malam") && is_word(i + 1, "ini")) ||
          (is_word(i, "hari") && is_word(i + 1, "ini")))
        return true;
      if (means(i, part::date_word) && is_number(i + 1) && !is_clock(i + 1)) return true;
      if (is_number(i) && is_sign(i + 1, "/") && glued(i + 1)) return true;
    }
    return false;
  }
  bool now() const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (means(i, part::moment_now)) return true;
    return day();
  }
  bool part_of_day() const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (means(i, part::day_part) || means(i, part::prayer)) return true;
    return false;
  }
};

}  // namespace

bool names_day(std::string_view text, const language::lexicon& lex) { return day_finder(text, lex).day(); }

bool names_now(std::string_view text, const language::lexicon& lex) { return day_finder(text, lex).now(); }

bool names_day_part(std::string_view text, const language::lexicon& lex) { return day_finder(text, lex).part_of_day(); }

respelled_event respelled(std::string_view text, const language::lexicon& lex, instant now) {
  const std::string untils = until_reader(text, lex).run();
  respelled_event days = days_reader(untils, lex, now).run();
  days.text = count_reader(days.text, lex).run();
  return days;
}

}  // namespace bot
