#include "bot/cases/life.hpp"

#include <algorithm>
#include <array>

#include "bot/geography/routing.hpp"

namespace bot::cases {
namespace {

geography::evidence evidence_of(std::string_view category, std::string_view level, const world& w) {
  geography::evidence e;
  e.category = category;
  if (!level.empty()) e.level = level_named(level);
  e.local_now = std::chrono::local_time<std::chrono::minutes>(
      std::chrono::floor<std::chrono::minutes>(w.now.time_since_epoch()) + w.book.utc_offset);
  return e;
}

geography::routing_decision decide(const geography::evidence& e, const geography::place_finding& said, const world& w) {
  return geography::route(e, said, w.book.atlas, w.book.units, w.book.routing,
                          [&](std::string_view unit) { return w.duty.staffed(unit); });
}

}  // namespace

geography::routing_decision place_case(const std::vector<std::string>& codes, std::string_view category,
                                       std::string_view level, const world& w) {
  geography::place_finding said;
  for (const auto& code : codes)
    if (const auto id = w.book.atlas.find(code); id != geography::no_area)
      said.candidates.push_back({id, geography::match::name, 1.0F / static_cast<float>(codes.size())});
  if (!said.candidates.empty()) {
    said.what = geography::place_finding::outcome::inside;
    said.settled = true;
  }
  return decide(evidence_of(category, level, w), said, w);
}

geography::routing_decision place_case(const geography::place_finding& said, std::string_view category,
                                       std::string_view level, const world& w) {
  return decide(evidence_of(category, level, w), said, w);
}

geography::routing_decision place_pin(double latitude, double longitude, std::string_view category,
                                      std::string_view level, const world& w) {
  auto e = evidence_of(category, level, w);
  e.pin = geography::point{longitude, latitude};
  return decide(e, {}, w);
}

std::string owner_of(const geography::routing_decision& d) {
  for (const auto& u : d.units)
    if (u.role == geography::unit_role::owner) return u.code;
  return d.fallback;
}

std::vector<std::string> watchers_of(const geography::routing_decision& d) {
  std::vector<std::string> all;
  for (const auto& u : d.units)
    if (u.role == geography::unit_role::watcher) all.push_back(u.code);
  return all;
}

std::vector<std::string_view> chain_of(std::string_view unit, const world& w) {
  std::vector<std::string_view> chain;
  auto id = w.book.units.find(unit);
  if (id == geography::no_unit) {
    chain.push_back(unit);
    const auto ward = w.book.atlas.find(unit.substr(std::min(unit.size(), unit.find('-') + 1)));
    if (ward != geography::no_area)
      id = w.book.units.responsible(ward, "report", std::chrono::floor<std::chrono::days>(w.now + w.book.utc_offset))
               .who;
  }
  for (; id != geography::no_unit; id = w.book.units.parent_of(id)) chain.push_back(w.book.units.at(id).code);
  return chain;
}

std::string name_of_unit(std::string_view code, const world& w) {
  if (const auto id = w.book.units.find(code); id != geography::no_unit) return w.book.units.at(id).name;
  const auto dash = code.find('-');
  const std::string ward = dash == std::string_view::npos ? std::string() : name_of_area(code.substr(dash + 1), w);
  if (!ward.empty() && code == geography::village_office_code(code.substr(dash + 1))) return "Kantor " + ward;
  if (!ward.empty() && code == geography::bhabinkamtibmas_code(code.substr(dash + 1))) return "Bhabinkamtibmas " + ward;
  return std::string(code);
}

std::string name_of_area(std::string_view code, const world& w) {
  const auto id = w.book.atlas.find(code);
  return id == geography::no_area ? std::string() : w.book.atlas.title(id);
}

const std::vector<transition>& life_cycle() {
  static const std::vector<transition> table = {
      {state::filed, "take", state::taken},       {state::filed, "not_ours", state::filed},
      {state::taken, "on_site", state::on_site},  {state::taken, "not_ours", state::filed},
      {state::taken, "close", state::closed},     {state::on_site, "close", state::closed},
      {state::on_site, "not_ours", state::filed}, {state::closed, "reopen", state::filed},
      {state::filed, "join", state::joined},      {state::joined, "close", state::closed},
  };
  return table;
}

bool is_act_of_officer(std::string_view kind) {
  constexpr std::array kinds = {"opened",         "taken",      "denied",         "on_site",
                                "asked_reporter", "note",       "forwarded",      "closed",
                                "joined",         "kept_apart", "recategorised",  "identity_opened",
                                "at_event",       "taken_back", "not_known_here", "resumed"};
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

std::string_view name_of(level l) {
  switch (l) {
    case level::high: return "high";
    case level::middle: return "middle";
    case level::low: break;
  }
  return "low";
}

std::string_view name_of(state s) {
  switch (s) {
    case state::filed: return "filed";
    case state::taken: return "taken";
    case state::on_site: return "on_site";
    case state::closed: return "closed";
    case state::joined: return "joined";
    case state::withdrawn: break;
  }
  return "withdrawn";
}

level level_named(std::string_view name) {
  return name == "high" ? level::high : name == "middle" ? level::middle : level::low;
}

state state_named(std::string_view name) {
  for (const auto s : {state::filed, state::taken, state::on_site, state::closed, state::joined})
    if (name_of(s) == name) return s;
  return state::withdrawn;
}

}  // namespace bot::cases
