// Cards of notices, what is said of a notice to both sides, and its clocks.
#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/event_answers.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/filled.hpp"
#include "bot/notices/addressee.hpp"
#include "bot/notices/agenda.hpp"
#include "bot/notices/clock_words.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/documents.hpp"
#include "bot/notices/parts.hpp"
#include "bot/notices/recurrence.hpp"
#include "bot/notices/reminders.hpp"
#include "bot/notices/spot.hpp"
#include "bot/written_moment.hpp"

namespace bot::notices {
namespace {

std::string of(const answer_map& answers, std::string_view slot) {
  const auto at = answers.find(std::string(slot));
  return at == answers.end() ? std::string() : at->second;
}

std::string unit_above(std::string_view unit, std::int64_t steps, const world& w) {
  auto id = w.book.units.find(unit);
  for (; steps > 0 && id != geography::no_unit; --steps) {
    const auto up = w.book.units.parent_of(id);
    if (up == geography::no_unit) break;
    id = up;
  }
  return id == geography::no_unit ? std::string(unit) : w.book.units.at(id).code;
}

void give_cards(turn& t, notice& n, const std::string& unit, std::string_view key, std::string_view event,
                const std::string& hint, const world& w) {
  if (std::find(n.told.begin(), n.told.end(), unit) == n.told.end()) n.told.push_back(unit);
  for (const auto* m : w.duty.of_unit(unit, true)) {
    say s;
    s.key = key;
    s.args = card_arguments(n, w);
    s.args.push_back({"hint", hint});
    s.choices = {{"n:open:" + n.number, "notice_desk_button.open"}};
    s.card = card_subject_of(n);
    s.urgency = priority::other;
    t.notes.push_back({m->contact, std::move(s), fmt::format("{}:{}{}", n.number, event, n.revision)});
  }
}

std::string single_span(const answer_map& answers, std::string_view language, const world& w) {
  const std::string start = of(answers, "start"), end = of(answers, "end");
  if (start.empty()) return std::string(w.book.texts.text(language, "word.when_unknown"));
  // "Now" is no hour: an event that is about to begin is told with its own.
  const auto begins = read_moment(start);
  const bool about_now =
      begins && begins->at - w.now < std::chrono::hours(2) && w.now - begins->at < std::chrono::hours(2);
  const instant seen =
      !about_now ? w.now
      : time_at(begins->at - std::chrono::hours(3), w.book.utc_offset).day == time_at(begins->at, w.book.utc_offset).day
          ? begins->at - std::chrono::hours(3)
          : begins->at + std::chrono::hours(3);
  std::string said = say_when(start, seen, language, w.book.texts, w.book.utc_offset);
  if (end.empty() || end == "later") return said;
  const bool same_day = end.substr(0, 10) == start.substr(0, 10);
  if (same_day && end.size() > 16) return said + "–" + end.substr(11, 2) + "." + end.substr(14, 2);
  if (same_day) return said;
  said += " – " + say_when(end, w.now, language, w.book.texts, w.book.utc_offset);
  // A night is no span; two evenings are.
  const auto from = read_day(start.substr(0, 10)), to = read_day(end.substr(0, 10));
  const bool clocks = start.size() > 16 && end.size() > 16;
  const bool into_the_night = clocks && end.substr(11, 5) < "12:00" && end.substr(11, 5) < start.substr(11, 5);
  const auto days = from && to ? (*to - *from).count() + (into_the_night ? 0 : 1) : 0;
  if (days < 2) return said;
  return said + filled(w.book.texts.text(language, "event_word.span"), {{"count", std::to_string(days)}});
}

// The same paper, also where one list says more of it: "Surat permohonan: nama acara, …".
bool asked_for(std::vector<std::string>& all, const std::string& item) {
  const auto head = [](const std::string& s) { return folded(s.substr(0, s.find(':'))); };
  for (auto& one : all) {
    if (head(one) != head(item)) continue;
    if (item.size() > one.size()) one = item;
    return true;
  }
  return false;
}

std::vector<std::string> items_of(const notice& n, std::vector<extra> extras, const world& w) {
  std::vector<std::string> all;
  if (n.filed.track == track::expression) extras.clear();
  for (const auto* list : documents_for(n.filed.track, n.tier, extras, w.book.notices.rules, chain_of(n, w),
                                        time_at(w.now, w.book.utc_offset).day))
    for (const auto& item : list->items)
      if (!asked_for(all, item)) all.push_back(item);
  return all;
}

}  // namespace

std::string card_subject_of(const notice& n) { return card_subject_of(n.number); }

std::string state_key(const filed& f) {
  if (f.track == track::none && (f.state == state::received || f.state == state::changed)) return "notice_state.known";
  return (f.state >= state::approved ? "permit_state." : "notice_state.") + std::string(name_of(f.state));
}

notice touched(const notice& was, const world& w) {
  notice n = was;
  ++n.revision;
  n.changed_at = w.now;
  return n;
}

unit_chain chain_of(const notice& n, const world& w) {
  if (!n.wards.empty()) {
    auto place = stations_of(n.wards, w.book.atlas, w.book.units, time_at(w.now, w.book.utc_offset).day);
    if (!place.chain.empty()) return place.chain;
  }
  unit_chain chain;
  for (auto id = w.book.units.find(n.filed.unit); id != geography::no_unit; id = w.book.units.parent_of(id))
    chain.push_back(w.book.units.at(id).code);
  return chain;
}

unit_practice practice_of(const notice& n, const world& w) {
  return practice_of(chain_of(n, w), w.book.notices.rules, time_at(w.now, w.book.utc_offset).day);
}

std::vector<std::string> legal_items(const notice& n, const world& w) { return items_of(n, n.extras, w); }

std::vector<std::string> items_without_road(const notice& n, const world& w) {
  auto extras = n.extras;
  std::erase(extras, extra::road_use);
  return items_of(n, std::move(extras), w);
}

std::string recurrence_words(const answer_map& answers, std::string_view language, const world& w) {
  const auto rule = recurrence_of(answers);
  const auto start = event_from(answers, w.book.utc_offset).start;
  if (!rule || !start) return {};
  const auto& texts = w.book.texts;
  const auto with = [&](std::string_view key, const char* name, const std::string& value) {
    return filled(texts.text(language, key), {{name, value}});
  };
  std::string days;
  for (std::size_t i = 0; i < rule->days.size(); ++i) {
    if (i > 0) days += i + 1 == rule->days.size() ? std::string(texts.text(language, "event_word.and")) : ", ";
    days += texts.text(language, fmt::format("weekday.{}", rule->days[i].iso_encoding()));
  }
  const std::string every = std::to_string(rule->every);
  std::string said;
  if (rule->by == recurrence::pace::months)
    said = with(rule->every == 1 ? "event_word.monthly" : "event_word.months", "count", every);
  else if (rule->every == 1 && rule->days.size() == 7)
    said = texts.text(language, "event_word.daily");
  else if (rule->every == 1)
    said = with("event_word.weekly", "days", days);
  else
    said = with("event_word.weeks", "count", every) + " (" + days + ")";
  if (!rule->bounded()) return said;
  const auto all = days_of(*rule, start->day, w.book.notices.rules.recurring_days);
  said += ", " + with("event_word.times", "count", std::to_string(all.size()));
  const auto day_said = [&](local_day day) {
    const std::string written = answer_of({day, std::nullopt}, w.book.utc_offset);
    return say_when(written, w.now, language, texts, w.book.utc_offset);
  };
  said += ", " + with("event_word.until", "day", day_said(all.back()));
  std::string off;
  for (const local_day day : rule->except)
    if (day < all.back()) off += (off.empty() ? "" : ", ") + day_said(day);
  return off.empty() ? said : said + ", " + with("event_word.except", "days", off);
}

std::string what_words(const answer_map& answers, std::string_view language, const world& w) {
  std::string said;
  for (const auto& one : parted(of(answers, "purpose")))
    said += (said.empty() ? "" : " + ") + std::string(w.book.texts.text(language, "event_purpose." + one));
  return said.empty() ? std::string(w.book.texts.text(language, "word.event")) : said;
}

std::string span_words(const answer_map& answers, std::string_view language, const world& w) {
  const std::string again = recurrence_words(answers, language, w);
  return single_span(answers, language, w) + (again.empty() ? "" : ", " + again);
}

std::string crowd_words(const answer_map& answers) {
  const std::string crowd = of(answers, "attendance");
  if (crowd.empty() || crowd == "0-0") return {};
  const auto dash = crowd.find('-');
  if (dash == std::string::npos || crowd.substr(0, dash) == crowd.substr(dash + 1)) return "±" + crowd.substr(0, dash);
  return crowd;
}

std::string place_words(const std::vector<std::string>& wards, const answer_map& answers, std::string_view language,
                        const world& w) {
  std::string said;
  for (const auto& code : wards) {
    const std::string name = cases::name_of_area(code, w);
    if (!name.empty()) said += (said.empty() ? "" : ", ") + name;
  }
  const spot_name spot = spot_of(of(answers, "venue"), wards, w.book.atlas, w.book.notices.words);
  if (!said.empty()) {
    // A route is told by its wards.
    if (spot.words.empty() || wards.size() > 1) return said;
    return spot.names_ward ? spot.words : spot.words + ", " + said;
  }
  if (!spot.words.empty()) return spot.words;
  const char* key = of(answers, "wards") != outside_area ? "word.place_unknown"
                    : of(answers, "pin").empty()         ? "event_place.outside"
                                                         : "event_place.outside_pin";
  return std::string(w.book.texts.text(language, key));
}

namespace {

// A card stands in groups too: a home is told by its ward alone.
answer_map shown_to_groups(answer_map answers) {
  if (of(answers, "public_place") == "no") answers.erase("venue");
  return answers;
}

}  // namespace

std::vector<argument> card_arguments(const notice& n, const world& w) {
  const auto& texts = w.book.texts;
  std::vector<argument> args = {
      {"number", n.number},
      {"kind", (n.filed.track == track::permit ? "permit.kind" : "notice_kind." + std::string(name_of(n.filed.track))),
       true},
      {"what", what_words(n.answers, "id", w)},
      {"place", place_words(n.wards, shown_to_groups(n.answers), "id", w)},
      {"when", span_words(n.answers, "id", w)},
      {"crowd", crowd_words(n.answers).empty() ? "-" : crowd_words(n.answers)},
      {"unit", cases::name_of_unit(n.filed.unit, w)},
      {"state", state_key(n.filed), true},
      {"version", std::to_string(n.filed.version)}};
  args.push_back(n.late ? argument{"late", "notice_card.late", true} : argument{"late", ""});
  args.push_back(n.disputed ? argument{"disputed", "notice_card.disputed", true} : argument{"disputed", ""});
  std::string extras;
  for (const auto e : n.extras)
    extras += " · " + std::string(texts.text("id", "notice_card." + std::string(name_of(e))));
  args.push_back({"extras", extras});
  std::string beside = other_part_words(n, "id", w);
  if (!beside.empty()) {
    std::string line(texts.text("id", is_second_part(n) ? "notice_card.beside" : "permit.card_beside"));
    constexpr std::string_view mark = "{other}";
    beside = line.replace(line.find(mark), mark.size(), beside);
  }
  args.push_back({"beside", beside});
  args.push_back({"receipt", n.filed.number.empty() ? "-" : n.filed.number});
  for (auto& a : waiting_arguments(n, "id", w)) args.push_back(std::move(a));
  return args;
}

instant receipt_due(const notice& n, std::int64_t step, const world& w) {
  const auto steps = w.book.escalation.steps.find("receipt");
  const instant since = awaited_since(n);
  auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(steps->second[static_cast<std::size_t>(
      std::clamp<std::int64_t>(step - 1, 0, static_cast<std::int64_t>(steps->second.size()) - 1))]);
  // An event that is near leaves no time to wait the usual while.
  if (n.start > since)
    wait = std::min(wait, std::chrono::duration_cast<std::chrono::milliseconds>((n.start - since) * step / (step + 1)));
  return since + wait;
}

void arm_receipt(turn& t, const notice& n, std::int64_t step, const world& w) {
  const auto steps = w.book.escalation.steps.find("receipt");
  if (!awaits_receipt(n.filed) || steps == w.book.escalation.steps.end() ||
      step > static_cast<std::int64_t>(steps->second.size()))
    return;
  t.timers.push_back({"notice_receipt", n.id, n.filed.version * 100 + step, receipt_due(n, step, w)});
}

void arm_finish(turn& t, const notice& n, const world& w) {
  const instant over = std::max(n.end, n.start) + std::chrono::hours(n.end > n.start ? 1 : 24);
  if (n.start != instant{}) t.timers.push_back({"notice_finish", n.id, n.filed.version, std::max(over, w.now)});
  arm_week(t, n, w);
}

std::string announce(turn& t, notice& n, const std::vector<notice>& beside, const world& w) {
  arm_receipt(t, n, 1, w);
  const std::string unit = cases::told_instead_of(n.filed.unit, false, w);
  for (const auto& watcher : n.watchers)
    if (watcher != unit) give_cards(t, n, watcher, "notice_card.watch", "watch", "", w);
  if (unit.empty()) {
    t.notice_events.push_back({n.id, "nobody_to_tell", 0, n.filed.unit, w.now});
    return {};
  }
  give_cards(t, n, unit, "notice_card.new", "filed", hint_about(n, beside, w), w);
  return unit;
}

void announce_to_new_watchers(turn& t, notice& n, const world& w) {
  const auto had = n.told;
  for (const auto& watcher : n.watchers)
    if (watcher != n.filed.unit && std::find(had.begin(), had.end(), watcher) == had.end())
      give_cards(t, n, watcher, "notice_card.watch", "watch", "", w);
}

void announce_change(turn& t, const notice& n, std::string_view key, const world& w,
                     const std::vector<notice>& beside) {
  const std::string hint = key.empty() || beside.empty() ? std::string() : hint_about(n, beside, w);
  for (const auto& m : w.duty.members) {
    if (std::find(n.told.begin(), n.told.end(), m.unit) == n.told.end()) continue;
    say card;
    card.key = "notice_card.state";
    card.args = card_arguments(n, w);
    card.choices = {{"n:open:" + n.number, "notice_desk_button.open"}};
    card.edit_of = card_subject_of(n);
    t.notes.push_back({m.contact, std::move(card), ""});
    if (key.empty()) continue;
    say news;
    news.key = key;
    news.args = card_arguments(n, w);
    news.args.push_back({"hint", hint});
    const auto completed = n.answers.find("completed");
    const auto off = n.answers.find("date_off");
    if (off != n.answers.end())
      news.args.push_back({"day", say_when(off->second, w.now, "id", w.book.texts, w.book.utc_offset)});
    news.args.push_back({"completed", m.group || completed == n.answers.end() ? "" : completed->second});
    news.choices = {{"n:open:" + n.number, "notice_desk_button.open"}};
    t.notes.push_back({m.contact, std::move(news), fmt::format("{}:{}{}", n.number, key, n.revision)});
  }
}

void list_open(turn& t, const facts& f, const world& w) {
  if (f.listed_notices.empty()) return;
  const auto& texts = w.book.texts;
  std::string lines;
  say s;
  s.key = "notice_desk.open_notices";
  for (const auto& n : f.listed_notices) {
    std::string state(texts.text("id", state_key(n.filed)));
    constexpr std::string_view mark = "{receipt}";
    if (const auto at = state.find(mark); at != std::string::npos) state.replace(at, mark.size(), n.filed.number);
    lines += fmt::format("\n{} · {} · {} · {} · {}", n.number, texts.text("id", purpose_key(n.answers)),
                         span_words(n.answers, "id", w), place_words(n.wards, n.answers, "id", w), state);
    s.choices.push_back({"n:open:" + n.number, "=" + n.number});
  }
  s.args = {{"lines", std::move(lines)}};
  t.replies.push_back(std::move(s));
}

void tell_organiser(turn& t, const notice& n, std::string key, std::vector<argument> more, std::vector<choice> choices,
                    const world& w) {
  if (n.organiser == 0) return;
  say s;
  s.args = {{"number", n.number}, {"unit", cases::name_of_unit(n.filed.unit, w)}};
  s.args.insert(s.args.end(), more.begin(), more.end());
  s.choices = std::move(choices);
  const std::string event = key;
  s.key = std::move(key);
  t.notes.push_back({n.organiser, std::move(s), fmt::format("{}:{}{}", n.number, event, n.revision)});
}

bool timer(turn& t, const said::timer& timer, const facts& f, const world& w) {
  if (!timer.kind.starts_with("notice_")) return false;
  t.silent = true;
  const notice* was = f.notices.empty() ? nullptr : &f.notices.front();
  if (timer.kind == "notice_draft") {  // never filed: nobody needs to know who was in charge
    if (was == nullptr) t.persons.push_back({timer.subject, ""});
    t.drafts.push_back({.notice = timer.subject, .gone = true});
    return true;
  }
  if (was == nullptr) return true;
  if (timer.kind == "notice_week") return tell_week(t, *was, f.beside, w), true;
  if (timer.kind == "notice_remind" || timer.kind == "notice_after") return remind(t, *was, timer, w), true;
  notice n = touched(*was, w);
  if (timer.kind == "notice_finish") {
    const auto result = step(was->filed, {.action = action::finish, .who = actor::clock}, {});
    if (was->filed.version != timer.version || result.because != hindrance::none) return true;
    n.filed = result.now;
    t.notice_events.push_back({n.id, "finished", 0, "", w.now});
    announce_change(t, n, "", w);
    const state before = was->filed.state;
    if (before != state::refused && before != state::revoked) arm_afterwards(t, n, w);
  } else {
    const std::int64_t step = timer.version % 100;
    if (timer.version / 100 != was->filed.version || !awaits_receipt(was->filed)) return true;
    n.step = static_cast<int>(step);
    // Above whom nobody can be reached, those below are reminded again.
    std::string above;
    for (std::int64_t up = step; up >= 0 && above.empty(); --up)
      above = cases::told_instead_of(unit_above(n.filed.unit, up, w), false, w);
    // Who owes it is reminded too, each time.
    std::vector<std::string> targets;
    for (const auto& one : {cases::told_instead_of(n.filed.unit, false, w), above})
      if (!one.empty() && std::find(targets.begin(), targets.end(), one) == targets.end()) targets.push_back(one);
    std::string names;
    for (const auto& one : targets) {
      give_cards(t, n, one, "notice_card.waiting", "waiting", "", w);
      names += (names.empty() ? "" : ", ") + cases::name_of_unit(one, w);
    }
    t.notice_events.push_back({n.id, "receipt_reminded", 0,
                               fmt::format("step {}: {}", step, targets.empty() ? "nobody to tell" : names), w.now});
    arm_receipt(t, n, step + 1, w);
    auto args = waiting_arguments(n, language_of(n), w);
    args.push_back({"reminded", names});
    tell_organiser(t, n, targets.empty() ? "notice.receipt_nobody" : "notice.receipt_waits", std::move(args), {}, w);
  }
  t.notices.push_back(std::move(n));
  return true;
}

}  // namespace bot::notices
