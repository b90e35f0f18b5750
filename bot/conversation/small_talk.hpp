// What people say and ask that tells of nothing, and the buttons that are always there.
#pragma once

#include <vector>

#include "bot/conversation/perception.hpp"
#include "bot/conversation/world.hpp"
#include "bot/outgoing.hpp"

namespace bot {

std::vector<choice> main_menu();
std::vector<choice> languages_offered(const world&);

// The first topic one of whose phrases stands in the words, whole; null: none.
const faq_topic* topic_of(const perception&, const world&);

}  // namespace bot
