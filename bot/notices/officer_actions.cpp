#include "bot/notices/officer_actions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "bot/cases/life.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/event_answers.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/notices/agenda.hpp"
#include "bot/notices/correction.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/letter.hpp"
#include "bot/notices/paper.hpp"
#include "bot/notices/recommendation.hpp"

namespace bot::notices {
namespace {

constexpr std::array actions = {
    named_action{"receipt", action::issue_receipt}, named_action{"items", action::ask_to_complete},
    named_action{"forward", action::forward},       named_action{"mend", action::mend_number},
    named_action{"approve", action::approve},       named_action{"conditions", action::approve_with_conditions},
    named_action{"refuse", action::refuse},         named_action{"revoke", action::revoke}};

// What was learned at earlier events of the place.
std::string learned_lines(const facts& f, const world& w) {
  std::string notes;
  for (const auto& one : f.learned) notes += "· " + one + "\n";
  if (notes.empty()) return notes;
  std::string text(w.book.texts.text("id", "notice_card.learned"));
  constexpr std::string_view mark = "{notes}";
  return text.replace(text.find(mark), mark.size(), notes);
}

void say_hindered(turn& t, const facts& f, const notice& n, hindrance why, const world& w) {
  const char* key = why == hindrance::asked_already     ? "notice_desk.asked_already"
                    : why == hindrance::no_legal_item   ? "notice_desk.no_legal_item"
                    : why == hindrance::lacks_something ? "notice_desk.lacks"
                                                        : "notice_desk.too_late";
  tell_officer(t, f, key, n, w);
}

}  // namespace

const named_action* action_named(std::string_view name) {
  const auto at = std::find_if(actions.begin(), actions.end(), [&](const auto& a) { return a.name == name; });
  return at == actions.end() ? nullptr : &*at;
}

const transition* allowed(const notice& n, action what) {
  for (const transition& each : life_of(n.filed.track))
    if (each.from == n.filed.state && each.what == what && each.who == actor::officer) return &each;
  return nullptr;
}

bool decides(action what) { return what >= action::approve; }

std::vector<std::string> fields_of(const transition& t) {
  std::vector<std::string> all;
  if ((t.with & needs_items) != 0) all.emplace_back("items");
  if ((t.with & needs_number) != 0) all.emplace_back("number");
  if ((t.with & needs_conditions) != 0) all.emplace_back("conditions");
  if ((t.with & needs_grounds) != 0) all.insert(all.end(), {"article", "reason", "officer", "objection"});
  return all;
}

std::vector<choice> buttons_for(const notice& n, const world& w) {
  std::vector<choice> all;
  for (const auto& a : actions) {
    if (allowed(n, a.what) == nullptr || (a.what == action::ask_to_complete && n.filed.asked_once)) continue;
    all.push_back({fmt::format("n:{}:{}", a.name, n.number),
                   fmt::format("{}.{}", decides(a.what) ? "permit_desk_button" : "notice_desk_button", a.name)});
  }
  if (awaits_letter(n, w)) all.push_back({"n:letter:" + n.number, "notice_desk_button.letter"});
  if (!corrections_of(n, w).empty()) all.push_back({"n:track:" + n.number, "notice_desk_button.track"});
  return all;
}

bool may_act(const cases::member& m, const notice& n, const world& w) {
  if (cases::stands_under(n.filed.unit, m.unit, w)) return true;
  const auto fallback = w.book.units.fallback();
  return fallback != geography::no_unit && w.book.units.at(fallback).code == m.unit;
}

bool may_look(const cases::member& m, const notice& n, const world& w) {
  return may_act(m, n, w) || std::find(n.watchers.begin(), n.watchers.end(), m.unit) != n.watchers.end();
}

void tell_officer(turn& t, const facts& f, std::string key, const notice& n, const world& w,
                  std::vector<choice> choices, std::vector<argument> more) {
  say s;
  s.key = std::move(key);
  s.args = card_arguments(n, w);
  s.args.insert(s.args.end(), more.begin(), more.end());
  s.choices = std::move(choices);
  t.notes.push_back({f.actor, std::move(s), ""});
}

std::string numbered(const std::vector<std::string>& items) {
  std::string all;
  for (std::size_t i = 0; i < items.size(); ++i) all += fmt::format("{}. {}\n", i + 1, items[i]);
  return all;
}

void open_fully(turn& t, const notice& n, bool acts, const facts& f, const world& w) {
  const auto& texts = w.book.texts;
  std::string lines;
  for (const auto& [slot, value] : n.answers) {
    const std::string title = "event_item." + slot;
    static constexpr std::array shown_above = {"purpose", "start", "end", "wards", "attendance", "person"};
    if (slot == "repeats" && n.answers.contains("recurs")) continue;  // said with the hours
    if (!texts.has(title) || std::find(shown_above.begin(), shown_above.end(), slot) != shown_above.end()) continue;
    std::string said = value;
    for (const char* labels : {"event_reach.", "event_yes_no.", "event_road.", "event_public_road."})
      if (texts.has(labels + value)) said = texts.text("id", labels + value);
    if (slot == "letter_in") said = say_when(value, w.now, "id", texts, w.book.utc_offset);
    if (value == "later") said = texts.text("id", "event_word.later");
    lines += fmt::format("{}: {}\n", texts.text("id", title), said);
  }
  t.notice_events.push_back({n.id, "opened", f.actor, "", w.now});
  if (!f.person.empty()) t.notice_events.push_back({n.id, "person_opened", f.actor, "", w.now});
  tell_officer(t, f, "notice_card.full", n, w, acts ? buttons_for(n, w) : std::vector<choice>{},
               {{"lines", lines + recommendation_lines(n, "id", true, w) + learned_lines(f, w)},
                {"questions", questions_about(n, f.beside, w)},
                {"person", f.person.empty() ? "-" : f.person, false, true},
                {"because", n.because.empty() ? "-" : n.because}});
}

void perform(turn& t, const notice& was, const named_action& a, const answer_map& told, const facts& f,
             const world& w) {
  const auto given = [&](const char* name) {
    const auto at = told.find(name);
    return at == told.end() ? std::string() : at->second;
  };
  const auto legal = legal_items(was, w);
  deed d{.action = a.what, .who = actor::officer};
  std::istringstream picked(given("items"));
  for (std::size_t i = 0; picked >> i;)
    if (i >= 1 && i <= legal.size()) d.items.push_back(legal[i - 1]);
  d.number = given("number");
  d.unit = given("unit");
  d.conditions = given("conditions");
  d.article = given("article");
  d.reason = given("reason");
  d.officer = given("officer");
  d.objection = given("objection");
  const auto result = step(was.filed, d, legal);
  if (result.because != hindrance::none) return say_hindered(t, f, was, result.because, w);

  notice n = touched(was, w);
  n.filed = result.now;
  if (!d.number.empty()) {
    const cases::member* who = w.duty.find(f.actor);
    // A mended number changes nothing else of what was issued.
    if (a.what == action::mend_number && !n.issued.empty()) d.conditions = n.issued.back().conditions;
    remember_issue(n, d.conditions, who == nullptr ? std::string_view() : who->role, w.now);
  }
  const std::string section = decides(a.what) ? "permit." : "notice.";
  std::vector<argument> more = {{"receipt", d.number},      {"was", was.filed.number},   {"conditions", d.conditions},
                                {"article", d.article},     {"reason", d.reason},        {"officer", d.officer},
                                {"objection", d.objection}, {"items", numbered(d.items)}};
  std::vector<choice> choices;
  if (a.what == action::ask_to_complete) {
    n.answers["asked_items"] = numbered(d.items);
    choices = {{"e:complete:" + n.number, "notice_button.complete"}};
  }
  if (!d.conditions.empty()) n.answers["conditions"] = d.conditions;
  const bool mended = a.what == action::mend_number;
  std::string detail = d.number + d.unit;
  if (mended) detail = was.filed.number + " -> " + d.number;
  if (!d.items.empty()) detail = numbered(d.items);
  if (!d.article.empty()) detail = d.article + ": " + d.reason;
  t.notice_events.push_back(
      {n.id, mended ? "number_mended" : std::string(name_of(n.filed.state)), f.actor, detail, w.now});
  if (a.what == action::forward) {
    announce_change(t, n, "", w);  // those who had it see where it went
    const std::string told_unit = announce(t, n, f.beside, w);
    if (told_unit.empty()) return tell_officer(t, f, "notice_desk.nobody_there", was, w);
  } else {
    announce_change(t, n, "", w);
  }
  const bool application = n.filed.track == track::permit && a.what == action::issue_receipt;
  tell_organiser(t, n, application ? "permit.did_receipt" : fmt::format("{}did_{}", section, a.name), std::move(more),
                 std::move(choices), w);
  if (!d.number.empty()) send_issued(t, n, w);
  tell_officer(t, f, "notice_desk.done", n, w, {},
               {n.organiser == 0 ? argument{"told", ""} : argument{"told", "notice_desk.told", true}});
  t.notices.push_back(std::move(n));
}

}  // namespace bot::notices
