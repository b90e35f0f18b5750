#include "bot/geography/routing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "bot/cases/report.hpp"

namespace bot::geography {
namespace {

constexpr std::size_t most_codes = 10;
constexpr std::size_t most_named = 4;  // alternatives that the reason spells out

template <class T>
bool contains(const std::vector<T>& list, const auto& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

struct answer {
  area_id where;
  std::vector<assignment> units;
};

class router {
 public:
  router(const evidence& known, const atlas& where, const unit_register& units, const routing_rules& rules,
         const has_recipients& reachable)
      : x_known(known), x_atlas(where), x_units(units), x_rules(rules), x_reachable(reachable) {
    x_today = day(std::chrono::floor<std::chrono::days>(known.local_now).time_since_epoch());
    for (const sealed_class& each : rules.sealed) {
      if (contains(each.categories, known.category)) x_sealed.push_back(&each);
    }
  }

  routing_decision decide(const place_finding& said) {
    x_out.sealed = std::any_of(x_sealed.begin(), x_sealed.end(), [](const sealed_class* s) { return !s->groups; });
    gather(said);
    judge();
    name_fallback();
    return std::move(x_out);
  }

 private:
  // The candidates and the words for them, the surest evidence first: a code, then the words, then the pin.
  void gather(const place_finding& said) {
    if (const area_id coded = x_atlas.find(x_known.ward_code); coded != no_area) {
      take(coded);
      x_because = "kode wilayah";
      x_settled = true;
      return;
    }
    if (said.what == place_finding::outcome::inside) {
      for (const place_candidate& each : said.candidates) take(each.where);
      x_settled = said.settled;
      x_because = "kata";
      x_unread_ward = said.unread_ward;
      for (std::uint32_t w = said.begin; w < said.end && w < x_known.words.size(); ++w) {
        const language::word& each = x_known.words[w];
        x_because.append(w == said.begin ? ": " : each.spaced ? " " : "").append(each.folded);
      }
    }
    if (x_known.pin) take_pin(said);
    if (said.what == place_finding::outcome::outside && x_places.empty()) x_outside = true;
  }

  void take(area_id where) {
    const auto same = [&](const answer& a) { return a.where == where; };
    if (std::any_of(x_places.begin(), x_places.end(), same)) return;
    x_places.push_back({where, x_units.responsible_within(x_atlas, where, x_known.service, x_today)});
  }

  void take_pin(const place_finding& said) {
    const double blur = std::isfinite(x_known.pin_accuracy_m) ? x_known.pin_accuracy_m : 0;
    const double reach = std::clamp(blur, x_rules.border_m, std::max(x_rules.border_m, x_rules.most_inaccuracy_m));
    const std::vector<area_at> around = x_atlas.borders().around(*x_known.pin, reach);
    if (around.empty()) {
      if (!std::isfinite(x_known.pin->latitude) || !std::isfinite(x_known.pin->longitude)) return;
      // A pin abroad says nothing against words that name a place here: it may be where the sender is.
      if (x_places.empty()) {
        x_outside = true;
        x_because = "titik di luar wilayah";
      }
      return;
    }
    if (said.what == place_finding::outcome::outside) {
      x_settled = false;
      x_because = "kata di luar wilayah, titik di dalam";
    } else if (x_places.empty()) {
      x_settled = around.front().metres == 0;
      x_because = around.size() > 1 && around[1].metres > 0 ? "titik dekat batas" : "titik";
    } else {
      settle_words_by_pin(around);
      return;
    }
    // The side that holds the pin owns; across the line they watch.
    take(around.front().where);
    for (std::size_t i = 1; i < around.size(); ++i) {
      if (!x_settled || around[i].metres == 0) {
        take(around[i].where);
        continue;
      }
      for (const assignment& each : x_units.responsible_within(x_atlas, around[i].where, x_known.service, x_today)) {
        x_neighbours.push_back(each.who);
      }
    }
  }

  // Words and pin together: the candidates that the pin confirms stay; when it confirms none, both are candidates.
  void settle_words_by_pin(const std::vector<area_at>& around) {
    std::vector<area_id> confirmed;
    for (const area_at& at : around) {
      for (const answer& each : x_places) {
        if (x_atlas.within(at.where, each.where) && !contains(confirmed, at.where)) confirmed.push_back(at.where);
      }
    }
    if (!confirmed.empty()) {
      x_places.clear();
      for (const area_id each : confirmed) take(each);
      x_because += ", dikuatkan titik";
      x_settled = true;
      x_unread_ward = false;
      return;
    }
    x_because += ", titik berbeda";
    for (const area_at& at : around) take(at.where);
  }

  std::vector<assignment> all_units() const {
    std::vector<assignment> all;
    for (const answer& place : x_places) {
      for (const assignment& each : place.units) {
        const auto same = std::find_if(all.begin(), all.end(), [&](const assignment& a) { return a.who == each.who; });
        if (same == all.end()) {
          all.push_back(each);
        } else {
          same->sure = std::min(same->sure, each.sure);
        }
      }
    }
    return all;
  }

  void judge() {
    if (x_places.empty()) {
      x_out.status = x_outside ? routing_status::outside : routing_status::ask;
      x_out.reason = x_outside ? (x_because.empty() ? "di luar wilayah layanan" : x_because) : "tempat belum disebut";
      return;
    }
    // A ward was named but not understood: its district is not offered in its stead.
    if (!(x_unread_ward && x_atlas.at(x_places.front().where).at != level::ward)) {
      for (const answer& each : x_places) {
        if (x_out.ward_codes.size() < most_codes) x_out.ward_codes.push_back(x_atlas.at(each.where).code);
      }
    }
    x_all = all_units();
    if (x_settled && x_all.size() == 1) {
      certain(x_all.front());
    } else {
      ask();
    }
  }

  void certain(const assignment& station) {
    x_out.status = routing_status::certain;
    x_out.sure = station.sure;
    x_out.source = station.source;
    const owner_rule* rule = nullptr;
    const std::string owner = owner_of(station.who, rule);
    x_out.units.push_back({owner, unit_role::owner});
    const unit& base = x_units.at(station.who);
    if (!base.investigates) watch(x_units.polres_of(station.who));
    for (const unit_id each : x_neighbours) watch(each);
    explain(station, owner, rule);
  }

  bool forbidden(unit_kind kind) const {
    return std::any_of(x_sealed.begin(), x_sealed.end(),
                       [&](const sealed_class* s) { return contains(s->never, kind); });
  }

  std::string owner_of(unit_id station, const owner_rule*& taken) const {
    const area_id ward = x_places.front().where;
    for (const owner_rule& each : x_rules.owners) {
      if (!applies(each) || forbidden(each.owner)) continue;
      const std::string code = unit_of_kind(each.owner, station, ward);
      if (code.empty() || !(x_units.find(code) == station || x_reachable(code))) continue;
      taken = &each;
      return code;
    }
    // Above a forbidden kind stands the next one that is not.
    unit_id up = station;
    while (up != no_unit && forbidden(x_units.at(up).kind)) up = x_units.parent_of(up);
    return x_units.at(up == no_unit ? x_units.fallback() : up).code;
  }

  std::string unit_of_kind(unit_kind kind, unit_id station, area_id ward) const {
    const bool one_ward = x_places.size() == 1 && x_atlas.at(ward).at == geography::level::ward;
    switch (kind) {
      case unit_kind::village_office: return one_ward ? village_office_code(x_atlas.at(ward).code) : std::string{};
      case unit_kind::bhabinkamtibmas: return one_ward ? bhabinkamtibmas_code(x_atlas.at(ward).code) : std::string{};
      case unit_kind::operator_desk: return {};
      default: break;
    }
    for (unit_id up = station; up != no_unit; up = x_units.parent_of(up)) {
      if (x_units.at(up).kind == kind) return x_units.at(up).code;
    }
    return {};
  }

  bool applies(const owner_rule& rule) const {
    if (!rule.categories.empty() && !contains(rule.categories, x_known.category)) return false;
    if (!rule.levels.empty()) {
      if (!x_known.level || !contains(rule.levels, cases::name_of(*x_known.level))) return false;
    }
    const auto midnight = std::chrono::floor<std::chrono::days>(x_known.local_now);
    const auto clock = x_known.local_now - midnight;
    return rule.from <= rule.until ? clock >= rule.from && clock < rule.until
                                   : clock >= rule.from || clock < rule.until;
  }

  void watch(unit_id who) {
    if (who == no_unit || forbidden(x_units.at(who).kind)) return;
    const std::string& code = x_units.at(who).code;
    const auto same = [&](const routed_unit& u) { return u.code == code; };
    if (std::none_of(x_out.units.begin(), x_out.units.end(), same)) x_out.units.push_back({code, unit_role::watcher});
  }

  std::string unit_with_polres(unit_id who) const {
    const unit_id polres = x_units.polres_of(who);
    const std::string& name = x_units.at(who).name;
    return polres == no_unit || polres == who ? name : fmt::format("{} ({})", name, x_units.at(polres).name);
  }

  void explain(const assignment& station, const std::string& owner, const owner_rule* rule) {
    const std::string place = x_atlas.title(x_places.front().where);
    const unit_id owning = x_units.find(owner);
    x_out.reason = fmt::format("{}; {} -> {}", x_because, place, owning == no_unit ? owner : unit_with_polres(owning));
    if (rule != nullptr) x_out.reason += fmt::format(", aturan {}", rule->id);
    if (owning != station.who && rule == nullptr) x_out.reason += ", laporan tertutup";
    if (!x_units.at(station.who).investigates)
      x_out.reason += ", Polres ikut memantau: Polsek tanpa kewenangan penyidikan";
    if (!x_neighbours.empty() && x_out.units.size() > 1) x_out.reason += ", dekat batas";
    if (!station.source.empty()) x_out.reason += fmt::format(", sumber {}", station.source);
    if (station.sure == confidence::unverified) x_out.reason += " (unverified)";
  }

  void ask() {
    x_out.status = routing_status::ask;
    x_out.reason = x_because + ": ";
    for (std::size_t i = 0; i < std::min(x_places.size(), most_named); ++i) {
      if (i > 0) x_out.reason += " atau ";
      x_out.reason += x_atlas.title(x_places[i].where);
      const std::vector<assignment>& units = x_places[i].units;
      if (units.size() == 1) {
        x_out.reason += fmt::format(" ({})", x_units.at(units.front().who).name);
      } else if (!units.empty()) {
        x_out.reason += fmt::format(" ({} unit)", units.size());
      }
    }
    if (x_places.size() > most_named) x_out.reason += fmt::format(" atau {} lainnya", x_places.size() - most_named);
    if (x_all.size() == 1) x_out.reason += ", mirip saja atau belum pasti";
  }

  // Certain: the unit above the owner. Otherwise the lowest unit that is over all candidates, a Polres at the least.
  void name_fallback() {
    unit_id up = no_unit;
    if (x_out.status == routing_status::certain) {
      const unit_id owner = x_units.find(x_out.units.front().code);
      up = owner == no_unit ? x_all.front().who : x_units.parent_of(owner);
      if (up == no_unit) up = owner;
    } else if (!x_all.empty()) {
      up = x_all.front().who;
      for (const assignment& each : x_all) up = x_units.common(up, each.who);
      if (x_units.at(up).kind == unit_kind::polsek) up = x_units.polres_of(up);
    }
    while (up != no_unit && forbidden(x_units.at(up).kind)) up = x_units.parent_of(up);
    if (up == no_unit) up = x_units.fallback();
    if (up != no_unit) x_out.fallback = x_units.at(up).code;
  }

  const evidence& x_known;
  const atlas& x_atlas;
  const unit_register& x_units;
  const routing_rules& x_rules;
  const has_recipients& x_reachable;
  day x_today{};
  std::vector<const sealed_class*> x_sealed;
  std::vector<answer> x_places;
  std::vector<assignment> x_all;
  std::vector<unit_id> x_neighbours;
  std::string x_because;
  bool x_settled = false;
  bool x_unread_ward = false;
  bool x_outside = false;
  routing_decision x_out;
};

constexpr std::array<std::string_view, 6> kind_names = {"polda",          "polres",          "polsek",
                                                        "village_office", "bhabinkamtibmas", "operator_desk"};

}  // namespace

routing_decision route(const evidence& known, const atlas& where, const unit_register& units,
                       const routing_rules& rules, const has_recipients& reachable) {
  return route(known, find_place(where, known.words), where, units, rules, reachable);
}

routing_decision route(const evidence& known, const place_finding& said, const atlas& where, const unit_register& units,
                       const routing_rules& rules, const has_recipients& reachable) {
  return router(known, where, units, rules, reachable).decide(said);
}

std::string_view name_of(unit_kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<unit_kind> unit_kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kind_names.size(); ++i) {
    if (kind_names[i] == name) return static_cast<unit_kind>(i);
  }
  return std::nullopt;
}

std::string_view name_of(routing_status status) {
  switch (status) {
    case routing_status::certain: return "certain";
    case routing_status::ask: return "ask";
    case routing_status::outside: return "outside";
  }
  return "ask";
}

std::string_view name_of(unit_role role) { return role == unit_role::owner ? "owner" : "watcher"; }

}  // namespace bot::geography
