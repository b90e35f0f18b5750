// What the reporter is told and answers, once the case is among officers.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/cards.hpp"
#include "bot/cases/life.hpp"
#include "bot/cases/sealed.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/open_cases.hpp"

namespace bot::cases {

bool may_be_told(const report& r) {
  if (r.reporter == 0 || r.reporter_is == identity::anonymous) return false;
  const auto safe = r.answers.find("safe");
  return safe == r.answers.end() || safe->second != "no";
}

bool may_be_asked(const report& r, const world& w) {
  if (!may_be_told(r)) return false;
  const auto form = w.book.forms.find("report");
  const question* safe = form == w.book.forms.end() ? nullptr : form->second.find("safe");
  if (safe == nullptr || !applies(*safe, {{"kind", routed_as(r)}})) return true;
  const auto told = r.answers.find("safe");
  return told != r.answers.end() && told->second == "yes";
}

void tell_reporter(turn& t, const report& r, std::string key, std::string_view event, std::vector<choice> choices,
                   const world& w, std::vector<argument> more) {
  if (!may_be_told(r)) return;
  say s;
  s.key = std::move(key);
  s.args = {{"number", r.number}, {"unit", name_of_unit(r.unit, w)}};
  s.args.insert(s.args.end(), more.begin(), more.end());
  s.choices = std::move(choices);
  t.notes.push_back({r.reporter, std::move(s), fmt::format("{}:{}:v{}", r.number, event, r.version)});
}

void put_question(turn& t, report& r, const std::string& words, const facts& f, const world& w) {
  t.replies.push_back({.key = "officer.asked", .args = {{"number", r.number}}});
  t.events.push_back({r.id, "asked_reporter", f.actor, words, w.now});
  r.answers[awaits_answer] = "yes";
  tell_reporter(t, r, "reporter.question", "question", {}, w, {{"words", words}});
}

std::string reopen(turn& t, report& r, std::string_view key, const facts& f, const world& w) {
  r.state = state::filed;
  r.holder = 0;
  r.incident = 0;  // who is not content is looked at alone
  r.lead.clear();
  r.step = 0;
  const std::string up = manned_above(r.unit, w);
  if (!up.empty()) r.unit = up;
  t.events.push_back({r.id, "reopened", f.actor, r.unit, w.now});
  announce_change(t, r, "reopened", w);
  const bool somebody = !announce(t, r, w).empty();
  return fmt::format("{}{}", key, !somebody ? "_nobody" : up.empty() ? "_there" : "");
}

bool reporter_tap(turn& t, const said::tap& tap, const facts& f, const world& w) {
  if (!tap.data.starts_with("r:")) return false;
  const tapped what = read_tap(tap.data);
  const report* have = find_report(f, what.number);
  if (have == nullptr || have->reporter != f.contact) return false;
  if (what.action == "clear") {
    t.events.push_back({have->id, "satisfied", f.actor, "", w.now});
    t.replies.push_back({.key = "reporter.thanks"});
    return true;
  }
  const transition* next = allowed(have->state, "reopen");
  if (next == nullptr || w.now - have->changed_at > w.book.escalation.reopen_window) {
    t.replies.push_back({.key = "reporter.reopen_too_late"});
    return true;
  }
  report r = touched(*have, w);
  std::string told = reopen(t, r, "reporter.reopened", f, w);
  t.replies.push_back({.key = std::move(told), .args = {{"number", r.number}, {"unit", name_of_unit(r.unit, w)}}});
  t.reports.push_back(std::move(r));
  return true;
}

}  // namespace bot::cases
