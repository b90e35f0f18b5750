#include "bot/language/time_pieces.hpp"

#include <algorithm>

#include "bot/language/numbers.hpp"

namespace bot::language {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;

constexpr std::uint32_t weak_reach = 8;  // words after "tadi" within which a named day takes its place
constexpr int year_span = 5;             // dates further away are slips or jokes

// Values of the class "day": offsets in days, and words that only say before or after now.
constexpr int day_earlier = 100;  // tadi
constexpr int day_later = 101;    // nanti

constexpr int week_or_sunday = 7;  // value of "minggu" in the class "weekday"

class time_reader {
 public:
  time_reader(const reading& r, const lexicon& lex, std::int64_t now) : r_(r), lex_(lex) {
    p_.now = now;
    p_.today = now >= 0 ? now / minutes_a_day : (now - minutes_a_day + 1) / minutes_a_day;
  }

  time_pieces run() {
    const auto count = static_cast<std::uint32_t>(r_.units.size());
    for (std::uint32_t i = 0; i < count;) i = std::max(i + 1, step(i));
    return p_;
  }

 private:
  bool is(std::uint32_t at, part what, std::int32_t* value = nullptr) const {
    return r_.at(at, lex_.id(what), value) != nullptr;
  }
  bool near(std::uint32_t at) const { return at < r_.units.size() && r_.units[at].before <= unit::gap::comma; }
  bool follows(std::uint32_t at, part what, std::int32_t* value = nullptr) const {
    return near(at) && is(at, what, value);
  }
  bool preceded(std::uint32_t at, part what) const { return at > 0 && is(at - 1, what); }

  // Looks for a piece of time at a unit; returns the unit after it, or the same unit.
  std::uint32_t step(std::uint32_t at) {
    std::int32_t value = 0;
    if (is(at, part::took_back)) {
      p_.day.reset();
      p_.clock = {};
      p_.weak_day = prayer_ = false;
      p_.prayer_part = unsaid;
      return at;
    }
    if (is(at, part::habit)) return habit(at);
    if (is(at, part::moment_now)) {
      p_.told.now_word = true;
      return at;
    }
    if (is(at, part::moment_just)) {
      p_.just = true;
      return at;
    }
    if (preceded(at, part::until)) {
      if (const auto clock = clock_at(r_, lex_, at); clock.last > at) return clock.last;
      if (is(at, part::day_part)) return at + 1;
    }
    if (const std::uint32_t next = span(at); next > at) return next;
    if (const std::uint32_t next = date(at); next > at) return next;
    if (is(at, part::weekday, &value)) return weekday(at, value);
    if (const auto* m = r_.at(at, lex_.id(part::last_night))) {
      set_day(-1, at, true);
      p_.night = true;
      p_.last_night = true;
      return m->last;
    }
    if (const auto* m = r_.at(at, lex_.id(part::tonight))) {
      set_day(0, at, true);
      p_.night = true;
      p_.told.this_part = true;
      return m->last;
    }
    if (is(at, part::day, &value)) return day_word(at, value);
    if (const auto clock = clock_at(r_, lex_, at); clock.last > at) {
      const bool taken_back = preceded(at, part::negator);
      const bool better = p_.clock.minutes < 0 || (prayer_ && !prayer_only(at));
      if (prayer_only(at) && p_.prayer_part == unsaid) p_.prayer_part = part_of_prayer(clock.minutes);
      if (!taken_back && better) {
        prayer_ = prayer_only(at);
        p_.clock = clock;
        p_.told.since = p_.told.since || preceded(at, part::since);
      }
      return clock.last;
    }
    if (is(at, part::day_part, &value) && p_.part == unsaid) {
      // "malem Jemuah": the night before that day.
      if (value == night && follows(at + 1, part::weekday)) {
        std::int32_t day_value = 0;
        is(at + 1, part::weekday, &day_value);
        p_.night = true;
        return night_before(at + 1, day_value);
      }
      p_.part = value;
    }
    return at;
  }

  bool prayer_only(std::uint32_t at) const { return is(at, part::prayer); }

  // "tiap malam minggu jam 12": a habit has no one moment.
  std::uint32_t habit(std::uint32_t at) {
    std::int32_t needs_time = 0;  // 1: "tiap" alone says nothing of time
    const match* m = r_.at(at, lex_.id(part::habit), &needs_time);
    std::uint32_t next = m->last;
    while (near(next) && (is(next, part::day_part) || is(next, part::weekday) || is(next, part::day_unit) ||
                          is(next, part::week_unit) || is(next, part::date_word) || is(next, part::clock_word) ||
                          is(next, part::prayer) || is(next, part::month) || r_.units[next].number ||
                          (is(next, part::number) && preceded(next, part::clock_word)))) {
      ++next;
    }
    p_.told.habit = p_.told.habit || needs_time == 0 || next > m->last;
    return next;
  }

