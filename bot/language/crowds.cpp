#include <algorithm>
#include <array>

#include "bot/language/numbers.hpp"

namespace bot::language {
namespace {

constexpr std::int64_t largest_vague = 1'000'000;
constexpr std::int64_t least_bare = 10;  // "bekasnya ada 4" counts something else
constexpr std::int64_t few = 20;
constexpr std::int64_t own = 16;             // more of "kami" have come for something
constexpr std::uint32_t reach_of_harm = 4;   // words after those who were harmed
constexpr std::uint32_t reach_of_each = 3;   // words between "masing-masing" and the number
constexpr std::uint32_t reach_of_size = 8;   // words between "dua kelompok" and how many stand in each
constexpr std::uint32_t reach_of_money = 2;  // words between "uang" and the number

class counter {
 public:
  counter(const reading& r, const lexicon& lex) : r_(r), lex_(lex), size_(static_cast<std::uint32_t>(r.units.size())) {}

  std::optional<range> run() {
    std::optional<range> best;
    for (std::uint32_t at = 0; at < size_; ++at) {
      next_ = at + 1;
      const auto found = together(at);
      const auto crowd = found ? found : numbered_people(at);
      if (crowd && settled_) return crowd;
      if (crowd && (!best || crowd->min > best->min)) best = crowd;
      at = std::max(at, next_ - 1);
    }
    return best;
  }

 private:
  bool is(std::uint32_t at, part what, std::int32_t* value = nullptr) const {
    return r_.at(at, lex_.id(what), value) != nullptr;
  }
  bool touches(std::uint32_t at) const { return at < size_ && r_.units[at].before < unit::gap::comma; }
  bool follows(std::uint32_t at, part what) const { return touches(at) && is(at, what); }

  bool lists(std::uint32_t word, part what) const {
    const std::uint32_t node = word == lexicon::none ? lexicon::none : lex_.follow(0, word);
    return node != lexicon::none &&
           std::ranges::any_of(lex_.senses(node), [&](const sense& s) { return s.meaning == lex_.id(what); });
  }
  // As it is written, inside a phrase too: the first word of "orang tak dikenal".
  bool written(std::uint32_t at, part what) const {
    return at < size_ && !r_.units[at].place && lists(r_.units[at].found.exact, what);
  }
  bool people(std::uint32_t at) const {
    return is(at, part::people) || written(at, part::people) ||
           (at < size_ && !r_.units[at].place && lists(r_.units[at].found.root, part::people));
  }
  bool no_people(std::uint32_t at) const {
    for (const part what : {part::hour_unit, part::day_unit, part::week_unit, part::minute_unit, part::month}) {
      if (is(at, what)) return true;
    }
    return written(at, part::not_people);
  }
  bool filler(std::uint32_t at) const { return is(at, part::about) || is(at, part::or_more) || is(at, part::particle); }

  // "bertiga", "ber 6"
  std::optional<range> together(std::uint32_t at) {
    std::int32_t value = 0;
    if (!is(at, part::together, &value)) return std::nullopt;
    range out{value, value};
    next_ = at + 1;
    if (value == 0) {
      const auto number = touches(at + 1) ? number_at(r_, lex_, at + 1) : std::nullopt;
      if (!number || no_people(number->last)) return std::nullopt;
      out = number->value;
      next_ = number->last;
    }
    if (out.max < 2 || out.max > largest_crowd || ourselves(at, out) || harmed(at, next_, out)) return std::nullopt;
    return out;
  }

