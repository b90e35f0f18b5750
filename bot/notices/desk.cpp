// What officers do with a notice. Every button comes from the table of its track.
#include "bot/notices/desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "bot/cases/life.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/event_answers.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/notices/agenda.hpp"
#include "bot/notices/conditions.hpp"
#include "bot/notices/correction.hpp"
#include "bot/notices/letter.hpp"
#include "bot/notices/paper.hpp"
#include "bot/notices/recommendation.hpp"

namespace bot::notices {
namespace {

constexpr std::string_view desk_form = "notice_desk";

struct named_action {
  std::string_view name;
  notices::action what;
};
constexpr std::array actions = {
    named_action{"receipt", action::issue_receipt}, named_action{"items", action::ask_to_complete},
    named_action{"forward", action::forward},       named_action{"mend", action::mend_number},
    named_action{"approve", action::approve},       named_action{"conditions", action::approve_with_conditions},
    named_action{"refuse", action::refuse},         named_action{"revoke", action::revoke}};

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

// What the action must come with, in the order in which it is asked.
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

// Its unit, those above, and the fallback. Those who watch look, and do not decide.
bool may_act(const cases::member& m, const notice& n, const world& w) {
  if (cases::stands_under(n.filed.unit, m.unit, w)) return true;
  const auto fallback = w.book.units.fallback();
  return fallback != geography::no_unit && w.book.units.at(fallback).code == m.unit;
}

bool may_look(const cases::member& m, const notice& n, const world& w) {
  return may_act(m, n, w) || std::find(n.watchers.begin(), n.watchers.end(), m.unit) != n.watchers.end();
}

const notice* find(const facts& f, std::string_view number) {
  const auto at = std::find_if(f.notices.begin(), f.notices.end(), [&](const notice& n) { return n.number == number; });
  return at == f.notices.end() ? nullptr : &*at;
}

void answer(turn& t, const facts& f, std::string key, const notice& n, const world& w, std::vector<choice> choices = {},
            std::vector<argument> more = {}) {
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

// What was learned at earlier events of the place.
std::string learned_lines(const facts& f, const world& w) {
  std::string notes;
  for (const auto& one : f.learned) notes += "· " + one + "\n";
  if (notes.empty()) return notes;
  std::string text(w.book.texts.text("id", "notice_card.learned"));
  constexpr std::string_view mark = "{notes}";
  return text.replace(text.find(mark), mark.size(), notes);
}

// Everything, with the person in charge: in a private chat only, and every opening is an event.
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
  answer(t, f, "notice_card.full", n, w, acts ? buttons_for(n, w) : std::vector<choice>{},
         {{"lines", lines + recommendation_lines(n, "id", true, w) + learned_lines(f, w)},
          {"questions", questions_about(n, f.beside, w)},
          {"person", f.person.empty() ? "-" : f.person, false, true},
          {"because", n.because.empty() ? "-" : n.because}});
}

void stop_awaiting(turn& t) {
  t.next.form.clear();
  t.next.asked.clear();
  t.next.answers.clear();
  t.next.expires_at = {};
}

void say_ask(turn& t, const notice& n, const named_action& a, const world& w) {
  const std::string section = decides(a.what) ? "permit_desk.ask_" : "notice_desk.ask_";
  const bool conditions = t.next.asked == "conditions";
  t.replies.push_back({.key = a.what == action::mend_number ? "notice_desk.ask_number_mend" : section + t.next.asked,
                       .args = {{"number", n.number},
                                {"was", n.filed.number},
                                {"items", numbered(conditions ? conditions_for(n, w) : legal_items(n, w))}}});
}

// The next thing that the action still lacks; false: it has everything.
bool ask_next(turn& t, const notice& n, const named_action& a, const transition& with, const world& w) {
  for (const auto& field : fields_of(with)) {
    if (t.next.answers.contains(field)) continue;
    t.next.asked = field;
    t.next.expires_at = w.now + std::chrono::hours(1);
    say_ask(t, n, a, w);
    return true;
  }
  return false;
}

// Weighty enough to be read once more.
void say_preview(turn& t, const notice& n, const named_action& a, const world& w) {
  t.next.asked = "ready";
  if (const auto number = t.next.answers.find("number");
      number != t.next.answers.end() && !t.next.answers.contains("conditions"))
    return t.replies.push_back(
        {.key = a.what == action::mend_number ? "notice_desk.preview_mend"
                : decides(a.what)             ? "permit_desk.preview_number"
                                              : "notice_desk.preview_number",
         .args = {{"number", n.number}, {"receipt", number->second}, {"was", n.filed.number}},
         .choices = {{"n:send:" + n.number, "button.send"}, {"n:again:" + n.number, "notice_desk_button.again"}}});
  say s{.key = "permit_desk.preview", .args = card_arguments(n, w), .choices = {{"n:send:" + n.number, "button.send"}}};
  if (t.next.answers.contains("conditions")) {
    s.key = "permit_desk.preview_conditions";
    s.args.push_back({"list", numbered(parted_conditions(t.next.answers["conditions"]))});
    s.choices.push_back({"n:again:" + n.number, "permit_desk_button.again"});
    std::erase_if(s.args, [](const argument& one) { return one.name == "receipt"; });
    s.args.push_back({"receipt", t.next.answers["number"]});
  }
  for (const char* field : {"article", "reason", "officer", "objection"})
    s.args.push_back({field, t.next.answers[field]});
  t.replies.push_back(std::move(s));
}

// What can be chosen or written once more before anything is sent; empty: nothing.
std::string changeable(const turn& t) {
  for (const char* field : {"conditions", "number"})
    if (t.next.answers.contains(field)) return field;
  return {};
}

void choose_again(turn& t, const notice& n, const named_action& a, const world& w) {
  t.next.asked = changeable(t);
  t.next.answers.erase(t.next.asked);
  say_ask(t, n, a, w);
}

void say_hindered(turn& t, const facts& f, const notice& n, hindrance why, const world& w) {
  const char* key = why == hindrance::asked_already     ? "notice_desk.asked_already"
                    : why == hindrance::no_legal_item   ? "notice_desk.no_legal_item"
                    : why == hindrance::lacks_something ? "notice_desk.lacks"
                                                        : "notice_desk.too_late";
  answer(t, f, key, n, w);
}

void perform(turn& t, const notice& was, const named_action& a, const facts& f, const world& w) {
  const auto told = std::exchange(t.next.answers, {});
  stop_awaiting(t);
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
    if (told_unit.empty()) return answer(t, f, "notice_desk.nobody_there", was, w);
  } else {
    announce_change(t, n, "", w);
  }
  const bool application = n.filed.track == track::permit && a.what == action::issue_receipt;
  tell_organiser(t, n, application ? "permit.did_receipt" : fmt::format("{}did_{}", section, a.name), std::move(more),
                 std::move(choices), w);
  if (!d.number.empty()) send_issued(t, n, w);
  answer(t, f, "notice_desk.done", n, w, {},
         {n.organiser == 0 ? argument{"told", ""} : argument{"told", "notice_desk.told", true}});
  t.notices.push_back(std::move(n));
}

// Where it can sensibly go: to the stations of its place and to all above them.
std::vector<choice> units_for(const notice& n, const world& w) {
  std::vector<choice> all;
  for (const auto& code : chain_of(n, w)) {
    const auto id = w.book.units.find(code);
    if (code == n.filed.unit || id == geography::no_unit) continue;
    all.push_back({fmt::format("n:to:{}:{}", n.number, code), "=" + w.book.units.at(id).name});
  }
  return all;
}

}  // namespace

