#include "bot/notices/reminders.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/answers.hpp"
#include "bot/conversation/event_answers.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/notices/clock_words.hpp"
#include "bot/notices/deadlines.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/parts.hpp"
#include "bot/notices/recurrence.hpp"

namespace bot::notices {
namespace {

using std::chrono::minutes;

bool is_off(state s) { return s == state::cancelled || s == state::refused || s == state::revoked; }

bool only_day_known(const notice& n) {
  const auto start = n.answers.find("start");
  return start == n.answers.end() || start->second.size() == 10;
}

local_day day_of(instant at, const world& w) { return time_at(at, w.book.utc_offset).day; }

instant moment(local_day day, minutes of_day, const world& w) {
  return instant{day.time_since_epoch()} + of_day - w.book.utc_offset;
}

minutes time_of_day(instant at, const world& w) {
  return std::chrono::floor<minutes>(at - moment(day_of(at, w), minutes{0}, w));
}

// The version of the notice and the minute for which the timer was set: nothing else is kept of it.
std::int64_t version_of(const notice& n, instant at) {
  return (static_cast<std::int64_t>(n.filed.version) << 32) |
         std::chrono::floor<minutes>(at.time_since_epoch()).count();
}

std::string said_moment(instant at, const std::string& language, const world& w) {
  language::when then;
  then.resolved = at;
  return say_when(moment_answer(then, w.book.utc_offset), w.now, language, w.book.texts, w.book.utc_offset);
}

// What is said of it: what must be brought is of all of its dates, a day of that one.
std::vector<argument> arguments(const notice& whole, const due_reminder& due, const world& w) {
  const notice n = due.what->each ? on_date(whole, due.date, w.book.utc_offset) : whole;
  const std::string language = due.what->to_unit ? "id" : language_of(n);
  auto args = card_arguments(n, w);
  const auto put = [&](std::string name, std::string value) {
    std::erase_if(args, [&](const argument& a) { return a.name == name; });
    args.push_back({std::move(name), std::move(value)});
  };
  put("when", span_words(n.answers, language, w));
  put("place", place_words(n.wards, n.answers, language, w));
  if (!due.what->to_unit) {
    std::erase_if(args, [](const argument& a) { return a.name == "state"; });
    args.push_back({"state", told_state_key(n.filed), true});
    for (auto& a : waiting_arguments(n, language, w)) put(a.name, a.value);
  }
  put("days", std::to_string((day_of(n.start, w) - day_of(due.at, w)).count()));
  const auto practice = practice_of(n, w);
  put("hours", practice.desk_hours ? " (" + *practice.desk_hours + ")" : "");
  const auto latest = due.of ? last_moment_of(n, *due.of, w) : last_moment_of(n, w);
  put("latest", latest ? said_moment(latest->latest, language, w) + unsure_words(*latest, language, w) : "");
  std::string documents;
  for (const auto& item : legal_items(n, w)) documents += "· " + item + "\n";
  put("documents", documents);
  if (due.of)
    args.push_back({"extra", *due.of == extra::road_use ? "permit.road_use" : "notice_extra.fireworks", true});
  const auto conditions = n.answers.find("conditions");
  const bool bound = n.filed.state == state::approved_with_conditions && conditions != n.answers.end();
  put("conditions", bound ? conditions->second : "");
  args.push_back(bound ? argument{"bound", "permit.bound", true} : argument{"bound", ""});
  return args;
}

void send(turn& t, const notice& n, const due_reminder& due, const world& w) {
  say s;
  s.key = due.what->says;
  s.args = arguments(n, due, w);
  s.urgency = priority::other;
  std::string event =
      fmt::format("{}:{}{}.{}", n.number, due.what->id, due.of ? name_of(*due.of) : "", n.filed.version);
  const bool after = due.what->what == reminded_of::end;
  if (due.date != day_of(n.start, w) && !after) event += ":" + answer_of({due.date, std::nullopt}, w.book.utc_offset);
  if (!due.what->to_unit) {
    if (n.organiser == 0) return;
    if (after) s.choices = organiser_choices(n);
    return t.notes.push_back({n.organiser, std::move(s), event});
  }
  s.choices = {{"n:open:" + n.number, "notice_desk_button.open"}};
  if (after) s.choices = unit_choices(n);
  const std::string unit = cases::told_instead_of(n.filed.unit, false, w);
  if (unit.empty()) return;
  for (const auto* m : w.duty.of_unit(unit, !after)) t.notes.push_back({m->contact, s, event});
}

void arm_next(turn& t, const notice& n, std::vector<due_reminder> all, instant since, const char* kind,
              const world& w) {
  const auto next = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.at > since; });
  if (next != all.end()) t.timers.push_back({kind, n.id, version_of(n, next->at), std::max(next->at, w.now)});
}

}  // namespace

