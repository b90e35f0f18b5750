#include "bot/conversation/form.hpp"

#include <algorithm>

namespace bot {

const question* form::find(std::string_view slot) const {
  const auto at = std::find_if(questions.begin(), questions.end(), [&](const question& q) { return q.slot == slot; });
  return at == questions.end() ? nullptr : &*at;
}

bool applies(const question& q, const answer_map& answers) {
  return std::all_of(q.ask_if.begin(), q.ask_if.end(), [&](const auto& condition) {
    const auto at = answers.find(condition.first);
    const std::string value = at == answers.end() ? "" : at->second;
    return std::find(condition.second.begin(), condition.second.end(), value) != condition.second.end();
  });
}

const question* form::next(stage s, const answer_map& answers) const {
  const auto at = std::find_if(questions.begin(), questions.end(), [&](const question& q) {
    return q.when == s && q.required && !answers.contains(q.slot) && applies(q, answers);
  });
  return at == questions.end() ? nullptr : &*at;
}

const std::map<std::string, question_kind, std::less<>>& question_kinds() {
  static const std::map<std::string, question_kind, std::less<>> kinds = {
      {"choice", question_kind::choice},   {"text", question_kind::text},
      {"place", question_kind::place},     {"moment", question_kind::moment},
      {"count", question_kind::count},     {"media", question_kind::media},
      {"contact", question_kind::contact}, {"checklist", question_kind::checklist},
      {"confirm", question_kind::confirm}};
  return kinds;
}

const std::map<std::string, stage, std::less<>>& stages() {
  static const std::map<std::string, stage, std::less<>> all = {
      {"before", stage::before}, {"after", stage::after}, {"told", stage::told}};
  return all;
}

}  // namespace bot
