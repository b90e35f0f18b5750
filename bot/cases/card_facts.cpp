#include "bot/cases/card_facts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/report.hpp"
#include "bot/conversation/world.hpp"

namespace bot::cases {
namespace {

constexpr std::size_t most_name_words = 3;

std::string capitalised(std::string name) {
  bool start = true;
  for (char& c : name) {
    if (start && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    start = c == ' ';
  }
  return name;
}

// A name that the atlas knows, or a quarter of the compass: nothing else of the sender's words gets onto a card.
std::string direction_at(std::span<const language::word> words, std::size_t at, const geography::place_finding& places,
                         const card_fact_rules& rules) {
  if (const auto n = phrase_at(words, at, rules.directions); n > 0) return words[at].folded;
  for (const auto& m : places.mentions) {
    if (m.begin != at || m.candidates.empty() || m.end - m.begin > most_name_words) continue;
    std::string name;
    for (auto i = m.begin; i < m.end; ++i) name += (name.empty() ? "" : " ") + words[i].folded;
    return capitalised(std::move(name));
  }
  return {};
}

}  // namespace

void note_facts(answer_map& answers, std::span<const language::word> words, const geography::place_finding& places,
                const card_fact_rules& rules) {
  std::string& weapon = answers["weapon"];
  for (const auto& [kind, names] : rules.weapons)
    if (weapon.find(kind) == std::string::npos && has_phrase(words, names))
      weapon += (weapon.empty() ? "" : ",") + kind;
  if (weapon.empty()) answers.erase("weapon");
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto victim = phrase_at(words, i, rules.victims);
    if (victim > 0 && phrase_at(words, i, rules.not_victims) == 0) {
      const auto number = [&](std::size_t at) {
        return at < words.size() && words[at].what == language::word::kind::number && words[at].folded.size() <= 2;
      };
      if (i > 0 && number(i - 1))
        answers["victims"] = words[i - 1].folded;
      else if (number(i + victim))
        answers["victims"] = words[i + victim].folded;
    }
    if (const auto away = phrase_at(words, i, rules.fled); away > 0)
      if (auto where = direction_at(words, i + away, places, rules); !where.empty()) answers["fled"] = std::move(where);
  }
}

std::string facts_of(const report& r, const world& w) {
  const auto answer = [&](const char* slot) {
    const auto at = r.answers.find(slot);
    return at == r.answers.end() ? std::string() : at->second;
  };
  const auto text = [&](const std::string& key) { return std::string(w.book.texts.text("id", "card_fact." + key)); };
  std::string facts;
  const auto add = [&](const std::string& fact) { facts += ", " + fact; };
  const std::string weapon = answer("weapon");
  if (weapon.empty() && answer("weapons") == "yes") add(text("armed"));
  for (const auto& [kind, names] : w.book.card_facts.weapons)
    if (weapon.find(kind) != std::string::npos) add(text(kind));
  if (const auto victims = answer("victims"); !victims.empty())
    add(fmt::format("{} {}", victims, text("victims")));
  else if (answer("injuries") == "yes")
    add(text("injured"));
  if (const auto crowd = answer("crowd"); !crowd.empty())
    add(fmt::format("±{} {}", crowd.substr(0, crowd.find('-')), text("people")));
  if (const auto fled = answer("fled"); !fled.empty()) add(fmt::format("{} {}", text("fled"), fled));
  return facts;
}

}  // namespace bot::cases
