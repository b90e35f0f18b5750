// Reminders: when they come, and when none does.
#include "bot/notices/reminders.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "bot/conversation/event_answers.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/written_moment.hpp"
#include "config/reminders.hpp"
#include "tests/support/handbook.hpp"

namespace {

using namespace std::chrono_literals;
namespace notices = bot::notices;

bot::instant at(const char* moment) { return bot::read_moment(moment)->at; }

class reminded : public testing::Test {
 protected:
  reminded() {
    n.id = 7;
    n.number = "PK7Q-2M9X";
    n.organiser = 1;
    n.filed.track = notices::track::permit;
    n.filed.unit = "POLSEK-KARTOHARJO";
    n.wards = {"35.77.01.1006"};
    n.answers = {{"purpose", "market"},
                 {"participants_from", "one_kecamatan"},
                 {"wards", "35.77.01.1006"},
                 {"venue", "Tawangrejo"},
                 {"about", "bazar di lapangan Kel. Tawangrejo"}};
    starts("2026-12-19T08:00+07:00");
    n.created_at = n.changed_at = at("2026-11-18T10:00+07:00");
  }

  void starts(const char* moment) {
    n.start = n.end = at(moment);
    n.answers["start"] = bot::written(n.start, 7h);
  }

  // "papers-soon 2026-11-27T08:00:00+07:00"
  std::vector<std::string> due(bool afterwards = false) {
    std::vector<std::string> all;
    for (const auto& one : notices::reminders_of(n, afterwards, world()))
      all.push_back(one.what->id + " " + bot::written(one.at, 7h).substr(0, 16));
    return all;
  }

  bot::world world() { return {now, support::shipped_handbook(), nobody, nullptr}; }

