// What officers do with a case by their buttons and words.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "bot/cases/cards.hpp"
#include "bot/cases/escalation.hpp"
#include "bot/cases/incidents.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/perception.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/notices/at_event.hpp"

namespace bot::cases {
namespace {

constexpr std::array reasons = {"area", "kind", "handled", "people"};  // why it is not ours
constexpr std::array outcomes = {"on_the_spot", "handled_further", "not_found", "reconciled", "handed_over"};

// The officer's own conversation remembers what words are awaited: "ask" (then "ask_ready" while the preview is shown),
// "note" or "forward" to a unit.
constexpr std::string_view officer_form = "officer";

void await_words(turn& t, const report& r, std::string_view what, const std::string& unit, const world& w) {
  t.next.form = officer_form;
  t.next.asked = what;
  t.next.answers = {{"case", r.number}};
  if (!unit.empty()) t.next.answers["unit"] = unit;
  t.next.expires_at = w.now + std::chrono::hours(1);
}

// One step up, where somebody can decide; with a way back for who tapped by mistake.
void pass_up(turn& t, report& r, const std::string& why, const facts& f, const world& w) {
  const auto chain = chain_of(r.unit, w);
  move_to(t, r, std::string(chain[chain.size() < 2 ? 0 : 1]), why, f, w);
  say s;
  s.key = "officer.passed_on";
  s.args = {{"number", r.number}, {"unit", name_of_unit(r.unit, w)}};
  s.choices = {{"o:undo:" + r.number, "officer_button.undo"}};
  t.replies.push_back(std::move(s));
}

}  // namespace

bool officer_tap(turn& t, const said::tap& tap, const facts& f, const world& w) {
  if (!tap.data.starts_with("o:")) return false;
  const tapped what = read_tap(tap.data);
  const member* who = w.duty.find(f.actor);
  if (who == nullptr) who = w.duty.find(f.contact);  // a tap in a unit's group by somebody of that group
  const report* have = find_report(f, what.number);
  // Who took it from the unit's group goes on with it in the private chat, though the account itself was never bound.
  const member taker{.contact = f.actor, .unit = have == nullptr ? "" : have->unit};
  if (who == nullptr && have != nullptr && have->holder == f.actor) who = &taker;
  if (what.action == "undo" && who != nullptr && have != nullptr && may_take_back(*who, *have, w)) {
    report r = touched(*have, w);
    take_back(t, r, f, w);
    announce_change(t, r, "taken_back", w);
    t.replies.push_back(
        {.key = "officer.taken_back", .args = {{"number", r.number}, {"unit", name_of_unit(r.unit, w)}}});
    t.reports.push_back(std::move(r));
    return true;
  }
  if (who == nullptr || have == nullptr || !may_act(*who, *have, w)) {
    if (have != nullptr) t.events.push_back({have->id, "denied", f.actor, what.action, w.now});
    // An old card of a station whose Polres has taken the case.
    if (who != nullptr && have != nullptr && have->holder != 0 && !have->sealed &&
        stands_under(who->unit, have->unit, w))
      return answer(t, f, "officer.taken_already", *have, w), true;
    // Whose unit had its card and has handed it on is told where it is now.
    if (who != nullptr && have != nullptr && !(have->sealed && who->group) && !shut_out(*have, w)(who->unit) &&
        std::find(have->told.begin(), have->told.end(), who->unit) != have->told.end())
      return answer(t, f, have->holder != 0 ? "officer.taken_already" : "officer.moved_on", *have, w), true;
    t.replies.push_back({.key = "officer.not_yours"});
    return true;
  }
  if (what.action == "card") return bring_card(t, *have, *who, w), true;
  // Who has never written to us cannot be written to: the words of a case would have nowhere to go but the group.
  if (f.contact != f.actor && !f.actor_met) {
    t.replies.push_back({.key = "officer.open_chat", .args = {{"number", have->number}}, .alert = true});
    return true;
  }
  if (what.action == "look") return open_fully(t, *have, f, w), true;
  if (what.action == "files") return open_files(t, *have, f, w), true;
  if (what.action == "event") return notices::put_at_event(t, *have, what.value, f, w), true;

  report r = touched(*have, w);
  // Who holds it decides what is stale; a second tap of the same officer changes nothing.
  const bool mine = r.holder == f.actor;
  if (what.action == "take" && r.holder != 0 && r.state != state::closed) {
    answer(t, f, mine ? "officer.yours_already" : "officer.taken_already", r, w);
    return true;
  }
  if ((what.action == "on_site" || what.action == "close" || what.action == "done") && !mine) {
    answer(t, f, r.holder == 0 ? "officer.too_late" : "officer.taken_already", r, w);
    return true;
  }
  if (what.action == "resume") {
    if (!may_resume(*have, f, w)) return answer(t, f, "officer.too_late", r, w), true;
    resume(t, r, f, w);
    announce_change(t, r, "resumed", w);
    t.reports.push_back(std::move(r));
    return true;
  }
  if (what.action == "close") {
    if (allowed(r.state, "close") == nullptr) return answer(t, f, "officer.too_late", r, w), true;
    say s;
    s.key = "officer.ask_outcome";
    s.args = card_arguments(r, w);
    for (const char* one : outcomes)
      s.choices.push_back({fmt::format("o:done:{}:{}", r.number, one), fmt::format("outcome_button.{}", one)});
    t.notes.push_back({f.actor, std::move(s), ""});
    return true;
  }
  if (what.action == "send") {
    const bool ready = mine && r.state != state::closed && t.next.form == officer_form && t.next.asked == "ask_ready" &&
                       t.next.answers["case"] == r.number;
    if (!ready) return answer(t, f, "officer.too_late", r, w), true;
    const std::string words = t.next.answers["words"];
    close_form(t.next);
    put_question(t, r, words, f, w);
    holds(t, r, w);
    t.reports.push_back(std::move(r));
    return true;
  }
  if (what.action == "join" || what.action == "apart") {
    const report* lead = what.action == "join" ? find_report(f, what.value) : nullptr;
    const bool stale = r.lead.empty() || allowed(r.state, "join") == nullptr ||
                       (what.action == "join" && (lead == nullptr || lead->number != r.lead ||
                                                  lead->state == state::closed || lead->state == state::joined));
    if (stale) return answer(t, f, "officer.too_late", r, w), true;
    if (lead != nullptr)
      join(t, r, *lead, f.actor, w);
    else
      keep_apart(t, r, f.actor, w);
    announce_change(t, r, what.action, w);
    if (f.via == channel::whatsapp) {  // a card that cannot be edited is sent again
      say s{.key = r.state == state::joined ? "card.joined" : "card.new", .args = card_arguments(r, w)};
      s.choices = buttons_for(r);
      t.replies.push_back(std::move(s));
    }
    t.reports.push_back(std::move(r));
    return true;
  }
  if (what.action == "call") {
    if (!mine || r.reporter_is != identity::named || f.callback.empty() || f.contact != f.actor)
      return answer(t, f, "officer.cannot_call", r, w), true;
    t.events.push_back({r.id, "identity_opened", f.actor, "to call", w.now});
    t.replies.push_back({.key = "officer.call", .args = {{"number", r.number}, {"who", f.callback, false, true}}});
    tell_reporter(t, r, "reporter.identity_opened", "identity", {}, w);
    t.reports.push_back(std::move(r));
    return true;
  }
  constexpr std::array in_private = {"more", "ask", "note", "forward", "to", "kind"};
  if (std::any_of(in_private.begin(), in_private.end(), [&](const char* one) { return what.action == one; })) {
    if (!mine || r.state == state::closed)
      return answer(t, f, mine || r.holder == 0 ? "officer.too_late" : "officer.taken_already", r, w), true;
    // Words are typed in the private chat: the officer's, whichever chat the button stood in.
    if (f.contact != f.actor) return t.replies.push_back({.key = "officer.not_yours"}), true;
    say s;
    s.args = card_arguments(r, w);
    const auto data = [&](std::string_view action) { return fmt::format("o:{}:{}", action, r.number); };
    if (what.action == "more") {
      s.key = "officer.more";
      s.choices = {{data("close"), "officer_button.close"},
                   {data("note"), "officer_button.note"},
                   {data("forward"), "officer_button.forward"},
                   {data("kind"), "officer_button.kind"}};
      if (r.reporter_is == identity::named && r.reporter != 0)
        s.choices.push_back({data("call"), "officer_button.call"});
    } else if (what.action == "kind") {
      const question* kinds = w.book.forms.find("report")->second.find("category");
      const bool known = kinds != nullptr &&
                         std::find(kinds->choices.begin(), kinds->choices.end(), what.value) != kinds->choices.end();
      if (known && what.value != r.category) {
        recategorise(t, r, what.value, f.actor, w);
        announce_change(t, r, "recategorised", w);
        s.args = card_arguments(r, w);
        s.key = "officer.kind_set";
        t.reports.push_back(std::move(r));
      } else {
        s.key = "officer.kind_which";
        for (std::size_t i = 0; kinds != nullptr && i < kinds->choices.size(); ++i)
          s.choices.push_back({data("kind") + ":" + kinds->choices[i], kinds->labels + "." + kinds->choices[i]});
      }
    } else if (what.action == "ask") {
      const bool possible = may_be_asked(r, w);
      s.key = possible                                       ? "officer.ask_words"
              : may_be_told(r) || r.answers.contains("safe") ? "officer.cannot_ask_safely"
                                                             : "officer.cannot_ask";
      if (possible) await_words(t, r, "ask", {}, w);
    } else if (what.action == "note") {
      s.key = "officer.note_words";
      await_words(t, r, "note", {}, w);
    } else if (what.action == "forward") {
      s.key = "officer.forward_where";
      s.choices = units_near(r, w);
      if (s.choices.empty()) s.key = "officer.nobody_there";
    } else {
      if (w.book.units.find(what.value) == geography::no_unit) return answer(t, f, "officer.too_late", r, w), true;
      if (!w.duty.staffed(what.value) && manned_above(what.value, w).empty())
        return answer(t, f, "officer.nobody_there", r, w), true;
      s.key = "officer.forward_why";
      await_words(t, r, "forward", what.value, w);
    }
    t.replies.push_back(std::move(s));
    return true;
  }
  if (what.action == "not_ours" && offered_below(r, who->unit, w)) {
    t.events.push_back({r.id, "not_known_here", f.actor, who->unit, w.now});
    return answer(t, f, "officer.others_have_it", r, w), true;
  }
  if (what.action == "not_ours" && manned_above(r.unit, w).empty())
    return answer(t, f, chain_of(r.unit, w).size() < 2 ? "officer.top" : "officer.nobody_there", r, w), true;
  if (what.action == "not_ours" && allowed(r.state, "not_ours") != nullptr && (r.holder == 0 || mine) &&
      std::none_of(reasons.begin(), reasons.end(), [&](const char* one) { return what.value == one; })) {
    say s;
    s.key = f.contact == f.actor ? "officer.not_ours_why" : "officer.not_ours_why_group";
    s.args = card_arguments(r, w);
    for (const char* one : reasons)
      s.choices.push_back({fmt::format("o:not_ours:{}:{}", r.number, one), fmt::format("not_ours_button.{}", one)});
    t.replies.push_back(std::move(s));
    if (f.contact == f.actor) await_words(t, r, "not_ours", {}, w);
    return true;
  }
  const std::string_view step = what.action == "done" ? "close" : std::string_view(what.action);
  const transition* next = allowed(r.state, step);
  const bool known_outcome =
      std::any_of(outcomes.begin(), outcomes.end(), [&](const char* o) { return what.value == o; });
  if (next == nullptr || (what.action == "done" && !known_outcome)) return answer(t, f, "officer.too_late", r, w), true;
  r.state = next->to;

  if (what.action == "take") {
    r.holder = f.actor;
    r.unit = who->unit;  // whoever takes it answers for it
    t.events.push_back({r.id, "taken", f.actor, who->unit, w.now});
    holds(t, r, w);
    open_fully(t, r, f, w);
    tell_reporter(t, r, may_be_asked(r, w) ? "reporter.taken" : "reporter.taken_quietly", "taken", {}, w);
    tell_followers(t, r, w);
  } else if (what.action == "on_site") {
    t.events.push_back({r.id, "on_site", f.actor, "", w.now});
    holds(t, r, w);
    answer(t, f, "officer.noted", r, w);
    tell_reporter(t, r, "reporter.on_site", "on_site", {}, w);
  } else if (what.action == "done") {
    r.answers["outcome"] = what.value;
    t.events.push_back({r.id, "closed", f.actor, what.value, w.now});
    answer(t, f, "officer.closed", r, w);
    if (may_resume(r, f, w)) t.notes.back().what.choices = {{"o:resume:" + r.number, "officer_button.resume"}};
    tell_reporter(t, r, "reporter.closed", "closed",
                  {{"r:clear:" + r.number, "button.clear"}, {"r:open:" + r.number, "button.not_done"}}, w,
                  {{"outcome", "outcome." + what.value, true}});
    tell_followers(t, r, w);
  } else {  // not_ours: one step up, where somebody can decide
    if (t.next.form == officer_form && t.next.asked == "not_ours") close_form(t.next);
    pass_up(t, r, std::string(w.book.texts.text("id", "not_ours." + what.value)), f, w);
  }
  announce_change(t, r, what.action, w);
  t.reports.push_back(std::move(r));
  return true;
}

bool officer_words(turn& t, const std::string& text, const facts& f, const world& w) {
  if (t.next.form != officer_form) return false;
  const std::string awaited = t.next.asked, number = t.next.answers["case"], unit = t.next.answers["unit"],
                    shown = t.next.answers["words"];
  close_form(t.next);
  const report* have = find_report(f, number);
  const auto word = w.book.words.find(folded(text));
  if (word != w.book.words.end() && word->second == "cancel") return t.replies.push_back({.key = "officer.back"}), true;
  if (awaited == "not_ours") {
    const member* who = w.duty.find(f.actor);
    // Danger is heard in every state; and a case that somebody has taken since is not moved.
    if (perceive(text, w.now, w.book).meaning.level == level::high) return false;
    if (who == nullptr || have == nullptr || !may_act(*who, *have, w) || allowed(have->state, "not_ours") == nullptr ||
        (have->holder != 0 && have->holder != f.actor))
      return t.replies.push_back({.key = "officer.too_late", .args = {{"number", number}}}), true;
    report r = touched(*have, w);
    r.state = state::filed;
    pass_up(t, r, masked(text.substr(0, utf8_cut(text, 1000))), f, w);
    announce_change(t, r, "not_ours", w);
    t.reports.push_back(std::move(r));
    return true;
  }
  if (have == nullptr || have->holder != f.actor || have->state == state::closed)
    return t.replies.push_back({.key = "officer.too_late", .args = {{"number", number}}}), true;
  report r = *have;
  const std::string words = masked(text.substr(0, utf8_cut(text, 1000)));
  if (awaited == "ask" || awaited == "ask_ready") {
    if (awaited == "ask" || word == w.book.words.end() || !agrees(word->second)) {
      await_words(t, r, "ask_ready", {}, w);
      t.next.answers["words"] = words;
      t.replies.push_back({.key = "officer.ask_preview",
                           .args = {{"number", number}, {"words", words}},
                           .choices = {{"o:send:" + number, "button.send"}}});
      return true;
    }
    r = touched(r, w);
    put_question(t, r, shown, f, w);
    holds(t, r, w);
  } else if (awaited == "note") {
    r = touched(r, w);
    t.events.push_back({r.id, "note", f.actor, words, w.now});
    keep_note(r, words);
    holds(t, r, w);
    t.replies.push_back({.key = "officer.note_kept", .args = {{"number", number}}});
  } else {
    r = touched(r, w);
    move_to(t, r, unit, words, f, w);
    t.replies.push_back({.key = "officer.passed_on", .args = {{"number", number}, {"unit", name_of_unit(unit, w)}}});
    announce_change(t, r, "forwarded", w);
  }
  t.reports.push_back(std::move(r));
  return true;
}

}  // namespace bot::cases
