// Knows a complaint about police or officials when it reads one: it must never reach the unit that it is about.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "bot/conversation/phrases.hpp"
#include "bot/language/words.hpp"

namespace bot {

// Folded phrases, from config/rules/complaints.toml, which says what each list is for.
struct complaint_rules {
  phrase_set officers, officials, vague, titles, marks;                                 // who
  phrase_set not_meant, pretends, beside, to, others, selves, watches, come, from_now;  // who not
  phrase_set done, done_by_officers, matters, suffered, done_to_things, asks, asked, money, units_of_money,
      paid;                                            // what
  phrase_set by, when, stopped, held, desks, errands;  // how the two stand together
  phrase_set told, ignored;                            // a report that was not taken up
  phrase_set negations, fiction, protests, demands;
};

enum class complaint : std::uint8_t { none, about_officer, about_official };

complaint complaint_in(std::span<const language::word> words, const complaint_rules&);
std::string_view category_of(complaint);  // "officer_complaint", "official_complaint", empty

}  // namespace bot
