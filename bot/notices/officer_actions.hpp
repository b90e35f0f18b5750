// What an officer may do with a notice, and what comes of it: the actions of the table of its track (life.hpp), as
// buttons and as deeds. How they are asked for and told is desk.cpp's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/cases/roster.hpp"
#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/notices/notice.hpp"

namespace bot::notices {

struct named_action {
  std::string_view name;  // as buttons have it: "n:<name>:<number>"
  notices::action what;
};
const named_action* action_named(std::string_view);  // null: there is none

// The row of the table by which an officer may do it now; null: he may not.
const transition* allowed(const notice&, action);
bool decides(action);  // on a permit: no notice knows it

// What the action must come with, in the order in which it is asked.
std::vector<std::string> fields_of(const transition&);

// Its unit, those above, and the fallback. Those who watch look, and do not decide.
bool may_act(const cases::member&, const notice&, const world&);
bool may_look(const cases::member&, const notice&, const world&);

std::vector<choice> buttons_for(const notice&, const world&);
// The full card with the person in charge: in a private chat only, and every opening is an event.
void open_fully(turn&, const notice&, bool acts, const facts&, const world&);

// `told`: the fields by name. The organiser and all who have a card hear of it; what hinders it is said.
void perform(turn&, const notice& was, const named_action&, const answer_map& told, const facts&, const world&);

// To the officer who acts.
void tell_officer(turn&, const facts&, std::string key, const notice&, const world&, std::vector<choice> = {},
                  std::vector<argument> more = {});
std::string numbered(const std::vector<std::string>&);  // "1. …\n2. …\n"

}  // namespace bot::notices
