// What a message has to do with the cases that its writer has open already.
#pragma once

#include "bot/conversation/perception.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"

namespace bot {

// A cry for help, or for haste, that tells nothing of what happens or where.
bool is_plea(const perception&, const world&);

// Something was written or done about one of them not long before or after the message was sent.
bool has_open_case(const facts&, instant sent_at, const world&);

// Another kind of event at another place is another case; more of the same belongs to the open one.
bool says_new_event(const perception&, const facts&, const world&);

}  // namespace bot
