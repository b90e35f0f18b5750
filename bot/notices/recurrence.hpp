// An event that comes again: the rule that its notice keeps (slot "recurs"), in what words it was told, and the single
// events that follow from it. One notice stands for all of them.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/language/lexicon.hpp"
#include "bot/language/words.hpp"
#include "bot/notices/event.hpp"
#include "bot/notices/from_message.hpp"
#include "bot/notices/notice.hpp"

namespace bot::notices {

struct recurrence {
  enum class pace : std::uint8_t { weeks, months } by = pace::weeks;
  int every = 1;                           // so many weeks or months
  std::vector<std::chrono::weekday> days;  // of the week, from Monday on; empty: that of the first event
  std::optional<local_day> until;          // no event after it
  std::optional<int> count;                // of events, the first included
  std::vector<local_day> except;           // cancelled one by one, in order; `count` counts them too

  bool bounded() const { return until.has_value() || count.has_value(); }
  bool operator==(const recurrence&) const = default;
};

// As RFC 5545 writes it: "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,SA;UNTIL=20261231", with what it keeps in a line of its own:
// ";EXDATE=20261218". Only what is written here is read.
std::string rule_text(const recurrence&);
std::optional<recurrence> read_recurrence(std::string_view);
// Of a notice's answers; absent: it takes place once.
std::optional<recurrence> recurrence_of(const answer_map&);

// The days on which it takes place, the first included, none later than `most_days` after it. Months without such a day
// are left out, and so is what was cancelled. The first is as told, also where it is none of the rule's days. Never
// empty.
std::vector<local_day> days_of(const recurrence&, local_day first, int most_days);

// Each of its events as a notice of its own, with its own start and end; the notice itself where it takes place once.
// They share number and id.
std::vector<notice> occurrences_of(const notice&, std::chrono::minutes utc_offset);
// The same of many.
std::vector<notice> occurrences_of(std::vector<notice>, std::chrono::minutes utc_offset);
// The days of the same; the day on which it begins where it takes place once.
std::vector<local_day> dates_of(const notice&, std::chrono::minutes utc_offset);
// Its event of that day, as occurrences_of has it.
notice on_date(const notice&, local_day, std::chrono::minutes utc_offset);

// The same from that date of its on: those before it are told no more.
notice from_date(const notice&, local_day, std::chrono::minutes utc_offset);
// Without the event of that day, which is one of several; its end is that of the last that is left. Where the first is
// cancelled, it begins with the next.
notice without_date(const notice&, local_day, std::chrono::minutes utc_offset);

inline constexpr int most_recurring_days = 366;  // from the first event to the last, whatever the rules allow

// --- as people say it -----------------------------------------------------------------------------------------------
// How long it goes on, as far as words say; a date is read elsewhere.
struct spoken_bounds {
  std::optional<int> count, weeks, months;
  std::optional<unsigned> within;   // month, 1-12: "selama Desember"
  std::optional<unsigned> through;  // "sampai akhir Januari"
  bool any() const { return count || weeks || months || within || through; }
};
spoken_bounds bounds_in(std::span<const language::word>, const repeat_words&, const language::lexicon&);

struct spoken_recurrence {
  recurrence rule;   // with `count` only; "tiap minggu" has no days
  std::string rest;  // the message without it, but for a part of the day: what is left says when it begins
};
// Absent: nothing comes again. Every day ("tiap malam") is every day of the week.
std::optional<spoken_recurrence> recurrence_in(std::string_view text, std::span<const language::word>,
                                               const repeat_words&, const language::lexicon&);

// The last day by what was said, counted from the first event; absent where a number of events says it, or nothing.
std::optional<local_day> last_day(const spoken_bounds&, local_day first);

}  // namespace bot::notices
