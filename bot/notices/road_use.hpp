// The use of a road for an event, beside its track: to whom it is applied for, until when, and with what. Always on
// paper, by the letter of paper_kind::road. Of expression of opinion it is no matter of its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/world.hpp"
#include "bot/notices/deadlines.hpp"
#include "bot/notices/notice.hpp"

namespace bot::notices {

struct road_use {
  bool asked = false;                  // what class of road it is was told, or that nobody knows
  const road_rule* rule = nullptr;     // of the class that was told; null: not known, then the nearest station helps
  std::string unit;                    // code; empty: the place is not known
  std::optional<deadline> due;         // absent: the day is not known
  std::string article;                 // of the deadline, for people
  bool certain = false;                // every rule behind it is verified
  std::vector<std::string> documents;  // beside the letter
};

// Absent: the notice has nothing to do with a road. The rules live as long as the world's handbook.
std::optional<road_use> road_use_of(const notice&, const world&);

// "Memakai jalan …", one line for the organiser.
std::string road_use_words(const road_use&, std::string_view language, const world&);

}  // namespace bot::notices
