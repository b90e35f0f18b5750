// Which events a report may belong to: by place, hour and kind, and never what is sealed or does not take place.
#include "bot/notices/at_event.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "config/at_event.hpp"
#include "support.hpp"
#include "tests/support/handbook.hpp"

namespace {

namespace notices = bot::notices;
using namespace std::chrono_literals;
using notices::at;

constexpr const char *here = "35.75.01.1003", *elsewhere = "35.75.01.1006";

struct at_an_event : testing::Test {
  const bot::handbook& book = support::shipped_handbook();
  bot::cases::roster duty;
  bot::cases::report report;

  at_an_event() {
    report.id = 7;
    report.number = "LK7Q-2M9X";
    report.category = "fight";
    report.level = bot::cases::level::high;
    report.ward = here;
    report.unit = "POLSEK-GADINGREJO";
    report.created_at = at("2026-12-26T21:00:00+07:00");
    duty.members = {{.contact = 1, .unit = "POLSEK-GADINGREJO", .role = "petugas"},
                    {.contact = 2, .unit = "POLRES-PASURUAN-KOTA", .role = "petugas"},
                    {.contact = 3, .unit = "POLRES-PASURUAN-KOTA", .role = "grup", .group = true},
                    {.contact = 4, .unit = "POLSEK-PURWOREJO", .role = "petugas"}};
  }

  static notices::notice show(const std::string& start, const std::string& end, std::int64_t id = 1) {
    notices::notice n;
    n.id = id;
    n.number = "PB3T-9WQ" + std::to_string(id);
    n.organiser = 99;
    n.filed = {.track = notices::track::permit, .unit = "POLSEK-GADINGREJO"};
    n.wards = {here};
    n.start = at(start);
    n.end = end.empty() ? n.start : at(end);
    n.answers = {{"purpose", "show"}, {"start", start}};
    if (!end.empty()) n.answers["end"] = end;
    return n;
  }
  static notices::notice evening() { return show("2026-12-26T19:00:00+07:00", "2026-12-26T23:00:00+07:00"); }

  std::string found(const std::vector<notices::notice>& all) const {
    std::string numbers;
    for (const auto* n : notices::events_of(report, all, book.notices, book.utc_offset)) numbers += n->number + " ";
    return numbers;
  }
  bool offered(const notices::notice& n, const std::string& moment) {
    report.created_at = at(moment);
    return !found({n}).empty();
  }

