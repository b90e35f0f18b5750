#include "bot/language/tongue.hpp"

#include <algorithm>
#include <bit>

namespace bot::language {

std::string_view tongue_of(const reading& r, const lexicon& lex) {
  int id = 0, jv = 0, mad = 0, en = 0;
  for (const unit& u : r.units) {
    if (u.place || u.number) continue;
    const std::uint32_t word = u.found.exact != lexicon::none ? u.found.exact : u.found.root;
    // Only words of one language tell.
    const std::uint8_t mask = lex.tongues(word);
    if (std::popcount(mask) != 1) continue;
    id += (mask & indonesian) != 0;
    jv += (mask & javanese) != 0;
    mad += (mask & madurese) != 0;
    en += (mask & english) != 0;
  }
  if (mad >= 2 && mad * 3 >= id) return "mad";
  if (mad >= 1 && mad > id && mad >= jv) return "mad";
  if (en >= 3 && en >= id) return "mixed";
  if (jv == 0) return en >= 2 && id >= 1 ? "mixed" : "id";
  // Javanese borrows from Indonesian all the time, hardly the other way round.
  if (jv >= 2 * id) return "jv";
  if (jv * 3 >= id) return "mixed";
  return "id";
}

}  // namespace bot::language
