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
      : known_(known), atlas_(where), units_(units), rules_(rules), reachable_(reachable) {
    today_ = day(std::chrono::floor<std::chrono::days>(known.local_now).time_since_epoch());
    for (const sealed_class& each : rules.sealed) {
      if (contains(each.categories, known.category)) sealed_.push_back(&each);
    }
  }

  routing_decision decide(const place_finding& said) {
    out_.sealed = std::any_of(sealed_.begin(), sealed_.end(), [](const sealed_class* s) { return !s->groups; });
    gather(said);
    judge();
    name_fallback();
    return std::move(out_);
  }

 private:
  // The candidates and the words for them, the surest evidence first: a code, then the words, then the pin.
  void gather(const place_finding& said) {
    if (const area_id coded = atlas_.find(known_.ward_code); coded != no_area) {
      take(coded);
      because_ = "kode wilayah";
      settled_ = true;
      return;
    }
    if (said.what == place_finding::outcome::inside) {
      for (const place_candidate& each : said.candidates) take(each.where);
      settled_ = said.settled;
      because_ = "kata";
      unread_ward_ = said.unread_ward;
      for (std::uint32_t w = said.begin; w < said.end && w < known_.words.size(); ++w) {
        const language::word& each = known_.words[w];
        because_.append(w == said.begin ? ": " : each.spaced ? " " : "").append(each.folded);
      }
    }
    if (known_.pin) take_pin(said);
    if (said.what == place_finding::outcome::outside && places_.empty()) outside_ = true;
  }

  void take(area_id where) {
    const auto same = [&](const answer& a) { return a.where == where; };
    if (std::any_of(places_.begin(), places_.end(), same)) return;
    places_.push_back({where, units_.responsible_within(atlas_, where, known_.service, today_)});
  }

  void take_pin(const place_finding& said) {
    const double blur = std::isfinite(known_.pin_accuracy_m) ? known_.pin_accuracy_m : 0;
    const double reach = std::clamp(blur, rules_.border_m, std::max(rules_.border_m, rules_.most_inaccuracy_m));
    const std::vector<area_at> around = atlas_.borders().around(*known_.pin, reach);
    if (around.empty()) {
      if (!std::isfinite(known_.pin->latitude) || !std::isfinite(known_.pin->longitude)) return;
      // A pin abroad says nothing against words that name a place here: it may be where the sender is.
      if (places_.empty()) {
        outside_ = true;
        because_ = "titik di luar wilayah";
      }
      return;
    }
    if (said.what == place_finding::outcome::outside) {
      settled_ = false;
      because_ = "kata di luar wilayah, titik di dalam";
    } else if (places_.empty()) {
      settled_ = around.front().metres == 0;
      because_ = around.size() > 1 && around[1].metres > 0 ? "titik dekat batas" : "titik";
    } else {
      settle_words_by_pin(around);
      return;
    }
    // The side that holds the pin owns; across the line they watch.
    take(around.front().where);
    for (std::size_t i = 1; i < around.size(); ++i) {
      if (!settled_ || around[i].metres == 0) {
        take(around[i].where);
        continue;
      }
      for (const assignment& each : units_.responsible_within(atlas_, around[i].where, known_.service, today_)) {
        neighbours_.push_back(each.who);
      }
    }
  }

  // Words and pin together: the candidates that the pin confirms stay; when it confirms none, both are candidates.
  void settle_words_by_pin(const std::vector<area_at>& around) {
    std::vector<area_id> confirmed;
    for (const area_at& at : around) {
      for (const answer& each : places_) {
        if (atlas_.within(at.where, each.where) && !contains(confirmed, at.where)) confirmed.push_back(at.where);
      }
    }
    if (!confirmed.empty()) {
      places_.clear();
      for (const area_id each : confirmed) take(each);
      because_ += ", dikuatkan titik";
      settled_ = true;
      unread_ward_ = false;
      return;
    }
    because_ += ", titik berbeda";
    for (const area_at& at : around) take(at.where);
  }

  std::vector<assignment> all_units() const {
    std::vector<assignment> all;
    for (const answer& place : places_) {
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
    if (places_.empty()) {
      out_.status = outside_ ? routing_status::outside : routing_status::ask;
      out_.reason = outside_ ? (because_.empty() ? "di luar wilayah layanan" : because_) : "tempat belum disebut";
      return;
    }
    // A ward was named but not understood: its district is not offered in its stead.
    if (!(unread_ward_ && atlas_.at(places_.front().where).at != level::ward)) {
      for (const answer& each : places_) {
        if (out_.ward_codes.size() < most_codes) out_.ward_codes.push_back(atlas_.at(each.where).code);
      }
    }
    all_ = all_units();
    if (settled_ && all_.size() == 1) {
      certain(all_.front());
    } else {
      ask();
    }
  }

  void certain(const assignment& station) {
    out_.status = routing_status::certain;
    out_.sure = station.sure;
    out_.source = station.source;
    const owner_rule* rule = nullptr;
    const std::string owner = owner_of(station.who, rule);
    out_.units.push_back({owner, unit_role::owner});
    const unit& base = units_.at(station.who);
    if (!base.investigates) watch(units_.polres_of(station.who));
    for (const unit_id each : neighbours_) watch(each);
    explain(station, owner, rule);
  }

  bool forbidden(unit_kind kind) const {
    return std::any_of(sealed_.begin(), sealed_.end(), [&](const sealed_class* s) { return contains(s->never, kind); });
  }

  std::string owner_of(unit_id station, const owner_rule*& taken) const {
    const area_id ward = places_.front().where;
    for (const owner_rule& each : rules_.owners) {
      if (!applies(each) || forbidden(each.owner)) continue;
      const std::string code = unit_of_kind(each.owner, station, ward);
      if (code.empty() || !(units_.find(code) == station || reachable_(code))) continue;
      taken = &each;
      return code;
    }
    // Above a forbidden kind stands the next one that is not.
    unit_id up = station;
    while (up != no_unit && forbidden(units_.at(up).kind)) up = units_.parent_of(up);
    return units_.at(up == no_unit ? units_.fallback() : up).code;
  }

  std::string unit_of_kind(unit_kind kind, unit_id station, area_id ward) const {
    const bool one_ward = places_.size() == 1 && atlas_.at(ward).at == geography::level::ward;
    switch (kind) {
      case unit_kind::village_office: return one_ward ? village_office_code(atlas_.at(ward).code) : std::string{};
      case unit_kind::bhabinkamtibmas: return one_ward ? bhabinkamtibmas_code(atlas_.at(ward).code) : std::string{};
      case unit_kind::operator_desk: return {};
      default: break;
    }
    for (unit_id up = station; up != no_unit; up = units_.parent_of(up)) {
      if (units_.at(up).kind == kind) return units_.at(up).code;
    }
    return {};
  }

  bool applies(const owner_rule& rule) const {
    if (!rule.categories.empty() && !contains(rule.categories, known_.category)) return false;
    if (!rule.levels.empty()) {
      if (!known_.level || !contains(rule.levels, cases::name_of(*known_.level))) return false;
    }
    const auto midnight = std::chrono::floor<std::chrono::days>(known_.local_now);
    const auto clock = known_.local_now - midnight;
    return rule.from <= rule.until ? clock >= rule.from && clock < rule.until
                                   : clock >= rule.from || clock < rule.until;
  }

  void watch(unit_id who) {
    if (who == no_unit || forbidden(units_.at(who).kind)) return;
    const std::string& code = units_.at(who).code;
    const auto same = [&](const routed_unit& u) { return u.code == code; };
    if (std::none_of(out_.units.begin(), out_.units.end(), same)) out_.units.push_back({code, unit_role::watcher});
  }

  std::string unit_with_polres(unit_id who) const {
    const unit_id polres = units_.polres_of(who);
    const std::string& name = units_.at(who).name;
    return polres == no_unit || polres == who ? name : fmt::format("{} ({})", name, units_.at(polres).name);
  }

  void explain(const assignment& station, const std::string& owner, const owner_rule* rule) {
    const std::string place = atlas_.title(places_.front().where);
    const unit_id owning = units_.find(owner);
    out_.reason = fmt::format("{}; {} -> {}", because_, place, owning == no_unit ? owner : unit_with_polres(owning));
    if (rule != nullptr) out_.reason += fmt::format(", aturan {}", rule->id);
    if (owning != station.who && rule == nullptr) out_.reason += ", laporan tertutup";
    if (!units_.at(station.who).investigates)
      out_.reason += ", Polres ikut memantau: Polsek tanpa kewenangan penyidikan";
    if (!neighbours_.empty() && out_.units.size() > 1) out_.reason += ", dekat batas";
    if (!station.source.empty()) out_.reason += fmt::format(", sumber {}", station.source);
    if (station.sure == confidence::unverified) out_.reason += " (unverified)";
  }

  void ask() {
    out_.status = routing_status::ask;
    out_.reason = because_ + ": ";
    for (std::size_t i = 0; i < std::min(places_.size(), most_named); ++i) {
      if (i > 0) out_.reason += " atau ";
      out_.reason += atlas_.title(places_[i].where);
      const std::vector<assignment>& units = places_[i].units;
      if (units.size() == 1) {
        out_.reason += fmt::format(" ({})", units_.at(units.front().who).name);
      } else if (!units.empty()) {
        out_.reason += fmt::format(" ({} unit)", units.size());
      }
    }
    if (places_.size() > most_named) out_.reason += fmt::format(" atau {} lainnya", places_.size() - most_named);
    if (all_.size() == 1) out_.reason += ", mirip saja atau belum pasti";
  }

  // Certain: the unit above the owner. Otherwise the lowest unit that is over all candidates, a Polres at the least.
  void name_fallback() {
    unit_id up = no_unit;
    if (out_.status == routing_status::certain) {
      const unit_id owner = units_.find(out_.units.front().code);
      up = owner == no_unit ? all_.front().who : units_.parent_of(owner);
      if (up == no_unit) up = owner;
    } else if (!all_.empty()) {
      up = all_.front().who;
      for (const assignment& each : all_) up = units_.common(up, each.who);
      if (units_.at(up).kind == unit_kind::polsek) up = units_.polres_of(up);
    }
    while (up != no_unit && forbidden(units_.at(up).kind)) up = units_.parent_of(up);
    if (up == no_unit) up = units_.fallback();
    if (up != no_unit) out_.fallback = units_.at(up).code;
  }

  const evidence& known_;
  const atlas& atlas_;
  const unit_register& units_;
  const routing_rules& rules_;
  const has_recipients& reachable_;
  day today_{};
  std::vector<const sealed_class*> sealed_;
  std::vector<answer> places_;
  std::vector<assignment> all_;
  std::vector<unit_id> neighbours_;
  std::string because_;
  bool settled_ = false;
  bool unread_ward_ = false;
  bool outside_ = false;
  routing_decision out_;
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
