#include "bot/language/rating.hpp"

#include <algorithm>
#include <array>

#include "bot/language/rules.hpp"

namespace bot::language {
namespace {

using cases::level;

// What the rules say counts beside what the model finds likely, in natural logarithms.
constexpr float row_counts = 0.8F;
constexpr float danger_counts = 1.2F;    // for high: a word of danger stands there
constexpr float incident_counts = 0.7F;  // for high: at least a word that tells of an incident does
constexpr float unshown = 1.2F;  // against each rung that no word of danger shows, where few words are all there is
constexpr float careful = 0.4F;  // for high: one rung too many costs an officer's look, one too few more

constexpr std::array<level, 3> levels = {level::low, level::middle, level::high};

bool present(const reading& r, const lexicon& lex, std::string_view name) {
  const class_id meaning = lex.id(name);
  return meaning != lexicon::none_class && r.present.test(meaning);
}

level level_of(const rule_set& set, const rule* row) {
  if (row == nullptr) return level::low;
  return set.targets[row->target] == "high" ? level::high : level::middle;
}

// Words as typed that stand for one of the classes.
std::string words_of(const class_set& wanted, const reading& r, std::string_view text, std::span<const word> words) {
  std::string out;
  for (const match& m : r.matches) {
    if ((m.meaning & wanted).none()) continue;
    const std::string_view said = r.typed(text, m, words);
    if (out.find(said) == std::string::npos) out.append(out.empty() ? "kata: " : ", ").append(said);
  }
  return out;
}

}  // namespace

rating rate(const reading& r, const lexicon& lex, const opinion& learned, bool emergency, std::string_view category,
            std::string_view text, std::span<const word> words) {
  const rule_set& set = lex.rules("level");
  const rule* row = first_holding(set, r);
  const level by_rules = level_of(set, row);
  rating out{by_rules, {}, {}};
  // What a weapon or a wound that is named says is not for the model to weigh, nor a danger said in few words.
  const bool hard =
      by_rules == level::high && (few(r) || present(r, lex, "@flag_weapons") || present(r, lex, "@flag_injuries"));
  if (emergency) {
    out.level = level::high;
  } else if (!hard && !learned.silent()) {
    const bool danger = present(r, lex, "danger_word");
    const bool incident = danger || present(r, lex, "incident_word");
    // Sexual violence keeps the level of its row: told in few and quiet words, it is not for a guess to lower.
    const level least = present(r, lex, "sexual") || present(r, lex, "rape") ? by_rules : level::low;
    float best = 0;
    for (const level each : levels) {
      if (each < least) continue;
      float sum = learned.of_level(cases::name_of(each), category) + (each == by_rules ? row_counts : 0);
      // Violence at home is told in the words of danger and has a row of its own; races, noise and games are told in
      // words that name nobody in danger.
      const bool tame = !danger && (category == "illegal_racing" || category == "noise" || category == "gambling");
      if (each == level::high && category != "domestic_violence" && !tame)
        sum += careful + (danger ? danger_counts : incident ? incident_counts : 0);
      if (each > by_rules && !danger && few(r))
        sum -= unshown * static_cast<float>(static_cast<int>(each) - static_cast<int>(by_rules));
      if (each == least || sum > best) {
        best = sum;
        out.level = each;
      }
    }
  }
  if (row != nullptr && out.level == by_rules) {
    out.row = row->row;
    class_set told;
    for (const class_set& item : row->all) told |= item;
    out.reason = words_of(told, r, text, words);
  } else if (out.level != level::low) {
    for (const std::string_view cue : {"danger_word", "incident_word"}) {
      if (cue == "danger_word" && out.level != level::high) continue;
      if (!out.reason.empty() || !present(r, lex, cue)) continue;
      class_set told;
      told.set(lex.id(cue));
      out.reason = words_of(told, r, text, words);
    }
    if (out.reason.empty() && !learned.silent())
      out.reason = learned.words_for(cases::name_of(out.level), r, text, words);
  }
  if (out.reason.empty()) out.reason = emergency ? "keadaan darurat" : std::string("jenis: ").append(category);
  return out;
}

}  // namespace bot::language
