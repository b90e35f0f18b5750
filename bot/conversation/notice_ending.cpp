// What is said of an event that is filed and does not go on: cancelled in whole or in part, completed for an officer,
// forgotten.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/filled.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/notices/deadlines.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/parts.hpp"

namespace bot {

using notices::track;

void notice_talk::drop() {
  if (talk_.form == notices::after_form) {
    close();
    return say_with("notice_after.left");
  }
  if (talk_.form == "notice_words") {
    close();
    return say_with("notice.kept_open");
  }
  if (open()) {
    const bool changing = !slot("changes").empty();
    const std::string number = slot("changes");
    if (!changing) {
      turn_.persons.push_back({std::stoll("0" + slot("id")), ""});
      turn_.drafts.push_back({.notice = std::stoll("0" + slot("id")), .gone = true});
    }
    close();
    return changing ? say_with("notice.kept", {{"number", number}}) : say_with("notice.dropped");
  }
  if (picks()) {
    close();
    return say_with("notice.nothing_changed");
  }
  const auto all = events();
  if (all.size() > 1) return ask_which("drop", "notice.which_cancel");
  if (all.empty()) return say_nothing_open();
  ask_cancel(*all.front());
}

void notice_talk::ask_cancel(const notices::notice& n) {
  const auto parts = with_parts(n);
  const bool several = parts.size() > 1;
  std::vector<choice> choices = {
      {(several ? "e:both:" : "e:cancel:") + n.number, several ? "notice_button.cancel_both" : "notice_button.cancel"}};
  if (several)
    for (const auto* one : parts)
      choices.push_back({"e:cancel:" + one->number, "=" + filled(text("event_word.only"), {{"number", one->number}})});
  if (is_series(n)) choices.push_back({"e:dates:" + n.number, "notice_button.one_date"});
  choices.push_back({"e:keep:" + n.number, "notice_button.keep"});
  ask_to_pick("notice.ask_cancel", {{"number", numbers_of(parts)}}, std::move(choices));
}

std::vector<const notices::notice*> notice_talk::alive() const {
  std::vector<const notices::notice*> all;
  for (const auto& n : facts_.notices)
    if (n.organiser == facts_.contact && !is_over(n.filed)) all.push_back(&n);
  std::sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->id > b->id; });
  return all;
}

void notice_talk::ask_which(std::string_view action, const std::string& key) {
  std::string lines;
  std::vector<choice> choices;
  for (const auto* n : events()) {
    const std::string purpose = n->answers.contains("purpose") ? parted(n->answers.at("purpose")).front() : "";
    lines += fmt::format("{}. {}: {}, {}\n", choices.size() + 1, numbers_of(with_parts(*n)),
                         text(purpose.empty() ? "word.event" : "event_purpose." + purpose),
                         notices::span_words(n->answers, talk_.language, world_));
    choices.push_back({fmt::format("e:{}:{}", action, n->number), "=" + n->number});
  }
  ask_to_pick(key, {{"lines", lines}}, std::move(choices));
}

// Whether anybody has it now: said as it is.
argument notice_talk::news_of(const notices::notice& n, std::string_view key) const {
  const bool told = !cases::told_instead_of(n.filed.unit, false, world_).empty();
  return {"news", fmt::format("notice_news.{}", told ? std::string(key) : "nobody"), true};
}

bool notice_talk::end(const notices::notice& was) {
  const auto result =
      notices::step(was.filed, {.action = notices::action::cancel, .who = notices::actor::organiser}, {});
  if (result.because != notices::hindrance::none) return false;
  notices::notice n = notices::touched(was, world_);
  n.filed = result.now;
  turn_.notice_events.push_back({n.id, "cancelled", facts_.actor, "", world_.now});
  notices::announce_change(turn_, n, "notice_card.cancelled", world_);
  turn_.notices.push_back(std::move(n));
  return true;
}

void notice_talk::say_ended(const std::vector<const notices::notice*>& gone) {
  const auto late = [&](const notices::notice* n) {
    const auto until =
        notices::latest_cancelling(notices::time_at(next_start(*n), world_.book.utc_offset), world_.book.notices.rules);
    return n->filed.track == track::expression && until && world_.now > *until;
  };
  say_with(std::any_of(gone.begin(), gone.end(), late) ? "notice.cancelled_late" : "notice.cancelled",
           {{"number", numbers_of(gone)},
            {"unit", cases::name_of_unit(gone.front()->filed.unit, world_)},
            news_of(*gone.front(), "changed")});
}

