// When organiser and unit are reminded of an event (config/rules/reminders.toml). Nothing at night, nothing for a
// moment that is past, nothing of an event that is off. Of an event that comes again, what must be brought and what is
// asked afterwards comes once; its days come each.
#pragma once

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/notices/deadlines.hpp"
#include "bot/notices/notice.hpp"

namespace bot::notices {

struct due_reminder {
  const reminder* what = nullptr;  // lives as long as the rules
  std::optional<extra> of;         // where it is about what comes beside the track
  local_day date{};                // of the event: one of several, where it comes again
  instant at{};
};

// All that hold for the notice as it is now, by their moments; those after the event (`reminded_of::end`) only when
// asked for.
std::vector<due_reminder> reminders_of(const notice&, bool afterwards, const world&);

// A timer for the next one after `since`; each starts its successor. A new version of the notice makes the old stale.
void arm_reminders(turn&, const notice&, instant since, const world&);
void arm_afterwards(turn&, const notice&, const world&);              // once it is over
void remind(turn&, const notice&, const said::timer&, const world&);  // "notice_remind", "notice_after"

// Until when the track wants to be told; absent: it has no last moment, or it cannot be counted.
std::optional<deadline> last_moment_of(const notice&, const world&);
std::optional<deadline> last_moment_of(const notice&, extra, const world&);
// The language in which the organiser filed.
std::string language_of(const notice&);

}  // namespace bot::notices
