#include "bot/geography/name_hits.hpp"

#include <algorithm>
#include <string>

namespace bot::geography {
namespace {

using language::word;

constexpr std::size_t longest_name = 6;    // words
constexpr std::size_t shortest_piece = 3;  // letters of a name written apart, unless the name has a seam there
constexpr std::size_t most_hits = 24;      // more names than these in one message are noise
constexpr std::size_t looks_back = 4;      // words before a name that can be cues
constexpr std::size_t fuzzy_letters = 5;
constexpr std::size_t distant_letters = 7;  // two slips are looked for in names of this length, within a named district

// Confidence of a name that one place bears; several share it.
constexpr float sure_name = 0.95F;
constexpr float sure_alias = 0.9F;
constexpr float sure_landmark = 0.9F;
constexpr float loose_landmark = 0.6F;
constexpr float loose_fuzzy = 0.5F;

bool is_sign(const word& each, std::string_view signs) {
  return each.what == word::kind::sign && each.folded.size() == 1 &&
         signs.find(each.folded.front()) != std::string_view::npos;
}

void append_plain(std::string& key, std::string_view text) {
  for (std::size_t end = text.find('\''); end != text.npos; end = text.find('\'')) {
    key.append(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  key.append(text);
}

// The letters of a word as names are indexed: no apostrophe, "alun2" twice.
void append_key(std::string& key, const word& each) {
  std::string_view text = each.folded;
  if (each.what == word::kind::letters && text.size() > 3 && text.back() == '2') {
    text.remove_suffix(1);
    append_plain(key, text);
  }
  append_plain(key, text);
}

void share(std::vector<place_candidate>& candidates) {
  for (place_candidate& each : candidates) each.confidence /= static_cast<float>(candidates.size());
}

class finder {
 public:
  finder(const atlas& where, std::span<const word> words) : atlas_(where), words_(words) {
    cues_.reserve(words.size());
    for (const word& each : words) {
      cues_.push_back(each.what == word::kind::letters ? where.cues_of(without_number(each.folded)) : 0);
    }
    found_.hits.reserve(8);
  }

  name_hits run() {
    exact();
    for (std::size_t i = 0; i < found_.hits.size(); ++i) look_around(i);
    chain();
    respell();
    fuzzy();
    return std::move(found_);
  }

 private:
  // "rw3", "gg4" are the cues "rw", "gg".
  static std::string_view without_number(std::string_view folded) {
    while (folded.size() > 2 && folded.back() >= '0' && folded.back() <= '9') folded.remove_suffix(1);
    return folded;
  }

  bool letters(std::size_t i) const { return i < words_.size() && words_[i].what == word::kind::letters; }

  void exact() {
    for (std::size_t i = 0; i < words_.size() && found_.hits.size() < most_hits;) {
      const std::size_t end = letters(i) ? longest_from(i) : i;
      i = std::max(end, i + 1);
    }
  }

  // Adds the longest name that begins at a word and returns where it ends, or the word itself.
  std::size_t longest_from(std::size_t first) {
    key_.clear();
    const known_name* best = nullptr;
    std::size_t best_end = first;
    std::size_t pieces = 0;
    std::uint64_t short_seams = 0;  // boundaries beside a piece so short that the name itself must have one there
    std::size_t best_pieces = 0;
    std::size_t last_size = 0;
    for (std::size_t i = first; i < words_.size() && pieces < longest_name; ++i) {
      if (is_sign(words_[i], "-") && i > first) continue;
      if (words_[i].what == word::kind::sign) break;
      const std::size_t before = key_.size();
      append_key(key_, words_[i]);
      const std::size_t size = key_.size() - before;
      if (pieces > 0 && before < 64 && std::min(size, last_size) < shortest_piece)
        short_seams |= std::uint64_t{1} << before;
      last_size = size;
      ++pieces;
      const known_name* known = atlas_.names().find(key_);
      if (known == nullptr || (short_seams & ~known->seams) != 0) continue;
      best = known;
      best_end = i + 1;
      best_pieces = pieces;
    }
    if (best != nullptr) add(*best, first, best_end, best_pieces > 1);
    return best_end;
  }

  void add(const known_name& known, std::size_t begin, std::size_t end, bool apart) {
    name_hit hit;
    hit.begin = static_cast<std::uint32_t>(begin);
    hit.end = static_cast<std::uint32_t>(end);
    hit.care = atlas_.caution_for(known.key, apart);
    std::uint32_t official_levels = 0;
    for (const name_sense& each : atlas_.names().senses(known)) {
      switch (static_cast<name_kind>(each.tag)) {
        case name_kind::official:
          hit.candidates.push_back({each.target, match::name, sure_name});
          official_levels |= 1U << static_cast<unsigned>(atlas_.at(each.target).at);
          break;
        case name_kind::landmark: hit.candidates.push_back({each.target, match::landmark, sure_landmark}); break;
        case name_kind::unverified_landmark:
          hit.candidates.push_back({each.target, match::landmark, loose_landmark});
          break;
        case name_kind::elsewhere: hit.elsewhere = true; break;
        case name_kind::home: hit.home = true; break;
        case name_kind::alias: break;
      }
    }
    for (const name_sense& each : atlas_.names().senses(known)) {
      if (static_cast<name_kind>(each.tag) != name_kind::alias) continue;
      const bool taken = (official_levels >> static_cast<unsigned>(atlas_.at(each.target).at) & 1U) != 0;
      const auto same = [&](const place_candidate& c) { return c.where == each.target; };
      if (std::any_of(hit.candidates.begin(), hit.candidates.end(), same)) continue;
      (taken ? hit.spare : hit.candidates).push_back({each.target, match::alias, sure_alias});
    }
    found_.hits.push_back(std::move(hit));
  }

  std::size_t end_of_previous(std::size_t index) const { return index == 0 ? 0 : found_.hits[index - 1].end; }

  // The cues directly before a word, back to a comma, an ordinary word or the name before. `nearest`: of the last one.
  std::uint32_t cues_before(std::size_t begin, std::size_t stop, std::uint32_t& nearest) const {
    std::uint32_t cues = 0;
    nearest = 0;
    std::size_t seen = 0;
    for (std::size_t i = begin; i > stop && seen < looks_back; --i) {
      const word& each = words_[i - 1];
      if (each.what == word::kind::sign) {
        if (is_sign(each, ".:-*\"'(_~")) continue;
        break;
      }
      ++seen;
      if (each.what == word::kind::number) continue;
      if (cues_[i - 1] == 0) break;
      if (nearest == 0) nearest = cues_[i - 1];
      // A type word belongs to the name beside it only.
      cues |= (cues & cue_types) == 0 ? cues_[i - 1] : cues_[i - 1] & ~cue_types;
    }
    return cues;
  }

  void look_around(std::size_t index) {
    name_hit& hit = found_.hits[index];
    std::uint32_t nearest = 0;
    hit.cues = cues_before(hit.begin, end_of_previous(index), nearest);
    hit.street = (nearest & (cue_road | cue_beside)) == cue_road;
    hit.denied = (hit.cues & cue_denial) != 0;
    hit.opens = hit.begin == 0 && hit.end < words_.size() && (cues_[hit.end] & cue_happens) != 0;
    choose_by_type(hit);
    share(hit.candidates);
  }

  template <class Keep>
  bool narrow(name_hit& hit, Keep keep) const {
    const auto fits = [&](const place_candidate& c) { return keep(atlas_.at(c.where)); };
    if (std::none_of(hit.candidates.begin(), hit.candidates.end(), fits)) return false;
    std::erase_if(hit.candidates, [&](const place_candidate& c) { return !fits(c); });
    return true;
  }

  void choose_by_type(name_hit& hit) const {
    // "desa Lekok": people call the main village of a district by its name. A city of that name leaves it open.
    const auto any_ward = [&] {
      const auto in_district = [&](const place_candidate& c) { return atlas_.at(c.where).at == level::district; };
      return narrow(hit, [](const area& a) { return a.at == level::ward; }) ||
             (hit.inside() && std::all_of(hit.candidates.begin(), hit.candidates.end(), in_district));
    };
    if ((hit.cues & cue_urban_ward) != 0) {
      if (!narrow(hit, [](const area& a) { return a.at == level::ward && a.urban; })) hit.unfit = !any_ward();
    } else if ((hit.cues & cue_rural_ward) != 0) {
      if (!narrow(hit, [](const area& a) { return a.at == level::ward && !a.urban; })) hit.unfit = !any_ward();
    } else if ((hit.cues & cue_district) != 0) {
      hit.unfit = !narrow(hit, [](const area& a) { return a.at == level::district; });
    } else if ((hit.cues & cue_regency) != 0) {
      hit.unfit = !narrow(hit, [](const area& a) { return a.at == level::city && !a.urban; });
      if (hit.unfit && hit.elsewhere) hit.candidates.clear();
    } else if ((hit.cues & cue_city) != 0) {
      // "kota Bangil" is a way to say its middle, so a name that no city bears stays as it is.
      if (!narrow(hit, [](const area& a) { return a.at == level::city && a.urban; }) && hit.elsewhere)
        hit.candidates.clear();
    } else if (!hit.candidates.empty()) {
      // A city and its kabupaten share a name: people who say no more mean the city first. A kecamatan comes before the
      // one ward that has its name, but not before several.
      const bool several = std::count_if(hit.candidates.begin(), hit.candidates.end(), [&](const place_candidate& c) {
                             return atlas_.at(c.where).at == level::ward;
                           }) > 1;
      const auto rank = [&](const place_candidate& c) {
        const area& each = atlas_.at(c.where);
        if (each.at == level::city) return each.urban ? 0 : 1;
        return (each.at == level::district) == several ? 3 : 2;
      };
      std::stable_sort(hit.candidates.begin(), hit.candidates.end(),
                       [&](const place_candidate& a, const place_candidate& b) { return rank(a) < rank(b); });
    }
  }

  // Side by side: nothing between but signs and words like "kec". One unknown word may stand before a far city
  // ("Kalirejo Lawang Malang").
  void chain() {
    for (std::size_t i = 0; i < found_.hits.size(); ++i) {
      name_hit& hit = found_.hits[i];
      hit.chain = static_cast<std::uint32_t>(i);
      if (i == 0) continue;
      const name_hit& before = found_.hits[i - 1];
      std::size_t strangers = 0;
      bool apart = false;
      for (std::size_t w = before.end; w < hit.begin; ++w) {
        if (words_[w].what == word::kind::sign) {
          if (is_sign(words_[w], ",(/")) hit.after_comma = true;
          if (is_sign(words_[w], "-")) hit.after_hyphen = true;
          apart = apart || is_sign(words_[w], "!?;");
        } else if ((cues_[w] & cue_types) == 0) {
          ++strangers;
          apart = apart || cues_[w] != 0;
        }
      }
      const bool far = hit.elsewhere && !hit.inside();
      if (!apart && strangers <= (far ? 1U : 0U)) hit.chain = before.chain;
    }
  }

  bool covered(std::size_t at) const {
    return std::any_of(found_.hits.begin(), found_.hits.end(),
                       [&](const name_hit& h) { return at >= h.begin && at < h.end; });
  }

  // Words that no name covers, where a name is to be expected: after "desa" and its like, before a known district, or
  // after "di" in a message without any known name.
  void fuzzy() {
    const std::size_t known = found_.hits.size();
    for (std::size_t i = 0; i < words_.size() && found_.hits.size() < most_hits; ++i) {
      if (!letters(i) || cues_[i] != 0 || covered(i)) continue;
      std::uint32_t nearest = 0;
      const std::uint32_t cues = cues_before(i, 0, nearest);
      const bool typed = (cues & cue_types) != 0 && i > 0 && directly_typed(i);
      const std::size_t next = hit_after(i + 1, known);
      const bool contained = next < known && found_.hits[next].exact() && !found_.hits[next].denied;
      const bool expected = typed || contained || (known == 0 && (cues & (cue_at | cue_beside)) != 0);
      if (!expected) continue;
      const bool proposed =
          words_[i].folded.size() >= fuzzy_letters && propose(i, cues, typed, contained ? next : known);
      if (!typed || proposed) continue;
      if ((cues & (cue_urban_ward | cue_rural_ward)) != 0) found_.unread_ward = true;
      if ((cues & (cue_district | cue_regency)) != 0) doubt_name_before(i, known);
    }
    std::sort(found_.hits.begin(), found_.hits.end(),
              [](const name_hit& a, const name_hit& b) { return a.begin < b.begin; });
  }

  void doubt_name_before(std::size_t at, std::size_t known) {
    for (std::size_t i = known; i > 0; --i) {
      name_hit& hit = found_.hits[i - 1];
      if (hit.end > at) continue;
      bool beside = true;
      for (std::size_t w = hit.end; w < at; ++w) {
        beside = beside && (words_[w].what == word::kind::sign || (cues_[w] & cue_types) != 0);
      }
      hit.doubtful = hit.doubtful || beside;
      return;
    }
  }

  // "Sumberejo, Winongan": where the name as written does not lie in its neighbour but one with a doubled letter does,
  // that one is kept in reserve.
  void respell() {
    for (std::size_t i = 0; i < found_.hits.size(); ++i) {
      for (const std::size_t other : {i - 1, i + 1}) {
        if (other >= found_.hits.size() || found_.hits[other].chain != found_.hits[i].chain) continue;
        const name_hit& outer = found_.hits[other];
        name_hit& hit = found_.hits[i];
        const auto fits = [&](const place_candidate& c) { return held_by(c.where, outer) || holds(c.where, outer); };
        if (!hit.inside() || !outer.inside() || std::any_of(hit.candidates.begin(), hit.candidates.end(), fits))
          continue;
        key_.clear();
        for (std::uint32_t w = hit.begin; w < hit.end; ++w) {
          if (words_[w].what != word::kind::sign) append_key(key_, words_[w]);
        }
        atlas_.names().near(key_, near_);
        for (const known_name* each : near_) {
          if (!differ_by_doubling(each->key, key_)) continue;
          for (const name_sense& sense : atlas_.names().senses(*each)) {
            if (static_cast<name_kind>(sense.tag) == name_kind::official && held_by(sense.target, outer)) {
              hit.spare.push_back({sense.target, match::alias, sure_alias});
            }
          }
        }
      }
    }
  }

  bool directly_typed(std::size_t at) const {
    std::size_t before = at - 1;
    while (before > 0 && is_sign(words_[before], ".:")) --before;
    return (cues_[before] & cue_types) != 0;
  }

  // The hit that begins at a word, signs and type words skipped; `known` when there is none.
  std::size_t hit_after(std::size_t at, std::size_t known) const {
    for (std::size_t i = 0; i < known; ++i) {
      if (found_.hits[i].begin < at) continue;
      for (std::size_t w = at; w < found_.hits[i].begin; ++w) {
        if (is_sign(words_[w], ",.") || (cues_[w] & cue_types) != 0) continue;
        return known;
      }
      return i;
    }
    return known;
  }

  bool propose(std::size_t at, std::uint32_t cues, bool typed, std::size_t container) {
    key_.clear();
    append_key(key_, words_[at]);
    name_hit hit;
    hit.begin = static_cast<std::uint32_t>(at);
    hit.end = hit.begin + 1;
    hit.cues = cues;
    hit.denied = (cues & cue_denial) != 0;
    atlas_.names().near(key_, near_);
    for (const known_name* each : near_) {
      for (const name_sense& sense : atlas_.names().senses(*each)) {
        const auto kind = static_cast<name_kind>(sense.tag);
        if (kind != name_kind::official && kind != name_kind::alias) continue;
        offer(hit, sense.target);
      }
    }
    const bool within_known = container < found_.hits.size();
    if (within_known) {
      const name_hit& outer = found_.hits[container];
      std::vector<place_candidate> apart;
      std::swap(apart, hit.candidates);
      std::copy_if(apart.begin(), apart.end(), std::back_inserter(hit.candidates),
                   [&](const place_candidate& c) { return held_by(c.where, outer); });
      if (hit.candidates.empty()) offer_distant(hit, outer);
      if (hit.candidates.empty() && typed) hit.candidates = std::move(apart);
      hit.chain = outer.chain;
    } else {
      hit.chain = static_cast<std::uint32_t>(words_.size() + at);  // a chain of its own
    }
    choose_by_type(hit);
    if (hit.candidates.empty() || hit.unfit) return false;
    if (!typed && !within_known && key_.size() <= fuzzy_letters) return false;
    share(hit.candidates);
    found_.hits.push_back(std::move(hit));
    return true;
  }

  static void offer(name_hit& hit, area_id where) {
    const auto same = [&](const place_candidate& c) { return c.where == where; };
    if (std::none_of(hit.candidates.begin(), hit.candidates.end(), same)) {
      hit.candidates.push_back({where, match::fuzzy, loose_fuzzy});
    }
  }

  bool held_by(area_id inner, const name_hit& outer) const {
    return std::any_of(outer.candidates.begin(), outer.candidates.end(),
                       [&](const place_candidate& c) { return c.where != inner && atlas_.within(inner, c.where); });
  }

  bool holds(area_id outer, const name_hit& inner) const {
    return std::any_of(inner.candidates.begin(), inner.candidates.end(),
                       [&](const place_candidate& c) { return atlas_.within(c.where, outer); });
  }

  // Two slips, looked for among the few wards of a named district, taken only when one name is nearest.
  void offer_distant(name_hit& hit, const name_hit& outer) const {
    if (key_.size() < distant_letters) return;
    std::size_t least = 3;
    area_id nearest = no_area;
    for (const place_candidate& each : outer.candidates) {
      if (atlas_.at(each.where).at != level::district) continue;
      for (area_id ward = each.where + 1; ward < atlas_.end_of(each.where); ++ward) {
        std::string name;
        for (const char c : atlas_.at(ward).name) {
          if (c >= 'A' && c <= 'Z') name.push_back(static_cast<char>(c + ('a' - 'A')));
          if (c >= 'a' && c <= 'z') name.push_back(c);
        }
        const std::size_t slips = slips_between(name, key_, least);
        if (slips == least) nearest = no_area;
        if (slips < least) {
          least = slips;
          nearest = ward;
        }
      }
    }
    if (nearest != no_area) offer(hit, nearest);
  }

  // Levenshtein distance, `most` when it is that or more.
  static std::size_t slips_between(std::string_view a, std::string_view b, std::size_t most) {
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) >= most) return most;
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j <= b.size(); ++j) {
        const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
      }
    }
    return std::min(row.back(), most);
  }

  const atlas& atlas_;
  std::span<const word> words_;
  std::vector<std::uint32_t> cues_;
  name_hits found_;
  std::string key_;
  std::vector<const known_name*> near_;
};

}  // namespace

name_hits find_names(const atlas& where, std::span<const word> words) { return finder(where, words).run(); }

}  // namespace bot::geography
