// Events that come again: heard in the organiser's words, asked until when, and what each of them has as last moment.
#include <fmt/format.h>

#include <algorithm>

#include "bot/conversation/answers.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/filled.hpp"
#include "bot/notices/deadlines.hpp"
#include "bot/notices/recurrence.hpp"
#include "bot/written_moment.hpp"

namespace bot {
namespace {

using notices::local_day;
using notices::recurrence;
using std::chrono::days;

bool holds(const recurrence& rule, local_day day) {
  return rule.days.empty() ||
         std::find(rule.days.begin(), rule.days.end(), std::chrono::weekday{day}) != rule.days.end();
}

// "selama Desember": not before its first day.
local_day earliest(const notices::spoken_bounds& bounds, local_day today) {
  if (!bounds.within) return today;
  const auto last = notices::last_day(bounds, today).value_or(today);
  const std::chrono::year_month_day end{last};
  return std::max(today, local_day{end.year() / end.month() / 1});
}

}  // namespace

// Where the words of an end begin ("sampai …") and where what they say does.
std::pair<std::size_t, std::size_t> notice_talk::end_in(std::string_view words) const {
  const auto split = language::split(words);
  const question* end = find("end");
  for (std::size_t i = 0; end != nullptr && i < split.size(); ++i)
    if (const auto length = phrase_at(split, i, end->after))
      return {split[i].begin, i + length < split.size() ? split[i + length].begin : words.size()};
  return {words.size(), words.size()};
}

void notice_talk::hear_repeats(std::string_view about, std::string_view text, bool replaces) {
  const auto& book = world_.book;
  const auto& say = book.notices.words.repeats;
  if (!slot("recurs").empty() && !replaces) return;
  const auto heard = notices::recurrence_in(about, language::split(about), say, book.lexicon);
  if (!heard) return;
  const auto bounds = notices::bounds_in(language::split(text), say, book.lexicon);
  const auto today = notices::time_at(in_.sent_at, book.utc_offset).day;
  const local_day from = earliest(bounds, today);
  set("recurs", rule_text(heard->rule));
  if (bounds.any()) set("recurs_said", folded(text));

  if (const auto told = event_from(talk_.answers, book.utc_offset).start; told && holds(heard->rule, told->day)) return;
  const perception rest = perceive(heard->rest, in_.sent_at, book);
  auto start =
      notices::event_of(rest.words, rest.meaning, rest.places, book.atlas, book.notices.words, book.utc_offset).start;
  const bool dated = start && names_day_of_month(rest.words, start->day);
  if (start && !dated && (start->day < from || !holds(heard->rule, start->day))) start.reset();
  if (start) return set("start", answer_of(*start, book.utc_offset));
  const bool every_day = heard->rule.days.size() > 6;
  if (heard->rule.days.empty() || (every_day && !bounds.within)) return;
  local_day first = from;
  while (!holds(heard->rule, first)) first += days(1);
  for (int tries = 0; tries < 2; ++tries) {
    const std::string day = written_day(instant{first.time_since_epoch()}, std::chrono::minutes{0});
    const std::string hour = hour_of_day(day, heard->rest);
    set("start", hour.empty() ? day : hour);
    const auto begins = event_from(talk_.answers, book.utc_offset).start;
    if (!begins->at || *begins->at > in_.sent_at) return;
    do first += days(1);
    while (!holds(heard->rule, first));
  }
}

bool notice_talk::bound_repeats(std::string_view words) {
  const auto& book = world_.book;
  auto rule = notices::recurrence_of(talk_.answers);
  const auto start = event_from(talk_.answers, book.utc_offset).start;
  if (!rule) return false;
  if (!start) return set("recurs_said", folded(words)), true;
  const auto split = language::split(words);
  const auto bounds = notices::bounds_in(split, book.notices.words.repeats, book.lexicon);
  rule->count.reset();
  rule->until = notices::last_day(bounds, start->day);
  if (bounds.count) rule->count = bounds.count;
  if (split.size() == 1 && split[0].what == language::word::kind::number && split[0].folded.size() <= 3)
    rule->count = std::stoi(split[0].folded);
  if (!rule->bounded()) {
    const instant begins{start->day.time_since_epoch()};
    const auto until = end_in(words).second;
    const std::string tail(until < words.size() ? words.substr(until) : words);
    for (const std::string& said : {tail, "tanggal " + tail}) {
      const perception p = perceive(said, std::max(in_.sent_at, begins - book.utc_offset), book);
      if (!p.meaning.when.resolved) continue;
      rule->until = notices::time_at(*p.meaning.when.resolved, book.utc_offset).day;
      break;
    }
  }
  if (!rule->bounded()) return false;
  set("recurs", rule_text(*rule));
  return true;
}

// Once the start is known: its weekday, the last day, and an end that was told of all is that of the first.
void notice_talk::settle_repeats() {
  auto rule = notices::recurrence_of(talk_.answers);
  if (!rule) return;
  if (const std::string said = slot("recurs_said"); !said.empty() && !slot("start").empty()) {
    set("recurs_said", "");
    if (!rule->bounded() && bound_repeats(said)) rule = notices::recurrence_of(talk_.answers);
  }
  const auto e = event_from(talk_.answers, world_.book.utc_offset);
  if (!e.start) return;
  if (rule->by == recurrence::pace::weeks && rule->days.empty()) rule->days = {std::chrono::weekday{e.start->day}};
  const auto offset = world_.book.utc_offset;
  if (rule->by == recurrence::pace::weeks && !holds(*rule, e.start->day) && !slot("doubted").starts_with("start ")) {
    const std::string first = fmt::format("weekday.{}", rule->days.front().iso_encoding());
    return doubt("start", first, answer_of({e.start->day, std::nullopt}, offset));
  }
  const auto hour = [&](const notices::event_time& t) { return *t.at + offset - instant{t.day.time_since_epoch()}; };
  if (e.end && e.end->day > e.start->day) {
    const bool hours = e.start->at && e.end->at;
    const bool next_morning = hours && e.end->day == e.start->day + days(1) && hour(*e.end) <= hour(*e.start);
    if (!next_morning) {
      if (!rule->bounded()) rule->until = e.end->day;
      notices::event_time end = {e.start->day, std::nullopt};
      if (hours) {
        if (hour(*e.end) <= hour(*e.start)) end.day += days(1);
        end.at = instant{end.day.time_since_epoch()} + hour(*e.end) - offset;
      }
      set("end", end.at ? answer_of(end, offset) : std::string());
    }
  }
  const int most = world_.book.notices.rules.recurring_days;
  const auto all = notices::days_of(*rule, e.start->day, most);
  const bool long_one = (rule->until && *rule->until > e.start->day + days(most)) ||
                        (rule->count && static_cast<std::size_t>(*rule->count) > all.size());
  if (long_one || (rule->until && *rule->until < e.start->day)) {
    rule->until.reset();
    rule->count.reset();
    if (long_one) set("recurs_long", "yes");
  }
  if (all.size() == 1 && rule->bounded() && !long_one)
    set("recurs", "");  // it takes place once
  else
    set("recurs", rule_text(*rule));
}

// Nobody is held back: as long as the rules allow, and read back so.
void notice_talk::repeat_as_long_as_allowed() {
  auto rule = notices::recurrence_of(talk_.answers);
  const auto start = event_from(talk_.answers, world_.book.utc_offset).start;
  if (!rule || !start || rule->bounded()) return;
  rule->until = start->day + days(world_.book.notices.rules.recurring_days);
  set("recurs", rule_text(*rule));
}

bool notice_talk::repeats_without_end() const {
  const auto rule = notices::recurrence_of(talk_.answers);
  return rule && !rule->bounded();
}

// "· Sabtu 5 Des: paling lambat …": of the first ones, and how many follow.
std::string notice_talk::date_lines(const notices::plan& plan) const {
  constexpr std::size_t most_lines = 6;
  const auto rule = notices::recurrence_of(talk_.answers);
  const auto offset = world_.book.utc_offset;
  const auto told = event_from(talk_.answers, offset);
  const auto& start = told.start;
  const auto dated =
      std::find_if(plan.deadlines.begin(), plan.deadlines.end(), [](const auto& d) { return !d.is_extra; });
  if (!rule || !start || dated == plan.deadlines.end()) return {};
  const auto all = notices::days_of(*rule, start->day, world_.book.notices.rules.recurring_days);
  if (all.size() < 2) return {};
  std::string lines = std::string(text("event_word.each_last")) + "\n";
  for (std::size_t i = 0; i < std::min(all.size(), most_lines); ++i) {
    notices::event_time then = *start;
    then.day = all[i];
    if (then.at) *then.at += all[i] - start->day;
    const auto due =
        notices::latest_filing(*dated->deadline.rule, then, world_.book.notices.days, offset, place_of(told));
    if (!due) continue;
    const bool late = due->latest < world_.now;
    lines += filled(text(late ? "event_word.date_late" : "event_word.date_last"),
                    {{"day", when_day(answer_of({all[i], std::nullopt}, offset))},
                     {"latest", clock_words(due->latest)},
                     {"unsure", due->certain ? "" : std::string(text("event_word.unsure"))}}) +
             "\n";
  }
  if (all.size() > most_lines)
    lines += filled(text("event_word.date_more"), {{"count", std::to_string(all.size() - most_lines)}}) + "\n";
  return lines;
}

}  // namespace bot
