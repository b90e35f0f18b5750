// What is asked next, and how it is read back.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/operator_desk.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/filled.hpp"
#include "bot/notices/addressee.hpp"
#include "bot/notices/clock_words.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/road_use.hpp"

namespace bot {
namespace {

using notices::track;

constexpr int most_rounds = 2;  // without any answer; then what is no matter of the rules may follow later

// Sections: a text of the permit track may say words that a notice must never hear.
std::string key_of(track where, std::string_view what) {
  if (where == track::permit) return fmt::format("permit.{}", what);
  return fmt::format("notice.{}_{}", what, where == track::none ? "information" : std::string(notices::name_of(where)));
}

}  // namespace

std::vector<const question*> notice_talk::missing(const notices::plan& plan) const {
  std::vector<const question*> all;
  const auto add = [&](const question* q) {
    if (q != nullptr && std::none_of(all.begin(), all.end(), [&](const question* one) { return one->slot == q->slot; }))
      all.push_back(q);
  };
  const auto& finder = world_.book.forms.find("event")->second;
  if (const std::string changing = slot("changing"); !changing.empty()) add(find(changing));
  for (const auto one : plan.ask) {
    const question* q = find(notices::name_of(one));
    add(q == nullptr ? finder.find(notices::name_of(one)) : q);
  }
  if (!plan.track) return all;
  if (const std::string start = slot("start"); start.size() == 10 || start.empty()) add(finder.find("start"));
  if (slot("wards").empty()) add(finder.find("wards"));
  if (repeats_without_end()) add(finder.find("recurs_end"));
  if (const form* own = track_form())
    for (const auto& q : own->questions)
      if (q.when == stage::before && slot(q.slot).empty() && applies(q, talk_.answers)) add(&q);
  return all;
}

void notice_talk::go_on() {
  if (ask_doubt()) return;
  auto plan = plan_now();
  read_told_again(plan);
  keep_end_after_start();
  settle_repeats();
  const auto e = event_from(talk_.answers, world_.book.utc_offset);
  if (e.start && e.end && (e.start->at && e.end->at ? *e.end->at < *e.start->at : e.end->day < e.start->day))
    slot("doubted").starts_with("end ") ? set("end", "later") : doubt("end", slot("start"), slot("end"));
  if (ask_doubt()) return;
  plan = plan_now();
  if (!slot("wards_open").empty()) return ask_which_place(plan);
  if (exempt_by_law(plan) && slot("voluntary").empty()) {
    talk_.asked = "exempt";
    return say_offering("notice.exempt", {{"article", plan.because.front().rule->article}},
                        {{"e:voluntary", "notice_button.voluntary"}, {"e:leave", "notice_button.leave"}});
  }
  auto open_ones = missing(plan);
  if (talk_.prompts > most_rounds) {
    // Nobody is held back by what the rules do not need.
    repeat_as_long_as_allowed();
    for (const question* q : open_ones) {
      if (q->slot == "recurs_end") continue;
      if (q->kind == question_kind::text || q->kind == question_kind::contact || q->slot == "end")
        set(q->slot, "later");
      if (q->slot == "attendance") set(q->slot, "0-0");
    }
    open_ones = missing(plan);
    if (!open_ones.empty() && slot("called").empty()) call_operators(plan, *open_ones.front());
    talk_.prompts = 0;
  }
  if (open_ones.empty() && plan.track) return read_back(plan);
  ask(plan, open_ones);
}

// Three misses on what the rules do need call a person, once.
void notice_talk::call_operators(const notices::plan& plan, const question& asked) {
  set("called", asked.slot);
  const auto operators = operators_near(plan.unit, world_);
  const std::string purpose = slot("purpose");
  for (const auto& one : operators) {
    say s{.key = "operator.card"};
    s.args = {{"question", std::string(world_.book.texts.text("id", asked.ask))},
              {"category", purpose.empty() ? "word.event" : "event_purpose." + parted(purpose).front(), true},
              {"place", notices::place_words(parted(slot("wards")), talk_.answers, "id", world_)},
              {"words", slot("misses")}};
    s.choices = {{operator_button("take", facts_.contact), "operator_button.take"}};
    s.urgency = priority::high;
    turn_.notes.push_back({one, std::move(s), ""});
  }
  say_with(operators.empty() ? "operator.nobody" : "operator.called");
}

void notice_talk::remember_miss(std::string_view words) {
  constexpr std::size_t characters = 160, all = 600;  // bytes that an operator is shown, of each and together
  std::string misses = slot("misses");
  misses += (misses.empty() ? "" : "\n") + masked(std::string(words.substr(0, utf8_cut(words, characters))));
  while (misses.size() > all && misses.find('\n') != std::string::npos) misses.erase(0, misses.find('\n') + 1);
  set("misses", std::move(misses));
}

void notice_talk::ask_which_place(const notices::plan& plan) {
  const auto codes = parted(slot("wards_open"));
  talk_.asked = "wards";
  set("listed", "");
  set("choice", "");
  constexpr std::size_t of_a_district = 8;  // characters of its code; those of a ward are longer
  if (codes.size() == 1 && codes.front().size() <= of_a_district) {
    // Where one station serves all of it, nothing smaller is needed.
    answer_map with_all = talk_.answers;
    with_all["wards"] = codes.front();
    const auto stations = notices::stations_of(codes, world_.book.atlas, world_.book.units,
                                               notices::time_at(world_.now, world_.book.utc_offset).day);
    if (stations.polsek.size() == 1 || !plan_of(with_all).unit.empty() || talk_.prompts > most_rounds) {
      set("wards", codes.front());
      set("wards_open", "");
      return go_on();
    }
    offer({});
    say_with("event.ask_ward_within", {{"area", cases::name_of_area(codes.front(), world_)}});
    turn_.replies.back().ask_location = true;
    return;
  }
  std::vector<choice> places;
  std::vector<std::string> names;
  for (const auto& code : codes) names.push_back(cases::name_of_area(code, world_));
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (names[i].empty()) continue;
    // The name alone where it tells them apart: a button is short.
    const auto parent = world_.book.atlas.at(world_.book.atlas.find(codes[i])).parent;
    const bool shared = std::count(names.begin(), names.end(), names[i]) > 1 && parent != geography::no_area;
    places.push_back({button_data("wards", codes[i]),
                      "=" + names[i] + (shared ? ", " + world_.book.atlas.at(parent).name : std::string())});
  }
  say_offering("event.which_place", {why(plan)}, std::move(places));
}

