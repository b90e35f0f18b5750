#include "bot/language/numbers.hpp"

#include <algorithm>

namespace bot::language {
namespace {

constexpr std::int64_t largest_crowd = 10'000'000;
constexpr std::int64_t largest_vague = 1'000'000;

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

}  // namespace

std::optional<quantity> number_at(const reading& r, const lexicon& lex, std::uint32_t at) {
  std::int32_t value = 0;
  std::int64_t total = 0;
  std::int64_t part_sum = -1;
  std::uint32_t i = at;
  std::int64_t last_times = largest_crowd * 10;
  while (i < r.units.size() && (i == at || touches(r, i) || r.units[i].number)) {
    if (r.units[i].number) {
      if (i > at) break;
      const auto found = digits_at(r, i);
      if (!found) return std::nullopt;
      part_sum = found->value.min;
      i = found->last;
      // Words that multiply digits: "5 ribu", "2rb".
      continue;
    }
    if (r.at(i, lex.id(part::number), &value)) {
      if (i > at && r.units[i - 1].number) break;
      // "dua tiga orang" is a range, "dua puluh tiga" a sum: only smaller ones join.
      if (part_sum > 0 && (part_sum % 10 != 0 || value >= 10)) break;
      part_sum = std::max<std::int64_t>(part_sum, 0) + value;
      ++i;
    } else if (part_sum > 0 && part_sum < 10 && r.at(i, lex.id(part::plus_ten))) {
      part_sum += 10;
      ++i;
    } else if (r.at(i, lex.id(part::times), &value)) {
      if (part_sum < 0 || value > last_times || part_sum > largest_crowd) break;
      if (value == 10 || value == 100) {
        if (part_sum >= 1000) break;
        part_sum *= value;
        if (value == 100) {
          total += part_sum;
          part_sum = 0;
          last_times = 10;
        }
      } else {
        total = (total + part_sum) * value;
        part_sum = 0;
        last_times = 100;
      }
      ++i;
    } else {
      break;
    }
  }
  if (part_sum < 0) return std::nullopt;
  total += part_sum;
  return quantity{{total, total}, at, i};
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

std::optional<range> crowd_of(const reading& r, const lexicon& lex) {
  std::optional<range> best;
  const auto skip = [&](std::uint32_t at, part filler) {
    return touches(r, at) && r.at(at, lex.id(filler)) != nullptr;
  };
  for (std::uint32_t i = 0; i < r.units.size(); ++i) {
    const bool negative = r.units[i].before == unit::gap::hyphen && r.units[i].spaced == false && r.units[i].number &&
                          (i == 0 || !r.units[i - 1].number);
    if (r.units[i].place && r.units[i].number) continue;
    auto found = quantity_at(r, lex, i);
    if (!found || found->last <= i) continue;
    const std::uint32_t resume = found->last - 1;
    const std::uint32_t start = i;
    i = resume;
    if (negative || found->value.max > largest_crowd) continue;
    // after: "30 (lebih) orang", "25 ibu2"
    std::uint32_t after = found->last;
    while (skip(after, part::or_more) || skip(after, part::about)) ++after;
    const bool numbered = start > 0 && r.at(start - 1, lex.id(part::numbered)) && touches(r, start);
    const bool clock = start > 0 && (r.at(start - 1, lex.id(part::half)) || r.at(start - 1, lex.id(part::clock_word)));
    if (numbered || clock) continue;
    if (touches(r, after) && r.at(after, lex.id(part::groups_of))) {
      // "dua kelompok masing-masing 50 orang"
      for (std::uint32_t k = after + 1; k < r.units.size() && k < after + 8; ++k) {
        if (!r.at(k, lex.id(part::each))) continue;
        std::uint32_t n = k + 1;
        while (n < r.units.size() && (r.at(n, lex.id(part::about)) || r.at(n, lex.id(part::each)))) ++n;
        if (const auto size = quantity_at(r, lex, n)) {
          return range{found->value.min * size->value.min, found->value.max * size->value.max};
        }
      }
      continue;
    }
    const bool people_after = touches(r, after) && r.at(after, lex.id(part::people));
    bool other_after = false;
    if (!people_after && touches(r, after)) {
      other_after = r.at(after, lex.id(part::not_people)) || r.at(after, lex.id(part::hour_unit)) ||
                    r.at(after, lex.id(part::day_unit)) || r.at(after, lex.id(part::week_unit)) ||
                    r.at(after, lex.id(part::minute_unit)) || r.at(after, lex.id(part::month));
    }
    // before: "massa sekitar 250", "tamu 150an", "wong loro"
    std::uint32_t before = start;
    while (before > 0 && touches(r, before) &&
           (r.at(before - 1, lex.id(part::about)) || r.at(before - 1, lex.id(part::or_more)))) {
      --before;
    }
    const bool about = before < start;
    const bool people_before = before > 0 && r.units[before].before != unit::gap::stop &&
                               r.at(before - 1, lex.id(part::people)) && !other_after;
    const bool vague = r.at(start, lex.id(part::vague_number)) != nullptr;
    // "seratusan" counts people by itself; so much of anything else would be named, and millions are money.
    const bool counts_people = vague || r.at(start, lex.id(part::number_an)) != nullptr;
    if (counts_people && found->value.min >= largest_vague && !people_after) continue;
    const bool at_end = counts_people || (!touches(r, after) && about && r.units[start].value != 0);
    if (!people_after && !people_before && !(at_end && !other_after)) continue;
    if (found->value.max < 2) continue;
    if (start > 0 && touches(r, start) && r.at(start - 1, lex.id(part::negator))) continue;
    // "masing2 kubu 50 orang": two of them, unless told otherwise
    if (start > 1 && (r.at(start - 1, lex.id(part::each)) ||
                      (r.at(start - 1, lex.id(part::groups_of)) && r.at(start - 2, lex.id(part::each))))) {
      found->value.min *= 2;
      found->value.max *= 2;
    }
    // Those who were harmed are no crowd.
    bool harmed = before > 0 && r.units[before - 1].text == "korban";
    for (std::uint32_t k = after; k < std::min<std::uint32_t>(after + 4, static_cast<std::uint32_t>(r.units.size()));
         ++k) {
      if (k > after && r.units[k].before >= unit::gap::comma) break;
      harmed = harmed || (r.at(k, lex.id(part::victim)) != nullptr && found->value.max < 1000);
    }
    if (harmed) continue;
    if (!best || found->value.min > best->min) best = found->value;
  }
  return best;
}

}  // namespace bot::language
