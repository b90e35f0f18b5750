// What officers must know before they open a case, read from the reporter's words as plain facts: which weapons, how
// many hurt, where they fled. Facts may stand on a group's card; words never do.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "bot/conversation/conversation.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/geography/places.hpp"
#include "bot/language/words.hpp"

namespace bot {
struct world;
}

namespace bot::cases {

struct report;

// Folded phrases, from config/rules/card-facts.toml.
struct card_fact_rules {
  std::vector<std::pair<std::string, phrase_set>> weapons;  // kind ("sharp") and its words
  phrase_set victims, not_victims;                          // "1 korban"
  phrase_set fled, directions;                              // "lari ke arah" a place, or "utara"
};

// Into the answers "weapon", "victims" and "fled"; what was told before stays beside it.
void note_facts(answer_map&, std::span<const language::word>, const geography::place_finding&, const card_fact_rules&);

// ", senjata tajam, 1 korban, ±30 orang, pelaku ke arah Bukir" in the officers' language; empty: nothing is known.
std::string facts_of(const report&, const world&);

}  // namespace bot::cases
