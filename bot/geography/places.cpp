#include "bot/geography/places.hpp"

#include <algorithm>

#include "bot/geography/name_hits.hpp"

namespace bot::geography {
namespace {

using language::word;

constexpr std::size_t correction_reach = 6;  // words between "eh" and the name that replaces another
constexpr std::size_t meant_reach = 3;       // words between "maksud" and the name that is meant

constexpr std::uint32_t cue_site = cue_at | cue_beside | cue_border | cue_types;

// How likely the words beside a chain of names make it the scene: "warga X", "ke arah X" < "X" < "di X".
enum class role : std::uint8_t { passing, plain, scene };

class resolver {
 public:
  resolver(const atlas& where, std::span<const word> words)
      : atlas_(where), words_(words), found_(find_names(where, words)), hits_(found_.hits) {}

  place_finding run() {
    spread_denial();
    correct();
    distrust_ordinary_words();
    name_far_places();

    place_finding out;
    out.unread_ward = found_.unread_ward;
    out.what = outcome();
    if (out.what == place_finding::outcome::inside) choose(out);
    for (const name_hit& each : hits_) {
      if (each.denied || each.home || (!each.inside() && !each.elsewhere)) continue;
      out.mentions.push_back({each.begin, each.end, each.candidates});
    }
    return out;
  }

 private:
  // "bukan Karangjati Lumbang" denies both names.
  void spread_denial() {
    for (std::size_t i = 1; i < hits_.size(); ++i) {
      if (beside(i) && hits_[i - 1].denied && !hits_[i].after_comma) hits_[i].denied = true;
    }
  }

  bool beside(std::size_t i) const { return i > 0 && hits_[i].chain == hits_[i - 1].chain; }

  std::uint32_t cues_at(std::size_t w) const {
    return words_[w].what == word::kind::letters ? atlas_.cues_of(words_[w].folded) : 0;
  }

  // "sukun... eh di desa Sewulan": what comes after "eh" stands. "*Purutrejo maksudnya": what is meant stands.
  void correct() {
    if (hits_.size() < 2) return;
    for (std::uint32_t w = 0; w < words_.size(); ++w) {
      const std::uint32_t cues = cues_at(w);
      if ((cues & cue_correction) != 0) {
        const bool replaced = std::any_of(hits_.begin(), hits_.end(), [&](const name_hit& h) {
          return !h.denied && h.inside() && h.begin > w && h.begin - w <= correction_reach;
        });
        if (replaced) deny_if([&](const name_hit& h) { return h.end <= w; });
      }
      if ((cues & cue_meant) != 0) keep_meant(w);
    }
  }

  void keep_meant(std::uint32_t w) {
    for (const name_hit& each : hits_) {
      const bool near = each.begin > w ? each.begin - w <= meant_reach : w >= each.end && w - each.end < meant_reach;
      if (!near || each.denied || !each.inside()) continue;
      const std::uint32_t chain = each.chain;
      deny_if([chain](const name_hit& h) { return h.chain != chain; });
      return;
    }
  }

  template <class Which>
  void deny_if(Which which) {
    for (name_hit& each : hits_) each.denied = each.denied || which(each);
  }

  // "lampu taman", "tolong tulung": a name that is an ordinary word needs a neighbour that makes it a name.
  void distrust_ordinary_words() {
    for (std::size_t i = 0; i < hits_.size(); ++i) {
      name_hit& hit = hits_[i];
      if (hit.care == caution::none || (hit.cues & cue_types) != 0 || held_beside(i)) continue;
      const bool after_name = hit.elsewhere && beside(i) && !hit.after_comma && hits_[i - 1].inside();
      if (hit.care == caution::needs_cue && after_name) continue;  // "Purwodadi Malang"
      const std::uint32_t enough = cue_at | cue_beside | cue_from | cue_towards | cue_road;
      if (hit.care == caution::needs_cue && ((hit.cues & enough) != 0 || hit.opens)) continue;
      hit.candidates.clear();
      hit.spare.clear();
      hit.elsewhere = false;
    }
  }