bool officer_tap(turn& t, const said::tap& tap, const facts& f, const world& w) {
  if (!tap.data.starts_with("n:")) return false;
  const auto what = cases::read_tap(tap.data);
  const notice* n = find(f, what.number);
  const cases::member* who = w.duty.find(f.actor);
  if (who == nullptr) who = w.duty.find(f.contact);
  const bool looks = what.action == "open";
  if (who == nullptr || n == nullptr || !(looks ? may_look(*who, *n, w) : may_act(*who, *n, w))) {
    if (n != nullptr) t.notice_events.push_back({n->id, "denied", f.actor, what.action, w.now});
    if (who != nullptr && n != nullptr)
      t.replies.push_back({.key = "notice_desk.not_yours",
                           .args = {{"number", n->number}, {"unit", cases::name_of_unit(n->filed.unit, w)}}});
    else
      t.replies.push_back({.key = "officer.not_yours"});
    return true;
  }
  if (f.contact != f.actor && !f.actor_met) {
    t.replies.push_back({.key = "officer.open_chat", .args = {{"number", n->number}}, .alert = true});
    return true;
  }
  if (looks || f.contact != f.actor) return open_fully(t, *n, may_act(*who, *n, w), f, w), true;

  if (correction_tap(t, what.action, what.value, *n, f, w) || unit_after_tap(t, what.action, *n, f, w)) return true;
  if (what.action == "letter") return take_letter(t, *n, f, w), true;
  const std::string_view name = what.action == "to" ? std::string_view("forward") : std::string_view(what.action);
  if (what.action == "send" || what.action == "again") {  // the preview of a decision
    const bool ready = t.next.form == desk_form && t.next.asked == "ready" && t.next.answers["notice"] == n->number;
    const named_action* a = ready ? action_named(t.next.answers["action"]) : nullptr;
    if (a == nullptr) return answer(t, f, "notice_desk.too_late", *n, w), true;
    const bool again = what.action == "again" && !changeable(t).empty();
    return again ? choose_again(t, *n, *a, w) : perform(t, *n, *a, f, w), true;
  }
  const named_action* a = action_named(name);
  const transition* next = a == nullptr ? nullptr : allowed(*n, a->what);
  if (next == nullptr) return answer(t, f, "notice_desk.too_late", *n, w), true;
  if (a->what == action::ask_to_complete && n->filed.asked_once)
    return answer(t, f, "notice_desk.asked_already", *n, w), true;
  t.next.form = desk_form;
  t.next.answers = {{"notice", n->number}, {"action", std::string(a->name)}};
  if (a->what == action::forward) {
    if (what.action != "to") {
      stop_awaiting(t);
      auto units = units_for(*n, w);
      answer(t, f, units.empty() ? "notice_desk.nobody_there" : "notice_desk.forward_where", *n, w, std::move(units));
      return true;
    }
    const auto chain = chain_of(*n, w);
    if (std::find(chain.begin(), chain.end(), what.value) == chain.end() ||
        cases::told_instead_of(what.value, false, w).empty()) {
      stop_awaiting(t);
      return answer(t, f, "notice_desk.nobody_there", *n, w), true;
    }
    t.next.answers["unit"] = what.value;
    return perform(t, *n, *a, f, w), true;
  }
  if (!ask_next(t, *n, *a, *next, w)) perform(t, *n, *a, f, w);
  return true;
}

