// What an organiser brings or writes. Pictures of identity cards are never asked for in a chat (P-24).
#pragma once

#include "bot/notices/rules.hpp"

namespace bot::notices {

// The lists that apply, the track's before those of the extras; each is the one of the nearest unit that has its own,
// else the default. A list for the tier is taken before one for the whole track.
std::vector<const checklist*> documents_for(track, std::optional<tier>, const std::vector<extra>&, const event_rules&,
                                            const unit_chain&, local_day on);

// How the station works: what it says itself, else what the units above it say, else the default.
unit_practice practice_of(const unit_chain&, const event_rules&, local_day on);

// How many persons in charge go with so many people (UU 9/1998 Art. 12): a hint for the organiser.
people leaders_for(std::int64_t participants, const event_rules&);

}  // namespace bot::notices