std::string language_of(const notice& n) {
  const auto at = n.answers.find("language");
  return at == n.answers.end() ? "id" : at->second;
}

std::optional<deadline> last_moment_of(const notice& n, const world& w) {
  const auto& book = w.book.notices;
  const auto e = event_from(n.answers, w.book.utc_offset);
  if (!e.start || n.filed.track == track::none) return std::nullopt;
  const auto* rule =
      deadline_of(n.filed.track, e.participants_from, book.rules, day_of(n.created_at, w), n.tier, chain_of(n, w));
  if (rule == nullptr) return std::nullopt;
  return latest_filing(*rule, *e.start, book.days, w.book.utc_offset, place_of(e));
}

std::optional<deadline> last_moment_of(const notice& n, extra what, const world& w) {
  const auto& book = w.book.notices;
  const auto e = event_from(n.answers, w.book.utc_offset);
  const auto* rule = deadline_of(what, book.rules, day_of(n.created_at, w));
  if (!e.start || rule == nullptr) return std::nullopt;
  return latest_filing(*rule, *e.start, book.days, w.book.utc_offset, place_of(e));
}

std::vector<due_reminder> reminders_of(const notice& n, bool afterwards, const world& w) {
  std::vector<due_reminder> all;
  const state now = n.filed.state;
  if (is_off(now) || n.start == instant{} || (now == state::finished && !afterwards)) return all;
  const auto practice = practice_of(n, w);
  const bool on_paper =
      !practice.electronic_accepted.value_or(false) && awaits_receipt(n.filed) && !n.answers.contains("handed");
  // Where only the day is known, it may begin at any hour of it.
  const instant begins = n.start + (only_day_known(n) ? std::chrono::hours(24) : std::chrono::hours(0));
  const auto dates = dates_of(n, w.book.utc_offset);
  const local_day first = dates.front();
  const auto add = [&](const reminder& one, instant anchor, int days, instant before, std::optional<extra> of) {
    const instant at = moment(day_of(anchor, w) + std::chrono::days(days), one.at, w);
    if (at < before) all.push_back({&one, of, first, at});
  };
  const auto add_start = [&](const reminder& one, local_day date) {
    const instant at = moment(date - std::chrono::days(one.days), one.at, w);
    if (at < begins + (date - first)) all.push_back({&one, {}, date, at});
  };
  // One event is reminded of once: by its notice, and by the permit where conditions bind it.
  const bool second = is_second_part(n), bound = now == state::approved_with_conditions;
  const std::chrono::days apart(w.book.notices.reminders.again_after);
  for (const auto& one : w.book.notices.reminders.all) {
    if ((one.what == reminded_of::end) != afterwards) continue;
    if (second && (one.what == reminded_of::end || (one.what == reminded_of::start && !bound))) continue;
    switch (one.what) {
      case reminded_of::last_moment:
        if (const auto latest = last_moment_of(n, w); latest && on_paper)
          add(one, latest->latest, -one.days, latest->latest, {});
        break;
      case reminded_of::extra:
        for (const auto each : n.extras)
          if (const auto latest = last_moment_of(n, each, w)) add(one, latest->latest, -one.days, latest->latest, each);
        break;
      case reminded_of::start:
        add_start(one, first);
        for (std::size_t i = 1; one.each && i < dates.size(); ++i)
          if (dates[i] - dates[i - 1] >= apart) add_start(one, dates[i]);
        break;
      case reminded_of::end: add(one, std::max(n.start, n.end), one.days, instant::max(), {}); break;
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return all;
}

void arm_reminders(turn& t, const notice& n, instant since, const world& w) {
  arm_next(t, n, reminders_of(n, false, w), since, "notice_remind", w);
}

void arm_afterwards(turn& t, const notice& n, const world& w) {
  arm_next(t, n, reminders_of(n, true, w), w.now, "notice_after", w);
}

void remind(turn& t, const notice& n, const said::timer& timer, const world& w) {
  const bool afterwards = timer.kind == "notice_after";
  if (timer.version >> 32 != n.filed.version) return;
  const instant due{minutes(timer.version & 0xffffffff)};
  const auto& rules = w.book.notices.reminders;
  // After an outage "tomorrow" may be untrue, and the night is no time.
  if (day_of(due, w) == day_of(w.now, w)) {
    const minutes hour = time_of_day(w.now, w);
    if (hour < rules.awake_from) {
      t.timers.push_back({timer.kind, n.id, timer.version, moment(day_of(w.now, w), rules.awake_from, w)});
      return;
    }
    if (hour <= rules.awake_until)
      for (const auto& one : reminders_of(n, afterwards, w))
        if (one.at == due) send(t, n, one, w);
  }
  arm_next(t, n, reminders_of(n, afterwards, w), std::max(due, w.now), timer.kind.c_str(), w);
}

}  // namespace bot::notices
