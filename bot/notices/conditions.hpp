// The conditions of a permit: texts that an officer chooses by number (config/rules/conditions.toml), and his own
// words. Applications alone have them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/world.hpp"
#include "bot/notices/notice.hpp"

namespace bot::notices {

// Those that fit the event, filled in, in the order of the data: the list of the nearest unit that has one, else the
// default. What names an hour or a number that nobody told is left out.
std::vector<std::string> conditions_for(const notice&, const world&);

struct chosen_conditions {
  std::vector<std::string> texts;       // in the order in which they were named, each once
  std::vector<std::string> own;         // those of them that are the officer's own words
  std::vector<std::string> not_listed;  // numbers that are not on the list
};
// "1 3 5; parkir di lapangan SD": numbers of the list, beside them words of the officer's own; parted by semicolons or
// lines. Of a part, two numbers or more at its beginning are picked, and so is a part that is a number alone: "2
// petugas di gerbang" is words.
chosen_conditions read_conditions(std::string_view words, const std::vector<std::string>& offered);

// The first of an officer's own conditions that is none: it asks for the consent or money of somebody, or says what is
// said and shown there, or who comes (`kentongan check` holds the list to the same words).
struct barred_text {
  const barred_condition* rule = nullptr;  // lives as long as the rules
  std::string text;
  bool doubtful = false;  // his to settle: taken when it is sent once more
};
std::optional<barred_text> barred_among(const std::vector<std::string>& own, const event_rules&);

// "STTP/12, asal tidak bawa spanduk": what stands for a number holds a condition, which no notice has (UU 9/1998).
bool holds_condition(std::string_view number, const event_rules&);

// As a notice keeps them and a message names them, in one line: parted by "; ". And back.
std::string joined_conditions(const std::vector<std::string>&);
std::vector<std::string> parted_conditions(std::string_view);

}  // namespace bot::notices