void notice_talk::ask(const notices::plan& plan, const std::vector<const question*>& open_ones) {
  const question* chosen = nullptr;
  std::vector<const question*> items;
  const std::string before = talk_.asked;
  for (const question* q : open_ones) {
    if (q->kind == question_kind::choice) {
      if (chosen == nullptr) chosen = q;
    } else {
      items.push_back(q);
    }
  }
  // Why it is asked again is said with the question alone.
  if (!slot("recurs_long").empty() && repeats_without_end()) {
    std::erase_if(items, [](const question* q) { return q->slot != "recurs_end"; });
    chosen = nullptr;
  }
  // What the track hangs on comes alone: only then is it known what else is needed.
  if (!plan.track && chosen != nullptr) items.clear();
  set("choice", chosen == nullptr ? "" : chosen->slot);

  std::string lines, listed;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string& name = items[i]->slot;
    const bool hour = asks_hour(*items[i]);
    if (items.size() == 1) {
      lines = std::string(text(hour ? "event.ask_hour" : items[i]->ask)) + "\n";
      listed = name;
      continue;
    }
    lines += fmt::format("{}. {}\n", i + 1, text(hour ? "event_item.hour" : "event_item." + name));
    listed += (listed.empty() ? "" : " ") + name;
  }
  std::vector<choice> choices;
  if (chosen != nullptr)
    for (const auto& id : chosen->choices)
      choices.push_back({button_data(chosen->slot, id), chosen->labels + "." + id});
  talk_.asked = !items.empty() ? items.front()->slot : chosen != nullptr ? chosen->slot : "";
  const bool place = std::any_of(items.begin(), items.end(), [](const question* q) { return q->slot == "wards"; });

  offer(choices);

  const bool explain = plan.track.has_value() && slot("explained") != notices::name_of(*plan.track);
  if (!explain && items.size() <= 1) {
    set("listed", items.empty() ? "" : listed);
    if (chosen == nullptr && !items.empty() && items.front()->slot == "recurs_end" && !slot("recurs_long").empty())
      return say_with("event.ask_recurs_shorter", {{"days", std::to_string(world_.book.notices.rules.recurring_days)}});
    if (chosen == nullptr || items.empty()) {
      const std::string asks = items.empty()               ? chosen->ask
                               : asks_hour(*items.front()) ? std::string("event.ask_hour")
                                                           : items.front()->ask;
      // Something else was told: the same question once more, without a word, looks like a deaf ear.
      const bool once_more =
          items.empty() && before == chosen->slot && turn_.replies.empty() && slot("changing").empty();
      if (talk_.prompts > 0 || once_more)
        say_with(talk_.prompts > 0 ? "event.again" : "event.noted", {{"question", asks, true}}, std::move(choices));
      else
        say_with(asks, {}, std::move(choices));
      turn_.replies.back().ask_location = place;
      return;
    }
  }
  set("listed", listed);
  std::vector<argument> args = {{"items", lines}};
  args.push_back(chosen == nullptr ? argument{"question", ""} : argument{"question", chosen->ask, true});
  args.push_back(items.size() < 2 ? argument{"lead", ""} : argument{"lead", "event.lead", true});
  if (!explain) {
    // Nothing in the last message was an answer to any of them.
    const bool unclear = talk_.prompts > 0 && items.size() > 1;
    say_with(unclear ? "notice.ask_which" : "notice.ask_rest", std::move(args), std::move(choices));
  } else {
    set("explained", std::string(notices::name_of(*plan.track)));
    for (auto& a : told(plan)) args.push_back(std::move(a));
    say_with(key_of(*plan.track, "ask"), std::move(args), std::move(choices));
  }
  turn_.replies.back().ask_location = place;
}

