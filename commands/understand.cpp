#include "commands/understand.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bot/geography/places.hpp"
#include "bot/language/understand.hpp"
#include "bot/written_moment.hpp"
#include "config/area_pack.hpp"
#include "config/lexicon.hpp"

namespace commands {
namespace {

using nlohmann::json;
namespace geo = bot::geography;
namespace lang = bot::language;

std::string written_start(const lang::when& when, std::chrono::minutes offset) {
  return when.date_only ? bot::written_day(*when.resolved, offset) : bot::written(*when.resolved, offset);
}

json text_or_null(std::string_view text) { return text.empty() ? json() : json(text); }

json answer(const json& asked, const bot::told_moment& now, const lang::lexicon& lexicon, const config::areas& areas) {
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
  if (found.when.resolved) resolved = written_start(found.when, now.offset);
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
    bot::told_moment at{now};
    if (const auto given = asked.find("now"); given != asked.end() && !given->is_null()) {
      const auto parsed = given->is_string() ? bot::read_moment(given->get<std::string>()) : std::nullopt;
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