  std::optional<range> numbered_people(std::uint32_t start) {
    const unit& first = r_.units[start];
    const bool negative = first.before == unit::gap::hyphen && !first.spaced && first.number &&
                          (start == 0 || !r_.units[start - 1].number);
    if (first.place && first.number) return std::nullopt;
    auto found = quantity_at(r_, lex_, start);
    if (!found || found->last <= start) return std::nullopt;
    next_ = found->last;
    if (negative || found->value.max > largest_crowd || is_score(*found)) return std::nullopt;
    const bool clock = start > 0 && (is(start - 1, part::half) || is(start - 1, part::clock_word));
    const bool minutes = start > 0 && first.before == unit::gap::dot && !first.spaced && r_.units[start - 1].number;
    if (clock || minutes) return std::nullopt;
    if (touches(start) && start > 0 && (is(start - 1, part::numbered) || written(start - 1, part::numbered))) {
      next_ = number_at(r_, lex_, start).value_or(*found).last;  // "lantai dua tiga siswa"
      return std::nullopt;
    }

    // after: "30 (lebih) orang", "25 ibu2", "20 pasang peserta"
    std::uint32_t after = found->last;
    while (touches(after) && filler(after)) ++after;
    if (follows(after, part::groups_of)) return of_groups(*found, after + 1);
    if (follows(after, part::pair) && people(after + 1)) {
      found->value = {found->value.min * 2, found->value.max * 2};
      ++after;
    }
    const bool people_after = touches(after) && people(after);
    if (const auto sides = against(*found, people_after ? after + 1 : after)) return sides;

    // before: "massa sekitar 250", "tamu 150an", "wong loro"
    std::uint32_t before = start;
    while (before > 0 && touches(before) && filler(before - 1)) --before;
    const bool people_told = before > 0 && r_.units[before].before != unit::gap::stop && people(before - 1);
    // "wong 20an mobil 4": the cars are counted by what follows.
    const bool other_after = !people_after && touches(after) && no_people(after) &&
                             !(people_told && after + 1 < size_ && r_.units[after + 1].number);
    const bool people_before = people_told && !other_after;
    if (!people_after && !people_before && !counts_people(*found, before, after, other_after)) return std::nullopt;
    if (!people_after && !people_before && found->value.min >= largest_vague) return std::nullopt;
    if (!people_after && is_money(before, found->value.min, people_before)) return std::nullopt;
    if (found->value.max < 2 || ourselves(before, found->value)) return std::nullopt;
    if (start > 0 && touches(start) && is(start - 1, part::negator)) return std::nullopt;
    if (harmed(before, after, found->value)) return std::nullopt;
    if (of_each(start, people_after ? after + 1 : after)) found->value = {found->value.min * 2, found->value.max * 2};
    if (people_after) add_others(*found, after + 1);
    return found->value;
  }

  // "5-0"
  bool is_score(const quantity& found) const {
    const std::uint32_t at = found.last;
    return at < size_ && r_.units[at].number && !r_.units[at].spaced && r_.units[at].before == unit::gap::hyphen;
  }

  // "dua kelompok masing-masing 50 orang"
  std::optional<range> of_groups(const quantity& groups, std::uint32_t from) {
    for (std::uint32_t k = from; k < std::min(size_, from + reach_of_size - 1); ++k) {
      if (!is(k, part::each)) continue;
      std::uint32_t n = k + 1;
      while (n < size_ && (is(n, part::about) || is(n, part::each))) ++n;
      if (const auto size = quantity_at(r_, lex_, n)) {
        settled_ = true;
        return range{groups.value.min * size->value.min, groups.value.max * size->value.max};
      }
    }
    return std::nullopt;
  }

  // "20 lawan 20", "40 anak lawan 40 anak"
  std::optional<range> against(const quantity& found, std::uint32_t at) {
    if (!follows(at, part::against)) return std::nullopt;
    std::uint32_t other = at + 1;
    while (touches(other) && filler(other)) ++other;
    const auto side = touches(other) ? quantity_at(r_, lex_, other) : std::nullopt;
    if (!side || side->value.max > largest_crowd) return std::nullopt;
    next_ = side->last;
    return range{found.value.min + side->value.min, found.value.max + side->value.max};
  }

  // Whether the number counts people though none are named: "puluhan", "50an", "seratus lebih"; so much of anything
  // else would be named.
  bool counts_people(const quantity& found, std::uint32_t before, std::uint32_t after, bool other_after) const {
    if (other_after) return false;
    if (before > 0 && touches(before) && (written(before - 1, part::not_people) || is(before - 1, part::not_people)))
      return false;
    const bool round = is(found.first, part::vague_number) || is(found.first, part::number_an) ||
                       is(found.last - 1, part::vague_number) || r_.units[found.last - 1].text == "an";
    if (round) return true;
    if (touches(after) || found.value.min < least_bare || (before == 0 && found.first == 0)) return false;
    return before < found.first || follows(found.last, part::or_more);
  }