bool notice_talk::asks_hour(const question& q) const {
  return q.slot == "start" && slot("start").size() == 10 && slot("changing") != "start";
}

// Why this is asked or sent, with the article; not again where the track has been explained.
argument notice_talk::why(const notices::plan& plan) const {
  if (!plan.track || slot("explained") == notices::name_of(*plan.track)) return {"why", ""};
  return {"why", key_of(*plan.track, "why"), true};
}

// Everything that a text about this event may name.
std::vector<argument> notice_talk::told(const notices::plan& plan, const notices::notice* second) const {
  const auto& book = world_.book;
  const notices::notice n = made_from(talk_.answers, plan);
  std::vector<argument> args = {
      {"what", notices::what_words(talk_.answers, talk_.language, world_)},
      {"when", notices::span_words(talk_.answers, talk_.language, world_)},
      {"place", notices::place_words(n.wards, talk_.answers, talk_.language, world_)},
      {"unit", plan.to == notices::addressee::mabes ? std::string(text("event_word.mabes"))
                                                    : cases::name_of_unit(n.filed.unit, world_)}};
  const std::string crowd = notices::crowd_words(talk_.answers);
  args.push_back({"crowd", crowd.empty() ? "" : filled(text("event_word.crowd"), {{"count", crowd}})});

  // The clock of the track, then of what comes beside it.
  const auto strictest = std::find_if(plan.deadlines.begin(), plan.deadlines.end(),
                                      [&](const auto& d) { return !d.is_extra && d.deadline.latest == plan.latest; });
  if (strictest != plan.deadlines.end()) {
    for (auto& a : notices::clock_arguments(strictest->deadline, talk_.language, world_)) args.push_back(std::move(a));
    const std::string late = plan.track == track::permit ? "permit.clock_late" : "notice_clock.late";
    args.push_back({"clock", plan.late.value_or(false) ? late : "notice_clock.left", true});
  } else {
    const std::string waits = talk_.answers.contains("start") ? "notice_clock.open_people" : "notice_clock.open";
    args.push_back({"clock", plan.track == track::none ? "" : waits, plan.track != track::none});
  }
  std::string extras;
  for (const auto one : plan.extras) {
    const std::string_view name = notices::name_of(one);
    const auto dated = std::find_if(plan.deadlines.begin(), plan.deadlines.end(),
                                    [&](const auto& d) { return d.is_extra && d.part == name; });
    if (one == notices::extra::road_use) {
      if (const auto use = notices::road_use_of(n, world_))
        extras += notices::road_use_words(*use, talk_.language, world_) + "\n";
      continue;
    }
    // Whose it is hangs on the track: until that is known nobody is named.
    const std::string latest = dated == plan.deadlines.end() ? "?" : when_words(dated->deadline.latest);
    extras += filled(text(plan.to ? "notice_extra.fireworks" : "notice_extra.fireworks_open"),
                     {{"latest", latest}, {"unit", cases::name_of_unit(n.filed.unit, world_)}}) +
              "\n";
  }
  // The other part of a mixed event keeps its own rules.
  if (parted(slot("purpose")).size() > 1)
    if (const auto parts = parts_told(); parts.size() > 1) extras += second_part_words(parts.back(), second);
  for (const auto& one : plan.deadlines) {
    if (one.is_extra || !plan.track || one.part == notices::name_of(*plan.track)) continue;
    if (one.part == notices::name_of(track::permit)) continue;
    const auto purposes = parted(slot("purpose"));
    const std::string part(purposes.size() < 2 ? "" : text("event_purpose." + purposes.back()));
    extras += filled(text("notice_extra.beside"), {{"part", part},
                                                   {"latest", when_words(one.deadline.latest)},
                                                   {"unit", cases::name_of_unit(n.filed.unit, world_)}}) +
              "\n";
  }
  args.push_back({"extras", extras});
  args.push_back({"hints", notices::hint_lines(n.filed.track, event_from(talk_.answers, book.utc_offset),
                                               talk_.language, world_)});
  for (auto& a : notices::practice_arguments(plan.chain, talk_.language, world_)) args.push_back(std::move(a));
  const auto today = notices::time_at(world_.now, book.utc_offset).day;
  const auto practice = notices::practice_of(plan.chain, book.notices.rules, today);
  const bool copied = plan.track == track::political && practice.copies;
  args.push_back(copied ? argument{"copies", "notice_hint.copies", true} : argument{"copies", ""});
  if (copied) args.push_back({"to", fmt::format("{}", fmt::join(*practice.copies, ", "))});
  args.push_back(practice.electronic_accepted.value_or(false) || plan.track == track::none
                     ? argument{"paper", ""}
                     : argument{"paper", "notice_clock.paper", true});
  args.push_back(practice.desk_hours ? argument{"hours", " (" + *practice.desk_hours + ")"} : argument{"hours", ""});
  args.push_back(plan.disputed ? argument{"disputed", "permit.disputed", true} : argument{"disputed", ""});

  std::string details;
  if (const form* own = track_form())
    for (const auto& q : own->questions)
      if (q.kind == question_kind::text && !slot(q.slot).empty() && (q.slot != "repeats" || slot("recurs").empty()))
        details += fmt::format("{}: {}\n", text("event_item." + q.slot),
                               slot(q.slot) == "later" ? std::string(text("event_word.later")) : slot(q.slot));
  const std::string dates = date_lines(plan);
  args.push_back({"details", details + dates});
  args.push_back({"dates", dates});
  const std::string person = person_told();
  // Told before, and sealed: not read again for this message.
  const bool kept = person.empty() && slot("person") == "given";
  args.push_back({"person",
                  !person.empty() ? person : std::string(text(kept ? "event_word.as_before" : "event_word.later")),
                  false, true});
  return args;
}