  bot::world world() const { return {report.created_at, book, duty, nullptr}; }
  bot::facts tapped_by(std::int64_t officer, std::vector<notices::notice> all) const {
    bot::facts f;
    f.contact = f.actor = officer;
    f.beside = all;
    f.notices = std::move(all);
    f.reports = {report};
    return f;
  }
};

TEST_F(at_an_event, from_two_hours_before_it_to_three_after_it) {
  const auto n = evening();
  EXPECT_FALSE(offered(n, "2026-12-26T16:59:59+07:00"));
  EXPECT_TRUE(offered(n, "2026-12-26T17:00:00+07:00"));
  EXPECT_TRUE(offered(n, "2026-12-27T02:00:00+07:00")) << "past midnight";
  EXPECT_FALSE(offered(n, "2026-12-27T02:00:01+07:00"));
}

TEST_F(at_an_event, that_itself_goes_past_midnight) {
  const auto n = show("2026-12-26T21:00:00+07:00", "2026-12-27T02:30:00+07:00");
  EXPECT_TRUE(offered(n, "2026-12-27T00:00:00+07:00"));
  EXPECT_TRUE(offered(n, "2026-12-27T05:30:00+07:00"));
  EXPECT_FALSE(offered(n, "2026-12-27T05:31:00+07:00"));
}

TEST_F(at_an_event, whose_end_or_hour_was_not_told) {
  const auto open = show("2026-12-26T19:00:00+07:00", "");  // four hours are assumed
  EXPECT_TRUE(offered(open, "2026-12-27T02:00:00+07:00"));
  EXPECT_FALSE(offered(open, "2026-12-27T02:01:00+07:00"));
  auto day = show("2026-12-26T00:00:00+07:00", "");
  day.answers["start"] = "2026-12-26";
  EXPECT_TRUE(offered(day, "2026-12-26T23:59:00+07:00"));
  EXPECT_FALSE(offered(day, "2026-12-27T03:01:00+07:00"));
}

TEST_F(at_an_event, at_the_hour_that_the_reporter_told) {
  report.created_at = at("2026-12-27T09:00:00+07:00");
  EXPECT_EQ(found({evening()}), "");
  report.answers["when"] = "2026-12-26T22:00:00+07:00";
  EXPECT_EQ(found({evening()}), "PB3T-9WQ1 ");
  report.answers["when"] = "2026-12-26";
  EXPECT_EQ(found({evening()}), "PB3T-9WQ1 ");
  report.answers["when"] = "2026-12-24";
  EXPECT_EQ(found({evening()}), "");
  report.answers = {{"waited", "600"}};  // minutes of an outage
  EXPECT_EQ(found({evening()}), "PB3T-9WQ1 ");
}

// A report near the border of two Polres: the events of the other side are read too.
TEST_F(at_an_event, across_the_border_of_two_polres) {
  const auto units = [&] { return notices::around_report(report, world())->units; };
  report.ward = "35.14.20.2003";
  EXPECT_THAT(units(), testing::Not(testing::Contains("POLSEK-LUMBANG")));
  report.answers["pin"] = "-7.769800,112.990500";
  EXPECT_THAT(units(), testing::Contains("POLSEK-LUMBANG"));
  report.answers["pin_is"] = "mine";  // where the reporter is says nothing of the place
  EXPECT_THAT(units(), testing::Not(testing::Contains("POLSEK-LUMBANG")));
}

TEST_F(at_an_event, in_its_ward_or_within_500_metres) {
  auto n = evening();
  report.ward = elsewhere;
  EXPECT_EQ(found({n}), "");
  n.answers["pin"] = "-7.650000,112.890000";
  report.answers["pin"] = "-7.650000,112.894000";  // 441 m
  EXPECT_EQ(found({n}), "PB3T-9WQ1 ");
  report.answers["pin_is"] = "mine";
  EXPECT_EQ(found({n}), "") << "the reporter is near it, not what happens";
  report.answers["pin_is"] = "here";
  EXPECT_EQ(found({n}), "PB3T-9WQ1 ");
  report.answers["pin"] = "-7.650000,112.895000";  // 552 m
  EXPECT_EQ(found({n}), "");
  report.ward.clear();
  n.wards.clear();
  EXPECT_EQ(found({n}), "") << "not known is not the same";
}

TEST_F(at_an_event, of_several_the_earlier_first_and_none_that_is_not_held) {
  auto first = show("2026-12-26T17:00:00+07:00", "2026-12-26T20:00:00+07:00", 2);
  std::vector<notices::notice> all = {evening(), first, show("2026-12-27T08:00:00+07:00", "", 3)};
  EXPECT_EQ(found(all), "PB3T-9WQ2 PB3T-9WQ1 ");
  for (const auto gone : {notices::state::cancelled, notices::state::refused, notices::state::revoked}) {
    all[1].filed.state = gone;
    EXPECT_EQ(found(all), "PB3T-9WQ1 ") << notices::name_of(gone);
  }
  all[1].filed.state = notices::state::finished;
  EXPECT_EQ(found(all), "PB3T-9WQ2 PB3T-9WQ1 ") << "people are still on their way home";
}

TEST_F(at_an_event, by_kind) {
  const std::vector<notices::notice> all = {evening()};
  for (const char* never : {"domestic_violence", "officer_complaint", "official_complaint"}) {
    report.category = never;
    EXPECT_EQ(found(all), "") << never;
  }
  report.category = "other";
  EXPECT_EQ(found(all), "PB3T-9WQ1 ");
  report.level = bot::cases::level::low;
  EXPECT_EQ(found(all), "");
  report.category = "noise";
  EXPECT_EQ(found(all), "PB3T-9WQ1 ");
  report.sealed = true;
  EXPECT_EQ(found(all), "");
  EXPECT_FALSE(notices::around_report(report, world())) << "nothing is even read";
}

TEST_F(at_an_event, reads_the_stations_around_for_those_hours) {
  const auto p = notices::around_report(report, world());
  ASSERT_TRUE(p);
  for (const char* unit : {"POLSEK-GADINGREJO", "POLSEK-PURWOREJO", "POLRES-PASURUAN-KOTA", "POLDA-JATIM"})
    EXPECT_NE(std::find(p->units.begin(), p->units.end(), unit), p->units.end()) << unit;
  EXPECT_EQ(p->from, report.created_at - 3h);
  EXPECT_GT(p->until, report.created_at + 2h);
}

TEST_F(at_an_event, is_read_only_where_an_officer_opens_a_report) {
  const auto asks = [](bot::payload what) {
    bot::inbound in;
    in.what = std::move(what);
    return bot::reads_for(in, {}).events_at;
  };
  const auto tap = [](const std::string& data) {
    bot::said::tap t;
    t.data = data;
    return t;
  };
  EXPECT_EQ(asks(tap("o:look:LK7Q-2M9X")), "LK7Q-2M9X");
  EXPECT_EQ(asks(tap("o:take:LK7Q-2M9X")), "LK7Q-2M9X");
  for (const char* other : {"o:event:LK7Q-2M9X:PB3T-9WQ1", "o:on_site:LK7Q-2M9X", "c:send", "n:open:PB3T-9WQ1"})
    EXPECT_EQ(asks(tap(other)), "") << other;
  EXPECT_EQ(asks(bot::said::text{"ada yang berkelahi di kel. sebani"}), "");
}

TEST_F(at_an_event, a_button_each_where_there_are_several) {
  const auto one = notices::events_offered(report, tapped_by(1, {evening()}), world());
  ASSERT_EQ(one.choices.size(), 1U);
  EXPECT_EQ(one.choices[0].data, "o:event:LK7Q-2M9X:PB3T-9WQ1");
  EXPECT_EQ(one.choices[0].label, "at_event_button.put");
  EXPECT_EQ(one.lines, "Mungkin terkait acara PB3T-9WQ1: Hiburan, pertunjukan, hari ini 19.00–23.00, Kel. Sebani.\n");
  std::vector<notices::notice> many;
  for (std::int64_t i = 1; i < 6; ++i) many.push_back(show("2026-12-26T19:00:00+07:00", "", i));
  const auto some = notices::events_offered(report, tapped_by(1, many), world());
  ASSERT_EQ(some.choices.size(), 3U);
  EXPECT_EQ(some.choices[1].label, "=Terkait PB3T-9WQ2");
}

TEST_F(at_an_event, the_tap_tells_both_histories_and_the_units_of_the_event_once) {
  auto n = evening();
  n.filed.unit = "POLRES-PASURUAN-KOTA";
  n.watchers = {"POLSEK-GADINGREJO", "POLSEK-PURWOREJO"};
  report.told = {"POLSEK-GADINGREJO"};
  report.reporter = 77;
  report.answers["words"] = "dipukuli di belakang panggung";
  bot::turn t;
  notices::put_at_event(t, report, n.number, tapped_by(1, {n}), world());
  ASSERT_EQ(t.events.size(), 1U);
  EXPECT_EQ(t.events[0].kind + " " + t.events[0].detail, "at_event " + n.number);
  EXPECT_EQ(t.events[0].actor, 1);
  ASSERT_EQ(t.notice_events.size(), 1U);
  EXPECT_EQ(t.notice_events[0].kind + " " + t.notice_events[0].detail, "report_near " + report.number);
  EXPECT_TRUE(t.notices.empty());
  ASSERT_EQ(t.reports.size(), 1U);
  EXPECT_EQ(t.reports[0].changed_at, report.changed_at);
  std::vector<std::int64_t> told;
  for (const auto& note : t.notes) {
    if (note.what.key != "at_event.report") continue;
    told.push_back(note.contact);
    EXPECT_EQ(note.what.urgency, bot::priority::high);
    for (const auto& a : note.what.args) EXPECT_EQ(a.value.find("panggung"), std::string::npos) << a.name;
  }
  EXPECT_EQ(told, (std::vector<std::int64_t>{2, 3, 4})) << "whose unit has the card needs no second message";
  EXPECT_EQ(t.notes.back().what.key, "at_event.done_told");

  report = t.reports[0];
  bot::turn again;
  notices::put_at_event(again, report, n.number, tapped_by(1, {n}), world());
  EXPECT_TRUE(again.events.empty() && again.notice_events.empty() && again.reports.empty());
  ASSERT_EQ(again.notes.size(), 1U);
  EXPECT_EQ(again.notes[0].what.key, "at_event.done");
  const auto seen = notices::events_offered(report, tapped_by(1, {n}), world());
  EXPECT_TRUE(seen.choices.empty());
  EXPECT_EQ(seen.lines.find("Terkait acara"), 0U);
}

TEST_F(at_an_event, a_stale_or_made_up_button_does_nothing) {
  auto gone = evening();
  gone.filed.state = notices::state::cancelled;
  auto far = evening();
  far.wards = {elsewhere};
  for (const auto& facts : {tapped_by(1, {}), tapped_by(1, {gone}), tapped_by(1, {far})}) {
    bot::turn t;
    notices::put_at_event(t, report, evening().number, facts, world());
    EXPECT_TRUE(t.events.empty() && t.notice_events.empty() && t.reports.empty());
    ASSERT_EQ(t.notes.size(), 1U);
    EXPECT_EQ(t.notes[0].what.key, "officer.too_late");
  }
  report.state = bot::cases::state::closed;
  bot::turn t;
  notices::put_at_event(t, report, evening().number, tapped_by(1, {evening()}), world());
  EXPECT_TRUE(t.reports.empty());
}

TEST(the_table_of_reports_at_events, names_every_mistake_with_its_line) {
  const auto file = std::filesystem::path(testing::TempDir()) / "incidents.toml";
  std::ofstream(file) << "window = 90\n[at_event]\nminutes_before = -1\nmetres = 500\n"
                         "categories = [\"fight\", \"brawl\", \"domestic_violence\"]\nodd = 1\nsource = \"x\"\n";
  std::vector<std::string> faults;
  const auto& book = support::shipped_handbook();
  config::load_at_event(file, book.texts, book.routing, faults);
  std::string all;
  for (const auto& one : faults) all += one + "\n";
  for (const char* expected : {":3: minutes_before", "minutes_after is missing", ":5: there is no category \"brawl\"",
                               ":5: \"domestic_violence\" is sealed", "\"odd\" is not known", "confidence is missing"})
    EXPECT_NE(all.find(expected), std::string::npos) << expected << "\nin\n" << all;
}

}  // namespace