  bot::instant now = at("2026-11-18T10:00+07:00");
  bot::cases::roster nobody;
  notices::notice n;
};

TEST_F(reminded, of_the_papers_and_of_the_day_in_order) {
  EXPECT_EQ(due(), (std::vector<std::string>{"papers-soon 2026-11-27T08:00", "papers-last 2026-11-29T08:00",
                                             "three-days 2026-12-16T09:00", "unit-tomorrow 2026-12-18T08:30",
                                             "tomorrow 2026-12-18T09:00", "today 2026-12-19T07:00",
                                             "unit-today 2026-12-19T07:00"}));
}

TEST_F(reminded, of_no_papers_once_a_receipt_is_there) {
  n.filed.state = notices::state::receipted;
  ASSERT_FALSE(due().empty());
  EXPECT_EQ(due().front(), "three-days 2026-12-16T09:00");
}

TEST_F(reminded, of_nothing_that_is_off) {
  for (const auto off : {notices::state::cancelled, notices::state::refused, notices::state::revoked}) {
    n.filed.state = off;
    EXPECT_TRUE(due().empty());
    EXPECT_TRUE(due(true).empty());
  }
  n.filed.state = notices::state::finished;
  EXPECT_TRUE(due().empty());
  EXPECT_EQ(due(true).size(), 2U);
}

TEST_F(reminded, of_the_road_on_its_own_clock) {
  n.filed.track = notices::track::none;
  n.extras = {notices::extra::road_use};
  EXPECT_EQ(due().front(), "extra 2026-12-07T08:10");
}

TEST_F(reminded, of_the_day_before_it_begins_only) {
  starts("2026-12-19T05:00+07:00");
  for (const auto& one : due()) EXPECT_EQ(one.find("today"), std::string::npos) << one;
  n.answers["start"] = "2026-12-19";  // the hour is not known: it may be any
  n.start = n.end = at("2026-12-19T00:00+07:00");
  EXPECT_EQ(due().back(), "unit-today 2026-12-19T07:00");
}

TEST_F(reminded, of_each_date_of_a_series_and_once_of_the_rest) {
  starts("2026-12-04T16:00+07:00");
  n.answers["end"] = "2026-12-04T18:00:00+07:00";
  n.answers["recurs"] = "FREQ=WEEKLY;BYDAY=FR;COUNT=3";
  n.end = at("2026-12-18T18:00+07:00");
  n.filed.state = notices::state::approved;
  EXPECT_EQ(due(), (std::vector<std::string>{
                       "three-days 2026-12-01T09:00", "unit-tomorrow 2026-12-03T08:30", "tomorrow 2026-12-03T09:00",
                       "today 2026-12-04T07:00", "unit-today 2026-12-04T07:00", "unit-tomorrow 2026-12-10T08:30",
                       "tomorrow 2026-12-10T09:00", "today 2026-12-11T07:00", "unit-today 2026-12-11T07:00",
                       "unit-tomorrow 2026-12-17T08:30", "tomorrow 2026-12-17T09:00", "today 2026-12-18T07:00",
                       "unit-today 2026-12-18T07:00"}));
  n.filed.state = notices::state::finished;
  EXPECT_EQ(due(true), (std::vector<std::string>{"questions 2026-12-19T10:00", "unit-questions 2026-12-19T10:00"}))
      << "after the last";
}

TEST_F(reminded, of_that_date_alone_and_of_none_that_was_told_off) {
  starts("2026-12-04T16:00+07:00");
  n.answers["recurs"] = "FREQ=WEEKLY;BYDAY=FR;COUNT=3";
  n.filed.state = notices::state::approved_with_conditions;
  n.answers["conditions"] = "Musik berhenti pukul 17.30";
  now = at("2026-12-11T07:00+07:00");
  bot::turn t, told;
  notices::arm_reminders(t, n, now - 1min, world());
  ASSERT_EQ(t.timers.size(), 1U);
  notices::remind(told, n, {1, "notice_remind", n.id, t.timers.front().version}, world());
  ASSERT_EQ(told.notes.size(), 1U);
  const auto value = [&](const char* name) {
    for (const auto& a : told.notes.front().what.args)
      if (a.name == name) return a.value;
    return std::string();
  };
  EXPECT_EQ(value("when"), "hari ini 16.00");
  EXPECT_EQ(value("conditions"), "Musik berhenti pukul 17.30");
  EXPECT_NE(told.notes.front().dedupe, "PK7Q-2M9X:today.1") << "the first date has its own";
  ASSERT_EQ(told.timers.size(), 1U);
  EXPECT_EQ(told.timers.front().due, at("2026-12-17T08:30+07:00"));

  n.answers["recurs"] = "FREQ=WEEKLY;BYDAY=FR;COUNT=3;EXDATE=20261211";
  bot::turn silent;
  notices::remind(silent, n, {1, "notice_remind", n.id, t.timers.front().version}, world());
  EXPECT_TRUE(silent.notes.empty());
  EXPECT_EQ(silent.timers.size(), 1U);
}

TEST_F(reminded, of_evenings_in_a_row_once) {
  starts("2026-12-14T19:00+07:00");
  n.answers["recurs"] = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;COUNT=6";
  n.filed.state = notices::state::approved;
  EXPECT_EQ(due().size(), 5U);
  EXPECT_EQ(due().back(), "unit-today 2026-12-14T07:00");
}

TEST_F(reminded, by_a_timer_that_a_new_version_makes_stale) {
  bot::turn t;
  notices::arm_reminders(t, n, now, world());
  ASSERT_EQ(t.timers.size(), 1U);
  EXPECT_EQ(t.timers.front().due, at("2026-11-27T08:00+07:00"));
  now = t.timers.front().due;
  const bot::said::timer first{1, "notice_remind", n.id, t.timers.front().version};
  bot::turn right, stale;
  notices::remind(right, n, first, world());
  ASSERT_EQ(right.notes.size(), 1U);
  EXPECT_EQ(right.notes.front().what.key, "notice_reminder.papers");
  EXPECT_EQ(right.timers.size(), 1U);
  ++n.filed.version;
  notices::remind(stale, n, first, world());
  EXPECT_TRUE(stale.notes.empty());
  EXPECT_TRUE(stale.timers.empty());
}

TEST_F(reminded, neither_at_night_nor_a_day_too_late) {
  bot::turn t;
  notices::arm_reminders(t, n, at("2026-12-18T08:45+07:00"), world());
  ASSERT_EQ(t.timers.size(), 1U);
  const bot::said::timer tomorrow{1, "notice_remind", n.id, t.timers.front().version};
  bot::turn evening, early, next_day;
  now = at("2026-12-18T21:30+07:00");
  notices::remind(evening, n, tomorrow, world());
  EXPECT_TRUE(evening.notes.empty());
  ASSERT_EQ(evening.timers.size(), 1U);  // the next one
  now = at("2026-12-18T03:00+07:00");
  notices::remind(early, n, tomorrow, world());
  EXPECT_TRUE(early.notes.empty());
  ASSERT_EQ(early.timers.size(), 1U);
  EXPECT_EQ(early.timers.front().due, at("2026-12-18T07:00+07:00"));
  now = at("2026-12-19T06:00+07:00");
  notices::remind(next_day, n, tomorrow, world());
  EXPECT_TRUE(next_day.notes.empty());
}

TEST_F(reminded, always_within_the_hours_of_the_day) {
  const auto& rules = support::shipped_handbook().notices.reminders;
  for (const auto& one : rules.all) {
    EXPECT_GE(one.at, rules.awake_from) << one.id;
    EXPECT_LE(one.at, rules.awake_until) << one.id;
    EXPECT_TRUE(support::shipped_handbook().templates.contains(one.says)) << one.id << " has no template";
  }
}

TEST_F(reminded, what_was_learned_stays_with_open_places) {
  const auto& book = support::shipped_handbook().notices;
  EXPECT_EQ(notices::place_key(n, book), "35.77.01.1006 lapangan");
  for (const auto& [slot, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"about", "pengajian di halaman masjid dekat lapangan"},
           {"about", "pentas di lapangan kampus politeknik"},
           {"about", "rapat di sekretariat serikat buruh lapangan"},
           {"purpose", "religious"},
           {"purpose", "campus_science"},
           {"public_place", "no"}}) {
    auto other = n;
    other.answers[slot] = value;
    EXPECT_EQ(notices::place_key(other, book), "") << slot << " " << value;
  }
  n.wards.push_back("35.77.01.1007");
  EXPECT_EQ(notices::place_key(n, book), "");
}