bool officer_words(turn& t, const std::string& text, const facts& f, const world& w) {
  if (t.next.form != desk_form) return false;
  const notice* n = find(f, t.next.answers["notice"]);
  const std::string awaited = t.next.answers["action"];
  const named_action* a = action_named(awaited);
  const auto word = w.book.words.find(folded(text));
  const cases::member* who = w.duty.find(f.contact);
  if (word != w.book.words.end() && word->second == "cancel") {
    stop_awaiting(t);
    t.replies.push_back({.key = "officer.back"});
    return true;
  }
  if ((awaited == "track" || awaited == "noted") && n != nullptr && who != nullptr && may_act(*who, *n, w)) {
    const std::string words = masked(text.substr(0, utf8_cut(text, 500)));
    if (awaited == "track")
      correction_words(t, words, *n, f, w);
    else
      unit_after_words(t, words, *n, f, w);
    return true;
  }
  const transition* next = n == nullptr || a == nullptr ? nullptr : allowed(*n, a->what);
  if (next == nullptr || who == nullptr || !may_act(*who, *n, w)) {
    stop_awaiting(t);
    t.replies.push_back({.key = "officer.not_yours"});
    return true;
  }
  if (t.next.asked == "ready") {
    const std::string_view meant = word == w.book.words.end() ? std::string_view() : std::string_view(word->second);
    if (meant == "yes") return perform(t, *n, *a, f, w), true;
    if (meant == "change" && !changeable(t).empty()) return choose_again(t, *n, *a, w), true;
    t.replies.push_back({.key = "permit_desk.ready_again"});
    return true;
  }
  const std::string words = masked(text.substr(0, utf8_cut(text, 500)));
  std::string value = words;
  if (t.next.asked == "items") {  // "1, 3": what is not on the list is not asked for
    value.clear();
    const auto listed = legal_items(*n, w).size();
    for (const auto& one : language::split(words)) {
      const bool number = one.what == language::word::kind::number && one.folded.size() <= 2;
      const auto picked = number ? std::stoul(one.folded) : 0;
      if (picked >= 1 && picked <= listed) value += one.folded + " ";
    }
  }
  if (t.next.asked == "conditions") {
    if (word != w.book.words.end()) return say_ask(t, *n, *a, w), true;  // "ubah" is no condition
    const auto chosen = read_conditions(words, conditions_for(*n, w));
    if (!chosen.not_listed.empty()) {
      t.replies.push_back({.key = "permit_desk.not_listed", .args = {{"picked", chosen.not_listed.front()}}});
      return say_ask(t, *n, *a, w), true;
    }
    value = joined_conditions(chosen.texts);
    if (const auto barred = barred_among(chosen.own, w.book.notices.rules)) {
      // The same words once more are his own decision, which he answers for.
      const bool again = barred->doubtful && t.next.answers["sent_before"] == value;
      t.next.answers["sent_before"] = value;
      if (!again)
        return t.replies.push_back(
                   {.key = barred->doubtful ? "permit_desk.doubtful" : "permit_desk.barred",
                    .args = {{"text", barred->text}, {"why", "permit_desk.bars_" + barred->rule->id, true}}}),
               true;
    }
  }
  if (t.next.asked == "number" && holds_condition(value, w.book.notices.rules))
    return t.replies.push_back({.key = decides(a->what) ? "permit_desk.number_alone" : "notice_desk.number_alone",
                                .args = {{"number", n->number}}}),
           true;
  const bool digit = std::any_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (t.next.asked == "number" && !digit)
    return t.replies.push_back({.key = "notice_desk.no_digit", .args = {{"number", n->number}}}), true;
  if ((t.next.asked == "items" || t.next.asked == "article") && !digit) return say_ask(t, *n, *a, w), true;
  if (t.next.asked != "items" && folded(value).size() < 2) return say_ask(t, *n, *a, w), true;
  t.next.answers[t.next.asked] = value;
  if (ask_next(t, *n, *a, *next, w)) return true;
  if ((next->with & (needs_grounds | needs_conditions | needs_number)) != 0) return say_preview(t, *n, *a, w), true;
  perform(t, *n, *a, f, w);
  return true;
}

}  // namespace bot::notices
