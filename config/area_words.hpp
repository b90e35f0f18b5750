// The words beside the area packs: words.toml and elsewhere.toml.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/geography/area.hpp"
#include "bot/language/lexicon.hpp"

namespace config {

bot::geography::place_words load_place_words(const std::filesystem::path& file, std::vector<std::string>& faults);

// Whether it is one of them ("di", "pasar"), or a name that is known to be an ordinary word (needs_cue, needs_type).
bool is_small_word(const bot::geography::place_words&, std::string_view folded);
bool needs_company(const bot::geography::place_words&, std::string_view folded);

// Whether the words mean something to the language files by themselves.
bool is_word_of(const bot::language::lexicon&, std::string_view folded);

struct far_places {
  std::vector<std::string> names;  // cities and provinces that no pack serves
  std::vector<std::string> home;   // what holds all of the packs
};
far_places load_far_places(const std::filesystem::path& file, std::vector<std::string>& faults);

}  // namespace config
