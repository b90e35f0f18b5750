// The calendar of a unit: what a calendar program reads in it, and who gets it.
#include <libical/ical.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <sstream>

#include "bot/notices/recurrence.hpp"
#include "bot/written_moment.hpp"
#include "handlers/calendar/feed.hpp"
#include "handlers/calendar/page.hpp"
#include "tests/turns/support.hpp"

namespace turns_test {
namespace {

namespace notices = bot::notices;

constexpr const char* station = "POLSEK-GADINGREJO";

// "2026-12-24T09:00:00+07:00", or a day.
bot::instant moment(const std::string& text) {
  return bot::read_moment(text.size() > 10 ? text : text + "T00:00:00+07:00").value().at;
}

notices::notice event_of(std::int64_t id, const std::string& start, const std::string& end) {
  notices::notice n;
  n.id = id;
  n.number = "PK7Q-2M9" + std::to_string(id);
  n.organiser = 11;
  n.filed = {.track = notices::track::expression, .number = "B/1/2026", .unit = station};
  n.wards = {"35.75.01.1003"};
  n.answers = {{"purpose", "opinion"}, {"start", start},           {"end", end},
               {"aim", "upah buruh"},  {"group", "Serikat Buruh"}, {"venue", "depan pabrik"}};
  n.start = moment(start);
  n.end = end.empty() ? n.start : moment(end);
  n.changed_at = now;
  n.revision = 2;
  return n;
}

// As a calendar program reads it.
class parsed_feed {
 public:
  explicit parsed_feed(const std::string& text) : whole_(icalparser_parse_string(text.c_str())) {}
  ~parsed_feed() { icalcomponent_free(whole_); }
  parsed_feed(const parsed_feed&) = delete;
  parsed_feed& operator=(const parsed_feed&) = delete;

  bool sound() const {
    return whole_ != nullptr && icalcomponent_isa(whole_) == ICAL_VCALENDAR_COMPONENT &&
           icalcomponent_count_errors(whole_) == 0 && icalrestriction_check(whole_) != 0;
  }
  std::vector<icalcomponent*> events() const {
    std::vector<icalcomponent*> all;
    for (auto* e = icalcomponent_get_first_component(whole_, ICAL_VEVENT_COMPONENT); e != nullptr;
         e = icalcomponent_get_next_component(whole_, ICAL_VEVENT_COMPONENT))
      all.push_back(e);
    return all;
  }

