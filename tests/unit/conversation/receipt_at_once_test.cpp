// Where the unit has set it so, the receipt of a notice comes with the filing; everywhere else an officer issues it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "bot/conversation/turn.hpp"
#include "bot/conversation/world.hpp"
#include "bot/written_moment.hpp"
#include "tests/support/handbook.hpp"

namespace {

namespace notices = bot::notices;

bot::turn filed_at(const bot::handbook& book, const char* purpose = "opinion") {
  const bot::cases::roster nobody;
  const bot::world world{bot::read_moment("2026-11-20T08:00+07:00")->at, book, nobody, nullptr};
  bot::conversation c;
  c.contact = 1;
  c.form = "event";
  c.form_version = 1;
  c.asked = "confirm";
  c.expires_at = world.now + std::chrono::hours(24);
  c.answers = {{"id", "71"},
               {"purpose", purpose},
               {"start", "2026-11-28T09:00:00+07:00"},
               {"end", "2026-11-28T11:00:00+07:00"},
               {"wards", "35.75.01.1002"},
               {"attendance", "40-40"},
               {"participants_from", "one_kecamatan"},
               {"aim", "jalan rusak"},
               {"shape", "orasi"},
               {"person", "given"},
               {"group", "perorangan"},
               {"props", "spanduk"}};
  bot::facts f;
  f.contact = f.actor = 1;
  f.fresh.notice_number = "PK7Q-2M9X";
  bot::inbound in;
  in.what = bot::said::tap{.data = "e:send"};
  return take_turn(c, in, f, world);
}

// The shipped data with one entry more, as a city would write it.
class with_automatic_receipts {
 public:
  explicit with_automatic_receipts(const char* unit) {
    namespace fs = std::filesystem;
    const fs::path dir =
        fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name() / unit;
    fs::remove_all(dir);
    fs::create_directories(dir);
    for (const char* part : {"forms", "messages", "language", "rules"})
      fs::copy(fs::path(PROJECT_DIR) / "config" / part, dir / part, fs::copy_options::recursive);
    std::ofstream(dir / "rules" / "events.toml", std::ios::app)
        << "\n[[practice]]\nunit = \"" << unit << "\"\nautomatic_receipt = true\n";
    std::vector<std::string> faults;
    auto settings = config::load_settings(PROJECT_DIR "/config/kentongan.toml", {}, faults);
    settings.dir = dir;
    loaded_ = config::load_handbook(settings, faults);
    for (const auto& fault : faults) ADD_FAILURE() << fault;
    fs::remove_all(dir);
  }
  const bot::handbook& book() const { return *loaded_.book; }

 private:
  config::loaded_handbook loaded_;
};

bool says(const bot::turn& t, std::string_view key) {
  return std::any_of(t.replies.begin(), t.replies.end(), [&](const bot::say& s) { return s.key == key; });
}

TEST(a_receipt, waits_for_an_officer_by_default) {
  const auto t = filed_at(support::shipped_handbook());
  ASSERT_EQ(t.notices.size(), 1U);
  EXPECT_EQ(t.notices.front().filed.state, notices::state::received);
  EXPECT_TRUE(says(t, "notice.filed_expression"));
  EXPECT_TRUE(says(t, "notice_paper.data"));
}

TEST(a_receipt, comes_with_the_filing_where_the_unit_has_set_it_so) {
  for (const char* unit : {"POLSEK-GADINGREJO", "POLRES-PASURUAN-KOTA"}) {  // its own word, and that of the unit above
    const auto t = filed_at(with_automatic_receipts(unit).book());
    ASSERT_EQ(t.notices.size(), 1U);
    EXPECT_EQ(t.notices.front().filed.state, notices::state::receipted);
    EXPECT_EQ(t.notices.front().filed.number, "PK7Q-2M9X");
    EXPECT_TRUE(says(t, "notice.filed_receipted"));
    EXPECT_TRUE(says(t, "notice_paper.receipt")) << "what was issued, not the data";
    for (const auto& timer : t.timers) EXPECT_NE(timer.kind, "notice_receipt") << "nothing is owed any more";
  }
}

TEST(a_receipt, is_of_no_other_unit) {
  const auto t = filed_at(with_automatic_receipts("POLSEK-PURWOREJO").book());
  EXPECT_EQ(t.notices.front().filed.state, notices::state::received);
}

TEST(a_receipt, never_comes_by_itself_for_an_application) {
  const auto t = filed_at(with_automatic_receipts("POLSEK-GADINGREJO").book(), "show");
  ASSERT_EQ(t.notices.size(), 1U);
  EXPECT_EQ(t.notices.front().filed.track, notices::track::permit);
  EXPECT_EQ(t.notices.front().filed.state, notices::state::received);
}

}  // namespace
