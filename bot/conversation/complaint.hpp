// Knows a complaint about police or officials when it reads one: it must never reach the unit that it is about.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/language/words.hpp"

namespace bot {

// Folded phrases, from config/rules/complaints.toml.
struct complaint_rules {
  std::vector<std::string> officers, officials, marks, by, between, suffered, done;
};

enum class complaint : std::uint8_t { none, about_officer, about_official };

complaint complaint_in(std::span<const language::word> words, const complaint_rules&);
std::string_view category_of(complaint);  // "officer_complaint", "official_complaint", empty

}  // namespace bot
