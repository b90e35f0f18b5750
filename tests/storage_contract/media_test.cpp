// Files that people sent: durable wishes, what became of them, and an end that leaves nothing behind.
#include "storage/media_files.hpp"
#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

using namespace std::chrono_literals;
using storage::media_result;
using state = bot::cases::media_fact::state;
using kind = bot::said::media::kind;

template <class Driver>
class media : public testing::Test {
 protected:
  static storage::media_wish wish(std::int64_t id, std::int64_t report, kind what = kind::photo) {
    storage::media_wish w;
    w.id = id;
    w.report = report;
    w.account = "777";
    w.what.what = what;
    w.what.file_id = "AgACAgUAAxkBAAIB";
    w.what.bytes = 4000;
    return w;
  }
  static void want(storage::store& s, const std::vector<storage::media_wish>& all) {
    storage::changes c;
    c.media = all;
    write(s, c);
  }
  static media_result kept(std::int64_t id, const std::string& file = "0f", bool shown = true) {
    media_result r;
    r.what = media_result::outcome::kept;
    r.id = id;
    r.file = {kind::photo, "image/jpeg", std::string(32, '\x7F'), file, 3999, shown};
    return r;
  }
  static media_result lost(std::int64_t id) {
    media_result r;
    r.what = media_result::outcome::lost;
    r.id = id;
    r.reason = "expired";
    return r;
  }
  Driver driver;
};

using drivers = testing::Types<sqlite_driver>;
TYPED_TEST_SUITE(media, drivers);

TYPED_TEST(media, remembers_a_wish_until_it_is_settled) {
  {
    const auto s = this->driver.open();
    this->want(*s, {this->wish(11, 5), this->wish(12, 0, kind::voice)});
    media_result later;
    later.id = 12;
    later.again = now + 60s;
    later.reason = "too_slow";
    s->media().settle(later, now);
  }
  const auto s = this->driver.open();
  auto due = s->media().wanted(now, 10);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].id, 11);
  EXPECT_EQ(due[0].file_id, "AgACAgUAAxkBAAIB");
  EXPECT_EQ(due[0].account, "777");
  EXPECT_EQ(due[0].claimed, 4000);
  EXPECT_EQ(due[0].wished_at, now);
  s->media().settle(this->kept(11), now);
  EXPECT_EQ(s->media().next_wanted(), now + 60s);
  due = s->media().wanted(now + 60s, 10);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].attempts, 1);
  EXPECT_EQ(due[0].what, kind::voice);
  const auto file = s->media().kept(11);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->sha256, std::string(32, '\x7F'));
  EXPECT_EQ(file->type, "image/jpeg");
  EXPECT_FALSE(s->media().kept(12));
}

TYPED_TEST(media, a_wish_goes_with_its_batch) {
  const auto s = this->driver.open();
  s->admit({}, now);
  storage::changes c;
  c.media = {this->wish(11, 5)};
  s->write(c, {}, now);
  s->rollback();
  EXPECT_TRUE(s->media().wanted(now, 10).empty());
}

TYPED_TEST(media, tells_what_a_report_has) {
  const auto s = this->driver.open();
  this->want(*s, {this->wish(11, 5), this->wish(12, 5), this->wish(13, 5), this->wish(14, 0), this->wish(15, 6)});
  s->media().settle(this->kept(11), now);
  s->media().settle(this->kept(12, "1f", false), now);
  s->media().settle(this->lost(13), now);
  storage::changes filed;
  filed.media_filed = {{14, 5}};
  write(*s, filed);
  const auto all = s->media().of_report(5);
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].what, state::shown);
  EXPECT_EQ(all[1].what, state::unshown);
  EXPECT_EQ(all[2].what, state::lost);
  EXPECT_EQ(all[2].reason, "expired");
  EXPECT_EQ(all[3].what, state::wanted);
  EXPECT_TRUE(s->media().of_report(99).empty());
}

TYPED_TEST(media, a_loss_calls_for_the_reporter_once_there_is_a_report) {
  const auto s = this->driver.open();
  this->want(*s, {this->wish(11, 5), this->wish(12, 0)});
  s->media().settle(this->lost(11), now);
  s->media().settle(this->lost(11), now);
  auto due = s->due_timers(now, 10);
  ASSERT_EQ(due.size(), 1u);
  auto timer = std::get<bot::said::timer>(due[0].what);
  EXPECT_EQ(timer.kind, "media");
  EXPECT_EQ(timer.subject, 5);
  EXPECT_EQ(timer.version, 11);
  // Of a draft nobody is asked; when it becomes a report, they are.
  s->media().settle(this->lost(12), now);
  EXPECT_EQ(s->due_timers(now, 10).size(), 1u);
  storage::changes filed;
  filed.media_filed = {{12, 6}};
  write(*s, filed);
  EXPECT_EQ(s->due_timers(now, 10).size(), 2u);
}

TYPED_TEST(media, a_settled_row_stays_as_it_is) {
  const auto s = this->driver.open();
  this->want(*s, {this->wish(11, 5)});
  s->media().settle(this->kept(11), now);
  s->media().settle(this->lost(11), now);
  EXPECT_EQ(s->media().of_report(5)[0].what, state::shown);
  s->media().settle(this->kept(99, "gone"), now);
  EXPECT_EQ(s->media().trash(10), std::vector<std::string>{"gone"}) << "nobody wants that file any more";
}

