// Questions that the program itself reads the answers of: a form without one could not be finished, or would lose what
// it promises. The forms' files may hold more.
#pragma once

#include <span>
#include <string_view>

#include "bot/conversation/form.hpp"

namespace bot {

struct needed_question {
  std::string_view form, slot;
  question_kind kind;
};
std::span<const needed_question> needed_questions();

}  // namespace bot