  // A ward beside its district, or a district beside one of its wards.
  bool held_beside(std::size_t index) const {
    const name_hit& hit = hits_[index];
    return std::any_of(hits_.begin(), hits_.end(), [&](const name_hit& other) {
      if (&other == &hit || other.chain != hit.chain || other.denied) return false;
      for (const place_candidate& a : hit.candidates) {
        for (const place_candidate& b : other.candidates) {
          const area_id outer = std::min(a.where, b.where);
          const area_id inner = std::max(a.where, b.where);
          const bool city_enough = hit.care == caution::needs_cue;
          if (inner == outer || !atlas_.within(inner, outer)) continue;
          if (city_enough || atlas_.at(outer).at == level::district) return true;
        }
      }
      return false;
    });
  }

  // Decides which names mean a city elsewhere. "Jl. Surabaya" is a street, "dari Malang" is not where it happens, and
  // "perbatasan Nguling Probolinggo" is not Probolinggo.
  void name_far_places() {
    bool street = false;
    bool border = false;
    for (std::size_t i = 0; i < hits_.size(); ++i) {
      name_hit& hit = hits_[i];
      if (!beside(i)) street = border = false;
      if ((hit.cues & cue_border) != 0) border = true;
      if ((hit.cues & cue_road) != 0) street = true;
      if (!hit.elsewhere) {
        street = street && hit.after_hyphen;
        continue;
      }
      const bool named_as_city = (hit.cues & (cue_city | cue_regency)) != 0;
      const bool only_direction = role_of(hit) == role::passing || border;
      const bool street_name = (hit.cues & cue_road) != 0 || (street && (hit.after_hyphen || !hits_[i - 1].inside()));
      if (hit.inside() && !named_as_city && !holds_outside(i)) {
        hit.elsewhere = false;
      } else if ((street_name && !named_as_city) || only_direction) {
        hit.elsewhere = false;
      } else {
        hit.candidates.clear();
      }
    }
  }

  // Whether a name that is both a place of ours and a city elsewhere means the latter: "Purwodadi Grobogan", "Rembang
  // Jawa Tengah".
  bool holds_outside(std::size_t i) const {
    const auto pure = [](const name_hit& h) { return h.elsewhere && !h.inside(); };
    if (i + 1 < hits_.size() && beside(i + 1) && pure(hits_[i + 1])) return true;
    if (!beside(i) || hits_[i].after_comma) return false;
    const name_hit& inner = hits_[i - 1];
    return inner.inside() && !holds_any(inner, hits_[i]) && !holds_any(hits_[i], inner);
  }

  bool holds_any(const name_hit& outer, const name_hit& inner) const {
    for (const place_candidate& o : outer.candidates) {
      for (const place_candidate& c : inner.candidates) {
        if (atlas_.within(c.where, o.where)) return true;
      }
    }
    return false;
  }

  role role_of(const name_hit& hit) const {
    // "warga desa X" says where people are from; "dari X" at a scene says the same.
    if ((hit.cues & (cue_from | cue_towards)) != 0) return role::passing;
    return (hit.cues & cue_site) != 0 || hit.opens ? role::scene : role::plain;
  }

  bool counts(const name_hit& hit) const { return !hit.denied && !hit.home; }

  // A chain with a far city is far. It decides only when no chain of ours is as good a scene.
  place_finding::outcome outcome() {
    bool inside = false;
    bool inside_scene = false;
    bool outside = false;
    bool outside_scene = false;
    for (std::size_t i = 0; i < hits_.size();) {
      std::size_t end = i + 1;
      while (end < hits_.size() && beside(end)) ++end;
      bool far = false;
      bool ours = false;
      for (std::size_t k = i; k < end; ++k) {
        if (!counts(hits_[k])) continue;
        far = far || hits_[k].elsewhere;
        ours = ours || hits_[k].inside();
      }
      const bool scene = role_of(hits_[i]) != role::passing;
      if (far) {
        for (std::size_t k = i; k < end; ++k) hits_[k].candidates.clear();
        outside = true;
        outside_scene = outside_scene || scene;
      } else if (ours) {
        inside = true;
        inside_scene = inside_scene || scene;
      }
      i = end;
    }
    if (inside && (inside_scene || !outside_scene)) return place_finding::outcome::inside;
    return outside ? place_finding::outcome::outside : place_finding::outcome::nothing;
  }

