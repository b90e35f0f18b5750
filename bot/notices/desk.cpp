// How officers deal with a notice in chat: buttons, what is asked for, what is read once more before it counts.
#include "bot/notices/desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bot/cases/life.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/notices/conditions.hpp"
#include "bot/notices/correction.hpp"
#include "bot/notices/letter.hpp"
#include "bot/notices/officer_actions.hpp"

namespace bot::notices {
namespace {

constexpr std::string_view desk_form = "notice_desk";

const notice* find(const facts& f, std::string_view number) {
  const auto at = std::find_if(f.notices.begin(), f.notices.end(), [&](const notice& n) { return n.number == number; });
  return at == f.notices.end() ? nullptr : &*at;
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

void carry_out(turn& t, const notice& n, const named_action& a, const facts& f, const world& w) {
  const auto told = std::exchange(t.next.answers, {});
  stop_awaiting(t);
  perform(t, n, a, told, f, w);
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
    if (a == nullptr) return tell_officer(t, f, "notice_desk.too_late", *n, w), true;
    const bool again = what.action == "again" && !changeable(t).empty();
    return again ? choose_again(t, *n, *a, w) : carry_out(t, *n, *a, f, w), true;
  }
  const named_action* a = action_named(name);
  const transition* next = a == nullptr ? nullptr : allowed(*n, a->what);
  if (next == nullptr) return tell_officer(t, f, "notice_desk.too_late", *n, w), true;
  if (a->what == action::ask_to_complete && n->filed.asked_once)
    return tell_officer(t, f, "notice_desk.asked_already", *n, w), true;
  t.next.form = desk_form;
  t.next.answers = {{"notice", n->number}, {"action", std::string(a->name)}};
  if (a->what == action::forward) {
    if (what.action != "to") {
      stop_awaiting(t);
      auto units = units_for(*n, w);
      tell_officer(t, f, units.empty() ? "notice_desk.nobody_there" : "notice_desk.forward_where", *n, w,
                   std::move(units));
      return true;
    }
    const auto chain = chain_of(*n, w);
    if (std::find(chain.begin(), chain.end(), what.value) == chain.end() ||
        cases::told_instead_of(what.value, false, w).empty()) {
      stop_awaiting(t);
      return tell_officer(t, f, "notice_desk.nobody_there", *n, w), true;
    }
    t.next.answers["unit"] = what.value;
    return carry_out(t, *n, *a, f, w), true;
  }
  if (!ask_next(t, *n, *a, *next, w)) carry_out(t, *n, *a, f, w);
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
    if (meant == "yes") return carry_out(t, *n, *a, f, w), true;
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
  carry_out(t, *n, *a, f, w);
  return true;
}

}  // namespace bot::notices
