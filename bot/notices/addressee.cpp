#include "bot/notices/addressee.hpp"

#include <algorithm>
#include <iterator>

namespace bot::notices {
namespace {

namespace geo = geography;

geo::day plain(local_day day) { return geo::day{day.time_since_epoch()}; }

void add_once(std::vector<std::string>& list, const std::string& code) {
  if (std::find(list.begin(), list.end(), code) == list.end()) list.push_back(code);
}

// The one unit that all of them are under or are, if there is one: for a kecamatan whose Polseks share a Polres.
geo::unit_id shared_polres(const std::vector<geo::assignment>& stations, const geo::unit_register& units) {
  geo::unit_id shared = geo::no_unit;
  for (const geo::assignment& each : stations) {
    const geo::unit_id polres = units.polres_of(each.who);
    if (polres == geo::no_unit || (shared != geo::no_unit && shared != polres)) return geo::no_unit;
    shared = polres;
  }
  return shared;
}

// "35.75.01.1002" cut to "35.75.01".
std::string_view within(std::string_view code, std::size_t length) { return code.substr(0, length); }

constexpr std::size_t province_length = 2, city_length = 5, district_length = 8;

// The area of that code; for a ward that is not in the data, its kecamatan.
geo::area_id area_of(const std::string& code, const geo::atlas& map) {
  const geo::area_id known = map.find(code);
  if (known != geo::no_area || code.size() <= district_length) return known;
  return map.find(within(code, district_length));
}

}  // namespace

place_stations stations_of(const std::vector<std::string>& wards, const geo::atlas& map,
                           const geo::unit_register& units, local_day on) {
  place_stations out;
  bool every_polsek = true, every_polres = true;
  for (std::size_t i = 0; i < wards.size(); ++i) {
    const geo::area_id where = area_of(wards[i], map);
    if (where == geo::no_area) {
      // A route that leaves the area is still led by the unit where it begins.
      if (i == 0) out.outside = true;
      continue;
    }
    const std::vector<geo::assignment> stations = units.responsible_within(map, where, event_service, plain(on));
    const geo::unit_id polres = shared_polres(stations, units);
    const geo::unit_id nearest = stations.size() == 1 ? stations.front().who : polres;
    for (const geo::assignment& each : stations) {
      out.certain = out.certain && each.sure == geo::confidence::verified;
    }
    out.certain = out.certain && map.find(wards[i]) != geo::no_area;
    if (i == 0) {
      for (geo::unit_id up = nearest; up != geo::no_unit; up = units.parent_of(up)) {
        out.chain.push_back(units.at(up).code);
      }
    }
    if (stations.size() == 1) {
      add_once(out.polsek, units.at(stations.front().who).code);
    } else {
      every_polsek = false;
    }
    if (polres != geo::no_unit) {
      add_once(out.polres, units.at(polres).code);
    } else {
      every_polres = false;
    }
  }
  if (!every_polsek) out.polsek.clear();
  if (!every_polres) out.polres.clear();
  return out;
}

std::optional<reach> stretch_of(const std::vector<std::string>& wards) {
  if (wards.empty()) return std::nullopt;
  const auto all_within = [&](std::size_t length) {
    return std::all_of(wards.begin(), wards.end(), [&](const std::string& each) {
      return each.size() >= length && within(each, length) == within(wards.front(), length);
    });
  };
  const auto one_differs = [&](std::size_t length) {
    return std::any_of(wards.begin(), wards.end(), [&](const std::string& each) {
      return each.size() >= length && wards.front().size() >= length &&
             within(each, length) != within(wards.front(), length);
    });
  };
  if (one_differs(province_length)) return reach::several_provinces;
  if (one_differs(city_length)) return reach::several_kabupaten;
  if (one_differs(district_length)) return reach::several_kecamatan;
  if (all_within(district_length)) return reach::one_kecamatan;
  return std::nullopt;
}

addressing find_addressee(track where, const event& e, const place_stations& place, const event_rules& rules,
                          local_day on) {
  addressing out;
  const addressee_rule* rule = in_force_or_first<addressee_rule>(rules.addressees, on, [&](const addressee_rule& each) {
    return std::find(each.tracks.begin(), each.tracks.end(), where) != each.tracks.end();
  });
  if (rule == nullptr) return out;

  std::optional<reach> known;
  switch (rule->by) {
    case addressed_by::nearest: known = reach::one_kecamatan; break;
    case addressed_by::participants_from:
      known = e.participants_from;
      if (!known) out.ask.push_back(slot::participants_from);
      break;
    case addressed_by::scope:
      known = e.scope ? e.scope : stretch_of(e.wards);
      // Participants from abroad bring it to the top whatever it stretches over.
      if (e.participants_from == reach::foreign) known = reach::foreign;
      // A place answers the question of scope too.
      if (!known && !e.wards.empty()) out.ask.push_back(slot::scope);
      break;
  }
  const bool above_all = known && rule->to[static_cast<std::size_t>(*known)] == addressee::mabes;
  const bool above_units = known && rule->to[static_cast<std::size_t>(*known)] > addressee::polres;
  if (e.wards.empty() && !above_units) out.ask.push_back(slot::wards);
  if (!known) return out;

  out.to = place.outside && !above_all ? addressee::polda : rule->to[static_cast<std::size_t>(*known)];
  out.because.push_back({&rule->note, rule->note.sure == geo::confidence::verified});
  const bool names_unit = *out.to <= addressee::polres;
  const std::vector<std::string>& stations = *out.to == addressee::polsek ? place.polsek : place.polres;
  if (names_unit) {
    if (!stations.empty()) out.unit = stations.front();
    if (stations.size() > 1) out.watchers.assign(stations.begin() + 1, stations.end());
  } else if (stations.size() > 1 || place.outside) {
    // Above the Polres nobody of the area leads: all stations on the way watch.
    out.watchers = stations;
  }
  const auto is_new = [&](const std::string& code) {
    return code != out.unit && std::find(out.watchers.begin(), out.watchers.end(), code) == out.watchers.end();
  };
  if (*out.to > addressee::polres)
    std::copy_if(place.polres.begin(), place.polres.end(), std::back_inserter(out.local), is_new);
  if (*out.to > addressee::polsek)
    std::copy_if(place.polsek.begin(), place.polsek.end(), std::back_inserter(out.local), is_new);
  // A place that several stations share is not narrow enough.
  if (names_unit && stations.empty() && !e.wards.empty()) out.ask.push_back(slot::wards);
  return out;
}

}  // namespace bot::notices
