#include "bot/language/tongue.hpp"

#include <algorithm>
#include <bit>

namespace bot::language {

namespace {

// Words that tell of one language alone.
struct marks {
  int id = 0, jv = 0, mad = 0, en = 0;
};

marks marks_of(const reading& r, const lexicon& lex) {
  marks m;
  for (const unit& u : r.units) {
    if (u.place || u.number) continue;
    const std::uint32_t word = u.found.exact != lexicon::none ? u.found.exact : u.found.root;
    // Only words of one language tell.
    const std::uint8_t mask = lex.tongues(word);
    if (std::popcount(mask) != 1) continue;
    m.id += (mask & indonesian) != 0;
    m.jv += (mask & javanese) != 0;
    m.mad += (mask & madurese) != 0;
    m.en += (mask & english) != 0;
  }
  return m;
}

}  // namespace

std::string_view tongue_of(const reading& r, const lexicon& lex) {
  const auto [id, jv, mad, en] = marks_of(r, lex);
  if (mad >= 2 && mad * 3 >= id) return "mad";
  if (mad >= 1 && mad > id && mad >= jv) return "mad";
  if (en >= 3 && en >= id) return "mixed";
  if (jv == 0) return en >= 2 && id >= 1 ? "mixed" : "id";
  // Javanese borrows from Indonesian all the time, hardly the other way round.
  if (jv >= 2 * id) return "jv";
  if (jv * 3 >= id) return "mixed";
  return "id";
}

std::string_view sure_tongue_of(const reading& r, const lexicon& lex) {
  constexpr int enough = 3;
  const auto [id, jv, mad, en] = marks_of(r, lex);
  // Madurese shares short words with everything: a few of them beside another language tell nothing.
  if (en >= enough && en >= 2 * (id + jv)) return "en";
  if (mad >= enough && mad > id + jv + en) return "mad";
  if (jv >= 2 && jv >= 2 * (id + en)) return "jv";
  if (id >= enough && id >= 3 * (jv + en)) return "id";
  return {};
}

}  // namespace bot::language
