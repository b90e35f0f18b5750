// What becomes of a told event: filed as a notice, changed into a new version, completed, cancelled.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/notices/correction.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/paper.hpp"
#include "bot/notices/recommendation.hpp"
#include "bot/notices/recurrence.hpp"
#include "bot/notices/reminders.hpp"
#include "bot/written_moment.hpp"

namespace bot {
namespace {

using notices::track;

bool is_over(const notices::notice& n) {
  return n.filed.state == notices::state::cancelled || n.filed.state == notices::state::finished;
}

// Whose notice it is: the station that the rules name, else the Polda above the place, else who is told when nobody
// nearer is known.
std::string owner_of(const notices::plan& plan, const world& w) {
  if (!plan.unit.empty()) return plan.unit;
  for (const auto& code : plan.chain) {
    const auto id = w.book.units.find(code);
    if (id != geography::no_unit && w.book.units.at(id).kind == geography::unit_kind::polda) return code;
  }
  const auto fallback = w.book.units.fallback();
  return fallback == geography::no_unit ? std::string("-") : w.book.units.at(fallback).code;
}

// What only the talk needs.
constexpr const char* inner[] = {"id",          "listed",  "choice",      "explained",  "wards_open", "changes",
                                 "end_words",   "doubt",   "asked_items", "conditions", "offered",    "changing",
                                 "called",      "misses",  "read_for",    "renamed",    "handed",     "recurs_said",
                                 "recurs_long", "doubted", "indoors",     "version_at", "letter_in"};

}  // namespace

const notices::notice* notice_talk::filed(std::string_view number) const {
  const notices::notice* newest = nullptr;
  const auto look = [&](const notices::notice& n) {
    if (n.organiser != facts_.contact || is_over(n)) return;
    if (number.empty() ? newest == nullptr || n.id >= newest->id : n.number == number) newest = &n;
  };
  for (const auto& n : facts_.notices) look(n);
  for (const auto& n : turn_.notices) look(n);
  return newest;
}

bool notice_talk::has_filed() const {
  const auto own = [&](const notices::notice& n) { return n.organiser == facts_.contact; };
  return std::any_of(facts_.notices.begin(), facts_.notices.end(), own);
}

void notice_talk::say_nothing_open() {
  const notices::notice* newest = nullptr;
  for (const auto& n : facts_.notices)
    if (n.organiser == facts_.contact && (newest == nullptr || n.id > newest->id)) newest = &n;
  if (newest == nullptr) return say_with("cancel.nothing");
  say_with("notice.over", {{"number", newest->number}});
}

notices::notice notice_talk::made_from(const notices::plan& plan) const {
  const auto& book = world_.book;
  const auto e = event_from(talk_.answers, book.utc_offset);
  notices::notice n;
  n.id = std::stoll("0" + slot("id"));
  n.organiser = facts_.contact;
  n.filed.track = plan.track.value_or(track::none);
  n.filed.unit = owner_of(plan, world_);
  n.tier = plan.tier;
  n.extras = plan.extras;
  n.to = plan.to.value_or(notices::addressee::polsek);
  n.watchers = plan.watchers;
  n.watchers.insert(n.watchers.end(), plan.local.begin(), plan.local.end());
  for (const auto& code : e.wards)
    if (book.atlas.find(code) != geography::no_area) n.wards.push_back(code);
  const auto moment = [&](const notices::event_time& t) {
    return t.at ? *t.at : instant{t.day.time_since_epoch()} - book.utc_offset;
  };
  if (e.start) n.start = moment(*e.start);
  if (e.end) n.end = moment(*e.end);
  if (n.end < n.start) n.end = n.start;
  n.late = plan.late.value_or(false);
  n.disputed = plan.disputed;
  for (const auto& c : plan.because)
    n.because += (n.because.empty() ? "" : "; ") + c.rule->article + (c.certain ? "" : " (belum pasti)");
  n.answers = talk_.answers;
  for (const char* one : inner) n.answers.erase(one);
  // Its end is that of the last one: until then it is not over.
  const auto last = notices::occurrences_of(n, book.utc_offset).back();
  n.end = std::max(last.start, last.end);
  if (talk_.language != "id") n.answers["language"] = talk_.language;
  n.created_at = world_.now;
  n.changed_at = world_.now;
  n.revision = 1;
  return n;
}

void notice_talk::file(const notices::plan& plan) {
  notices::notice n = made_from(plan);
  n.number = facts_.fresh.notice_number;
  auto args = told(plan);
  turn_.notice_events.push_back({n.id, "filed", facts_.actor,
                                 fmt::format("{}{}", notices::name_of(n.filed.track), n.late ? " late" : ""),
                                 world_.now});
  turn_.notice_events.push_back({n.id, "routed", 0, n.filed.unit + ": " + n.because, world_.now});
  const bool receipted = receipt_at_once(n);
  const std::string informed = notices::announce(turn_, n, facts_.beside, world_);
  notices::arm_finish(turn_, n, world_);
  notices::arm_reminders(turn_, n, world_.now, world_);
  args.push_back({"number", n.number});
  args.push_back({"now", clock_words(world_.now)});  // this is what the organiser keeps
  args.push_back(informed.empty() ? argument{"nobody", "notice.nobody", true} : argument{"nobody", ""});
  args.push_back({"receipt", receipted ? n.filed.number : receipt_by(n)});
  std::string documents;
  for (const auto& item : notices::items_without_road(n, world_)) documents += "· " + item + "\n";
  args.push_back({"documents", documents});
  const std::string key = receipted                        ? "notice.filed_receipted"
                          : n.filed.track == track::permit ? "permit.filed"
                          : n.filed.track == track::none
                              ? informed.empty() ? "notice.filed_information_nobody" : "notice.filed_information"
                              : "notice.filed_" + std::string(notices::name_of(n.filed.track));
  say_with(key, std::move(args), notices::recommend_choices(n, world_));
  send_first_papers(n);
  turn_.drafts.push_back({.notice = n.id, .gone = true});
  talk_.notices.push_back(n.number);
  if (talk_.notices.size() > max_cases) talk_.notices.erase(talk_.notices.begin());
  turn_.notices.push_back(std::move(n));
  close();
}

// Where the unit has set it so, the receipt of a notice comes with the filing (UU 9/1998 Art. 13: at once).
bool notice_talk::receipt_at_once(notices::notice& n) {
  const auto practice = notices::practice_of(n, world_);
  if (!practice.automatic_receipt.value_or(false)) return false;
  const std::string number = n.filed.version == 1 ? n.number : fmt::format("{}/{}", n.number, n.filed.version);
  const auto result = notices::step(
      n.filed, {.action = notices::action::issue_receipt, .who = notices::actor::clock, .number = number}, {});
  if (result.because != notices::hindrance::none) return false;
  n.filed = result.now;
  notices::remember_issue(n, "", "", world_.now);
  turn_.notice_events.push_back({n.id, std::string(name_of(n.filed.state)), 0, number, world_.now});
  return true;
}

std::string notice_talk::receipt_by(const notices::notice& n) const {
  const auto steps = world_.book.escalation.steps.find("receipt");
  if (steps == world_.book.escalation.steps.end() || steps->second.empty()) return {};
  const instant due = notices::receipt_due(n, 1, world_);
  // "now" would say nothing of a receipt that is due in minutes.
  return due - world_.now < std::chrono::hours(2) ? clock_words(due) : when_words(due);
}

void notice_talk::edit(const notices::notice& n) {
  begin_edit(n);
  change();
}

void notice_talk::begin_edit(const notices::notice& n) {
  start_form();
  talk_.answers = n.answers;
  notices::drop_recommendations(talk_.answers);
  set("id", std::to_string(n.id));
  set("changes", n.number);
  set("explained", std::string(notices::name_of(n.filed.track)));
  set("voluntary", "yes");
  set("read_for", std::string(notices::name_of(n.filed.track)));
}

// Nothing that was told differs: then there is no new version, and what was issued stays valid.
bool notice_talk::is_unchanged(const notices::notice& was, const notices::notice& now) const {
  answer_map before = was.answers;
  notices::drop_recommendations(before);
  for (const char* one : inner) before.erase(one);
  answer_map after = now.answers;
  for (answer_map* each : {&before, &after})
    for (const char* aside : {"language", "voluntary"}) each->erase(aside);
  return before == after && slot("renamed").empty();
}

// A new version: with its own last moment, and everybody who has the old one is told.
void notice_talk::refile(const notices::notice& was, const notices::plan& plan) {
  const auto result =
      notices::step(was.filed, {.action = notices::action::change, .who = notices::actor::organiser}, {});
  if (result.because != notices::hindrance::none) {
    close();
    return say_with("notice.over", {{"number", was.number}});
  }
  notices::notice n = made_from(plan);
  n.number = was.number;
  if (is_unchanged(was, n)) {
    close();
    return say_with("notice.unchanged", {{"number", was.number}});
  }
  n.created_at = was.created_at;
  n.told = was.told;
  n.issued = was.issued;
  n.code = was.code;
  n.revision = was.revision + 1;
  n.answers["version_at"] = written(world_.now, world_.book.utc_offset);
  const track now = n.filed.track;
  const std::string unit = n.filed.unit;
  n.filed = result.now;
  // What was told as a notice stays one, whatever is changed in it.
  const bool same =
      !plan.track || now == was.filed.track || !notices::may_correct(was.filed.track, now, exempt_by_law(plan));
  n.settled = notices::is_settled_for(was, n.answers);
  if (!same && !n.settled) n.filed.track = now;
  if (n.settled) n.disputed = false;
  n.filed.unit = unit;
  const bool receipted = receipt_at_once(n);
  auto args = told(plan);
  args.push_back({"number", n.number});
  args.push_back({"version", std::to_string(n.filed.version)});
  args.push_back({"receipt", receipted ? n.filed.number : receipt_by(n)});
  turn_.notice_events.push_back(
      {n.id, "changed", facts_.actor, fmt::format("version {}", n.filed.version), world_.now});
  if (unit == was.filed.unit && !was.told.empty()) {
    const bool owed = n.filed.track != track::none;
    notices::announce_change(turn_, n, owed ? "notice_card.changed" : "notice_card.changed_known", world_,
                             facts_.beside);
    notices::announce_to_new_watchers(turn_, n, world_);
    notices::arm_receipt(turn_, n, 1, world_);
  } else {
    notices::announce_change(turn_, n, "", world_);
    notices::announce(turn_, n, facts_.beside, world_);
  }
  notices::arm_finish(turn_, n, world_);
  notices::arm_reminders(turn_, n, world_.now, world_);
  args.push_back(news_of(n, "changed"));
  say_with(n.filed.track == track::none ? "notice.changed_information" : "notice.changed", std::move(args),
           notices::recommend_choices(n, world_));
  if (receipted)
    say_with("notice.did_receipt",
             {{"number", n.number}, {"receipt", n.filed.number}, {"unit", cases::name_of_unit(n.filed.unit, world_)}});
  send_first_papers(n);
  turn_.notices.push_back(std::move(n));
  close();
}

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
  const auto* n = filed();
  if (alive().size() > 1) return ask_which("drop", "notice.which_cancel");
  if (n == nullptr) return say_nothing_open();
  ask_cancel(*n);
}