  void set_day(std::int64_t offset, std::uint32_t at, bool strong) {
    const bool overrides = p_.weak_day && strong && at - day_at_ <= weak_reach;
    if (preceded(at, part::negator) || (p_.day && !overrides)) return;
    p_.day = offset;
    day_at_ = at;
    p_.weak_day = !strong;
    p_.told.since = p_.told.since || preceded(at, part::since) ||
                    (at > 1 && preceded(at - 1, part::since) && is(at - 1, part::date_word));
  }

  std::uint32_t day_word(std::uint32_t at, int value) {
    const match* m = r_.at(at, lex_.id(part::day));
    if (value == day_earlier) {
      p_.earlier = true;
      set_day(0, at, false);
    } else if (value == day_later) {
      p_.later = true;
      set_day(0, at, false);
    } else {
      // "suk Rebo", "kemarin Rabu": the name of the day says which.
      if ((value == 1 || value == -1) && follows(m->last, part::weekday)) {
        std::int32_t named = 0;
        is(m->last, part::weekday, &named);
        set_day(days_until(named % 7) - (value < 0 ? 7 : 0), at, true);
        return m->last + 1;
      }
      if (value == 0) p_.told.this_part = true;
      set_day(value, at, true);
    }
    return m->last;
  }

  int weekday_today() const { return static_cast<int>(((p_.today % 7) + 11) % 7); }  // day 0 was a Thursday; Sunday = 0

  int days_until(int wanted) const {
    const int ahead = (wanted - weekday_today() + 7) % 7;
    return ahead == 0 ? 7 : ahead;
  }

  bool says_last(std::uint32_t at) const {
    std::int32_t value = 0;
    return follows(at, part::last_one) || (follows(at, part::day, &value) && value < 0);
  }
  bool says_next(std::uint32_t at) const {
    std::int32_t value = 0;
    return follows(at, part::next_one) || (follows(at, part::day, &value) && value > 0 && value < day_earlier);
  }

  std::uint32_t weekday(std::uint32_t at, int value) {
    const bool named_day = preceded(at, part::date_word) || preceded(at, part::day_part);
    if (value == week_or_sunday && !named_day && (follows(at + 1, part::next_one) || follows(at + 1, part::last_one))) {
      p_.vague = follows(at + 1, part::next_one) ? spoken_time::kind::future : spoken_time::kind::past;
      return at + 2;
    }
    const int wanted = value % 7;
    if (says_last(at + 1)) {
      set_day(days_until(wanted) - 7 == 0 ? -7 : days_until(wanted) - 7, at, true);
      return at + 2;
    }
    // "Rabu sore kemarin": the part of the day is read next.
    if (follows(at + 1, part::day_part) && says_last(at + 2)) {
      set_day(days_until(wanted) - 7, at, true);
      return at + 1;
    }
    // "kamis malam kemarin": the last such evening.
    if (const match* evening = at + 1 < r_.units.size() ? r_.at(at + 1, lex_.id(part::last_night)) : nullptr;
        evening != nullptr && near(at + 1) && r_.units[at + 1].text != "tadi") {
      set_day(days_until(wanted) - 7, at, true);
      p_.part = night;
      return evening->last;
    }
    // "sejak kamis": the last one; what "mulai kamis" may still be to come.
    if (preceded(at, part::since) && !r_.units[at - 1].text.starts_with("mu") && !follows(at + 1, part::until) &&
        !says_next(at + 1)) {
      set_day(days_until(wanted) - 7, at, true);
      return at + 1;
    }
    if (const auto named = named_day_of_month(at + 1, wanted)) {
      force_day(*named, at);
      return at + 2;
    }
    set_day(days_until(wanted), at, true);
    if (p_.day && day_at_ == at) p_.told.weekday = !says_next(at + 1);
    return says_next(at + 1) ? at + 2 : at + 1;
  }

  // "Minggu 29": days until that date, where it is such a day and no clock.
  std::optional<std::int64_t> named_day_of_month(std::uint32_t at, int wanted) const {
    if (at >= r_.units.size() || r_.units[at].before != unit::gap::none || !r_.units[at].number) return std::nullopt;
    if (at + 1 < r_.units.size() && (!r_.units[at + 1].spaced || r_.units[at + 1].number || is(at + 1, part::day_part)))
      return std::nullopt;
    for (std::int64_t ahead = days_until(wanted); ahead < 62; ahead += 7) {
      const std::chrono::year_month_day candidate{sys_days{std::chrono::days{p_.today + ahead}}};
      if (static_cast<unsigned>(candidate.day()) == r_.units[at].value) return ahead;
    }
    return std::nullopt;
  }

