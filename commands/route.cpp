#include "commands/route.hpp"

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bot/cases/report.hpp"
#include "bot/geography/routing.hpp"
#include "bot/language/words.hpp"
#include "config/area_pack.hpp"
#include "config/message_files.hpp"
#include "config/routing_rules.hpp"

namespace commands {
namespace {

using nlohmann::json;
namespace geo = bot::geography;

std::string text_of(const json& from, const char* key) {
  const auto found = from.find(key);
  return found != from.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::optional<double> number_of(const json& from, const char* key) {
  const auto found = from.find(key);
  return found != from.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

json answer(const json& asked, const config::areas& areas, const geo::routing_rules& rules) {
  const std::string text = text_of(asked, "text");
  const std::string category = text_of(asked, "category");
  const std::string service = text_of(asked, "service");
  const std::string level = text_of(asked, "level");
  const std::vector<bot::language::word> words = bot::language::split(text);

  geo::evidence known;
  known.words = words;
  known.category = category;
  if (!service.empty()) known.service = service;
  if (!level.empty()) known.level = bot::cases::level_named(level);
  const std::optional<double> lat = number_of(asked, "lat");
  const std::optional<double> lon = number_of(asked, "lon");
  if (lat && lon) known.pin = geo::point{*lon, *lat};
  // The dry run has no roster, so rules that need people fall through to the station whatever the hour.
  known.local_now = std::chrono::local_time<std::chrono::minutes>(
      std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now()).time_since_epoch());

  const geo::routing_decision decided =
      geo::route(known, areas.map, areas.units, rules, [](std::string_view) { return false; });
  json units = json::array();
  for (const geo::routed_unit& each : decided.units) {
    units.push_back({{"code", each.code}, {"role", geo::name_of(each.role)}});
  }
  return {{"id", asked.value("id", json())},
          {"ward_codes", decided.ward_codes},
          {"status", geo::name_of(decided.status)},
          {"units", std::move(units)},
          {"reason", decided.reason}};
}

}  // namespace

int route(const config::settings& settings, std::istream& in, std::ostream& out, std::ostream& errors) {
  std::vector<std::string> faults;
  const config::areas areas = config::load_areas(settings.areas.dir, faults);
  const config::kinds kinds = config::kinds_of(config::load_texts(settings.dir / "messages", faults).texts);
  geo::routing_rules rules;
  if (faults.empty()) rules = config::load_routing_rules(settings.dir / "rules" / "routing.toml", kinds, faults);
  for (const std::string& each : faults) errors << each << '\n';
  if (!faults.empty()) return 2;

  bool all_read = true;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const json asked = json::parse(line, nullptr, false);
    if (!asked.is_object()) {
      errors << "line " << number << ": not a JSON object\n";
      all_read = false;
      continue;
    }
    // A dump never throws: bytes that are no UTF-8 are replaced.
    out << answer(asked, areas, rules).dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
  }
  out.flush();
  return all_read ? 0 : 1;
}

}  // namespace commands