std::string notice_talk::person_told() const {
  std::string person = facts_.person;
  for (const auto& p : turn_.persons)
    if (std::to_string(p.notice) == slot("id")) person = p.words;
  return person;
}

void notice_talk::read_back(const notices::plan& plan) {
  talk_.asked = "confirm";
  set("listed", "");
  set("choice", "");
  set("changing", "");
  auto args = told(plan);
  args.push_back(why(plan));
  const bool first = !args.back().value.empty();
  args.push_back(first ? argument{"first", "notice.first", true} : argument{"first", ""});
  set("explained", std::string(notices::name_of(*plan.track)));
  say_offering(plan.track == track::none ? "notice.read_back_information" : key_of(*plan.track, "read_back"),
               std::move(args), {{"e:send", "button.send"}, {"e:change", "button.change"}});
}

void notice_talk::change() {
  if (talk_.form == "notice_words") close();
  if (!open()) {
    const auto all = events();
    if (all.size() > 1) return ask_which("edit", "notice.which_change");
    return all.empty() ? say_nothing_open() : edit(*all.front());
  }
  talk_.asked = "change";
  set("changing", "");
  set("listed", "");
  set("choice", "");
  std::vector<choice> slots;
  for (const question* q : all_questions())
    if (slots.size() < 10 && q->slot != "scope" &&
        (!slot(q->slot).empty() || (q->slot == "repeats" && !slot("recurs").empty())))
      slots.push_back({"c:change:" + q->slot, "event_change_button." + q->slot});
  say_offering("event.ask_change", {}, std::move(slots));
}

void notice_talk::back() {
  if (!open()) return say_with("cancel.nothing");
  // The newest answer in the order of the questions is asked again.
  const question* before = nullptr;
  for (const question* q : all_questions()) {
    if (q->slot == talk_.asked) break;
    if (!slot(q->slot).empty()) before = q;
  }
  if (before != nullptr) set(before->slot, "");
  go_on();
}

}  // namespace bot
