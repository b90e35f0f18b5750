// An officer corrects the track of what was filed, with a reason. What was told as a notice never becomes an
// application (may_correct of life.hpp); a number that was given stands.
#pragma once

#include <string>
#include <vector>

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/notices/notice.hpp"
#include "bot/notices/plan.hpp"

namespace bot::notices {

// To which it can go now; empty: there is no button.
std::vector<track> corrections_of(const notice&, const world&);
// Key of the name of a track as it is offered.
std::string track_key(track);

// An officer has settled the track of the notice, and the answers still tell of such an event.
bool is_settled_for(const notice&, const answer_map&);
// The plan on the track of that notice, whatever the rules would propose.
void keep_track(plan&, const notice&, const world&);

// "n:track:<number>[:<track>]" and the words that give the reason.
bool correction_tap(turn&, const std::string& action, const std::string& value, const notice&, const facts&,
                    const world&);
void correction_words(turn&, const std::string& reason, const notice&, const facts&, const world&);

}  // namespace bot::notices