  bool is_money(std::uint32_t before, std::int64_t amount, bool people_before) const {
    if (people_before && amount < 1000) return false;
    const bool large = amount >= 1000 && !people_before;
    for (std::uint32_t back = 1; back <= (large ? before : std::min(reach_of_money, before)); ++back) {
      if (!large && back > 1 && r_.units[before - back + 1].before >= unit::gap::comma) return false;
      if (is(before - back, part::money) || written(before - back, part::money)) return true;
    }
    return false;
  }

  // "kami berlima dikejar": the sender's own are no crowd.
  bool ourselves(std::uint32_t at, const range& value) const {
    if (value.max >= own || at == 0 || !touches(at) || !has_class(at - 1, self_)) return false;
    const match& m = r_.matches[r_.match_at[at - 1] - 1];
    return m.last == m.first + 1 && !(at > 1 && people(at - 2));
  }

  // "masing2 kubu 50 orang", "50 orang tiap tim": two of them, unless told otherwise
  bool of_each(std::uint32_t start, std::uint32_t end) const {
    std::int32_t after = 0;
    if (touches(end) && is(end, part::per_group, &after) && after > 0) return true;
    for (std::uint32_t back = 1; back <= reach_of_each && back <= start; ++back) {
      if (is(start - back, part::per_group)) return true;
      if (r_.units[start - back].before >= unit::gap::comma || r_.units[start - back].number) return false;
    }
    return false;
  }

  // "3 cowok 2 cewek"
  void add_others(quantity& found, std::uint32_t at) {
    if (!touches(at) || found.value.max >= few) return;
    const auto more = number_at(r_, lex_, at);
    if (!more || more->value.max >= few || !touches(more->last) || !people(more->last)) return;
    found.value = {found.value.min + more->value.min, found.value.max + more->value.max};
    next_ = more->last + 1;
  }

  // Those who were harmed are no crowd.
  bool harmed(std::uint32_t before, std::uint32_t after, const range& value) const {
    if (before > 0 && r_.units[before - 1].text == "korban") return true;
    if (value.max >= 1000) return false;
    if (value.max < few && before > 0 && touches(before) && hurts(before - 1)) return true;
    for (std::uint32_t k = after; k < std::min(after + reach_of_harm, size_); ++k) {
      if (k > after && (r_.units[k].before >= unit::gap::comma || is(k, part::number) || has_class(k, there_is_)))
        break;
      if (is(k, part::victim) || (value.max < few && has_class(k, injury_))) return true;
    }
    return false;
  }

  bool has_class(std::uint32_t at, class_id meaning) const {
    const std::uint32_t index = r_.match_at[at];
    return index != 0 && r_.matches[index - 1].meaning.test(meaning);
  }

  // "bacok 2 orang"
  bool hurts(std::uint32_t at) const {
    const std::uint32_t index = r_.match_at[at];
    return index != 0 && !r_.matches[index - 1].passive &&
           std::ranges::any_of(hurting_, [&](class_id c) { return r_.matches[index - 1].meaning.test(c); });
  }

  const reading& r_;
  const lexicon& lex_;
  std::uint32_t size_;
  class_id there_is_ = lex_.id("there_is");  // "20 orang ada yang luka": some of them
  class_id self_ = lex_.id("self");
  class_id injury_ = lex_.id("injury");
  std::array<class_id, 4> hurting_{lex_.id("hit"), lex_.id("stab"), lex_.id("shooting"), lex_.id("gang_beating")};
  std::uint32_t next_ = 0;  // the unit after what was last counted
  bool settled_ = false;    // nothing else that is told changes the number
};

}  // namespace

std::optional<range> crowd_of(const reading& r, const lexicon& lex) { return counter(r, lex).run(); }

}  // namespace bot::language
