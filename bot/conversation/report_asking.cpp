// What is asked next, and how it is read back.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/cases/sealed.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/own_pins.hpp"
#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/conversation/typed_choice.hpp"
#include "bot/written_moment.hpp"

namespace bot {

// The label of a button for one of several cases.
std::string report_talk::named_by_kind(const cases::report& r) const {
  const std::string place = cases::name_of_area(r.ward, world_);
  return fmt::format("={}{}{}", world_.book.texts.text(talk_.language, "category." + r.category),
                     place.empty() ? "" : ", ", place);
}

// The buttons that stand under what was asked last, in the order in which they stand.
std::vector<choice> report_talk::offered() const {
  std::vector<choice> buttons;
  if (talk_.form.empty()) {
    if (talk_.asked == "drop") {
      for (const auto* r : to_withdraw()) buttons.push_back({"c:drop:" + r->number, named_by_kind(*r)});
    } else if (talk_.asked == "pin") {
      for (const auto* r : cases_with_pin(facts_))
        buttons.push_back({std::string(pin_button) + r->number, named_by_kind(*r)});
    } else if (talk_.asked.starts_with("c:move:")) {
      const cases::tapped what = cases::read_tap(talk_.asked);
      const auto codes = parted(what.value);
      if (codes.size() == 1) {
        buttons.push_back({talk_.asked, "button.move"});
      } else {
        for (const auto& code : codes) buttons.push_back(place_choice("c:move:" + what.number + ":" + code, code));
      }
      buttons.push_back({"c:keep:" + what.number, "button.keep"});
    }
    return buttons;
  }
  if (!open()) return buttons;
  const question* q = questions().find(talk_.asked);
  if (talk_.asked == "confirm") {
    // Who wishes not to be known sees how; danger can still be written.
    const bool wishes = slot("wish") == "anonymous" && slot("identity").empty();
    buttons = {{"f:send", "button.send"}, {"f:change", "button.change"}};
    buttons.insert(buttons.end() - (wishes ? 1 : 0),
                   wishes ? choice{button_data("identity", "anonymous"), "identity.anonymous"}
                          : choice{"f:danger", "button.danger"});
    if (slot("another") == "yes") buttons.back() = {"f:drop", "button.drop"};
  } else if (talk_.asked == "change") {
    for (const char* one : {"category", "place", "when", "words", "identity"})
      buttons.push_back({"c:change:" + std::string(one), "change_button." + std::string(one)});
  } else if (talk_.asked == "pin_is") {
    buttons = {{"c:pin_is:here", "button.here"}, {"c:pin_is:mine", "button.mine"}};
  } else if (talk_.asked == "second") {
    buttons = {{"c:second:other", "button.second_other"}, {"c:second:same", "button.second_same"}};
  } else if (q != nullptr) {
    if (q->kind == question_kind::place && shows_places()) return place_choices();
    buttons = choices_of(*q);
    // After so many misses what is known can go as it is.
    constexpr std::size_t most_choices = 10;  // rows of a list on WhatsApp
    const bool may_go =
        talk_.prompts > most_misses || (q->kind == question_kind::place && slot("send_anyway") == "yes");
    if (may_go && buttons.size() < most_choices) buttons.push_back({"f:send", "button.send"});
  }
  return buttons;
}

bool report_talk::type_button(std::span<const language::word> all) {
  if (!talk_.form.empty() && !open()) return false;
  const auto& known = world_.book.choices;
  const auto press = [&](std::span<const language::word> words, std::span<const choice> buttons, bool by_number) {
    const auto n = by_number ? typed_choice(words, buttons, known) : typed_label(words, buttons, known);
    return n && tap(buttons[*n].data);
  };
  if (!slot("whose").empty() && press(all, whose_choices(), true)) return true;
  // What happens is heard as words even where it is a label: they may say how bad it is.
  if (talk_.asked != "category" && press(all, offered(), true)) return true;
  if (!open() || !talk_.filed.empty() || talk_.asked == "phone") return false;
  if (press(all, choices_of(*questions().find("identity")), false)) return true;
  if (talk_.asked == "place") {  // "gak tahu pak": it may go without
    const auto word = world_.book.words.find(without_courtesy(all, known));
    if (word == world_.book.words.end() || word->second != "unknown") return false;
    confirm();
    return true;
  }
  // "salah tempatnya", "ganti waktu"
  if (talk_.asked != "confirm") return false;
  std::size_t from = corrected_from(all, world_.book.corrections, known.courtesy).value_or(0);
  if (const auto word = all.empty() ? world_.book.words.end() : world_.book.words.find(all.front().folded);
      from == 0 && word != world_.book.words.end() && word->second == "change")
    from = 1;
  std::vector<choice> slots;
  for (const char* one : {"category", "place", "when", "words", "identity"})
    slots.push_back({"c:change:" + std::string(one), "change_button." + std::string(one)});
  if (from > 0) return press(all.subspan(from), slots, false);
  // "tempatnya salah"
  const bool ends_wrong =
      all.size() > 1 && corrected_from(all.last(1), world_.book.corrections, known.courtesy).has_value();
  return ends_wrong && press(all.first(all.size() - 1), slots, false);
}

void report_talk::ask_again() {
  if (!open() || talk_.asked.empty()) return;
  const question* q = questions().find(talk_.asked);
  if (talk_.asked == "confirm") return read_back();
  if (talk_.asked == "change") return change();
  if (talk_.asked == "pin_is") return ask_what_pin_is();
  if (talk_.asked == "second") return say_with("report.is_second", summary(placement_now()), offered());
  if (q == nullptr) return;
  talk_.prompts = std::max(0, talk_.prompts - 1);  // it was no miss
  if (q->kind == question_kind::place && !slot("place_open").empty()) return ask_which_place();
  ask(*q);
}

void report_talk::change() {
  if (!open() || !talk_.filed.empty()) return say_with("cancel.nothing", {});
  talk_.asked = "change";
  say_with("report.ask_change", {}, offered());
}

void report_talk::back() {
  if (!open() || !talk_.filed.empty()) return say_with("cancel.nothing", {});
  const question* now = questions().find(talk_.asked);
  if (talk_.asked == "phone") {  // asked because of the answer before it
    set("identity", "");
    return ask(*questions().find("identity"));
  }
  if (talk_.asked == "change") return read_back();
  if (now != nullptr && now->when == stage::told) return change();
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
  say_with(text, {}, offered());
  turn_.replies.back().ask_location = q.kind == question_kind::place;
  turn_.replies.back().ask_contact = q.kind == question_kind::contact;
}

void report_talk::ask_which_place() {
  if (missed_often("place")) return;
  const auto codes = parted(slot("place"));
  if (codes.size() == 1) {  // the district is known, and has several stations
    say_with("report.which_ward", {{"place", place_words()}}, offered());
    turn_.replies.back().ask_location = true;
    return;
  }
  const bool narrow = shows_places();
  say_with(narrow ? "report.which_place" : "report.which_part", {}, narrow ? offered() : std::vector<choice>{});
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
  const std::string key = identity == "named"                         ? "report.read_back_named"
                          : identity == "anonymous"                   ? "report.read_back_anonymous"
                          : slot("wish").empty() || !identity.empty() ? "report.read_back"
                                                                      : "report.read_back_wish";
  set("another", "");
  say_with(key, summary(placement_now()), offered());
}

std::string report_talk::when_words() const {
  if (slot("last_night") == "yes" && read_day(slot("when")))
    return std::string(world_.book.texts.text(talk_.language, "word.last_night"));
  return say_when(slot("when"), world_.now, talk_.language, world_.book.texts, world_.book.utc_offset);
}

}  // namespace bot
