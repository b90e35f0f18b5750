// A store with the times of a city, and things in it whose time may be over.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include "tests/storage_contract/support.hpp"

namespace contract {

using namespace std::chrono_literals;
using std::chrono::days;

inline constexpr bot::retention keep{.inbox = days(10),
                                     .failed = days(7),
                                     .payloads = days(7),
                                     .deliveries = days(365),
                                     .positions = days(30),
                                     .reports = days(90),
                                     .media = days(30),
                                     .unfiled = days(3),
                                     .addresses = days(7),
                                     .notices = days(365),
                                     .persons = days(30),
                                     .audit = days(730)};

class erasing : public testing::Test {
 protected:
  // Ids carry the time that they were drawn at, which is now: the test looks back from later.
  static bot::instant today() {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }

  storage::purged round(bot::instant at) {
    storage::purged all;
    for (int slices = 0;; ++slices) {
      EXPECT_LT(slices, 1000);
      const auto one = store->purge(keep, at);
      for (const auto& each : storage::purged_counts) all.*each.count += one.*each.count;
      if (one.round_over) return all;
    }
  }

  void write(const storage::changes& c) {
    store->admit({}, today());
    store->write(c, {}, today());
    store->commit();
  }

  std::int64_t person(const std::string& address) {
    const std::vector batch = {text_from(address, "hello-" + address)};
    const auto known = store->admit(batch, today());
    store->commit();
    return known[0].chat.contact;
  }

  bot::cases::report report_of(std::int64_t reporter, const std::string& number, bot::cases::state state,
                               bot::instant at) {
    bot::cases::report r;
    r.id = store->new_id();
    r.number = number;
    r.reporter = reporter;
    r.holder = reporter + 1;
    r.category = "noise";
    r.unit = "POLSEK-A";
    r.state = state;
    r.created_at = r.changed_at = at;
    r.pin_hash = "00";
    r.answers = {{"words", "musik keras"}, {"pin", "-7.654321,112.912345"}, {"outcome", "solved_on_site"}};
    return r;
  }

  bot::notices::notice notice_of(std::int64_t organiser, const std::string& number, bot::instant ends) {
    bot::notices::notice n;
    n.id = store->new_id();
    n.number = number;
    n.organiser = organiser;
    n.filed = {.track = bot::notices::track::expression,
               .state = bot::notices::state::finished,
               .number = "B/1/2026",
               .unit = "POLSEK-A"};
    n.wards = {"35.75.01.1002"};
    n.told = {"POLSEK-A"};
    n.late = true;
    n.because = "UU 9/1998 Pasal 10";
    n.answers = {{"purpose", "opinion"}, {"attendance", "50-50"}, {"aim", "upah"}, {"pin", "-7.654321,112.912345"}};
    n.start = ends - 3h;
    n.end = ends;
    n.created_at = ends - days(5);
    n.changed_at = ends - days(4);
    n.revision = 3;
    return n;
  }

  // A photo that is kept under the name `file`.
  void keep_photo(std::int64_t id, std::int64_t report, const std::string& file, bot::instant wished) {
    storage::changes c;
    c.media.resize(1);
    c.media[0].id = id;
    c.media[0].report = report;
    c.media[0].what.file_id = "AgAC" + file;
    store->admit({}, wished);
    store->write(c, {}, wished);
    store->commit();
    storage::media_result kept;
    kept.what = storage::media_result::outcome::kept;
    kept.id = id;
    kept.file.file = file;
    store->media().settle(kept, wished);
  }

  int count(const std::string& from) {
    return SQLite::Database(driver.file().string()).execAndGet("SELECT count(*) FROM " + from).getInt();
  }

  sqlite_driver driver;
  std::unique_ptr<storage::store> store = driver.open();
};

}  // namespace contract
