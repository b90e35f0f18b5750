// The served areas: the administrative tree, its outlines and its names. Immutable once built, so it may be read from
// any thread. It knows nothing of police units: see units.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/geography/area.hpp"
#include "bot/geography/name_index.hpp"
#include "bot/geography/outlines.hpp"

namespace bot::geography {

// What the atlas's index of names keeps beside a target.
enum class name_kind : std::uint8_t {
  official,
  alias,
  landmark,  // target: the narrowest area known to hold it
  unverified_landmark,
  elsewhere,  // a city or province that is not in the atlas; target: index into its names
  home,       // holds all of the atlas
};

// What a small word does for the name beside it; a word can do several things.
enum cue : std::uint32_t {
  cue_urban_ward = 1U << 0U,
  cue_rural_ward = 1U << 1U,
  cue_district = 1U << 2U,
  cue_city = 1U << 3U,
  cue_regency = 1U << 4U,
  cue_hamlet = 1U << 5U,
  cue_at = 1U << 6U,
  cue_beside = 1U << 7U,
  cue_road = 1U << 8U,
  cue_from = 1U << 9U,
  cue_towards = 1U << 10U,
  cue_denial = 1U << 11U,
  cue_correction = 1U << 12U,
  cue_meant = 1U << 13U,
  cue_happens = 1U << 14U,
  cue_border = 1U << 15U,
  cue_also = 1U << 16U,
};
inline constexpr std::uint32_t cue_types =
    cue_urban_ward | cue_rural_ward | cue_district | cue_city | cue_regency | cue_hamlet;

// How much a name that is also an ordinary word must be backed by its neighbours.
enum class caution : std::uint8_t { none, needs_cue, needs_type };

class atlas {
 public:
  // The source must be sound (config::load_areas checks it): codes unique, parents present.
  explicit atlas(atlas_source source);
  atlas(atlas&&) noexcept = default;  // moved only: its index points into itself
  atlas& operator=(atlas&&) noexcept = default;

  std::span<const area> areas() const { return areas_; }
  const area& at(area_id id) const { return areas_[id]; }
  area_id find(std::string_view code) const;        // no_area when unknown
  bool within(area_id inner, area_id outer) const;  // true also for the same area
  // One past the last area under `id`: [id, end_of(id)) is the area and all that it holds.
  area_id end_of(area_id id) const;
  // "Kel. Gentong", "Desa Sidogiri", "Kec. Kraton", "Kota Pasuruan", "Kab. Pasuruan".
  std::string title(area_id id) const;

  const outlines& borders() const { return borders_; }
  const name_index& names() const { return names_; }
  std::string_view elsewhere_name(std::uint32_t target) const { return elsewhere_[target]; }
  std::uint32_t cues_of(std::string_view folded) const;
  // `apart`: the name was written as several words.
  caution caution_for(std::string_view key, bool apart) const;

 private:
  void link();
  void index_names(const atlas_source& source);
  void index_words(const place_words& words);

  std::vector<area> areas_;  // sorted by code: the descendants of an area follow it
  std::unordered_map<std::string_view, area_id> by_code_;
  outlines borders_{{}};
  name_index names_;
  name_index cues_;
  name_index cautions_;
  std::vector<std::uint32_t> cue_sets_;
  std::vector<std::string> elsewhere_;
};

}  // namespace bot::geography
