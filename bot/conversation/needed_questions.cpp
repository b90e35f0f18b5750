#include "bot/conversation/needed_questions.hpp"

#include <array>

namespace bot {

std::span<const needed_question> needed_questions() {
  using enum question_kind;
  static constexpr std::array all = {
      needed_question{"report", "category", choice}, needed_question{"report", "place", place},
      needed_question{"report", "words", text}, needed_question{"report", "when", moment},
      needed_question{"report", "identity", choice}, needed_question{"report", "phone", contact},
      needed_question{"report", "safe", choice},  // its "no" is what keeps the service silent
      needed_question{"event", "purpose", choice}, needed_question{"event", "start", moment},
      needed_question{"event", "wards", place}, needed_question{"event", "recurs_end", text},
      needed_question{"event", "attendance", count}, needed_question{"event", "participants_from", choice},
      needed_question{"event", "scope", choice}, needed_question{"event", "public_place", choice},
      needed_question{"event", "public_road", choice}, needed_question{"event", "fireworks", choice},
      needed_question{"event", "on_campus", choice},
      // UU 9/1998 Pasal 11
      needed_question{"expression", "attendance", count}, needed_question{"expression", "aim", text},
      needed_question{"expression", "end", moment}, needed_question{"expression", "shape", text},
      needed_question{"expression", "person", contact}, needed_question{"expression", "group", text},
      needed_question{"expression", "props", text},
      // PP 60/2017 Pasal 18
      needed_question{"political", "attendance", count}, needed_question{"political", "shape", text},
      needed_question{"political", "aim", text}, needed_question{"political", "end", moment},
      needed_question{"political", "speakers", text}, needed_question{"political", "person", contact},
      needed_question{"permit", "end", moment}, needed_question{"permit", "person", contact},
      needed_question{"information", "wards", place}, needed_question{"information", "start", moment},
      needed_question{"information", "end", moment}};
  return all;
}

}  // namespace bot