 private:
  icalcomponent* whole_;
};

TEST(calendar_feed, has_an_entry_for_each_time_that_an_event_comes_again) {
  auto weekly = event_of(7, "2026-12-04T05:00:00+07:00", "2026-12-04T07:00:00+07:00");  // Thursday still, in UTC
  weekly.answers["recurs"] = "FREQ=WEEKLY;BYDAY=FR;COUNT=3";
  weekly.end = moment("2026-12-18T07:00:00+07:00");
  const auto feed = handlers::calendar::write_feed(
      station, {weekly, event_of(8, "2026-12-12T09:00:00+07:00", "2026-12-12T10:00:00+07:00")}, book());
  const parsed_feed parsed(feed);
  ASSERT_TRUE(parsed.sound()) << feed;
  std::vector<std::string> all;
  for (auto* e : parsed.events())
    all.push_back(std::string(icalcomponent_get_uid(e)) + " " + icaltime_as_ical_string(icalcomponent_get_dtstart(e)) +
                  " " + icaltime_as_ical_string(icalcomponent_get_dtend(e)));
  EXPECT_EQ(all, (std::vector<std::string>{"7-2026-12-04@kentongan 20261203T220000Z 20261204T000000Z",
                                           "7-2026-12-11@kentongan 20261210T220000Z 20261211T000000Z",
                                           "8@kentongan 20261212T020000Z 20261212T030000Z",
                                           "7-2026-12-18@kentongan 20261217T220000Z 20261218T000000Z"}));
  // One is told off: the others keep their names, so that no calendar moves them.
  const auto fewer = handlers::calendar::write_feed(
      station,
      {notices::without_date(weekly, notices::local_day{std::chrono::year{2026} / 12 / 11}, book().utc_offset)},
      book());
  EXPECT_EQ(fewer.find("7-2026-12-11"), fewer.npos);
  EXPECT_EQ(parsed_feed(fewer).events().size(), 2u);
  EXPECT_NE(fewer.find("7-2026-12-18@kentongan"), fewer.npos);
  // Those that are over make no room scarce for those that are to come.
  const auto later = handlers::calendar::write_feed(station, {weekly}, book(), moment("2026-12-05"));
  EXPECT_EQ(parsed_feed(later).events().size(), 2u);
}

TEST(calendar_feed, is_read_by_a_calendar_program) {
  const auto feed = handlers::calendar::write_feed(
      station,
      {event_of(2, "2026-12-26T23:00:00+07:00", "2026-12-27T01:00:00+07:00"),
       event_of(1, "2026-12-24T09:00:00+07:00", "2026-12-24T12:30:00+07:00"), event_of(3, "2026-12-28", "")},
      book());
  const parsed_feed parsed(feed);
  ASSERT_TRUE(parsed.sound()) << feed;
  const auto events = parsed.events();
  ASSERT_EQ(events.size(), 3u);
  EXPECT_STREQ(icalcomponent_get_summary(events[0]), "Unjuk rasa, aksi, Kel. Sebani");
  EXPECT_STREQ(icalcomponent_get_location(events[0]), "Kel. Sebani");
  EXPECT_STREQ(icalcomponent_get_uid(events[0]), "1@kentongan");
  const auto hour = [](icaltimetype t) { return std::string(icaltime_as_ical_string(t)); };
  EXPECT_EQ(hour(icalcomponent_get_dtstart(events[0])), "20261224T020000Z");
  EXPECT_EQ(hour(icalcomponent_get_dtend(events[0])), "20261224T053000Z");
  EXPECT_EQ(hour(icalcomponent_get_dtend(events[1])), "20261226T180000Z") << "over midnight";
  EXPECT_EQ(hour(icalcomponent_get_dtstart(events[2])), "20261228") << "a day, where the hour is not known";
  EXPECT_EQ(hour(icalcomponent_get_dtend(events[2])), "20261229");
  const auto open_end = handlers::calendar::write_feed(station, {event_of(4, "2026-12-24T09:00:00+07:00", "")}, book());
  EXPECT_TRUE(parsed_feed(open_end).sound());
  EXPECT_EQ(open_end.find("DTEND"), open_end.npos) << "nobody has told";
}

TEST(calendar_feed, is_written_in_folded_lines_and_escaped) {
  auto march = event_of(1, "2026-12-24T09:00:00+07:00", "2026-12-24T12:30:00+07:00");
  march.wards = {"35.75.01.1003", "35.75.01.1006", "35.75.02.1001", "35.75.03.1003", "35.75.04.1001"};
  const auto feed = handlers::calendar::write_feed(station, {march}, book());
  std::istringstream in(feed);
  bool folded = false;
  for (std::string line; std::getline(in, line);) {
    ASSERT_TRUE(line.ends_with('\r')) << line;
    EXPECT_LE(line.size(), 76u) << line;
    folded = folded || line.starts_with(' ');
  }
  EXPECT_TRUE(folded);
  EXPECT_NE(feed.find("Unjuk rasa\\, aksi\\,"), feed.npos) << feed;
  const parsed_feed parsed(feed);
  ASSERT_TRUE(parsed.sound());
  EXPECT_EQ(std::string(icalcomponent_get_location(parsed.events().at(0))).substr(0, 30),
            "Kel. Sebani, Kel. Randusari, K");
}

TEST(calendar_feed, tells_nothing_of_who_and_of_nothing_that_does_not_take_place) {
  auto cancelled = event_of(2, "2026-12-24T09:00:00+07:00", "2026-12-24T12:30:00+07:00");
  cancelled.filed.state = notices::state::cancelled;
  auto elsewhere = event_of(3, "2026-12-24T09:00:00+07:00", "2026-12-24T12:30:00+07:00");
  elsewhere.filed.unit = "POLSEK-PURWOREJO";
  auto watched = elsewhere;
  watched.id = 4;
  watched.watchers = {station};
  const std::vector all = {event_of(1, "2026-12-24T09:00:00+07:00", "2026-12-24T12:30:00+07:00"), cancelled, elsewhere,
                           watched};
  const auto feed = handlers::calendar::write_feed(station, all, book());
  EXPECT_EQ(parsed_feed(feed).events().size(), 2u) << feed;
  for (const char* private_word : {"PK7Q", "upah", "Serikat", "pabrik", "B/1"})
    EXPECT_EQ(feed.find(private_word), feed.npos) << private_word;
  EXPECT_EQ(parsed_feed(handlers::calendar::write_feed("POLRES-PASURUAN-KOTA", all, book())).events().size(), 3u)
      << "those of its stations";
  EXPECT_TRUE(parsed_feed(handlers::calendar::write_feed(station, {}, book())).sound());
  auto worship = event_of(5, "2026-12-24T09:00:00+07:00", "2026-12-24T12:30:00+07:00");
  worship.filed.track = notices::track::none;
  worship.answers["purpose"] = "religious";
  EXPECT_TRUE(parsed_feed(handlers::calendar::write_feed(station, {worship}, book())).events().empty());
}

// --- over HTTP
// ---------------------------------------------------------------------------------------------------------

class waiting_end final : public handlers::http::answer_target {
 public:
  void answer(std::shared_ptr<answer_target>, std::uint64_t, handlers::http::response r) override {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(r);
    changed_.notify_all();
  }
  handlers::http::response wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return answer_.has_value(); });
    return *answer_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<handlers::http::response> answer_;
};