  std::uint32_t night_before(std::uint32_t at, int value) {
    const int wanted = value % 7;
    std::int64_t offset = days_until(wanted) - 1;
    if (says_last(at + 1)) {
      offset -= 7;
      set_day(offset, at, true);
      return at + 2;
    }
    const bool next = says_next(at + 1);
    if (offset == 0 && next) offset = 7;
    if (offset == 0) p_.told.this_part = true;
    set_day(offset, at, true);
    return next ? at + 2 : at + 1;
  }

  // "2 jam lagi", "30 menit yang lalu", "sudah setengah jam lebih", "3 hari lagi", "dua minggu lagi".
  std::uint32_t span(std::uint32_t at) {
    std::int64_t twice = 0;  // halves are counted
    std::uint32_t next = at;
    if (is(at, part::half)) {
      twice = 1;
      next = at + 1;
    } else if (is(at, part::clock_word) && !r_.units[at].number && at + 1 < r_.units.size() &&
               number_at(r_, lex_, at + 1)) {
      return at;
    } else if (const auto number = number_at(r_, lex_, at); number && number->value.max < 1000) {
      twice = number->value.min * 2;
      next = number->last;
    } else {
      return at;
    }
    if (preceded(at, part::clock_word) || !near(next)) return at;
    std::int32_t whole = 0;
    std::int64_t unit_minutes = 0;
    if (is(next, part::hour_unit)) {
      unit_minutes = 60;
    } else if (is(next, part::minute_unit)) {
      unit_minutes = 1;
    } else if (is(next, part::day_unit)) {
      unit_minutes = minutes_a_day;
    } else if (is(next, part::week_unit) || (is(next, part::weekday, &whole) && whole == week_or_sunday)) {
      unit_minutes = 7 * minutes_a_day;
    } else {
      return at;
    }
    ++next;
    // "2 jam 3": no duration
    if (unit_minutes == 60 && near(next) && r_.units[next].number && !r_.units[next - 1].number) return at;
    while (follows(next, part::more_by) || follows(next, part::or_more)) ++next;
    const bool before =
        preceded(at, part::since) || (at > 1 && is(at - 1, part::about) && preceded(at - 1, part::since));
    const std::int64_t length = twice * unit_minutes / 2;
    if (follows(next, part::ahead)) {
      p_.exact = p_.now + length;
      p_.exact_days = unit_minutes >= minutes_a_day;
      return next + 1;
    }
    if (follows(next, part::ago) || follows(next, part::last_one)) {
      p_.exact = p_.now - length;
      p_.exact_days = unit_minutes >= minutes_a_day;
      p_.told.since = p_.told.since || (before && !p_.exact_days);
      return next + 1;
    }
    if (before && unit_minutes < minutes_a_day) {
      p_.exact = p_.now - length;
      p_.told.since = true;
      return next;
    }
    return next;  // a plain duration: no moment, and its number is not a clock
  }

