#include "bot/language/moments.hpp"

#include "bot/language/time_pieces.hpp"

namespace bot::language {
namespace {

constexpr int just_over = 90;  // minutes within which a bare clock looks back

class resolver {
 public:
  // `planned`: something is planned, so that a bare clock does not look back.
  resolver(const time_pieces& pieces, bool planned) : p_(pieces), planned_(planned) {}

  spoken_time resolve() {
    if (p_.exact) {
      p_.told.local_minutes = p_.exact_days ? floor_day(*p_.exact) : *p_.exact;
      p_.told.date_only = p_.exact_days;
      p_.told.what = *p_.exact > p_.now ? spoken_time::kind::future : spoken_time::kind::past;
      return p_.told;
    }
    if (p_.impossible && !p_.day) return p_.told;
    if (!p_.day && p_.vague != spoken_time::kind::none &&
        p_.clock.minutes >= 0) {  // "minggu depan jam 7": on which day?
      p_.told.what = p_.vague;
      return p_.told;
    }
    if (!p_.day && p_.clock.minutes < 0) {
      if (p_.just) {
        p_.told.what = spoken_time::kind::past;
        p_.told.local_minutes = p_.now;
      } else if (p_.vague != spoken_time::kind::none) {
        p_.told.what = p_.vague;
      } else if (p_.told.now_word) {
        p_.told.what = spoken_time::kind::now;
        p_.told.local_minutes = p_.now;
      }
      return p_.told;
    }
    if (p_.clock.minutes < 0) {
      day_alone();
    } else {
      with_clock();
    }
    return p_.told;
  }

 private:
  // A night that is named by its evening: "besok malam", "malam minggu". Its small hours are on the next day.
  bool named_night() const {
    return !p_.earlier && !p_.last_night && (p_.night || (p_.part == night && p_.day && *p_.day > 0));
  }

  static std::int64_t floor_day(std::int64_t minutes) { return minutes / minutes_a_day * minutes_a_day; }

  void day_alone() {
    std::int64_t offset = *p_.day;
    // "malam tadi": the night before this day.
    if (p_.earlier && p_.weak_day && p_.part == night) offset = -1;
    p_.told.date_only = true;
    p_.told.local_minutes = (p_.today + offset) * minutes_a_day;
    if (offset < 0 || (offset == 0 && p_.earlier)) {
      p_.told.what = spoken_time::kind::past;
    } else if (offset > 0 || p_.later || p_.told.this_part) {
      p_.told.what = spoken_time::kind::future;
    } else {
      p_.told.what = spoken_time::kind::now;
    }
  }

  void with_clock() {
    p_.told.this_part = false;
    if (p_.just && !p_.day) p_.earlier = p_.weak_day = true;
    int part = p_.clock.part;
    if (part == unsaid) part = p_.prayer_part;
    if (part == unsaid && p_.night) part = night;
    if (part == unsaid && p_.part != unsaid) part = p_.part;
    const std::int64_t base = p_.today * minutes_a_day;
    const int face = p_.clock.minutes;
    std::int64_t at = 0;
    if (p_.clock.exact_day_half) {
      at = base + p_.day.value_or(0) * minutes_a_day + face;
      // "tadi malam jam 01.00" lies after midnight.
      if ((p_.last_night || named_night()) && face < 6 * 60) at += minutes_a_day;
      if (!p_.day && p_.told.since && at > p_.now) at -= minutes_a_day;
      if (!p_.day && !p_.told.since && at < p_.now - 12 * 60) at += minutes_a_day;
    } else if (part == unsaid) {
      at = without_part(base, face);
    } else {
      at = base + p_.day.value_or(0) * minutes_a_day + minutes_of(part, face);
      if (p_.earlier && p_.weak_day && part == night) {
        at = face < 6 * 60 ? base + face : face >= 12 * 60 ? base : base + face + 12 * 60;
      }
      if (p_.later && p_.day.value_or(0) == 0 && at <= p_.now) at += minutes_a_day;  // "nanti jam 2 pagi"
      const bool looks_back = !p_.later && ((p_.earlier && p_.weak_day) || (p_.told.since && p_.day.value_or(0) <= 0));
      if (looks_back && at > p_.now) at -= minutes_a_day;
      if (part == small_hours && (p_.last_night || named_night())) at += minutes_a_day;
      // "maling jam 2 malam" told by day is of the night that is over.
      const bool by_day = p_.now - base >= 5 * 60 && p_.now - base < 18 * 60;
      if (!p_.day && !p_.later && !planned_ && part == night && face < 5 * 60 && by_day) at -= minutes_a_day;
    }
    p_.told.local_minutes = at;
    p_.told.what = at > p_.now ? spoken_time::kind::future : spoken_time::kind::past;
  }

  std::int64_t without_part(std::int64_t base, int face) const {
    constexpr int noon_minutes = 12 * 60;
    if (p_.day && !p_.weak_day) {
      const int minutes = face < 6 * 60 ? face + noon_minutes : face;
      return base + *p_.day * minutes_a_day + minutes;
    }
    const std::int64_t first = base + face % noon_minutes;
    const std::int64_t second = first + noon_minutes;
    if ((p_.earlier && p_.weak_day) || p_.told.since) {
      return second <= p_.now ? second : first <= p_.now ? first : second - minutes_a_day;
    }
    // "jam 8 kurang 10" said at eight is just over, unless something is planned.
    if (second <= p_.now && p_.now - second <= just_over && !planned_) return second;
    return first >= p_.now ? first : second >= p_.now ? second : first + minutes_a_day;
  }

  time_pieces p_;
  bool planned_;
};

}  // namespace

spoken_time time_of(const reading& r, const lexicon& lex, std::int64_t now_local_minutes) {
  return resolver(pieces_of(r, lex, now_local_minutes), r.present.test(lex.id(part::planned))).resolve();
}

}  // namespace bot::language
