// What becomes of a told event: filed as a notice, or changed into a new version.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/sensitive.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/notices/correction.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/paper.hpp"
#include "bot/notices/parts.hpp"
#include "bot/notices/recommendation.hpp"
#include "bot/notices/recurrence.hpp"
#include "bot/notices/reminders.hpp"
#include "bot/written_moment.hpp"

namespace bot {
namespace {

using notices::track;

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
constexpr const char* inner[] = {
    "id",          "listed",  "choice",   "explained",  "wards_open", "changes",  "end_words", "doubt",  "asked_items",
    "conditions",  "offered", "changing", "called",     "misses",     "read_for", "renamed",   "handed", "recurs_said",
    "recurs_long", "doubted", "indoors",  "version_at", "letter_in",  "date_off", "beside",    "part"};

}  // namespace

const notices::notice* notice_talk::filed(std::string_view number) const {
  const notices::notice* newest = nullptr;
  const auto look = [&](const notices::notice& n) {
    if (n.organiser != facts_.contact || is_over(n.filed)) return;
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

notices::notice notice_talk::made_from(const answer_map& answers, const notices::plan& plan) const {
  const auto& book = world_.book;
  const auto e = event_from(answers, book.utc_offset);
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
  n.answers = answers;
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

// To the officers, and its clocks.
void notice_talk::tell_filed(notices::notice& n) {
  turn_.notice_events.push_back({n.id, "filed", facts_.actor,
                                 fmt::format("{}{}", notices::name_of(n.filed.track), n.late ? " late" : ""),
                                 world_.now});
  turn_.notice_events.push_back({n.id, "routed", 0, n.filed.unit + ": " + n.because, world_.now});
  if (receipt_at_once(n))
    turn_.notice_events.push_back({n.id, std::string(name_of(n.filed.state)), 0, n.filed.number, world_.now});
  notices::announce(turn_, n, facts_.beside, world_);
  notices::arm_finish(turn_, n, world_);
  notices::arm_reminders(turn_, n, world_.now, world_);
  talk_.notices.push_back(n.number);
  if (talk_.notices.size() > max_cases) talk_.notices.erase(talk_.notices.begin());
}

// One of two, with an id and a number of its own; who is in charge is sealed under it too.
notices::notice notice_talk::fresh_part(const told_part& part) {
  notices::notice n = made_from(part.answers, part.plan);
  n.id = facts_.fresh.part_id;
  n.number = facts_.fresh.part_number;
  if (const std::string person = person_told(); !person.empty()) turn_.persons.push_back({n.id, person});
  return n;
}

void notice_talk::file(const notices::plan& plan) {
  const auto parts = parts_told();
  notices::notice n = made_from(parts.front().answers, parts.front().plan);
  n.number = facts_.fresh.notice_number;
  std::optional<notices::notice> second;
  if (parts.size() > 1) {
    second = fresh_part(parts.back());
    notices::join_parts(n, *second);
  }
  auto args = told(plan, second ? &*second : nullptr);
  tell_filed(n);
  if (second) tell_filed(*second);
  const bool receipted = n.filed.state == notices::state::receipted;
  const bool informed = !cases::told_instead_of(n.filed.unit, false, world_).empty();
  args.push_back({"number", n.number});
  args.push_back({"now", clock_words(world_.now)});  // this is what the organiser keeps
  args.push_back(informed ? argument{"nobody", ""} : argument{"nobody", "notice.nobody", true});
  args.push_back({"receipt", receipted ? n.filed.number : receipt_by(n)});
  std::string documents;
  for (const auto& item : notices::items_without_road(n, world_)) documents += "· " + item + "\n";
  args.push_back({"documents", documents});
  const std::string key = receipted                        ? "notice.filed_receipted"
                          : n.filed.track == track::permit ? "permit.filed"
                          : n.filed.track == track::none
                              ? informed ? "notice.filed_information" : "notice.filed_information_nobody"
                              : "notice.filed_" + std::string(notices::name_of(n.filed.track));
  say_with(key, std::move(args), notices::recommend_choices(second ? *second : n, world_));
  turn_.drafts.push_back({.notice = n.id, .gone = true});
  for (auto* one : {&n, second ? &*second : nullptr}) {
    if (one == nullptr) continue;
    send_first_papers(*one);
    turn_.notices.push_back(std::move(*one));
  }
  close();
}

// Where the unit has set it so, the receipt of a notice comes with the filing (UU 9/1998 Art. 13: at once).
bool notice_talk::receipt_at_once(notices::notice& n) const {
  const auto practice = notices::practice_of(n, world_);
  if (!practice.automatic_receipt.value_or(false)) return false;
  const std::string number = n.filed.version == 1 ? n.number : fmt::format("{}/{}", n.number, n.filed.version);
  const auto result = notices::step(
      n.filed, {.action = notices::action::issue_receipt, .who = notices::actor::clock, .number = number}, {});
  if (result.because != notices::hindrance::none) return false;
  n.filed = result.now;
  notices::remember_issue(n, "", "", world_.now);
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

void notice_talk::begin_edit(const notices::notice& one) {
  const auto parts = with_parts(one);  // a mixed event is changed as a whole
  const notices::notice& n = *parts.front();
  start_form();
  talk_.answers = ahead(n).answers;
  if (parts.size() > 1) {
    auto purposes = parted(slot("purpose"));
    for (auto& more : parted(parts.back()->answers.at("purpose"))) purposes.push_back(std::move(more));
    set("purpose", joined(purposes));
  }
  notices::drop_recommendations(talk_.answers);
  set("id", std::to_string(n.id));
  set("changes", n.number);
  set("explained", std::string(notices::name_of(n.filed.track)));
  set("voluntary", "yes");
  set("read_for", std::string(notices::name_of(n.filed.track)));
}

// Nothing that was told differs: then there is no new version, and what was issued stays valid.
bool notice_talk::is_unchanged(const notices::notice& was, const notices::notice& now) const {
  answer_map before = ahead(was).answers;
  notices::drop_recommendations(before);
  for (const char* one : inner) before.erase(one);
  answer_map after = now.answers;
  for (answer_map* each : {&before, &after})
    for (const char* aside : {"language", "voluntary"}) each->erase(aside);
  return before == after && slot("renamed").empty();
}

// A new version, with its own last moment; none: nothing is changed in this part.
std::optional<notices::notice> notice_talk::renewed(const notices::notice& was, const told_part& part) const {
  const auto result =
      notices::step(was.filed, {.action = notices::action::change, .who = notices::actor::organiser}, {});
  if (result.because != notices::hindrance::none) return std::nullopt;
  notices::notice n = made_from(part.answers, part.plan);
  n.id = was.id;
  n.number = was.number;
  if (is_unchanged(was, n)) return std::nullopt;
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
  const bool same = !part.plan.track || now == was.filed.track ||
                    !notices::may_correct(was.filed.track, now, exempt_by_law(part.plan));
  n.settled = notices::is_settled_for(was, n.answers);
  if (!same && !n.settled) n.filed.track = now;
  if (n.settled) n.disputed = false;
  n.filed.unit = unit;
  receipt_at_once(n);
  return n;
}

// Everybody who has the old one is told.
void notice_talk::tell_renewed(const notices::notice& was, notices::notice& n) {
  if (n.filed.state == notices::state::receipted)
    turn_.notice_events.push_back({n.id, std::string(name_of(n.filed.state)), 0, n.filed.number, world_.now});
  turn_.notice_events.push_back(
      {n.id, "changed", facts_.actor, fmt::format("version {}", n.filed.version), world_.now});
  if (n.filed.unit == was.filed.unit && !was.told.empty()) {
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
}

// Each part that differs is a new version; one that is told no more is cancelled, a new one is filed beside.
void notice_talk::refile(const notices::notice& one, const notices::plan& plan) {
  struct side {
    const notices::notice* was = nullptr;  // null: it is new
    const told_part* part = nullptr;       // null: it is told no more
    std::optional<notices::notice> now;    // to be written

    bool ends() const { return was != nullptr && part == nullptr; }
    bool is_new_version() const { return now && (was == nullptr || now->filed.version > was->filed.version); }
  };
  const auto have = with_parts(one);
  auto parts = parts_told(have.front(), have.back());
  std::array<side, 2> sides;  // the notice, and what needs a permit
  const bool apart = have.size() > 1 || parts.size() > 1;
  for (const auto* n : have)
    sides[apart && (have.size() > 1 ? notices::is_second_part(*n) : n->filed.track == track::permit)].was = n;
  for (auto& p : parts) {
    const bool permit = p.plan.track == track::permit;
    if (apart && permit) notices::drop_opinion(p.answers);
    sides[apart && permit].part = &p;
  }
  const bool both = sides[0].part != nullptr && sides[1].part != nullptr;
  for (auto& each : sides) {
    if (each.part == nullptr) continue;
    each.now = each.was == nullptr ? fresh_part(*each.part) : renewed(*each.was, *each.part);
    const bool linked = each.was != nullptr && !notices::other_part(*each.was).empty();
    if (!each.now && linked != both) each.now = notices::touched(*each.was, world_);
  }
  if (!sides[0].now && !sides[1].now && !sides[0].ends() && !sides[1].ends()) {
    close();
    return say_with("notice.unchanged", {{"number", one.number}});
  }
  notices::notice pair[2];
  for (std::size_t i = 0; both && i < 2; ++i) pair[i] = sides[i].now ? *sides[i].now : *sides[i].was;
  if (both) notices::join_parts(pair[0], pair[1]);
  std::vector<const notices::notice*> changed;
  for (std::size_t i = 0; i < 2; ++i) {
    side& each = sides[i];
    if (each.ends() && end(*each.was)) say_ended({each.was});
    if (!each.now) continue;
    if (both)
      *each.now = pair[i];
    else
      notices::forget_other_part(*each.now);
    if (each.was == nullptr)
      tell_filed(*each.now);
    else if (each.is_new_version())
      tell_renewed(*each.was, *each.now);
    else
      notices::announce_change(turn_, *each.now, "", world_);
    // Who is in charge is sealed under each of them.
    if (i == 1 && both && !slot("renamed").empty()) turn_.persons.push_back({each.now->id, person_told()});
    if (each.is_new_version()) changed.push_back(&*each.now);
  }
  if (!changed.empty()) say_changed(changed, plan, both ? &pair[1] : nullptr);
  for (auto& each : sides)
    if (each.now) turn_.notices.push_back(std::move(*each.now));
  close();
}

void notice_talk::say_changed(const std::vector<const notices::notice*>& all, const notices::plan& plan,
                              const notices::notice* second) {
  const notices::notice& n = *all.front();
  auto args = told(plan, second);
  args.push_back({"number", numbers_of(all)});
  args.push_back({"version", std::to_string(n.filed.version)});
  args.push_back({"receipt", n.filed.state == notices::state::receipted ? n.filed.number : receipt_by(n)});
  args.push_back(news_of(n, "changed"));
  say_with(n.filed.track == track::none ? "notice.changed_information" : "notice.changed", std::move(args),
           notices::recommend_choices(second == nullptr ? n : *second, world_));
  for (const auto* one : all) {
    if (one->filed.state == notices::state::receipted)
      say_with("notice.did_receipt", {{"number", one->number},
                                      {"receipt", one->filed.number},
                                      {"unit", cases::name_of_unit(one->filed.unit, world_)}});
    send_first_papers(*one);
  }
}

}  // namespace bot