TEST(a_file_of_reminders, names_every_mistake_with_its_line) {
  const auto file = std::filesystem::path(testing::TempDir()) / "reminders.toml";
  std::ofstream(file) << "awake = \"07:00-20:00\"\n"
                         "[[reminder]]\nid = \"a\"\nto = \"everybody\"\nbefore = \"start\"\ndays = 1\nat = \"23:00\"\n"
                         "says = \"notice_reminder.today\"\n"
                         "[series]\nagain_after = 0\n"
                         "[[reminder]]\nid = \"a\"\nto = \"unit\"\nafter = \"start\"\nat = \"8\"\nsays = \"no.such\"\n"
                         "[learned]\ndays = 0\nnever_at = []\nodd = 1\n";
  std::vector<std::string> faults;
  config::load_reminders(file, support::shipped_handbook().texts, faults);
  std::string all;
  for (const auto& one : faults) all += one + "\n";
  for (const char* expected :
       {":4: \"everybody\" is no to", ":7: at lies in the night", ":12: the id a stands twice",
        "only the end has an afterwards", "again_after", "days is missing", "at is an hour like 08:00",
        "there is no text \"no.such\"", "never_at is missing or empty", "\"odd\" is not known"})
    EXPECT_NE(all.find(expected), std::string::npos) << expected << "\nin\n" << all;
}

}  // namespace
