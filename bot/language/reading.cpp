#include "bot/language/reading.hpp"

#include <algorithm>
#include <charconv>

namespace bot::language {
namespace {

constexpr std::size_t longest_message = 1024;  // units; what comes after is not read
constexpr std::uint32_t leading_units = 4;     // "first:" means within these, polite words not counted

std::int64_t digits(std::string_view text) {
  std::int64_t value = -1;
  if (text.size() <= 9) std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

unit::gap gap_of(char sign) {
  switch (sign) {
    case '-': return unit::gap::hyphen;
    case '.': return unit::gap::dot;
    case '/': return unit::gap::slash;
    case ':': return unit::gap::colon;
    case ',': return unit::gap::comma;
    case '!':
    case '?':
    case ';':
    case '(':
    case ')': return unit::gap::stop;
    default: return unit::gap::none;
  }
}

class reader {
 public:
  reader(std::span<const word> words, const lexicon& lexicon, std::span<const word_range> places)
      : words_(words), lexicon_(lexicon), places_(places) {}

  reading run() {
    out_.units.reserve(words_.size() + 4);
    out_.matches.reserve(words_.size());
    cut();
    out_.match_at.assign(out_.units.size(), 0);
    find();
    deny();
    gather();
    return std::move(out_);
  }

 private:
  void cut() {
    for (std::uint32_t i = 0; i < words_.size() && out_.units.size() < longest_message; ++i) {
      const word& w = words_[i];
      if (w.what == word::kind::sign) {
        sign(w);
        continue;
      }
      unit fresh;
      fresh.source = i;
      fresh.before = gap_;
      if (w.spaced && gap_ == unit::gap::dot) fresh.before = unit::gap::stop;
      if (w.spaced && gap_ == unit::gap::colon) fresh.before = unit::gap::comma;
      fresh.spaced = w.spaced;
      fresh.place = std::ranges::any_of(places_, [&](word_range r) { return i >= r.first && i < r.last; });
      gap_ = unit::gap::none;
      if (ends_doubled(i)) continue;
      if (w.what == word::kind::number) {
        fresh.text = w.folded;
        fresh.number = true;
        fresh.value = digits(w.folded);
        out_.units.push_back(fresh);
        continue;
      }
      letters(fresh, w.folded);
    }
  }

  // The ending of a doubled word: "jelek2in" is cut into "jelek2" and "in".
  bool ends_doubled(std::uint32_t i) const {
    const word& w = words_[i];
    if (i == 0 || w.spaced || w.what != word::kind::letters || w.folded.size() > 3) return false;
    const word& before = words_[i - 1];
    return before.what == word::kind::letters && before.folded.ends_with('2') && before.folded.size() > 3;
  }

  void sign(const word& w) {
    const char c = w.folded.size() == 1 ? w.folded[0] : '\0';
    if (c == '?') out_.question_mark = true;
    if (c == '!') out_.exclaimed = ++bangs_ > 1 || out_.exclaimed;
    if (std::string_view("{}<>=;$\\|").find(c) != std::string_view::npos && c != '\0') ++out_.signs;
    if (w.folded.size() > 1) emoji(w);
    const unit::gap gap = gap_of(c);
    // "halo.. pak": the strongest sign counts.
    if (gap > gap_) gap_ = gap;
  }

  void emoji(const word& w) {
    unit fresh;
    fresh.text = w.folded;
    fresh.found = lexicon_.find(w.folded);
    if (fresh.found.exact == lexicon::none) return;
    fresh.source = static_cast<std::uint32_t>(&w - words_.data());
    out_.units.push_back(fresh);
  }

  // "anak2" is a doubled word, "jam9" and "rw3" are a word and a number.
  void letters(unit fresh, std::string_view folded) {
    const std::size_t tail = folded.find_first_of("0123456789");
    const std::string_view base = folded.substr(0, tail);
    fresh.text = base;
    fresh.found = lexicon_.find(base);
    out_.units.push_back(fresh);
    if (tail == std::string_view::npos) return;
    const std::string_view number = folded.substr(tail);
    const bool doubled = number == "2" && base.size() > 2 && !counts(fresh.found);
    unit second;
    second.source = fresh.source;
    second.spaced = false;
    second.place = fresh.place;
    if (doubled) {
      std::string& whole = out_.spelled_out.emplace_front(base);
      const std::uint32_t next = fresh.source + 1;
      if (next < words_.size() && ends_doubled(next)) whole += words_[next].folded;
      second.text = whole;
      second.found = lexicon_.find(whole);
    } else {
      second.text = number;
      second.number = true;
      second.value = digits(number);
    }
    out_.units.push_back(second);
  }

  bool counts(const lexicon::found& found) const {
    const class_id numbered = lexicon_.id(part::numbered);
    const std::uint32_t node = found.exact == lexicon::none ? lexicon::none : lexicon_.follow(0, found.exact);
    return node != lexicon::none &&
           std::ranges::any_of(lexicon_.senses(node), [&](const sense& s) { return s.meaning == numbered; });
  }

  // Leftmost and longest: the words of a found phrase mean nothing alone.
  void find() {
    for (std::uint32_t i = 0; i < out_.units.size();) {
      match best;
      best.first = best.last = i;
      walk(0, i, i, best);
      if (best.last > i && !inside_place(best)) {
        for (std::uint32_t k = best.first; k < best.last; ++k) {
          out_.match_at[k] = static_cast<std::uint32_t>(out_.matches.size()) + 1;
        }
        out_.matches.push_back(best);
        i = best.last;
      } else {
        ++i;
      }
    }
  }

  // A city that no area serves is told by geography and means something here as well.
  bool inside_place(const match& m) const {
    if (has(m, lexicon_.id(part::elsewhere))) return false;
    for (std::uint32_t k = m.first; k < m.last; ++k) {
      if (!out_.units[k].place) return false;
    }
    return true;
  }

  void walk(std::uint32_t node, std::uint32_t start, std::uint32_t at, match& best) const {
    if (at >= out_.units.size()) return;
    const unit& here = out_.units[at];
    if (at > start && here.before >= unit::gap::comma) return;
    const auto step = [&](std::uint32_t word, bool passive) {
      if (word == lexicon::none) return;
      const std::uint32_t next = lexicon_.follow(node, word);
      if (next == lexicon::none) return;
      if (at + 1 > best.last && !lexicon_.senses(next).empty()) {
        best.last = at + 1;
        best.senses = lexicon_.senses(next);
        best.passive = passive;
      }
      walk(next, start, at + 1, best);
    };
    step(here.found.exact, false);
    step(here.found.root, here.found.passive);
  }

  // A denial reaches the next thing told, over words that tell nothing themselves: "gak ada yang bawa senjata".
  void deny() {
    const class_id negator = lexicon_.id(part::negator);
    const class_id nothing = lexicon_.id(part::nothing);
    const class_id clear = lexicon_.id(part::seethrough);
    for (std::uint32_t m = 0; m < out_.matches.size(); ++m) {
      const match& found = out_.matches[m];
      const bool says_none = has(found, nothing);
      // "tawuran tidak ada": at the end of what is said.
      if (says_none && ends(found.last)) {
        if (m > 0 && out_.matches[m - 1].last == found.first) deny_one(out_.matches[m - 1]);
      } else if (says_none || has(found, negator)) {
        deny_from(found.last, clear);
      }
    }
  }

  bool ends(std::uint32_t at) const {
    while (at < out_.units.size() && out_.at(at, lexicon_.id(part::polite)) != nullptr) ++at;
    return at >= out_.units.size() || out_.units[at].before >= unit::gap::comma;
  }

  void deny_from(std::uint32_t at, class_id clear) {
    while (at < out_.units.size() && out_.units[at].before < unit::gap::comma) {
      const std::uint32_t index = out_.match_at[at];
      if (index == 0) {
        if (out_.units[at].number || out_.units[at].place) {
          ++at;
          continue;
        }
        return;
      }
      match& here = out_.matches[index - 1];
      const bool see_through = has(here, clear);
      if (!see_through) {
        deny_one(here);
        return;
      }
      at = here.last;
    }
  }

  void deny_one(match& m) const {
    m.denied = !std::ranges::all_of(m.senses, [&](const sense& s) { return lexicon_.firm(s.meaning); });
  }

  void gather() {
    const class_id polite = lexicon_.id(part::polite);
    const class_id passive_word = lexicon_.id(part::passive_word);
    std::uint32_t seen = 0;
    std::uint32_t counted_to = 0;
    for (match& m : out_.matches) {
      seen += m.first - counted_to;
      counted_to = m.last;
      const bool leading = seen < leading_units;
      if (!has(m, polite)) seen += m.last - m.first;
      // "dibacok" may stand in the lexicon as it is.
      const std::string_view said = out_.units[m.first].text;
      if (said.size() > 5 && said.starts_with("di")) m.passive = true;
      if (m.first > 0 && out_.at(m.first - 1, passive_word) != nullptr) m.passive = true;
      for (const sense& s : m.senses) add(m, s.meaning, leading);
      m.meaning.reset(lexicon::none_class);
      out_.present |= m.meaning;
    }
  }

  void add(match& m, class_id meaning, bool leading) const {
    const class_set& closure = lexicon_.closure(meaning);
    const bool denied = m.denied && !lexicon_.firm(meaning);
    if (!denied) m.meaning |= closure;
    if (!denied && !leading && !m.passive) return;
    for (std::size_t c = closure._Find_first(); c < closure.size(); c = closure._Find_next(c)) {
      const auto each = static_cast<class_id>(c);
      if (denied) {
        m.meaning.set(lexicon_.denied(each));
        continue;
      }
      if (leading) m.meaning.set(lexicon_.leading(each));
      if (m.passive) m.meaning.set(lexicon_.suffered(each));
    }
  }

  std::span<const word> words_;
  const lexicon& lexicon_;
  std::span<const word_range> places_;
  reading out_;
  unit::gap gap_ = unit::gap::none;
  int bangs_ = 0;
};

}  // namespace

std::string_view reading::typed(std::string_view text, const match& m, std::span<const word> words) const {
  const std::uint32_t begin = words[units[m.first].source].begin;
  return text.substr(begin, words[units[m.last - 1].source].end - begin);
}

reading read(std::span<const word> words, const lexicon& lexicon, std::span<const word_range> places) {
  return reader(words, lexicon, places).run();
}

}  // namespace bot::language
