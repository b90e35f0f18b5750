#include "bot/language/numbers.hpp"

namespace bot::language {
namespace {

// 30 -> 39, 150 -> 199: as far as the leading digit holds.
std::int64_t top_of(std::int64_t value) {
  std::int64_t step = 1;
  while (step * 10 <= value) step *= 10;
  return value < 10 ? value : value / step * step + step - 1;
}

bool touches(const reading& r, std::uint32_t at) {
  return at < r.units.size() && r.units[at].before < unit::gap::comma;
}

// Digits with their thousands: "1.000", "1,500".
std::optional<quantity> digits_at(const reading& r, std::uint32_t at) {
  if (at >= r.units.size() || !r.units[at].number || r.units[at].value < 0) return std::nullopt;
  quantity out{{r.units[at].value, r.units[at].value}, at, at + 1};
  while (out.last < r.units.size()) {
    const unit& next = r.units[out.last];
    const bool joined = !next.spaced && (next.before == unit::gap::dot || next.before == unit::gap::comma);
    if (!joined || !next.number || next.text.size() != 3 || next.value < 0 || out.value.min > largest_crowd ||
        r.units[at].text.size() > 3) {
      break;
    }
    out.value.min = out.value.max = out.value.min * 1000 + next.value;
    ++out.last;
  }
  return out;
}

// What has been added up of a number in words. Units, tens and hundreds stand apart until a thousand or the end, so
// that "dua puluh tiga puluh" is a range and no sum.
struct spoken_sum {
  std::int64_t total = 0, hundreds = 0, part = 0;
  std::int64_t last_big = largest_crowd * 10;
  bool any = false;

  std::int64_t value() const { return total + hundreds + part; }

  // A word that is a number by itself: "lima", "seket", "satus".
  bool add(std::int64_t word) {
    any = true;
    if (word >= 1000) {
      if (value() > 0) return false;
      total = word;
      last_big = word;
    } else if (word >= 100) {
      if (hundreds > 0 || part > 0) return false;
      hundreds = word;
    } else {
      if (part > 0 && (part % 10 != 0 || word >= 10)) return false;
      part += word;
    }
    return true;
  }

  // A word that multiplies: "puluh", "atus", "ribu".
  bool times(std::int64_t factor) {
    if (factor == 10 || factor == 100) {
      if (part <= 0 || part >= 1000 || (factor == 100 && hundreds > 0)) return false;
      if (factor == 10 && part > 10 && part % 10 != 0) return false;
      (factor == 10 ? part : hundreds) = part * factor;
      if (factor == 100) part = 0;
      return true;
    }
    const std::int64_t amount = hundreds + part;
    if (amount <= 0 || amount > largest_crowd || factor >= last_big) return false;
    total += amount * factor;
    last_big = factor;
    hundreds = part = 0;
    return true;
  }
};

}  // namespace

std::optional<quantity> number_at(const reading& r, const lexicon& lex, std::uint32_t at) {
  std::int32_t value = 0;
  spoken_sum sum;
  spoken_sum before_last = sum;  // without the last number word: where it turns out to begin the next number
  std::uint32_t last_begin = at;
  std::uint32_t i = at;
  while (i < r.units.size() && (i == at || touches(r, i))) {
    if (r.units[i].number) {
      if (i > at) break;
      const auto found = digits_at(r, i);
      if (!found) return std::nullopt;
      sum.any = true;
      sum.part = found->value.min;
      i = found->last;
      // Words that multiply digits: "5 ribu", "2rb".
      continue;
    }
    if (r.at(i, lex.id(part::number), &value)) {
      if (i > at && r.units[i - 1].number) break;
      const spoken_sum kept = sum;
      // "dua tiga orang" is a range, "dua puluh tiga" a sum: only smaller ones join.
      if (!sum.add(value)) break;
      before_last = kept;
      last_begin = i;
    } else if (sum.part > 0 && sum.part < 10 && r.at(i, lex.id(part::plus_ten))) {
      sum.part += 10;
    } else if (r.at(i, lex.id(part::times), &value)) {
      if (!sum.times(value)) {
        if (!before_last.any) break;
        sum = before_last;
        i = last_begin;
        break;
      }
    } else {
      break;
    }
    i = r.matches[r.match_at[i] - 1].last;
  }
  if (!sum.any) return std::nullopt;
  return quantity{{sum.value(), sum.value()}, at, i};
}

std::optional<quantity> quantity_at(const reading& r, const lexicon& lex, std::uint32_t at) {
  std::int32_t value = 0;
  if (r.at(at, lex.id(part::vague_number), &value)) {
    quantity out{{value, value == 11 ? 19 : value == 20 ? 99 : value * 10 - 1}, at, at + 1};
    std::int32_t factor = 0;
    if (touches(r, at + 1) && r.at(at + 1, lex.id(part::times), &factor)) {
      out.value.min = out.value.min == 20 ? 10LL * factor : out.value.min * factor;
      out.value.max = (out.value.max + 1) * factor - 1;
      ++out.last;
    }
    return out;
  }
  if (r.at(at, lex.id(part::number_an), &value)) return quantity{{value, top_of(value)}, at, at + 1};
  auto out = number_at(r, lex, at);
  if (!out) return out;
  // "lima puluhan", "10 ribuan": as far as the last digit holds.
  if (touches(r, out->last) && r.at(out->last, lex.id(part::vague_number), &value)) {
    const std::int64_t step = value == 20 ? 10 : value;
    const std::int64_t ones = step == 10 || step == 100 ? out->value.min % 10 : out->value.min;
    if (ones > 0 && step != 11 && out->value.min < 1000) {
      out->value.min += ones * (step - 1);
      out->value.max = out->value.min + step - 1;
      ++out->last;
      return out;
    }
  }
  const auto word_is = [&](std::string_view text) { return touches(r, out->last) && r.units[out->last].text == text; };
  if (word_is("an")) {
    out->value.max = top_of(out->value.min);
    ++out->last;
    return out;
  }
  // "60 70 orang", "60-70", "antara 50 sampai 100"
  std::uint32_t next = out->last;
  if (touches(r, next) && r.at(next, lex.id(part::up_to))) ++next;
  const bool plain = next < r.units.size() && (r.units[next].before <= unit::gap::hyphen);
  if (plain) {
    if (const auto upper = number_at(r, lex, next);
        upper && upper->value.min > out->value.min && upper->value.min <= out->value.min * 10) {
      out->value.max = upper->value.min;
      out->last = upper->last;
    }
  }
  return out;
}

}  // namespace bot::language
