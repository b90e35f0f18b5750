// Knows from words that a case is about a child or of a sexual kind. The public categories have no word for these: they
// are a fact beside the category, kept in the answer "sealed_as", and they decide who may know (rules/routing.toml).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "bot/conversation/conversation.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/language/words.hpp"

namespace bot {
struct turn;
struct world;
}  // namespace bot

namespace bot::cases {

struct report;

// Folded phrases, from config/rules/sealed.toml, which says what each list is for.
struct sealed_rules {
  phrase_set sexual, not_sexual;
  phrase_set children, not_children, age, years, long_ago;
  phrase_set harmed, harms, between;
};

inline constexpr std::string_view sealed_answer = "sealed_as";

std::string_view sealed_in(std::span<const language::word>, const sealed_rules&);  // "sexual", "child" or empty

// What a case is routed and shown to officers as: a complaint before a sealed fact before its category.
std::string routed_as(const answer_map&, const std::string& category);
std::string routed_as(const report&);
std::string text_key_of_kind(const report&);  // "category.fight", "sealed_as.child"

// Words added to a case tell such a thing: from now on it is sealed, and a group that has its card keeps only its
// number.
void seal_if_told(turn&, report&, std::span<const language::word>, const world&);
void seal(turn&, report&, const world&);

}  // namespace bot::cases