class calendar_page : public testing::Test {
 protected:
  calendar_page() {
    storage::changes c;
    c.notices = {event_of(1, "2026-12-24T09:00:00+07:00", "2026-12-24T12:30:00+07:00")};
    c.notices[0].created_at = now;
    store_.admit({}, now, false);
    store_.write(c, {}, now);
    store_.commit();
    address_ = "/calendar/" + std::string(station) + "." + store_.hand_out_calendar(station, false) + ".ics";
    handlers::calendar::add_calendar(routes_, service_, book(), [] { return now; });
    service_.start();
  }
  ~calendar_page() override { service_.stop(); }

  handlers::http::response get(const std::string& target, const std::string& known = {}) {
    handlers::http::request request;
    request.method = handlers::http::verb::get;
    request.target = target;
    if (!known.empty()) request.fields.add("If-None-Match", known);
    const auto end = std::make_shared<waiting_end>();
    const auto* route = routes_.find(request.method, request.path()).found;
    route->handle(std::move(request), handlers::http::responder(end, 1));
    return end->wait();
  }
  // On the thread that the store belongs to.
  std::string on_store(const std::function<std::string(storage::store&)>& work) {
    std::promise<std::string> result;
    service_.read([&](storage::store& s) { result.set_value(work(s)); });
    return result.get_future().get();
  }
  static std::string field(const handlers::http::response& r, const std::string& name) {
    for (const auto& h : r.headers)
      if (h.name == name) return h.value;
    return {};
  }

  store_with_faults store_;
  handlers::turns::service service_{store_, book(), [] { return now; }, [](auto) {}, [](auto) {}};
  handlers::http::router routes_;
  std::string address_;
};

TEST_F(calendar_page, answers_whoever_has_the_address) {
  const auto r = get(address_);
  EXPECT_EQ(r.status, 200);
  EXPECT_EQ(r.content_type, "text/calendar; charset=utf-8");
  EXPECT_EQ(parsed_feed(r.body).events().size(), 1u);
  EXPECT_EQ(field(r, "Cache-Control"), "private, max-age=900");
  const auto tag = field(r, "ETag");
  ASSERT_FALSE(tag.empty());
  const auto again = get(address_, tag);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(field(again, "ETag"), tag);
  EXPECT_EQ(get(address_, "\"other\"").status, 200);
}

TEST_F(calendar_page, knows_no_other_address) {
  const auto nowhere = on_store([](storage::store& s) { return s.calendar_keys("POLSEK-NOWHERE").front(); });
  std::string wrong = address_;
  wrong[wrong.size() - 5] = wrong[wrong.size() - 5] == '0' ? '1' : '0';
  for (const auto& target :
       {wrong, std::string("/calendar/"), std::string("/calendar/x.ics"), address_.substr(0, address_.size() - 4),
        address_ + "x", "/calendar/" + std::string(station) + "..ics", "/calendar/" + std::string(5000, 'x') + ".ics",
        "/calendar/POLSEK-NOWHERE." + nowhere + ".ics"}) {
    const auto r = get(target);
    EXPECT_EQ(r.status, 404) << target;
    EXPECT_EQ(r.body, "") << target;
    EXPECT_TRUE(r.headers.empty()) << target;
  }
  const auto renewed = on_store([](storage::store& s) { return s.hand_out_calendar(station, true); });
  EXPECT_EQ(get(address_).status, 404) << "replaced";
  EXPECT_EQ(get("/calendar/" + std::string(station) + "." + renewed + ".ics").status, 200);
}

TEST_F(calendar_page, slows_down_who_guesses) {
  int refused = 0;
  for (int i = 0; i < 40; ++i) refused += get("/calendar/" + std::to_string(i) + ".ics").status == 429 ? 1 : 0;
  EXPECT_GE(refused, 15);
  EXPECT_EQ(get(address_).status, 200) << "and nobody else";
}

}  // namespace
}  // namespace turns_test
