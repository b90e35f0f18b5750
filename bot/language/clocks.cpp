#include "bot/language/clocks.hpp"

#include "bot/language/numbers.hpp"

namespace bot::language {
namespace {

struct looker {
  const reading& r;
  const lexicon& lex;

  bool is(std::uint32_t at, part what, std::int32_t* value = nullptr) const {
    return r.at(at, lex.id(what), value) != nullptr;
  }
  bool near(std::uint32_t at) const { return at < r.units.size() && r.units[at].before <= unit::gap::comma; }
  bool follows(std::uint32_t at, part what, std::int32_t* value = nullptr) const {
    return near(at) && is(at, what, value);
  }
  bool preceded(std::uint32_t at, part what) const { return at > 0 && is(at - 1, what); }
};

// "jam 8 lebih 15", "jam 7 kurang seperempat"
std::uint32_t minutes_beside(const looker& x, std::uint32_t at, clock_piece& clock) {
  const bool less = x.follows(at, part::less);
  if (!less && !x.follows(at, part::more_by)) return at;
  std::int32_t value = 0;
  if (x.follows(at + 1, part::quarter, &value)) {
    clock.minutes += less ? -value : value;
    return at + 2;
  }
  if (x.near(at + 1)) {
    if (const auto minutes = number_at(x.r, x.lex, at + 1); minutes && minutes->value.min < 60) {
      clock.minutes += static_cast<int>(less ? -minutes->value.min : minutes->value.min);
      const std::uint32_t next = minutes->last;
      return x.follows(next, part::minute_unit) ? next + 1 : next;
    }
  }
  return less ? at : at + 1;
}

}  // namespace

clock_piece clock_at(const reading& r, const lexicon& lex, std::uint32_t at) {
  const looker x{r, lex};
  clock_piece out;
  std::int32_t value = 0;
  if (x.is(at, part::prayer, &value)) {
    out.minutes = value;
    out.exact_day_half = true;
    out.last = r.at(at, lex.id(part::prayer))->last;
    return out;
  }
  std::uint32_t i = at;
  bool said = i > 0 && r.units[i - 1].text == "jam";  // "mau jam" is one word of the lexicon
  while (x.is(i, part::clock_word) && (i == at || x.near(i))) {
    said = true;
    ++i;
  }
  if (said && x.follows(i, part::about)) ++i;
  bool half = false;
  if (x.is(i, part::half) && (i == at || x.near(i))) {
    half = true;
    said = said || x.preceded(i, part::since);
    ++i;
    if (x.follows(i, part::clock_word)) return {};  // "setengah jam": a span
  }
  if (i >= r.units.size() || (i > at && !x.near(i))) return {};
  if (i > 0 && (x.is(i - 1, part::numbered) || r.units[i].place)) return {};
  const bool digits = r.units[i].number;
  std::optional<quantity> hour;
  if (digits) {
    hour = quantity{{r.units[i].value, r.units[i].value}, i, i + 1};
  } else {
    hour = number_at(r, lex, i);
  }
  if (!hour || hour->value.min < 0 || hour->value.min > 24) return {};
  i = hour->last;
  out.minutes = static_cast<int>(hour->value.min) * 60;
  bool written = false;
  if (digits && i < r.units.size() && r.units[i].number && !r.units[i].spaced && r.units[i].text.size() == 2 &&
      (r.units[i].before == unit::gap::dot || r.units[i].before == unit::gap::colon) && r.units[i].value < 60) {
    out.minutes += static_cast<int>(r.units[i].value);
    written = true;
    ++i;
    // seconds
    if (i < r.units.size() && r.units[i].number && r.units[i].before == unit::gap::colon && !r.units[i].spaced) ++i;
  }
  if (half) out.minutes -= 30;
  std::int32_t part_value = unsaid;
  if (x.follows(i, part::day_part, &part_value)) {
    out.part = part_value;
    ++i;
  }
  if (!said && !written && out.part == unsaid) return {};
  if (!said && half == false && !written && r.units[at].text.size() > 2 && digits) return {};
  i = minutes_beside(x, i, out);
  if (out.part == unsaid && x.follows(i, part::day_part, &part_value)) {
    out.part = part_value;
    ++i;
  }
  out.exact_day_half =
      out.minutes >= 13 * 60 || (digits && r.units[hour->first].text.starts_with('0')) || (written && out.minutes < 60);
  out.last = i;
  return out;
}

std::int64_t minutes_of(int part, int face) {
  constexpr int noon_minutes = 12 * 60;
  switch (part) {
    case morning:
    case small_hours: return face >= noon_minutes ? face - noon_minutes : face;
    case noon: return face < 7 * 60 ? face + noon_minutes : face;
    case afternoon: return face < noon_minutes ? face + noon_minutes : face;
    default:  // night
      if (face >= noon_minutes) return face + noon_minutes;
      return face < 5 * 60 ? face + minutes_a_day : face + noon_minutes;
  }
}

int part_of_prayer(int minutes) {
  if (minutes < 6 * 60) return morning;
  if (minutes < 15 * 60) return noon;
  return minutes < 19 * 60 ? afternoon : night;
}

}  // namespace bot::language
