#include "bot/cases/sealed.hpp"

#include <algorithm>
#include <cstdlib>

#include "bot/cases/life.hpp"

namespace bot::cases {
namespace {

constexpr std::size_t near = 8;      // words between the child and what is done to it
constexpr long grown_up = 18;        // years
constexpr std::size_t near_age = 4;  // words between "anak" and "9 tahun"

bool any_but(std::span<const language::word> words, const phrase_set& wanted, const phrase_set& but) {
  for (std::size_t i = 0; i < words.size();) {
    if (const auto n = phrase_at(words, i, but); n > 0) {
      i += n;
      continue;
    }
    if (phrase_at(words, i, wanted) > 0) return true;
    ++i;
  }
  return false;
}

// "9 thn", after "umur" or beside a child; "9 tahun yang lalu" is no age.
std::size_t minor_at(std::span<const language::word> words, std::size_t i, const sealed_rules& rules) {
  if (words[i].what != language::word::kind::number || words[i].folded.size() > 2) return 0;
  if (std::strtol(words[i].folded.c_str(), nullptr, 10) >= grown_up) return 0;
  const bool after_age = i > 0 && phrase_at(words, i - 1, rules.age) > 0;
  const auto unit = phrase_at(words, i + 1, rules.years);
  if (!after_age && unit == 0) return 0;
  if (phrase_at(words, i + 1 + unit, rules.long_ago) > 0) return 0;
  bool beside = after_age;
  for (std::size_t back = 1; back <= near_age && back <= i && !beside; ++back)
    beside = phrase_at(words, i - back, rules.children) > 0;
  return beside ? 1 + unit : 0;
}

bool ends_sentence(const language::word& w) {
  return w.what == language::word::kind::sign && (w.folded == "." || w.folded == "!" || w.folded == "?");
}

bool child_harmed(std::span<const language::word> words, const sealed_rules& rules) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const auto grown = phrase_at(words, i, rules.not_children); grown > 0) {
      i += grown - 1;
      continue;
    }
    // "mukuli anak kecil", "nyekokno miras nang bocah"
    if (const auto verb = phrase_at(words, i, rules.harms); verb > 0)
      for (std::size_t at = i + verb, skipped = 0; at < words.size() && skipped < 3; ++at, ++skipped) {
        if (phrase_at(words, at, rules.not_children) > 0) break;
        if (phrase_at(words, at, rules.children) > 0 || minor_at(words, at, rules) > 0) return true;
        if (phrase_at(words, at, rules.between) == 0) break;
      }
    auto child = phrase_at(words, i, rules.children);
    if (child == 0) child = minor_at(words, i, rules);
    if (child == 0) continue;
    for (std::size_t at = i + child; at < words.size() && at < i + child + near && !ends_sentence(words[at]); ++at)
      if (phrase_at(words, at, rules.harmed) > 0) return true;
  }
  return false;
}

}  // namespace

std::string_view sealed_in(std::span<const language::word> words, const sealed_rules& rules) {
  if (any_but(words, rules.sexual, rules.not_sexual)) return "sexual";
  return child_harmed(words, rules) ? "child" : std::string_view();
}

std::string routed_as(const answer_map& answers, const std::string& category) {
  if (category.ends_with("_complaint")) return category;
  const auto at = answers.find(std::string(sealed_answer));
  return at == answers.end() ? category : at->second;
}

std::string routed_as(const report& r) { return routed_as(r.answers, r.category); }

std::string text_key_of_kind(const report& r) {
  const std::string as = routed_as(r);
  // What is told by its category already has a better name than "a child".
  return (as == r.category || (as == "child" && r.category == "domestic_violence") ? "category." + r.category
                                                                                   : "sealed_as." + as);
}

void seal(turn& t, report& r, const world& w) {
  if (r.sealed) return;
  r.sealed = true;
  for (const auto& m : w.duty.members) {
    if (!m.group || std::find(r.told.begin(), r.told.end(), m.unit) == r.told.end()) continue;
    say s{.key = "card.sealed", .args = {{"number", r.number}}};
    s.edit_of = card_subject(r.number);
    t.notes.push_back({m.contact, std::move(s), ""});
  }
  t.events.push_back({r.id, "sealed", 0, routed_as(r), w.now});
}

void seal_if_told(turn& t, report& r, std::span<const language::word> words, const world& w) {
  const auto as = sealed_in(words, w.book.sealed);
  auto& have = r.answers[std::string(sealed_answer)];
  if (!as.empty() && have != "sexual") have = as;
  if (have.empty()) {
    r.answers.erase(std::string(sealed_answer));
    return;
  }
  if (r.sealed) return;
  const auto where =
      place_case(r.ward.empty() ? std::vector<std::string>{} : std::vector{r.ward}, routed_as(r), name_of(r.level), w);
  if (!where.sealed) return;
  seal(t, r, w);
  // A village office that has it must not keep it.
  if (const auto shut = shut_out(r, w); shut(r.unit)) {
    r.unit = owner_of(where);
    r.holder = 0;
    r.state = state::filed;
    r.step = 0;
    t.events.push_back({r.id, "moved", 0, r.unit + ": " + where.reason, w.now});
  }
  std::erase_if(r.watchers, shut_out(r, w));
}

}  // namespace bot::cases
