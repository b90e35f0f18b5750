#include "bot/geography/atlas.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "bot/language/words.hpp"

namespace bot::geography {
namespace {

// As a resident's message is folded, so that both sides meet. "alun2" becomes "alunalun" on both.
std::string folded(std::string_view name) {
  std::string out;
  for (const language::word& each : language::split(name)) {
    if (each.what == language::word::kind::sign) {
      out.push_back('-');
      continue;
    }
    if (!out.empty() && each.spaced) out.push_back(' ');
    if (each.what == language::word::kind::letters && each.folded.size() > 3 && each.folded.back() == '2') {
      const std::string_view once = std::string_view(each.folded).substr(0, each.folded.size() - 1);
      out.append(once).append("-").append(once);
    } else {
      out.append(each.folded);
    }
  }
  return out;
}

// "Kota Pasuruan", "Kabupaten Madiun" -> the name alone.
std::string_view bare(std::string_view name) {
  for (const std::string_view kind : {"Kota ", "Kabupaten "}) {
    if (name.starts_with(kind)) return name.substr(kind.size());
  }
  return name;
}

std::string_view parent_code(std::string_view code) {
  const auto dot = code.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : code.substr(0, dot);
}

constexpr std::uint8_t tag(name_kind kind) { return static_cast<std::uint8_t>(kind); }

}  // namespace

atlas::atlas(atlas_source source) : areas_(std::move(source.areas)) {
  std::sort(areas_.begin(), areas_.end(), [](const area& a, const area& b) { return a.code < b.code; });
  link();

  std::vector<outlines::shape> shapes;
  shapes.reserve(source.outlines.size());
  for (outline& each : source.outlines) {
    if (const area_id id = find(each.code); id != no_area) shapes.push_back({id, std::move(each.polygons)});
  }
  borders_ = outlines(shapes);

  elsewhere_ = std::move(source.elsewhere);
  index_names(source);
  index_words(source.words);
}

void atlas::link() {
  by_code_.reserve(areas_.size());
  for (area_id id = 0; id < areas_.size(); ++id) by_code_.emplace(areas_[id].code, id);
  for (area& each : areas_) each.parent = find(parent_code(each.code));
}

void atlas::index_names(const atlas_source& source) {
  for (area_id id = 0; id < areas_.size(); ++id) {
    names_.add(folded(bare(areas_[id].name)), {id, tag(name_kind::official)});
  }
  for (const alias& each : source.aliases) {
    const std::string name = folded(each.name);
    const area_id id = find(each.code);
    names_.add(name, {id, tag(name_kind::alias)});
    constexpr std::string_view hamlet = "dusun ";
    if (name.starts_with(hamlet)) names_.add(std::string_view(name).substr(hamlet.size()), {id, tag(name_kind::alias)});
  }
  for (const landmark& each : source.landmarks) {
    const name_sense sense{find(each.code), tag(each.verified ? name_kind::landmark : name_kind::unverified_landmark)};
    names_.add(folded(each.name), sense);
    for (const std::string& other : each.aliases) names_.add(folded(other), sense);
  }
  for (std::uint32_t i = 0; i < elsewhere_.size(); ++i)
    names_.add(folded(elsewhere_[i]), {i, tag(name_kind::elsewhere)});
  for (const std::string& each : source.home) names_.add(folded(each), {no_area, tag(name_kind::home)});
  names_.freeze();
}

void atlas::index_words(const place_words& words) {
  std::map<std::string, std::uint32_t> cues;
  const auto take = [&](const std::vector<std::string>& list, cue what) {
    for (const std::string& each : list) cues[each] |= what;
  };
  take(words.urban_ward, cue_urban_ward);
  take(words.rural_ward, cue_rural_ward);
  take(words.district, cue_district);
  take(words.city, cue_city);
  take(words.regency, cue_regency);
  take(words.hamlet, cue_hamlet);
  take(words.at, cue_at);
  take(words.beside, cue_beside);
  take(words.road, cue_road);
  take(words.from, cue_from);
  take(words.towards, cue_towards);
  take(words.denial, cue_denial);
  take(words.correction, cue_correction);
  take(words.meant, cue_meant);
  take(words.happens, cue_happens);
  take(words.border, cue_border);
  take(words.also, cue_also);
  for (const auto& [word, set] : cues) {
    cues_.add(word, {static_cast<std::uint32_t>(cue_sets_.size()), 0});
    cue_sets_.push_back(set);
  }
  cues_.freeze();
  for (const std::string& each : words.needs_cue)
    cautions_.add(each, {0, static_cast<std::uint8_t>(caution::needs_cue)});
  for (const std::string& each : words.needs_type)
    cautions_.add(each, {0, static_cast<std::uint8_t>(caution::needs_type)});
  cautions_.freeze();
}

area_id atlas::find(std::string_view code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? no_area : found->second;
}

bool atlas::within(area_id inner, area_id outer) const {
  if (outer == no_area) return false;
  while (inner != no_area && inner > outer) inner = areas_[inner].parent;
  return inner == outer;
}

area_id atlas::end_of(area_id id) const {
  area_id end = id + 1;
  while (end < areas_.size() && within(end, id)) ++end;
  return end;
}

std::string atlas::title(area_id id) const {
  const area& each = areas_[id];
  switch (each.at) {
    case level::ward: return (each.urban ? "Kel. " : "Desa ") + each.name;
    case level::district: return "Kec. " + each.name;
    case level::city: return (each.urban ? "Kota " : "Kab. ") + std::string(bare(each.name));
    case level::province: return each.name;
  }
  return each.name;
}

std::uint32_t atlas::cues_of(std::string_view word) const {
  const known_name* known = cues_.find(word);
  return known == nullptr ? 0 : cue_sets_[cues_.senses(*known).front().target];
}

caution atlas::caution_for(std::string_view key, bool apart) const {
  const known_name* known = cautions_.find(key);
  // An entry written with a space warns only of the name written with one.
  if (known == nullptr || (known->seams != 0 && !apart)) return caution::none;
  caution most = caution::none;
  for (const name_sense& each : cautions_.senses(*known)) most = std::max(most, static_cast<caution>(each.tag));
  return most;
}

}  // namespace bot::geography
