// Events and moments as tests write them, over the handbook that ships.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bot/notices/plan.hpp"
#include "bot/written_moment.hpp"
#include "config/area_pack.hpp"
#include "config/event_rules.hpp"

namespace bot::notices {

inline constexpr std::chrono::minutes western_time = std::chrono::hours{7};

inline const config::areas& served() {
  static const config::areas areas = [] {
    std::vector<std::string> faults;
    config::areas loaded = config::load_areas(PROJECT_DIR "/config/areas", faults);
    for (const std::string& each : faults) ADD_FAILURE() << each;
    return loaded;
  }();
  return areas;
}

inline const rulebook& shipped_rules() {
  static const rulebook book = [] {
    std::vector<std::string> faults;
    rulebook loaded = config::load_event_rules(
        PROJECT_DIR "/config/rules",
        [](std::string_view code) { return served().units.find(code) != geography::no_unit; }, faults);
    for (const std::string& each : faults) ADD_FAILURE() << each;
    return loaded;
  }();
  return book;
}

inline local_day on(int year, unsigned month, unsigned day) {
  return local_day(
      std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}});
}

// "2026-12-20T19:00:00+07:00"
inline instant at(const std::string& text) { return bot::read_moment(text).value().at; }

inline event_time moment(const std::string& text) { return time_at(at(text), western_time); }

inline plan planned(const event& e, const std::string& now = "2026-11-21T10:00:00+07:00") {
  return plan_event(e, at(now), shipped_rules(), served().map, served().units, western_time);
}

inline std::string local(instant moment) { return bot::written(moment, western_time); }

}  // namespace bot::notices