// All of it, or one part: then the other goes on alone.
void notice_talk::cancel(const std::vector<const notices::notice*>& all) {
  std::vector<const notices::notice*> gone;
  for (const auto* one : all)
    if (end(*one)) gone.push_back(one);
  if (gone.empty()) return say_with("notice.over", {{"number", all.front()->number}});
  for (const auto* one : gone) {
    const auto* other = part_beside(*one);
    if (other == nullptr || std::find(gone.begin(), gone.end(), other) != gone.end()) continue;
    notices::notice n = notices::touched(*other, world_);
    notices::forget_other_part(n);
    notices::announce_change(turn_, n, "", world_);
    turn_.notices.push_back(std::move(n));
  }
  say_ended(gone);
}

bool notice_talk::is_owed(const perception& p) const {
  const bool asked = std::any_of(facts_.notices.begin(), facts_.notices.end(), [&](const notices::notice& n) {
    return n.organiser == facts_.contact && n.filed.state == notices::state::to_complete;
  });
  return asked && notices::event_of(p.words, p.meaning, p.places, world_.book.atlas, world_.book.notices.words,
                                    world_.book.utc_offset)
                      .purposes.empty();
}

bool notice_talk::complete(std::string_view text) {
  const bool asked = talk_.form == "notice_words";
  const notices::notice* was = nullptr;
  for (const auto& n : facts_.notices)
    if (n.organiser == facts_.contact && n.filed.state == notices::state::to_complete &&
        (!asked || n.number == talk_.filed))
      was = &n;
  if (asked) close();
  if (was == nullptr) {
    if (asked) say_with("answer.stale_button");
    return asked;
  }
  const auto result =
      notices::step(was->filed, {.action = notices::action::complete, .who = notices::actor::organiser}, {});
  if (result.because != notices::hindrance::none) return false;
  notices::notice n = notices::touched(*was, world_);
  n.filed = result.now;
  const std::string words(text.substr(0, utf8_cut(text, 1000)));
  n.answers["completed"] = masked(without_numbers(words));
  // A number to call belongs to the person in charge.
  if (n.answers["completed"] != masked(words))
    turn_.persons.push_back({n.id, facts_.person + (facts_.person.empty() ? "" : "\n") + masked(words)});
  turn_.notice_events.push_back({n.id, "completed", facts_.actor, "", world_.now});
  notices::announce_change(turn_, n, "notice_card.completed", world_);
  say_with("notice.completed",
           {{"number", n.number}, {"unit", cases::name_of_unit(n.filed.unit, world_)}, news_of(n, "completed")});
  turn_.notices.push_back(std::move(n));
  return true;
}

void notice_talk::forget() {
  if (open() && slot("changes").empty()) turn_.persons.push_back({std::stoll("0" + slot("id")), ""});
  if (laid_aside()) turn_.persons.push_back({std::stoll("0" + talk_.aside["id"]), ""});
  std::string numbers;
  bool keeps_person = false;
  for (const std::string& id : {slot("id"), laid_aside() ? talk_.aside["id"] : std::string()})
    if (!id.empty()) turn_.drafts.push_back({.notice = std::stoll(id), .gone = true});
  for (const auto& have : facts_.notices) {
    if (have.organiser != facts_.contact) continue;
    notices::notice n = notices::touched(have, world_);
    n.organiser = 0;
    // Who is in charge belongs to what the law wants told (UU 9/1998 Pasal 11), as long as the event is to come.
    if (is_over(n.filed) || n.filed.track == track::none) {
      turn_.persons.push_back({n.id, ""});
    } else {
      keeps_person = true;
    }
    turn_.notice_events.push_back({n.id, "reply_address_removed", 0, "", world_.now});
    numbers += (numbers.empty() ? "" : ", ") + n.number;
    turn_.notices.push_back(std::move(n));
  }
  if (numbers.empty()) return;
  say_with(keeps_person ? "notice.forgotten" : "notice.forgotten_person",
           {{"numbers", numbers},
            {"kept", std::to_string(world_.book.keep.notices.count())},
            {"days", std::to_string(world_.book.keep.persons.count())}});
}

}  // namespace bot