  struct choice {
    const name_hit* hit;
    place_candidate what;
    int support;
  };

  // The hits of the likeliest scene, which holds whole chains.
  std::vector<const name_hit*> scene() const {
    role best = role::passing;
    std::vector<std::pair<const name_hit*, role>> all;
    all.reserve(hits_.size());
    role chain_role = role::plain;
    for (std::size_t i = 0; i < hits_.size(); ++i) {
      if (!beside(i)) {
        // "di Bangil dan Beji": the second is as much the scene as the first.
        const role own = role_of(hits_[i]);
        const bool also = (hits_[i].cues & cue_also) != 0 && own != role::passing;
        chain_role = also ? std::max(chain_role, own) : own;
      }
      if (!counts(hits_[i]) || !hits_[i].inside()) continue;
      best = std::max(best, chain_role);
      all.emplace_back(&hits_[i], chain_role);
    }
    std::vector<const name_hit*> chosen;
    chosen.reserve(all.size());
    for (const auto& [hit, how] : all) {
      if (how == best) chosen.push_back(hit);
    }
    return chosen;
  }

  int support_of(const name_hit& hit, area_id where, std::span<const name_hit* const> others) const {
    int support = 0;
    for (const name_hit* other : others) {
      if (other == &hit) continue;
      const bool holds = std::any_of(other->candidates.begin(), other->candidates.end(), [&](const place_candidate& c) {
        return c.where != where && atlas_.within(where, c.where);
      });
      if (holds) support += other->chain == hit.chain ? 2 : 1;
    }
    return support;
  }

  void choose(place_finding& out) {
    const std::vector<const name_hit*> hits = scene();
    if (hits.empty()) return;
    use_spare_spellings(hits);

    std::vector<choice> choices;
    for (const name_hit* hit : hits) {
      for (const place_candidate& each : hit->candidates) {
        choices.push_back({hit, each, support_of(*hit, each.where, hits)});
      }
    }
    // Without support the first exact name leads; with it, the name of the narrowest supported place.
    const bool supported = std::any_of(choices.begin(), choices.end(), [](const choice& c) { return c.support > 0; });
    std::stable_sort(choices.begin(), choices.end(), [&](const choice& a, const choice& b) {
      if (a.support != b.support) return a.support > b.support;
      if (a.hit->exact() != b.hit->exact()) return a.hit->exact();
      return supported && narrowest(*a.hit) > narrowest(*b.hit);
    });
    const name_hit& lead = *choices.front().hit;
    for (const choice& each : choices) {
      if (each.hit == &lead && each.support == choices.front().support) add(out, each.what);
    }
    // Names that contradict the lead stay candidates: they are asked about unless one unit serves them all.
    for (const choice& each : choices) {
      if (each.hit != &lead && !fits(*each.hit, out)) add(out, each.what);
    }
    narrow_by_others(lead, out);
    out.begin = lead.begin;
    out.end = lead.end;
    for (const name_hit* each : hits) {
      if (each->chain != lead.chain) continue;
      out.begin = std::min(out.begin, each->begin);
      out.end = std::max(out.end, each->end);
    }
    out.settled = settles(lead, hits);
  }

  level narrowest(const name_hit& hit) const {
    level found = level::province;
    for (const place_candidate& each : hit.candidates) found = std::max(found, atlas_.at(each.where).at);
    return found;
  }

  static void add(place_finding& out, const place_candidate& fresh) {
    const auto same = [&](const place_candidate& c) { return c.where == fresh.where; };
    if (std::none_of(out.candidates.begin(), out.candidates.end(), same)) out.candidates.push_back(fresh);
  }

