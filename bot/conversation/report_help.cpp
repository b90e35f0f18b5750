// Three misses on one question call a person. Until an operator speaks, and where none is there, the form goes on with
// what is easiest to answer.
#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/operator_desk.hpp"
#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/sensitive.hpp"

namespace bot {
namespace {

constexpr std::size_t miss_characters = 160;
constexpr std::size_t misses_kept = 600;  // bytes, the newest

}  // namespace

void report_talk::remember_miss(std::string_view text) {
  std::string all = slot("misses");
  all += (all.empty() ? "" : "\n") + masked(std::string(text.substr(0, utf8_cut(text, miss_characters))));
  while (all.size() > misses_kept && all.find('\n') != std::string::npos) all.erase(0, all.find('\n') + 1);
  set("misses", std::move(all));
}

bool report_talk::missed_often(std::string_view slot_asked) {
  talk_.prompts = talk_.asked == slot_asked ? talk_.prompts + 1 : 1;
  if (talk_.prompts == 1) set("misses", "");
  talk_.asked = slot_asked;
  if (talk_.prompts != most_misses + 1 || !slot("called").empty() || !talk_.filed.empty()) return false;
  if (slot_asked == "phone") {  // asked on the person's own wish: then it stays as usual, and the read-back says so
    set("identity", "hidden");
    read_back();
    return true;
  }
  set("called", std::string(slot_asked));
  call_operators();

  if (slot_asked == "category") {
    set("category", "unclear");
    go_on();
  } else if (slot_asked == "place") {
    say_with("report.ask_place_simply", {}, {{"f:send", "button.send"}});
    turn_.replies.back().ask_location = true;
  } else if (slot_asked == "words") {
    set("words", slot("misses"));
    go_on();
  } else {
    read_back();
  }
  return true;
}

void report_talk::call_operators() {
  const auto operators = operators_near(cases::owner_of(placement_now()), world_);
  const auto& texts = world_.book.texts;
  const question* q = questions().find(slot("called"));
  for (const auto& one : operators) {
    say s;
    s.key = "operator.card";
    const std::string category = slot("category").empty() ? "unclear" : slot("category");
    s.args = {{"question", q == nullptr ? "" : std::string(texts.text("id", q->ask))},
              {"category", "category." + category, true},
              {"place", place_words()},
              {"words", slot("misses")}};
    s.choices = {{operator_button("take", facts_.contact), "operator_button.take"}};
    s.urgency = priority::high;
    turn_.notes.push_back({one, std::move(s), ""});
  }
  say_with(operators.empty() ? "operator.nobody" : "operator.called", {});
}

void report_talk::listen(const perception& p, std::string_view text) {
  fill(p, false);
  if (std::string words = slot("words"); words.size() < 4000)
    set("words", words + (words.empty() ? "" : "\n") + masked(std::string(text)));
}

void report_talk::resume() {
  talk_.asked.clear();
  talk_.prompts = 0;
  go_on();
}

}  // namespace bot
