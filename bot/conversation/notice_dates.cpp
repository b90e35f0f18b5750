// One date of an event that comes again is cancelled: the others stay, and so does what was issued for them.
#include <algorithm>

#include "bot/cases/life.hpp"
#include "bot/conversation/notice_talk.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/conversation/say_when.hpp"
#include "bot/notices/deadlines.hpp"
#include "bot/notices/desk.hpp"
#include "bot/notices/parts.hpp"
#include "bot/notices/recurrence.hpp"
#include "bot/written_moment.hpp"

namespace bot {
namespace {

using notices::local_day;

std::string written(local_day day) { return written_day(instant{day.time_since_epoch()}, std::chrono::minutes{0}); }

// Those that have not begun, in order.
std::vector<notices::notice> to_come(const notices::notice& n, const world& w) {
  auto all = notices::occurrences_of(n, w.book.utc_offset);
  std::erase_if(all, [&](const notices::notice& one) { return one.start <= w.now; });
  return all;
}

}  // namespace

bool notice_talk::is_series(const notices::notice& n) const {
  return notices::dates_of(n, world_.book.utc_offset).size() > 1 && !to_come(n, world_).empty();
}

instant notice_talk::next_start(const notices::notice& n) const {
  const auto left = to_come(n, world_);
  return left.empty() ? n.start : left.front().start;
}

// What is changed in the middle of a series counts for the dates that are to come, and so does its last moment.
notices::notice notice_talk::ahead(const notices::notice& n) const {
  const auto offset = world_.book.utc_offset;
  return notices::from_date(n, notices::time_at(next_start(n), offset).day, offset);
}

void notice_talk::ask_which_date(const notices::notice& n, std::string_view key, const std::string& day) {
  constexpr std::size_t most = 9;
  std::vector<choice> dates;
  for (const auto& one : to_come(n, world_)) {
    if (dates.size() == most) break;
    const std::string date = written(notices::time_at(one.start, world_.book.utc_offset).day);
    // Named as on a calendar: "besok" could not be answered with its number.
    dates.push_back(
        {"e:off:" + n.number + ":" + date, "=" + say_when(date, one.start - std::chrono::days(30), talk_.language,
                                                          world_.book.texts, world_.book.utc_offset)});
  }
  if (dates.empty()) return say_with("notice.over", {{"number", n.number}});
  dates.push_back({"e:keep:" + n.number, "notice_button.keep"});
  ask_to_pick(std::string(key), {{"number", n.number}, {"day", day}}, std::move(dates));
}

// "yang tanggal 12 libur dulu", of an event that comes again.
bool notice_talk::tells_date_off(const perception& p) {
  if (!has_phrase(p.words, filed_phrases("off"))) return false;
  std::vector<const notices::notice*> all;
  for (const auto* n : events())
    if (is_series(*n)) all.push_back(n);
  if (all.empty()) return false;
  if (!p.meaning.when.resolved) return ask_which_date(*all.front(), "notice.which_date_off"), true;
  const local_day day = notices::time_at(*p.meaning.when.resolved, world_.book.utc_offset).day;
  for (const auto* n : all) {
    const auto dates = notices::dates_of(*n, world_.book.utc_offset);
    if (std::find(dates.begin(), dates.end(), day) == dates.end()) continue;
    ask_to_pick("notice.ask_date_off", {{"number", n->number}, {"day", when_day(written(day))}},
                {{"e:only:" + n->number + ":" + written(day), "notice_button.date_off"},
                 {"e:keep:" + n->number, "notice_button.keep"}});
    return true;
  }
  return ask_which_date(*all.front(), "notice.no_such_date", when_day(written(day))), true;
}

void notice_talk::tell_date_off(const notices::notice& was, std::string_view date) {
  const auto offset = world_.book.utc_offset;
  const auto read = read_day(date);
  const local_day day{read.value_or(std::chrono::sys_days{}).time_since_epoch()};
  const auto left = to_come(was, world_);
  const auto off = std::find_if(left.begin(), left.end(),
                                [&](const auto& one) { return notices::time_at(one.start, offset).day == day; });
  if (off == left.end()) return say_with("answer.stale_button");
  if (notices::dates_of(was, offset).size() < 2) return ask_cancel(was);
  const auto parts = with_parts(was);
  std::vector<notices::notice> all;
  for (const auto* one : parts) {
    notices::notice n = notices::without_date(notices::touched(*one, world_), day, offset);
    n.answers["date_off"] = written(day);
    turn_.notice_events.push_back({n.id, "date_cancelled", facts_.actor, n.answers["date_off"], world_.now});
    notices::announce_change(turn_, n, "notice_card.date_off", world_);
    notices::arm_finish(turn_, n, world_);
    all.push_back(std::move(n));
  }
  const auto until = notices::latest_cancelling(notices::time_at(off->start, offset), world_.book.notices.rules);
  const bool expresses = parts.front()->filed.track == notices::track::expression;
  say_with(expresses && until && world_.now > *until ? "notice.date_off_late" : "notice.date_off",
           {{"number", numbers_of(parts)},
            {"day", when_day(written(day))},
            {"unit", cases::name_of_unit(was.filed.unit, world_)},
            news_of(was, "changed")});
  for (auto& n : all) turn_.notices.push_back(std::move(n));
}

}  // namespace bot