  // 26/11/2026, 2026-11-26, 14/12, "28 November 2026", "tgl 5"
  std::uint32_t date(std::uint32_t at) {
    const auto number = [&](std::uint32_t i) -> std::int64_t {
      return i < r_.units.size() && r_.units[i].number ? r_.units[i].value : -1;
    };
    if (preceded(at, part::numbered)) return at;
    std::int32_t month_value = 0;
    const bool named = preceded(at, part::date_word);
    if (follows(at + 1, part::month, &month_value) && (number(at) >= 0 || is(at, part::number))) {
      const auto spoken = number_at(r_, lex_, at);
      if (spoken && spoken->last == at + 1) {
        const bool with_year = near(at + 2) && number(at + 2) >= 100 && r_.units[at + 2].text.size() >= 4;
        set_date(spoken->value.min, month_value, with_year ? number(at + 2) : -1, at);
        return with_year ? at + 3 : at + 2;
      }
    }
    // "dec 12 at 7 pm", but not "desember 12.30"
    if (is(at, part::month, &month_value) && near(at + 1) && number(at + 1) >= 1 && number(at + 1) <= 31 &&
        r_.units[at + 1].text.size() <= 2 && (at + 2 >= r_.units.size() || r_.units[at + 2].spaced) &&
        !follows(at + 2, part::day_part) && !follows(at + 2, part::month)) {
      set_date(number(at + 1), month_value, -1, at);
      return at + 2;
    }
    if (number(at) < 0) return at;
    // "10 s/d 13 Desember": the start
    if (const match* until = at + 1 < r_.units.size() ? r_.at(at + 1, lex_.id(part::until)) : nullptr;
        until != nullptr || (at + 1 < r_.units.size() && r_.units[at + 1].before == unit::gap::hyphen)) {
      const std::uint32_t last_day = until != nullptr ? until->last : at + 1;
      if (number(last_day) > number(at) && follows(last_day + 1, part::month, &month_value)) {
        set_date(number(at), month_value, -1, at);
        return last_day + 2;
      }
    }
    const auto joined = [&](std::uint32_t i, unit::gap gap) {
      return number(i) >= 0 && !r_.units[i].spaced && r_.units[i].before == gap;
    };
    for (const unit::gap gap : {unit::gap::slash, unit::gap::hyphen, unit::gap::dot}) {
      if (!joined(at + 1, gap)) continue;
      if (joined(at + 2, gap)) {
        const bool year_first = r_.units[at].text.size() == 4;
        if (year_first) {
          set_date(number(at + 2), number(at + 1), number(at), at);
        } else if (r_.units[at + 2].text.size() == 4 || r_.units[at + 2].text.size() == 2) {
          const std::int64_t y = number(at + 2);
          if (gap == unit::gap::dot && (r_.units[at + 2].text.size() == 2 || number(at + 1) > 12)) return at;
          set_date(number(at), number(at + 1), y < 100 ? 2000 + y : y, at);
        } else {
          return at;
        }
        return at + 3;
      }
      if (gap == unit::gap::slash && number(at) >= 1 && number(at) <= 31 && number(at + 1) >= 1 &&
          number(at + 1) <= 12) {
        set_date(number(at), number(at + 1), -1, at);
        return at + 2;
      }
    }
    if (named && number(at) >= 1 && number(at) <= 31 && r_.units[at].text.size() <= 2) {
      next_day_of_month(number(at), at);
      return at + 1;
    }
    return at;
  }

  void set_date(std::int64_t d, std::int64_t m, std::int64_t y, std::uint32_t at) {
    const auto offset_of = [&](std::int64_t in_year) -> std::optional<std::int64_t> {
      const std::chrono::year_month_day found{year{static_cast<int>(in_year)}, month{static_cast<unsigned>(m)},
                                              day{static_cast<unsigned>(d)}};
      if (!found.ok()) return std::nullopt;
      return sys_days{found}.time_since_epoch().count() - p_.today;
    };
    if (d < 1 || d > 31 || m < 1 || m > 12) {
      p_.impossible = true;
      return;
    }
    const int this_year = static_cast<int>(std::chrono::year_month_day{sys_days{std::chrono::days{p_.today}}}.year());
    if (y >= 0) {
      const auto offset = std::abs(y - this_year) <= year_span ? offset_of(y) : std::nullopt;
      if (!offset) p_.impossible = true;
      if (offset) force_day(*offset, at);
      return;
    }
    // Without a year: the near past is a report, all else is to come.
    constexpr int near_past = -60;
    for (const int candidate : {this_year, this_year + 1}) {
      if (const auto offset = offset_of(candidate); offset && *offset >= near_past) {
        force_day(*offset, at);
        return;
      }
    }
    p_.impossible = true;
  }

  // "bukan tgl 28", "tidak jadi tanggal 28"
  bool taken_back(std::uint32_t at) const {
    const std::uint32_t first = at > 0 && preceded(at, part::date_word) ? at - 1 : at;
    return preceded(first, part::negator) || preceded(first, part::nothing);
  }

  // A date settles what a weekday beside it left open.
  void force_day(std::int64_t offset, std::uint32_t at) {
    if (dated_ || taken_back(at)) return;
    dated_ = true;
    p_.day.reset();
    set_day(offset, at, true);
  }

  void next_day_of_month(std::int64_t d, std::uint32_t at) {
    const int step = says_last(at + 1) ? -1 : 1;  // "tgl 19 kemarin"
    for (int ahead = 0; ahead < 62; ++ahead) {
      const std::chrono::year_month_day candidate{sys_days{std::chrono::days{p_.today + step * ahead}}};
      if (static_cast<unsigned>(candidate.day()) == static_cast<unsigned>(d)) {
        force_day(step * ahead, at);
        return;
      }
    }
  }

  const reading& r_;
  const lexicon& lex_;
  time_pieces p_;
  std::uint32_t day_at_ = 0;
  bool dated_ = false;
  bool prayer_ = false;  // the clock is a prayer's, which a clock that is told beats
};

}  // namespace

time_pieces pieces_of(const reading& r, const lexicon& lex, std::int64_t now_local_minutes) {
  return time_reader(r, lex, now_local_minutes).run();
}

}  // namespace bot::language
