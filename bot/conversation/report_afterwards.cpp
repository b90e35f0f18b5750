// What a reporter says of a case once it is filed: answers to the question under the number, that it is over, a plea,
// a withdrawal, and a verdict on how it ended.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bot/cases/life.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/open_cases.hpp"
#include "bot/conversation/own_pins.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/conversation/standing.hpp"

namespace bot {

void report_talk::speak_of(const cases::report* r) { about_ = r == nullptr ? "" : r->number; }

// Who has several open is told which one it was.
std::string report_talk::named(const cases::report& r) const {
  const auto open = open_cases(facts_, in_.sent_at, world_);
  if (r.sealed || open.size() < 2) return r.number;
  const std::string place = cases::name_of_area(r.ward, world_);
  return fmt::format("{} ({}{})", r.number, world_.book.texts.text(talk_.language, "category." + r.category),
                     place.empty() ? "" : ", " + place);
}

bool report_talk::answer_extra(const perception& p, std::string_view text) {
  if (!talk_.form.empty() || talk_.asked.empty()) return false;
  // A "ya" that comes later, or after other words, may mean anything; the buttons stay.
  const question* q = questions().find(std::exchange(talk_.asked, ""));
  const auto* filed = case_of(talk_.cases.empty() ? "" : talk_.cases.back());
  constexpr std::chrono::minutes still_meant{15};
  if (q == nullptr || q->when != stage::after || filed == nullptr || world_.now - filed->created_at > still_meant)
    return false;
  const auto value = read_answer(*q, p, text, talk_.language, world_.book);
  // "iya pak, dua orang bawa kayu" says more than the answer.
  const bool more =
      *q->choices.begin() == value.value_or("") || !typed_choice(p.words, choices_of(*q), world_.book.choices);
  return value && keep_extra(*q, *value, more && p.words.size() > 1 ? text : std::string_view());
}

// Rides under the number: it belongs to the newest case, whether or not a draft is open.
bool report_talk::keep_extra(const question& q, const std::string& value, std::string_view text) {
  const auto* filed = case_of(!talk_.filed.empty() ? talk_.filed : talk_.cases.empty() ? "" : talk_.cases.back());
  if (filed == nullptr) return false;
  if (!open() && talk_.asked == q.slot) talk_.asked.clear();
  cases::report r = *filed;
  r.answers[q.slot] = value;
  const auto& texts = world_.book.texts;
  std::string added = fmt::format("{}: {}", texts.text("id", texts.has("slot." + q.slot) ? "slot." + q.slot : q.ask),
                                  texts.text("id", q.labels + "." + value));
  if (!text.empty()) {
    keep_added(r, text);
    added += " (" + r.answers["added"] + ")";
  }
  r.answers["added"] = added;
  // Weapons and injuries are asked because they make it urgent.
  const bool urgent = value == "yes" && (q.slot == "weapons" || q.slot == "injuries") && r.level != cases::level::high;
  if (urgent) raise(r, added);
  enrich(r, urgent ? "raised" : "answered", q.slot + "=" + value);
  return true;
}

bool report_talk::calm_down(std::string_view text) {
  const auto* filed = open_case();
  if (filed == nullptr) return false;
  cases::report r = *filed;
  keep_added(r, text);
  r.answers["ongoing"] = "no";
  enrich(r, "calmer", "words");  // the level stays: officers judge, and the words may be somebody else's
  return true;
}

bool report_talk::plead(const perception& p, std::string_view text) {
  const auto* filed = open_case();
  if (filed == nullptr) return false;
  cases::report r = *filed;
  const std::string words = r.answers["words"];
  keep_added(r, text);
  r.answers["words"] = words;  // it is told to whoever has the case, and says nothing of the event
  const bool raised = p.meaning.level == cases::level::high && r.level != cases::level::high;
  const bool old = world_.now - std::max(r.created_at, r.changed_at) >= world_.book.escalation.case_fresh;
  if (raised) raise(r, p.meaning.level_reason);
  // After days it may be about something else: the place that officers will go to is named.
  if (old && r.level == cases::level::high && !is_hushed(r)) {
    const std::string place = cases::name_of_area(r.ward, world_);
    say_with("danger.pleaded",
             {{"number", r.number},
              place.empty() ? argument{"place", "word.place_unknown", true} : argument{"place", place}},
             {}, priority::danger);
  }
  enrich(r, raised ? "raised" : "pleaded", "words");
  return true;
}

bool report_talk::want_pin(const perception& p, std::string_view text) {
  const auto own = cases_with_pin(facts_);
  if (own.empty()) return false;
  const auto about = case_meant(p, text, facts_, in_.sent_at, world_);
  const auto named = std::find_if(own.begin(), own.end(), [&](const auto* r) { return names_number(text, r->number); });
  if (named != own.end()) return give_pin(turn_, (*named)->number, facts_, world_);
  if (own.size() == 1) return give_pin(turn_, own.front()->number, facts_, world_);
  if (about.named && std::find(own.begin(), own.end(), about.which) != own.end())
    return give_pin(turn_, about.which->number, facts_, world_);
  std::vector<choice> which;
  for (const auto* r : own) which.push_back({std::string(pin_button) + r->number, named_by_kind(*r)});
  if (!open() && talk_.form.empty()) talk_.asked = "pin";
  say_with("status.pin_which", {}, std::move(which));
  return true;
}

std::vector<const cases::report*> report_talk::to_withdraw() const {
  auto open_ones = open_cases(facts_, in_.sent_at, world_);
  std::erase_if(open_ones, [](const cases::report* r) { return r->answers.contains("withdrawn") || is_hushed(*r); });
  return open_ones;
}

void report_talk::withdraw(const cases::report& was) {
  // The attacker may hold the phone: a case that was forwarded stays one.
  cases::report r = cases::touched(was, world_);
  r.answers["withdrawn"] = "yes";
  turn_.events.push_back({r.id, "reporter_withdraws", facts_.actor, "", world_.now});
  cases::announce_change(turn_, r, "withdrawn", world_);
  if (!is_hushed(r))
    say_with("cancel.filed", {{"number", named(r)}});
  else
    say_with("cancel.nothing", {});
  turn_.reports.push_back(std::move(r));
  if (!talk_.filed.empty()) leave_filed();
}

bool report_talk::judge(const perception& p, std::string_view text) {
  const auto* closed = talk_.form.empty() ? awaits_verdict(facts_, world_) : nullptr;
  if (closed == nullptr || says_new_event(p, closed, world_)) return false;
  const std::vector<choice> verdicts = {{"r:clear:" + closed->number, "button.clear"},
                                        {"r:open:" + closed->number, "button.not_done"}};
  auto which = typed_choice(p.words, verdicts, world_.book.choices);
  const auto& not_done = world_.book.choices.whole.at("button.not_done");
  const bool begins = phrase_at(p.words, 0, not_done) > 0;  // "belum pak masih bunyi"
  if (!which && begins) which = 1;
  if (!which) return false;
  if (!cases::reporter_tap(turn_, said::tap{.data = verdicts[*which].data}, facts_, world_)) return false;
  if (turn_.reports.empty() || p.words.size() < 3) return true;
  cases::report& r = turn_.reports.back();
  keep_added(r, text);
  if (p.meaning.level == cases::level::high && r.level != cases::level::high) raise(r, p.meaning.level_reason);
  return true;
}

bool report_talk::happens_again(const perception& p, std::string_view text) {
  using language::intent;
  const auto& m = p.meaning;
  const bool tells = m.intent == intent::report || m.intent == intent::emergency || m.intent == intent::other;
  if (!talk_.form.empty() || !tells) return false;
  const auto& known = world_.book.choices;
  const bool named_kind = !m.category.empty() && m.category != "other";
  const std::string said = without_courtesy(p.words, known);
  const bool ends_so = named_kind && (said.ends_with(" lagi") || said.ends_with(" maneh"));
  if (!ends_so && !has_phrase(p.words, known.within.at("button.not_done"))) return false;
  const auto same_kind = [&](const cases::report& r) { return !named_kind || r.category == m.category; };
  const cases::report* closed = nullptr;
  for (const auto& r : facts_.reports) {
    if (is_fresh(r, facts_, in_.sent_at, world_) && same_kind(r)) return false;  // it is of that one
    if (r.reporter != facts_.contact || r.state != cases::state::closed || !cases::may_be_told(r) || !same_kind(r) ||
        world_.now - r.changed_at > world_.book.escalation.reopen_window || says_new_event(p, &r, world_))
      continue;
    if (closed == nullptr || r.changed_at >= closed->changed_at) closed = &r;
  }
  if (closed == nullptr) return false;
  cases::report r = cases::touched(*closed, world_);
  keep_added(r, text);
  worsen(r, m);
  r.answers["ongoing"] = "yes";
  const bool high = r.level == cases::level::high;
  std::string key = cases::reopen(turn_, r, high ? "danger.again" : "reporter.again", facts_, world_);
  say_with(key, standing_of(r, world_), {}, high ? priority::danger : priority::answer);
  turn_.reports.push_back(std::move(r));
  return true;
}

}  // namespace bot
