// The notices side of the handbook: rules/events.toml, documents.toml, conditions.toml, calendar.toml,
// event-words.toml.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "bot/notices/rules.hpp"

namespace config {

using unit_known = std::function<bool(std::string_view code)>;
using area_known = std::function<bool(std::string_view code)>;
using codes_in = std::function<std::vector<std::string>(std::string_view area)>;  // none: there is no such area

// Reads the five files of the folder. What is wrong is appended to `faults`, a line each, with file and line; the
// result is to be used only when nothing was appended. `known`: whether there is such a unit; `in`: the codes of an
// area pack or of one of its areas, for holidays of a city.
bot::notices::rulebook load_event_rules(const std::filesystem::path& dir, const unit_known& known,
                                        std::vector<std::string>& faults, const codes_in& in = {});

// The parts.
bot::notices::event_rules load_event_rules(const std::filesystem::path& events, const std::filesystem::path& documents,
                                           const unit_known& known, std::vector<std::string>& faults);
void load_documents(const std::filesystem::path& file, const unit_known& known, bot::notices::event_rules& into,
                    std::vector<std::string>& faults);
void load_conditions(const std::filesystem::path& file, const unit_known& known, bot::notices::event_rules& into,
                     std::vector<std::string>& faults);
bot::notices::calendar load_calendar(const std::filesystem::path& file, std::vector<std::string>& faults,
                                     const codes_in& in = {});
bot::notices::event_words load_event_words(const std::filesystem::path& file, std::vector<std::string>& faults);

// Today where Indonesia's day begins first: rules that begin later cannot be the only ones.
bot::notices::local_day day_of_loading();

// Whether a text holds words that turn a notice into something that is granted (P-01), or ask for somebody's consent.
bool speaks_of_leave(std::string_view text);

// rules/clashes.toml, which no other rule rests on: load_event_rules leaves it to be added. `known`: whether there is
// such an area.
bot::notices::clash_rules load_clash_rules(const std::filesystem::path& file, const area_known& known,
                                           std::vector<std::string>& faults);

}  // namespace config