TYPED_TEST(media, what_is_dropped_leaves_its_file_to_be_removed_unless_another_needs_it) {
  const auto s = this->driver.open();
  this->want(*s, {this->wish(11, 5), this->wish(12, 6), this->wish(13, 7)});
  s->media().settle(this->kept(11, "same"), now);
  s->media().settle(this->kept(12, "same"), now);
  s->media().settle(this->kept(13, "other"), now);
  EXPECT_EQ(s->media().drop_of_report(5), 1u);
  EXPECT_TRUE(s->media().trash(10).empty());
  storage::changes c;
  c.media_dropped = {13};
  write(*s, c);
  EXPECT_EQ(s->media().trash(10), std::vector<std::string>{"other"});
  s->media().removed({"other"});
  EXPECT_TRUE(s->media().trash(10).empty());
  EXPECT_EQ(s->media().files(), std::vector<std::string>{"same"});
}

TYPED_TEST(media, goes_with_drafts_that_came_to_nothing) {
  const auto s = this->driver.open();
  this->want(*s, {this->wish(11, 5), this->wish(12, 0), this->wish(13, 0)});
  EXPECT_EQ(s->media().drop_unfiled(now, 10), 0u);
  EXPECT_EQ(s->media().drop_unfiled(now + 1s, 1), 1u);
  EXPECT_EQ(s->media().drop_unfiled(now + 1s, 10), 1u);
  EXPECT_EQ(s->media().wanted(now, 10).size(), 1u) << "a case's stays with its case";
}

TYPED_TEST(media, rows_tell_neither_the_sender_nor_the_platforms_id) {
  const auto s = this->driver.open();
  this->want(*s, {this->wish(11, 5)});
  EXPECT_EQ(this->driver.bytes_at_rest().find("AgACAgUAAxkBAAIB"), std::string::npos);
}

// --- the files themselves ------------------------------------------------------------------------------------------

class media_folder : public testing::Test {
 protected:
  std::string on_disk(const std::string& file) const {
    std::ifstream in(at.path / "media" / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  folder at;
  storage::vault vault = storage::vault::fleeting();
  storage::media_files files{at.path / "media", vault, 2000};
};

TEST_F(media_folder, holds_a_file_once_and_sealed) {
  const auto first = files.put("a picture of a market");
  ASSERT_TRUE(first);
  EXPECT_EQ(files.get(first->file), "a picture of a market");
  EXPECT_EQ(on_disk(first->file).find("market"), std::string::npos);
  const auto used = files.used();
  EXPECT_EQ(files.put("a picture of a market")->file, first->file);
  EXPECT_EQ(files.used(), used);
  EXPECT_NE(files.put("another picture")->file, first->file);
  EXPECT_EQ(fs::status(at.path / "media").permissions() & fs::perms::others_all, fs::perms::none);
  const storage::media_files elsewhere(at.path / "media", storage::vault::fleeting(), 2000);
  EXPECT_FALSE(elsewhere.get(first->file)) << "another key";
}

TEST_F(media_folder, is_brought_to_the_newest_key_file_by_file) {
  const fs::path folder = at.path / "turning";
  const auto old = storage::media_files(folder, data_keys({1}), 2000).put("a picture of a market");
  ASSERT_TRUE(old);
  std::ofstream(folder / "notes.txt") << "an operator's own";
  {
    storage::media_files both(folder, data_keys({1, 2}), 2000);
    const auto fresh = both.put("another picture");
    EXPECT_EQ(both.uses_of_keys(), (std::map<int, std::int64_t>{{1, 1}, {2, 1}}));
    EXPECT_EQ(both.rewrap(), 1);
    EXPECT_EQ(both.rewrap(), 0);
    EXPECT_EQ(both.uses_of_keys(), (std::map<int, std::int64_t>{{2, 2}}));
    EXPECT_EQ(both.names(), (std::set<std::string>{old->file, fresh->file})) << "rows go on finding them";
  }
  EXPECT_EQ(storage::media_files(folder, data_keys({2}), 2000).get(old->file), "a picture of a market");
  storage::media_files lost(folder, data_keys({3}), 2000);
  EXPECT_EQ(lost.rewrap(), 0) << "what no key opens stays for the day on which one does";
  EXPECT_EQ(lost.uses_of_keys(), (std::map<int, std::int64_t>{{2, 2}}));
}

TEST_F(media_folder, takes_no_more_than_it_may) {
  EXPECT_TRUE(files.put(std::string(1500, 'a')));
  EXPECT_FALSE(files.put(std::string(1500, 'b')));
  files.remove(files.put(std::string(1500, 'a'))->file);
  EXPECT_EQ(files.used(), 0u);
  EXPECT_TRUE(files.put(std::string(1500, 'b')));
}

TEST_F(media_folder, opens_nothing_by_a_name_that_is_none_of_its_own) {
  std::ofstream(at.path / "secret") << "x";
  EXPECT_FALSE(files.get("../secret"));
  EXPECT_FALSE(files.has(""));
  files.remove("../secret");
  EXPECT_TRUE(fs::exists(at.path / "secret"));
}

TEST_F(media_folder, that_cannot_be_written_is_told_at_once) {
  std::ofstream(at.path / "file") << "x";
  EXPECT_THROW(storage::media_files(at.path / "file" / "media", vault, 1), storage::unavailable);
}

}  // namespace
}  // namespace contract
