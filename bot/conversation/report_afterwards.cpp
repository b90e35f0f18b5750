// What a reporter says of a case once it is filed: answers to the question under the number, that it is over, a plea,
// a withdrawal, and a verdict on how it ended.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bot/cases/life.hpp"
#include "bot/cases/steps.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/open_cases.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/report_talk.hpp"
#include "bot/conversation/sensitive.hpp"

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
  keep_added(r, text);
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
  if (!talk_.filed.empty()) close_form(talk_);
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

}  // namespace bot
