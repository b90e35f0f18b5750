// Events that come again: the rule as it is kept, the days that follow from it, and what people say.
#include "bot/notices/recurrence.hpp"

#include <gmock/gmock.h>

#include <random>

#include "config/lexicon.hpp"
#include "support.hpp"
#include "tests/support/notice.hpp"

namespace bot::notices {
namespace {

using std::chrono::days;
using std::chrono::weekday;
using testing::ElementsAre;
using testing::SizeIs;
using pace = recurrence::pace;

const language::lexicon& lexicon() {
  static const language::lexicon loaded = [] {
    std::vector<std::string> faults;
    auto read = config::load_lexicon(PROJECT_DIR "/config/language", faults);
    for (const auto& each : faults) ADD_FAILURE() << each;
    return read;
  }();
  return loaded;
}

std::string rule_in(std::string_view text) {
  const auto found = recurrence_in(text, language::split(text), shipped_rules().words.repeats, lexicon());
  return found ? rule_text(found->rule) : std::string();
}

spoken_bounds bounds(std::string_view text) {
  return bounds_in(language::split(text), shipped_rules().words.repeats, lexicon());
}

TEST(recurrence, is_heard_as_people_say_it) {
  for (const auto& [said, rule] : std::vector<std::pair<const char*, const char*>>{
           {"pengajian setiap Sabtu malam", "FREQ=WEEKLY;BYDAY=SA"},
           {"pasar malam tiap malam minggu", "FREQ=WEEKLY;BYDAY=SA"},
           {"senam tiap hari minggu pagi", "FREQ=WEEKLY;BYDAY=SU"},
           {"car free day tiap minggu pagi", "FREQ=WEEKLY;BYDAY=SU"},
           {"rutin tiap Jumat", "FREQ=WEEKLY;BYDAY=FR"},
           {"tiap malam jumat", "FREQ=WEEKLY;BYDAY=TH"},
           {"saben malem setu nang lapangan", "FREQ=WEEKLY;BYDAY=FR"},
           {"sabben malem kemmis", "FREQ=WEEKLY;BYDAY=WE"},
           {"tiap sabtu dan minggu", "FREQ=WEEKLY;BYDAY=SA,SU"},
           {"tiap Senin, Rabu dan Jumat sore", "FREQ=WEEKLY;BYDAY=MO,WE,FR"},
           {"tiap minggu 4 kali", "FREQ=WEEKLY;COUNT=4"},
           {"bazar seminggu sekali", "FREQ=WEEKLY"},
           {"tiap dua minggu", "FREQ=WEEKLY;INTERVAL=2"},
           {"latihan 2 minggu sekali", "FREQ=WEEKLY;INTERVAL=2"},
           {"pengajian tiap Jumat Legi", "FREQ=WEEKLY;INTERVAL=5;BYDAY=FR"},
           {"arisan tiap bulan", "FREQ=MONTHLY"},
           {"sebulan sekali", "FREQ=MONTHLY"},
           {"tiap 3 bulan", "FREQ=MONTHLY;INTERVAL=3"},
           {"tiap malam selama 5 hari", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"},
           {"every Saturday", "FREQ=WEEKLY;BYDAY=SA"}}) {
    EXPECT_EQ(rule_in(said), rule) << said;
  }
  for (const char* once :
       {"sabtu 5 desember jam 7", "tiap peserta bawa bekal", "minggu depan", "4 kali tampil", "lomba 17 agustusan", ""})
    EXPECT_EQ(rule_in(once), "") << once;
}

TEST(recurrence, has_bounds_as_people_say_them) {
  EXPECT_EQ(bounds("tiap minggu empat kali").count, 4);
  EXPECT_EQ(bounds("seminggu 2 kali").count, std::nullopt) << "no total";
  EXPECT_EQ(bounds("setiap Sabtu malam selama Desember").within, 12U);
  EXPECT_EQ(bounds("selama bulan januari").within, 1U);
  EXPECT_EQ(bounds("selama 6 minggu").weeks, 6);
  EXPECT_EQ(bounds("selama tiga bulan").months, 3);
  EXPECT_EQ(bounds("sampai akhir Januari").through, 1U);
  EXPECT_EQ(bounds("sampai akhir tahun").through, 12U);
  EXPECT_FALSE(bounds("tiap Jumat jam 4 sore").any());
  const local_day first = on(2026, 11, 28);
  EXPECT_EQ(last_day(bounds("selama Desember"), first), on(2026, 12, 31));
  EXPECT_EQ(last_day(bounds("sampai akhir Januari"), first), on(2027, 1, 31));
  EXPECT_EQ(last_day(bounds("selama 6 minggu"), first), on(2027, 1, 8));
  EXPECT_EQ(last_day(bounds("selama 3 bulan"), on(2026, 11, 30)), on(2027, 2, 27)) << "February has no 30th";
  EXPECT_EQ(last_day(bounds("4 kali"), first), std::nullopt);
}

TEST(recurrence, goes_on_without_a_date_that_was_told_off) {
  constexpr std::chrono::minutes utc_offset{7 * 60};
  notice n = support::demonstration();
  n.answers["start"] = "2026-12-04T16:00:00+07:00";
  n.answers["end"] = "2026-12-04T18:00:00+07:00";
  n.answers["recurs"] = "FREQ=WEEKLY;BYDAY=FR;COUNT=4";
  n.start = instant{on(2026, 12, 4).time_since_epoch()} + std::chrono::hours(9);
  n.end = instant{on(2026, 12, 25).time_since_epoch()} + std::chrono::hours(11);
  const notice middle = without_date(n, on(2026, 12, 11), utc_offset);
  EXPECT_EQ(middle.answers.at("recurs"), "FREQ=WEEKLY;BYDAY=FR;COUNT=4;EXDATE=20261211");
  EXPECT_THAT(dates_of(middle, utc_offset), ElementsAre(on(2026, 12, 4), on(2026, 12, 18), on(2026, 12, 25)));
  EXPECT_EQ(middle.end, n.end);

  const notice last = without_date(middle, on(2026, 12, 25), utc_offset);
  EXPECT_THAT(dates_of(last, utc_offset), ElementsAre(on(2026, 12, 4), on(2026, 12, 18)));
  EXPECT_EQ(last.end, n.end - days(7)) << "over after the last that is left";

  // Without the first it begins with the next that is left, and the number of times falls.
  const notice first = without_date(last, on(2026, 12, 4), utc_offset);
  EXPECT_THAT(dates_of(first, utc_offset), ElementsAre(on(2026, 12, 18)));
  EXPECT_EQ(first.answers.at("start"), "2026-12-18T16:00:00+07:00");
  EXPECT_EQ(first.answers.at("end"), "2026-12-18T18:00:00+07:00");
  EXPECT_EQ(first.answers.at("recurs"), "FREQ=WEEKLY;BYDAY=FR;COUNT=2;EXDATE=20261225");
  EXPECT_EQ(first.start, n.start + days(14));
  EXPECT_EQ(first.end, n.end - days(7));
  EXPECT_EQ(on_date(n, on(2026, 12, 18), utc_offset).start, first.start);
  EXPECT_EQ(from_date(n, on(2026, 12, 18), utc_offset).answers.at("recurs"), "FREQ=WEEKLY;BYDAY=FR;COUNT=2");
  EXPECT_EQ(from_date(n, on(2026, 12, 4), utc_offset), n);
}

TEST(recurrence, is_kept_as_text_and_read_again) {
  std::mt19937 random(20261121);
  const auto pick = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
  for (int i = 0; i < 500; ++i) {
    recurrence r;
    r.by = pick(1) == 0 ? pace::weeks : pace::months;
    r.every = 1 + pick(5);
    for (unsigned day = 1; day <= 7; ++day)
      if (pick(2) == 0) r.days.emplace_back(day);
    if (pick(1) == 0) r.count = 1 + pick(60);
    if (pick(1) == 0) r.until = on(2026, 1, 1) + days(pick(900));
    EXPECT_EQ(read_recurrence(rule_text(r)), r) << rule_text(r);
  }
  for (const char* wrong : {"", "FREQ=DAILY", "BYDAY=SA", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;UNTIL=20260230",
                            "FREQ=WEEKLY;COUNT=0", "FREQ=WEEKLY;INTERVAL=-2", "FREQ=WEEKLY;COUNT=99999999999999",
                            "tiap sabtu", "FREQ=WEEKLY;BYDAY=SASU", "FREQ=WEEKLY;;", "FREQ=WEEKLY;RSCALE=X"})
    EXPECT_FALSE(read_recurrence(wrong)) << wrong;
}

// Counted day by day, slowly.
std::vector<local_day> slowly(const recurrence& r, local_day first) {
  std::vector<local_day> all = {first};
  const local_day monday = first - (weekday{first} - std::chrono::Monday);
  const std::chrono::year_month_day began{first};
  for (local_day day = first + days(1); day <= first + days(most_recurring_days); day += days(1)) {
    if (r.until && day > *r.until) break;
    if (r.count && all.size() >= static_cast<std::size_t>(*r.count)) break;
    const std::chrono::year_month_day ymd{day};
    const auto weeks = (day - monday).count() / 7;
    const auto months = (ymd.year() / ymd.month() - began.year() / began.month()).count();
    const bool named = r.days.empty() ? weekday{day} == weekday{first}
                                      : std::find(r.days.begin(), r.days.end(), weekday{day}) != r.days.end();
    const bool fits =
        r.by == pace::weeks ? weeks % r.every == 0 && named : months % r.every == 0 && ymd.day() == began.day();
    if (fits) all.push_back(day);
  }
  return all;
}

TEST(recurrence, has_the_days_that_a_slow_count_finds) {
  std::mt19937 random(7);
  const auto pick = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
  for (int i = 0; i < 400; ++i) {
    recurrence r;
    r.by = pick(3) == 0 ? pace::months : pace::weeks;
    r.every = 1 + pick(4);
    for (unsigned day = 1; day <= 7; ++day)
      if (r.by == pace::weeks && pick(3) == 0) r.days.emplace_back(day);
    const local_day first = on(2024, 1, 1) + days(pick(2400));
    if (pick(1) == 0) r.count = 1 + pick(30);
    if (pick(1) == 0) r.until = first + days(pick(500) - 20);
    EXPECT_EQ(days_of(r, first, most_recurring_days), slowly(r, first)) << rule_text(r);
  }
}

TEST(recurrence, lasts_a_year_at_most) {
  const recurrence for_ever{.count = 10000};
  EXPECT_THAT(days_of(for_ever, on(2026, 1, 1), 5000), SizeIs(53));
  EXPECT_THAT(days_of(for_ever, on(2026, 1, 1), 20), SizeIs(3));
  EXPECT_THAT(days_of({.until = on(2020, 1, 1)}, on(2026, 1, 1), 366), ElementsAre(on(2026, 1, 1)));
}

TEST(recurrence, gives_each_event_its_own_hours) {
  auto n = support::concert();
  n.answers["start"] = "2026-12-05T20:00:00+07:00";
  n.answers["end"] = "2026-12-06T01:30:00+07:00";
  n.start = at("2026-12-05T20:00:00+07:00");
  EXPECT_THAT(occurrences_of(n, western_time), SizeIs(1)) << "once";
  n.answers["recurs"] = "FREQ=WEEKLY;BYDAY=SA;COUNT=3";
  n.end = at("2026-12-20T01:30:00+07:00");
  const auto all = occurrences_of(n, western_time);
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].start, n.start);
  EXPECT_EQ(local(all[0].end), "2026-12-06T01:30:00+07:00");
  EXPECT_EQ(all[2].answers.at("start"), "2026-12-19T20:00:00+07:00");
  EXPECT_EQ(local(all[2].start), "2026-12-19T20:00:00+07:00");
  EXPECT_EQ(all[2].answers.at("end"), "2026-12-20T01:30:00+07:00");
  EXPECT_EQ(all[2].end, n.end);
  EXPECT_FALSE(all[2].answers.contains("recurs")) << "an event of its own";
  EXPECT_EQ(all[2].number, n.number);
  n.answers["start"] = "2026-12-05";  // only the day is known
  n.answers["end"] = "later";
  n.start = at("2026-12-05T00:00:00+07:00");
  EXPECT_EQ(occurrences_of(n, western_time)[1].answers.at("start"), "2026-12-12");
  n.answers["recurs"] = "tiap sabtu";  // what cannot be read is no rule
  EXPECT_THAT(occurrences_of(n, western_time), SizeIs(1));
}

}  // namespace
}  // namespace bot::notices
