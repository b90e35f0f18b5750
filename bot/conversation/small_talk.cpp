#include "bot/conversation/small_talk.hpp"

namespace bot {

std::vector<choice> main_menu() {
  return {{"g:report", "button.report"}, {"g:event", "button.event"}, {"g:status", "button.status"}};
}

std::vector<choice> languages_offered(const world& w) {
  std::vector<choice> spoken;
  for (const auto& one : w.book.texts.languages()) spoken.push_back({"l:" + one, "language_button." + one});
  return spoken;
}

const faq_topic* topic_of(const perception& p, const world& w) {
  for (const auto& topic : w.book.faq)
    if (has_phrase(p.words, topic.phrases)) return &topic;
  return nullptr;
}

}  // namespace bot
