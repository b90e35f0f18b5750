// The figures of a year, as they may be published.
#include "commands/yearly.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "storage/sqlite/driver.hpp"

namespace {

using namespace std::chrono_literals;
using bot::notices::state;
using bot::notices::track;

constexpr bot::instant june{std::chrono::milliseconds{1781000000000}};             // 2026-06-09
constexpr bot::instant new_year{std::chrono::milliseconds{1798736400000 - 1000}};  // 2026-12-31T23:59:59+07:00

class a_year : public testing::Test {
 protected:
  bot::notices::notice& filed(track where, bot::instant at, bot::instant::duration receipt_after = {}) {
    bot::notices::notice n;
    n.id = ++id_;
    n.number = std::to_string(id_);
    n.filed.track = where;
    n.filed.unit = "POLSEK-A";
    n.created_at = n.changed_at = at;
    if (receipt_after.count() > 0)
      c_.notice_events.push_back({n.id, "tanda_terima_terbit", 12, "B/1", at + receipt_after});
    c_.notices.push_back(std::move(n));
    return c_.notices.back();
  }

  std::string print(int year) {
    store_->admit({}, june);
    store_->write(c_, {}, june);
    store_->commit();
    std::ostringstream out;
    EXPECT_EQ(commands::yearly(*store_, year, 7h, out), 0);
    return out.str();
  }

  std::unique_ptr<storage::store> store_ =
      storage::sqlite::open({.file = ":memory:", .full_sync = false, .alone = false}, storage::master_keys::fleeting());
  storage::changes c_;
  std::int64_t id_ = 0;
};

TEST_F(a_year, counts_receipts_by_how_long_they_took_and_hides_small_numbers) {
  for (const auto wait : {5min, 10min, 20min, 300min, 60min * 80}) filed(track::expression, june, wait);
  filed(track::expression, june).late = true;
  for (int i = 0; i < 3; ++i) {
    const auto id = filed(track::permit, new_year).id;
    c_.notice_events.push_back({id, "ditolak", 12, "", new_year});
  }
  filed(track::permit, new_year + 1s).late = true;  // of the next year by the local clock
  const auto text = print(2026);
  EXPECT_NE(text.find(R"({"year":2026,"track":"expression","filed":6,"late":"<3","cancelled":0,"receipts":5,)"
                      R"("receipt_hours":{"up_to_1":3,"up_to_24":"<3","up_to_72":0,"longer":"<3"}})"),
            text.npos)
      << text;
  EXPECT_NE(text.find(R"("track":"permit","filed":3,"late":0,)"), text.npos) << text;
  EXPECT_NE(text.find(R"("approved":0,"refused":3,"revoked":0})"), text.npos) << text;
  EXPECT_NE(text.find(R"("complaints":{"about_officers":0,"about_officials":0})"), text.npos) << text;
  EXPECT_EQ(text.find("POLSEK"), text.npos);
}

}  // namespace