void notice_talk::ask_cancel(const notices::notice& n) {
  ask_to_pick("notice.ask_cancel", {{"number", n.number}},
              {{"e:cancel:" + n.number, "notice_button.cancel"}, {"e:keep:" + n.number, "notice_button.keep"}});
}

std::vector<const notices::notice*> notice_talk::alive() const {
  std::vector<const notices::notice*> all;
  for (const auto& n : facts_.notices)
    if (n.organiser == facts_.contact && !is_over(n)) all.push_back(&n);
  std::sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->id > b->id; });
  return all;
}

void notice_talk::ask_which(std::string_view action, const std::string& key) {
  std::string lines;
  std::vector<choice> choices;
  for (const auto* n : alive()) {
    const std::string purpose = n->answers.contains("purpose") ? parted(n->answers.at("purpose")).front() : "";
    lines += fmt::format("{}. {}: {}, {}\n", choices.size() + 1, n->number,
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

void notice_talk::cancel(const notices::notice& was) {
  const auto result =
      notices::step(was.filed, {.action = notices::action::cancel, .who = notices::actor::organiser}, {});
  if (result.because != notices::hindrance::none) return say_with("notice.over", {{"number", was.number}});
  notices::notice n = notices::touched(was, world_);
  n.filed = result.now;
  turn_.notice_events.push_back({n.id, "cancelled", facts_.actor, "", world_.now});
  notices::announce_change(turn_, n, "notice_card.cancelled", world_);
  const auto until =
      notices::latest_cancelling(notices::time_at(n.start, world_.book.utc_offset), world_.book.notices.rules);
  const bool late = n.filed.track == track::expression && until && world_.now > *until;
  say_with(late ? "notice.cancelled_late" : "notice.cancelled",
           {{"number", n.number}, {"unit", cases::name_of_unit(n.filed.unit, world_)}, news_of(n, "changed")});
  turn_.notices.push_back(std::move(n));
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
    if (is_over(n) || n.filed.track == track::none) {
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
