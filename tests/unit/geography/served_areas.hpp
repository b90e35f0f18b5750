// The shipped areas and rules, loaded once for all tests of this folder.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "bot/geography/places.hpp"
#include "bot/geography/routing.hpp"
#include "bot/language/words.hpp"
#include "config/area_pack.hpp"
#include "config/message_files.hpp"
#include "config/routing_rules.hpp"

namespace bot::geography {

inline const config::areas& served() {
  static const config::areas areas = [] {
    std::vector<std::string> faults;
    config::areas loaded = config::load_areas(std::string(PROJECT_DIR) + "/config/areas", faults);
    for (const std::string& each : faults) ADD_FAILURE() << each;
    return loaded;
  }();
  return areas;
}

inline const routing_rules& shipped_rules() {
  static const routing_rules rules = [] {
    std::vector<std::string> faults;
    routing_rules loaded = config::load_routing_rules(
        std::string(PROJECT_DIR) + "/config/rules/routing.toml",
        config::kinds_of(config::load_texts(std::string(PROJECT_DIR) + "/config/messages", faults).texts), faults);
    for (const std::string& each : faults) ADD_FAILURE() << each;
    return loaded;
  }();
  return rules;
}

inline std::vector<std::string> codes_of(const place_finding& found) {
  std::vector<std::string> codes;
  for (const place_candidate& each : found.candidates) codes.push_back(served().map.at(each.where).code);
  return codes;
}

inline place_finding place_in(std::string_view text) { return find_place(served().map, language::split(text)); }

inline routing_decision routed(evidence known, std::string_view text = {}) {
  const auto words = language::split(text);
  known.words = words;
  return route(known, served().map, served().units, shipped_rules(), [](std::string_view) { return false; });
}

inline routing_decision routed(std::string_view text) { return routed(evidence{}, text); }

}  // namespace bot::geography
