#include "commands/understand.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bot/geography/places.hpp"
#include "bot/language/understand.hpp"
#include "config/area_pack.hpp"
#include "config/lexicon.hpp"

namespace commands {
namespace {

using nlohmann::json;
namespace geo = bot::geography;
namespace lang = bot::language;

constexpr std::chrono::minutes western_time = std::chrono::hours{7};

struct told_moment {
  bot::instant at{};
  std::chrono::minutes offset = western_time;
};

// "2026-11-21T20:00:00+07:00" or with "Z".
std::optional<told_moment> parse_moment(std::string text) {
  if (text.ends_with('Z')) text.replace(text.size() - 1, 1, "+00:00");
  int year = 0, hour = 0, minute = 0, second = 0, offset_hours = 0, offset_minutes = 0, read = 0;
  unsigned month = 0, day = 0;
  char sign = '+';
  const int fields = std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d%c%2d:%2d%n", &year, &month, &day, &hour,
                                 &minute, &second, &sign, &offset_hours, &offset_minutes, &read);
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  const bool sound = fields == 9 && static_cast<std::size_t>(read) == text.size() && date.ok() && hour < 24 &&
                     minute < 60 && second < 60 && (sign == '+' || sign == '-') && offset_hours < 15 &&
                     offset_minutes < 60;
  if (!sound) return std::nullopt;
  told_moment out;
  out.offset = std::chrono::hours{offset_hours} + std::chrono::minutes{offset_minutes};
  if (sign == '-') out.offset = -out.offset;
  out.at = std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second} - out.offset;
  return out;
}

std::string written(const lang::when& when, std::chrono::minutes offset) {
  const auto local = std::chrono::floor<std::chrono::seconds>(*when.resolved) + offset;
  if (when.date_only) return date::format("%F", local);
  const auto size = offset < std::chrono::minutes{0} ? -offset : offset;
  return fmt::format("{}{}{:02}:{:02}", date::format("%FT%T", local), offset < std::chrono::minutes{0} ? '-' : '+',
                     size.count() / 60, size.count() % 60);
}

json text_or_null(std::string_view text) { return text.empty() ? json() : json(text); }

json answer(const json& asked, const told_moment& now, const lang::lexicon& lexicon, const config::areas& areas) {
  const std::string text = asked["text"].get<std::string>();
  const std::vector<lang::word> words = lang::split(text);
  const geo::place_finding place = geo::find_place(areas.map, words);
  std::vector<lang::word_range> names;
  for (const geo::place_mention& each : place.mentions) names.push_back({each.begin, each.end});
  const lang::understanding found = lang::understand(text, words, now.at, lexicon, names, now.offset);

  json wards = json::array();
  for (const geo::place_candidate& each : place.candidates) wards.push_back(areas.map.at(each.where).code);
  json level;
  if (found.level) level = bot::cases::name_of(*found.level);
  json crowd;
  if (found.crowd) crowd = {{"min", found.crowd->min}, {"max", found.crowd->max}};
  json resolved;
  if (found.when.resolved) resolved = written(found.when, now.offset);
  return {{"id", asked.value("id", json())},
          {"lang", found.lang},
          {"intent", lang::name_of(found.intent)},
          {"category", text_or_null(found.category)},
          {"event_type", text_or_null(found.event_type)},
          {"ward_codes", std::move(wards)},
          {"when", {{"kind", lang::name_of(found.when.kind)}, {"resolved", std::move(resolved)}}},
          {"crowd", std::move(crowd)},
          {"weapons", found.weapons},
          {"ongoing", found.ongoing},
          {"injuries", found.injuries},
          {"level", std::move(level)},
          {"anonymous_wish", found.anonymous_wish}};
}

}  // namespace

int understand(const config::settings& settings, std::istream& in, std::ostream& out, std::ostream& errors,
               bot::instant now) {
  std::vector<std::string> faults;
  const config::areas areas = config::load_areas(settings.areas.dir, faults);
  const lang::lexicon lexicon = config::load_lexicon(settings.dir / "language", faults);
  for (const std::string& each : faults) errors << each << '\n';
  if (!faults.empty()) return 2;

  bool all_read = true;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto bad = [&](std::string_view what) {
      errors << "line " << number << ": " << what << '\n';
      all_read = false;
    };
    const json asked = json::parse(line, nullptr, false);
    if (!asked.is_object()) {
      bad("not a JSON object");
      continue;
    }
    if (!asked.contains("text") || !asked["text"].is_string()) {
      bad("no text");
      continue;
    }
    told_moment at{now};
    if (const auto given = asked.find("now"); given != asked.end() && !given->is_null()) {
      const auto parsed = given->is_string() ? parse_moment(given->get<std::string>()) : std::nullopt;
      if (!parsed) {
        bad("now is not ISO 8601 with an offset");
        continue;
      }
      at = *parsed;
    }
    // A dump never throws: bytes that are no UTF-8 are replaced.
    out << answer(asked, at, lexicon, areas).dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
  }
  out.flush();
  return all_read ? 0 : 1;
}

}  // namespace commands
