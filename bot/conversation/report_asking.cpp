// What is asked next, and how it is read back.
#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/cases/sealed.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/sensitive.hpp"

namespace bot {

void report_talk::change() {
  if (!open() || !talk_.filed.empty()) return say_with("cancel.nothing", {});
  talk_.asked = "change";
  std::vector<choice> slots;
  for (const char* one : {"category", "place", "when", "words", "identity"})
    slots.push_back({"c:change:" + std::string(one), "change_button." + std::string(one)});
  say_with("report.ask_change", {}, std::move(slots));
}

void report_talk::back() {
  if (!open() || !talk_.filed.empty()) return say_with("cancel.nothing", {});
  // The question before the one that is open is put again.
  const question* before = nullptr;
  for (const auto& q : questions().questions) {
    if (q.slot == talk_.asked) break;
    if (q.when == stage::before && talk_.answers.contains(q.slot)) before = &q;
  }
  if (before == nullptr) return go_on();
  set(before->slot, "");
  if (before->slot == "place") {
    for (const char* also : {"pin", "pin_is", "place_open"}) set(also, "");
  }
  ask(*before);
}

void report_talk::go_on() {
  talk_.expires_at = world_.now + world_.book.drafts.life;
  if (const auto* filed = talk_.filed.empty() ? nullptr : case_of(talk_.filed)) {
    cases::report r = *filed;
    return enrich(r, "placed", "button");
  }
  if (is_high()) return file(false, "danger.filed");

  if (slot("level") == "middle" && slot("ongoing") == "yes" && slot("middle_timer").empty()) {
    set("middle_timer", "set");
    turn_.timers.push_back(
        {"draft_middle", facts_.contact, talk_.draft, world_.now + world_.book.drafts.file_middle_after});
  }
  if (!slot("place_open").empty() && !slot("category").empty()) return ask_which_place();
  if (const question* q = questions().next(stage::before, talk_.answers)) {
    if (q->kind == question_kind::place && slot("outside") == "yes") {
      talk_.asked = q->slot;
      set("outside", "told");
      return say_with("report.outside", {});
    }
    return ask(*q);
  }
  read_back();
}

void report_talk::ask(const question& q, std::string_view key) {
  if (missed_often(q.slot)) return;
  std::string text = key.empty() ? q.ask : std::string(key);
  if (const std::string special = q.ask + "." + slot("category"); key.empty() && world_.book.texts.has(special))
    text = special;
  std::vector<choice> choices;
  for (const auto& id : q.choices) choices.push_back({button_data(q.slot, id), q.labels + "." + id});
  // After so many misses what is known can go as it is.
  constexpr std::size_t most_choices = 10;  // rows of a list on WhatsApp
  if (talk_.prompts > most_misses && choices.size() < most_choices) choices.push_back({"f:send", "button.send"});
  say_with(text, {}, std::move(choices));
  turn_.replies.back().ask_location = q.kind == question_kind::place;
  turn_.replies.back().ask_contact = q.kind == question_kind::contact;
}

void report_talk::ask_which_place() {
  if (missed_often("place")) return;
  const auto codes = parted(slot("place"));
  if (codes.size() == 1) {  // the district is known, and has several stations
    say_with("report.which_ward", {{"place", place_words()}},
             talk_.prompts > most_misses ? std::vector<choice>{{"f:send", "button.send"}} : std::vector<choice>{});
    turn_.replies.back().ask_location = true;
    return;
  }
  const bool narrow = places_are_narrow();
  say_with(narrow ? "report.which_place" : "report.which_part", {}, narrow ? place_choices() : std::vector<choice>{});
  turn_.replies.back().ask_location = !narrow;
}

std::vector<argument> report_talk::summary(const geography::routing_decision& where) const {
  cases::report told_so_far;
  told_so_far.category = slot("category").empty() ? "unclear" : slot("category");
  told_so_far.answers = talk_.answers;
  // Who gets it in truth: a station without people has its cases read by the unit above.
  const std::string owner = cases::owner_of(where);
  const bool placed = !where.ward_codes.empty() && slot("place_open").empty();
  const auto told = cases::recipients_of({owner, kind(), where.sealed, placed}, world_);
  return {{"category", cases::text_key_of_kind(told_so_far), true},
          {"place", place_words()},
          {"when", when_words()},
          {"unit", told.empty() ? cases::name_of_unit(owner, world_) : cases::names_of_units(told, world_)}};
}

void report_talk::read_back() {
  talk_.asked = "confirm";
  const std::string identity = slot("identity");
  const std::string key = identity == "named"       ? "report.read_back_named"
                          : identity == "anonymous" ? "report.read_back_anonymous"
                                                    : "report.read_back";
  say_with(key, summary(placement_now()),
           {{"f:send", "button.send"}, {"f:change", "button.change"}, {"f:danger", "button.danger"}});
}

}  // namespace bot