  // Whether a name agrees with what was chosen: it holds it, is held by it, or is it.
  bool fits(const name_hit& hit, const place_finding& out) const {
    for (const place_candidate& mine : hit.candidates) {
      for (const place_candidate& chosen : out.candidates) {
        if (atlas_.within(mine.where, chosen.where) || atlas_.within(chosen.where, mine.where)) return true;
      }
    }
    return false;
  }

  // An old spelling that is the present name of another place counts only when it alone fits the names beside it.
  void use_spare_spellings(std::span<const name_hit* const> hits) {
    for (name_hit& hit : hits_) {
      if (hit.spare.empty() || hit.denied) continue;
      const auto supported = [&](const std::vector<place_candidate>& list) {
        return std::any_of(list.begin(), list.end(), [&](const place_candidate& c) {
          const bool inner = support_of(hit, c.where, hits) > 0;
          return inner || std::any_of(hits.begin(), hits.end(), [&](const name_hit* other) {
                   return other != &hit && other->chain == hit.chain &&
                          std::any_of(other->candidates.begin(), other->candidates.end(),
                                      [&](const place_candidate& o) {
                                        return o.where != c.where && atlas_.within(o.where, c.where);
                                      });
                 });
        });
      };
      if (!supported(hit.candidates) && supported(hit.spare)) hit.candidates = std::move(hit.spare);
      hit.spare.clear();
    }
  }

  // "kula tiyang Madiun … Sambirejo": a larger area that is only passed by still tells namesakes apart.
  void narrow_by_others(const name_hit& lead, place_finding& out) const {
    if (out.candidates.size() < 2) return;
    for (const name_hit& each : hits_) {
      if (&each == &lead || each.denied || each.candidates == lead.candidates) continue;
      const auto held = [&](const place_candidate& c) {
        return std::any_of(each.candidates.begin(), each.candidates.end(), [&](const place_candidate& outer) {
          return outer.where != c.where && atlas_.within(c.where, outer.where);
        });
      };
      const auto count = std::count_if(out.candidates.begin(), out.candidates.end(), held);
      if (count > 0) std::erase_if(out.candidates, [&](const place_candidate& c) { return !held(c); });
    }
  }

  bool settles(const name_hit& lead, std::span<const name_hit* const> hits) const {
    if (lead.unfit || lead.doubtful || (lead.cues & cue_hamlet) != 0) return false;
    if (lead.street && !in_named_district(lead, hits)) return false;
    if ((lead.cues & cue_road) != 0 && ends_a_road(lead)) return false;
    const bool loose = std::any_of(lead.candidates.begin(), lead.candidates.end(), [](const place_candidate& c) {
      return c.how == match::fuzzy || (c.how == match::landmark && c.confidence < 0.8F);
    });
    if (!loose) return true;
    // What is only similar settles the ward no more than its district, named beside it, settles the unit.
    return lead.candidates.front().how == match::fuzzy && in_named_district(lead, hits);
  }

  bool in_named_district(const name_hit& lead, std::span<const name_hit* const> hits) const {
    return std::any_of(hits.begin(), hits.end(), [&](const name_hit* other) {
      return other != &lead && other->exact() &&
             std::any_of(other->candidates.begin(), other->candidates.end(), [&](const place_candidate& c) {
               return atlas_.at(c.where).at == level::district && atlas_.within(lead.candidates.front().where, c.where);
             });
    });
  }

  // "Tol Gempol-Pasuruan"
  bool ends_a_road(const name_hit& hit) const {
    return std::any_of(hits_.begin(), hits_.end(), [&](const name_hit& other) {
      return other.chain == hit.chain && other.after_hyphen && (&other == &hit || other.begin > hit.begin);
    });
  }

  const atlas& atlas_;
  std::span<const word> words_;
  name_hits found_;
  std::vector<name_hit>& hits_;
};

}  // namespace

place_finding find_place(const atlas& where, std::span<const word> words) { return resolver(where, words).run(); }

}  // namespace bot::geography
