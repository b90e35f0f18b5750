// The spot of an event within its ward, as its organiser said it: "lapangan Kel. Gentong", "alun2 pasuruan", "Josenan
// gg 3".
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/geography/atlas.hpp"
#include "bot/language/words.hpp"
#include "bot/notices/from_message.hpp"

namespace bot::notices {

// The name of a place [first, last) with what belongs to it: the kind of spot before it, a lane or a number behind it.
std::pair<std::size_t, std::size_t> spot_around(std::span<const language::word>, std::size_t first, std::size_t last,
                                                const event_words&);

// How the spot is named beside its wards (codes), with capitals; empty: it says no more than their names do, or it is
// not known. `names_ward`: the spot holds the name of the ward, which need not be said again.
struct spot_name {
  std::string words;
  bool names_ward = false;
};
spot_name spot_of(std::string_view venue, const std::vector<std::string>& wards, const geography::atlas&,
                  const event_words&);

}  // namespace bot::notices
