#include "bot/notices/from_message.hpp"

namespace bot::notices {
namespace {

// Phrases that speak against others stand above them: "tidak menutup jalan" holds "menutup jalan".
std::optional<bool> yes_or_no(std::span<const language::word> words, const phrase_set& yes, const phrase_set& no) {
  if (has_phrase(words, no)) return false;
  if (has_phrase(words, yes)) return true;
  return std::nullopt;
}

std::optional<bool> public_place(std::span<const language::word> words, const event_words& rules) {
  if (has_phrase(words, rules.either)) return std::nullopt;
  const bool inside = has_phrase(words, rules.indoors), outside = has_phrase(words, rules.open_air);
  if (inside == outside) return std::nullopt;
  return outside;
}

// "demo dan konser", "karnaval sekalian orasi": two kinds joined by a word, and not "demo tolak konser".
std::optional<purpose> joined_to(std::span<const language::word> words, const event_words& rules) {
  const auto kinds = rules.answers.find("mixed");
  if (kinds == rules.answers.end()) return std::nullopt;
  const auto joiners = kinds->second.find("joined_by");
  if (joiners == kinds->second.end()) return std::nullopt;
  const auto joined = [&](std::size_t at) {
    return (at >= 1 && phrase_at(words, at - 1, joiners->second) > 0) ||
           (at >= 2 && phrase_at(words, at - 2, joiners->second) > 0);
  };
  for (const auto& [name, all] : kinds->second) {
    const auto what = purpose_named(name);
    if (!what) continue;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (phrase_at(words, i, all) == 0) continue;
      if (joined(i)) return what;
      for (std::size_t j = i + 1; j < words.size(); ++j)
        if (phrase_at(words, j, rules.opinion) > 0 && joined(j)) return what;
    }
  }
  return std::nullopt;
}

// One of the words that answer what it is for.
bool names(std::span<const language::word> words, const event_words& rules, const std::string& what) {
  const auto answers = rules.answers.find("purpose");
  if (answers == rules.answers.end()) return false;
  const auto of = answers->second.find(what);
  return of != answers->second.end() && has_phrase(words, of->second);
}

std::vector<purpose> purposes_of(std::span<const language::word> words, const language::understanding& said,
                                 const event_words& rules) {
  // "aksi bersih-bersih sungai": work for all is no opinion, whatever it is called.
  const bool work = has_phrase(words, rules.community) && !has_phrase(words, rules.demand);
  const bool opinion = (said.category == "protest" && !work) || has_phrase(words, rules.opinion);
  std::optional<purpose> kind;
  if (const auto known = rules.purpose_of.find(said.event_kind); known != rules.purpose_of.end()) kind = known->second;
  if (has_phrase(words, rules.campus_science)) kind = purpose::campus_science;
  // A great meeting may be one of workers, of a party or of a club: only what names politics is taken for it.
  if (kind == purpose::political && !has_phrase(words, rules.political)) return {};
  if (has_phrase(words, rules.worship)) kind = purpose::religious;
  // A night of prayer or a meal among neighbours is no show, as long as none is named beside it.
  const bool awake = said.event_kind == "cultural" || said.event_kind == "religious_gathering";
  if (awake && has_phrase(words, rules.neighbours) && !names(words, rules, "religious")) kind = purpose::community;
  if (work && !opinion && kind == purpose::opinion) kind = purpose::community;
  // Fireworks at a wedding are an extra of the wedding.
  if (kind == purpose::fireworks && has_phrase(words, rules.family)) kind = purpose::family;
  if (!kind && !opinion && has_phrase(words, rules.family)) kind = purpose::family;
  const bool neighbours = has_phrase(words, rules.community) || has_phrase(words, rules.neighbours);
  if (!kind && !opinion && neighbours) kind = purpose::community;
  if (const auto names = rules.answers.find("purpose"); !kind && !opinion && names != rules.answers.end()) {
    // A word that answers the question is heard before it is asked, too; but not what a notice turns on.
    const auto said_so = answer_in(words, names->second);
    const auto named = said_so ? purpose_named(*said_so) : std::nullopt;
    if (named && *named != purpose::opinion && *named != purpose::political) kind = named;
  }
  const bool political = kind == purpose::political;
  if (opinion || political)
    if (const auto other = joined_to(words, rules)) return {political ? *kind : purpose::opinion, *other};
  if (opinion || has_phrase(words, rules.demand)) {
    if (kind && kind != purpose::opinion) return {};
    if (opinion) return {purpose::opinion};
  }
  return kind ? std::vector<purpose>{*kind} : std::vector<purpose>{};
}

}  // namespace

std::optional<std::string> answer_in(std::span<const language::word> words,
                                     const std::map<std::string, phrase_set>& by_value) {
  std::size_t longest = 0;
  std::optional<std::string> found;
  for (const auto& [value, all] : by_value) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::size_t here = phrase_at(words, i, all);
      if (here == 0 || here < longest) continue;
      if (here == longest && found != value) {
        found.reset();
      } else {
        found = value;
      }
      longest = here;
    }
  }
  return found;
}

event event_of(std::span<const language::word> words, const language::understanding& said,
               const geography::place_finding& place, const geography::atlas& map, const event_words& rules,
               std::chrono::minutes utc_offset) {
  event e;
  e.purposes = purposes_of(words, said, rules);
  using kind = language::spoken_time::kind;
  if (said.when.resolved && (said.when.kind == kind::future || said.when.kind == kind::now)) {
    e.start = time_at(*said.when.resolved, utc_offset);
    if (said.when.date_only) e.start->at.reset();
  }
  if (said.crowd) e.attendance = people{said.crowd->min, said.crowd->max};
  if (place.what == geography::place_finding::outcome::inside && place.settled && place.candidates.size() == 1) {
    e.wards = {map.at(place.candidates.front().where).code};
  }
  e.public_place = public_place(words, rules);
  if (!e.public_place && has_phrase(words, rules.worship)) e.public_place = true;
  e.public_road = yes_or_no(words, rules.road, rules.no_road);
  e.fireworks = yes_or_no(words, rules.fireworks, rules.no_fireworks);
  e.on_campus = yes_or_no(words, rules.campus, rules.off_campus);
  for (std::size_t i = 0; i < rules.reaches.size(); ++i) {
    // The widest that is said: "beberapa kecamatan dan luar kota".
    if (has_phrase(words, rules.reaches[i])) e.participants_from = static_cast<reach>(i);
  }
  return e;
}

}  // namespace bot::notices
