// From the wish to the file that an officer sees, with a platform that does what the test says and a clock that it
// moves.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>

#include "handlers/media/keeper.hpp"
#include "storage/sqlite/driver.hpp"
#include "tests/media/samples.hpp"
#include "tests/storage_contract/support.hpp"
#include "tests/support/handbook.hpp"

namespace media_test {
namespace {

using namespace std::chrono_literals;
using handlers::fetched_file;
using handlers::shown_file;
using handlers::media::keeper;
using handlers::media::keeper_options;
using state = bot::cases::media_fact::state;
using kind = bot::said::media::kind;

class source final : public handlers::channel {
 public:
  struct asked {
    std::string file_id;
    std::uint64_t most = 0;
    std::function<void(fetched_file)> done;
  };
  std::vector<handlers::call> encode(const storage::destination&, const handlers::rendered&, bot::instant,
                                     const handlers::send_differently*) const override {
    return {};
  }
  handlers::send_result decide(const handlers::platform_answer&) const override { return handlers::sent{}; }
  void send(handlers::call, std::function<void(handlers::platform_answer)>) override {}
  void fetch(std::string id, std::uint64_t most, std::function<void(fetched_file)> done) override {
    ++calls;
    asked_for.push_back({std::move(id), most, std::move(done)});
  }
  handlers::pace speed() const override { return {}; }
  bool can_edit() const override { return true; }
  bool has_receipts() const override { return false; }

  std::vector<asked> asked_for;
  int calls = 0;
};

fetched_file here(std::string bytes, std::string sha256 = {}) {
  fetched_file f;
  f.what = fetched_file::fate::here;
  f.bytes = std::move(bytes);
  f.sha256 = std::move(sha256);
  return f;
}
fetched_file no(fetched_file::fate what, std::string why, std::chrono::seconds after = {}) {
  fetched_file f;
  f.what = what;
  f.reason = std::move(why);
  f.after = after;
  return f;
}

constexpr std::int64_t report = 4711;

class keeping : public testing::Test {
 protected:
  keeping() { start(); }
  ~keeping() override { end(); }

  void start() {
    store = storage::sqlite::open({.file = at.path / "k.db", .full_sync = false}, masters);
    files = std::make_unique<storage::media_files>(at.path / "media", store->keys(), room);
    service = std::make_unique<handlers::turns::service>(
        *store, support::shipped_handbook(), [this] { return now.load(); },
        [this](std::function<void()> work) { boost::asio::post(io, std::move(work)); },
        [](std::vector<storage::outbox_item>) {});
    keeper::surroundings around;
    around.post = [this](std::function<void()> work) { boost::asio::post(io, std::move(work)); };
    around.now = [this] { return now.load(); };
    around.wake_after = [](std::chrono::milliseconds) {};  // the test wakes it
    around.jitter = [] { return 0.5; };
    keep = std::make_unique<keeper>(std::move(around), *service, *files, options);
    keep->add_channel(bot::channel::telegram, telegram);
    service->start();
    keep->start();
  }
  // As after a crash: what was under way is forgotten.
  void end() {
    keep->stop();
    service->stop();
    telegram.asked_for.clear();
    while (io.poll() > 0) {
    }
    keep.reset();
    service.reset();
    files.reset();
    store.reset();
  }
  void restart() {
    end();
    start();
  }

  template <class Done>
  void run_until(Done&& done) {
    const auto limit = std::chrono::steady_clock::now() + 20s;
    while (!done() && std::chrono::steady_clock::now() < limit) io.run_one_for(1s);
    ASSERT_TRUE(done());
  }
  // Work between two batches, waited for.
  template <class Work>
  auto with_store(Work work) {
    std::promise<decltype(work(*store))> told;
    service->read([&](storage::store& s) { told.set_value(work(s)); });
    return told.get_future().get();
  }

  std::int64_t wish(kind what = kind::photo, std::int64_t of = report, std::int64_t claimed = 0) {
    const auto id = with_store([&](storage::store& s) {
      storage::changes c;
      storage::media_wish w;
      w.id = s.new_id();
      w.report = of;
      w.account = "777";
      w.what.what = what;
      w.what.file_id = "AgACfile";
      w.what.bytes = claimed;
      c.media.push_back(w);
      contract::write(s, c);
      return w.id;
    });
    keep->wake();
    return id;
  }
  bot::cases::media_fact fact(std::int64_t id) {
    const auto all = with_store([](storage::store& s) { return s.media().of_report(report); });
    for (const auto& one : all)
      if (one.file.id == id) return one;
    ADD_FAILURE() << "no such file";
    return {};
  }
  void answer(fetched_file f) {
    run_until([&] { return !telegram.asked_for.empty(); });
    auto first = std::move(telegram.asked_for.front());
    telegram.asked_for.erase(telegram.asked_for.begin());
    const auto before = keep->figures();
    first.done(std::move(f));
    run_until([&] {
      const auto f_now = keep->figures();
      return f_now.kept + f_now.later + f_now.lost > before.kept + before.later + before.lost;
    });
  }
  std::shared_ptr<const shown_file> lend(std::int64_t id) {
    std::optional<std::shared_ptr<const shown_file>> got;
    keep->lend(id, [&](std::shared_ptr<const shown_file> f) { got = std::move(f); });
    run_until([&] { return got.has_value(); });
    return got.value_or(nullptr);
  }
  std::size_t files_on_disk() const {
    std::size_t n = 0;
    for (const auto& entry : std::filesystem::directory_iterator(at.path / "media")) n += entry.is_regular_file();
    return n;
  }

  contract::folder at;
  storage::master_keys masters = storage::master_keys::fleeting();
  boost::asio::io_context io{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open_ended = make_work_guard(io);
  std::atomic<bot::instant> now{contract::now};
  std::uint64_t room = 1000000;
  keeper_options options{.most_bytes = 5000};
  source telegram;
  std::unique_ptr<storage::store> store;
  std::unique_ptr<storage::media_files> files;
  std::unique_ptr<handlers::turns::service> service;
  std::unique_ptr<keeper> keep;
};

TEST_F(keeping, fetches_after_the_turn_and_shows_a_clean_copy) {
  const auto id = wish();
  answer(here(jpeg()));
  EXPECT_EQ(fact(id).what, state::shown);
  const auto kept = with_store([&](storage::store& s) { return s.media().kept(id); });
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->sha256, storage::media_files::sha256(jpeg())) << "of the original: it is evidence";
  EXPECT_EQ(files->get(kept->file), jpeg());
  const auto shown = lend(id);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->type, "image/jpeg");
  EXPECT_EQ(shown->name, "lampiran.jpg");
  EXPECT_EQ(shown->bytes.find("GPS"), std::string::npos);
  EXPECT_EQ(telegram.calls, 1);
}

TEST_F(keeping, survives_an_end_at_any_moment) {
  const auto id = wish();
  run_until([&] { return !telegram.asked_for.empty(); });
  restart();  // asked, not answered
  run_until([&] { return !telegram.asked_for.empty(); });
  auto first = std::move(telegram.asked_for.front());
  telegram.asked_for.clear();
  first.done(here(jpeg()));
  restart();  // answered, perhaps on disk, not told to the store
  answer(here(jpeg()));
  EXPECT_EQ(fact(id).what, state::shown);
  EXPECT_EQ(files_on_disk(), 1U);
  restart();
  run_until([&] { return keep->figures().bytes_used > 0; });
  EXPECT_TRUE(lend(id));
}

TEST_F(keeping, sweeps_what_belongs_to_nobody) {
  const std::string ours(32, 'a');
  std::ofstream(at.path / "media" / ours) << "orphan";
  std::ofstream(at.path / "media" / ("part-" + ours)) << "half";
  std::ofstream(at.path / "media" / "notes.txt") << "an operator's";
  restart();
  run_until([&] { return files_on_disk() == 1; });
  EXPECT_TRUE(std::filesystem::exists(at.path / "media" / "notes.txt"));
}

TEST_F(keeping, comes_back_later_and_later) {
  const auto id = wish();
  std::vector<std::chrono::milliseconds> waits;
  for (int i = 0; i < 6; ++i) {
    answer(no(fetched_file::fate::later, "platform_fails"));
    EXPECT_EQ(fact(id).reason, "platform_fails");
    const auto next = with_store([](storage::store& s) { return s.media().next_wanted(); });
    ASSERT_TRUE(next);
    waits.push_back(*next - now.load());
    now = *next;
    keep->wake();
  }
  EXPECT_GE(waits[0], 2s);
  EXPECT_GE(waits[5], 64s);
  answer(here(jpeg()));
  EXPECT_EQ(fact(id).what, state::shown);
}

TEST_F(keeping, waits_as_long_as_the_platform_says) {
  wish();
  answer(no(fetched_file::fate::later, "too_fast", 1800s));
  EXPECT_GE(*with_store([](storage::store& s) { return s.media().next_wanted(); }), now.load() + 1800s);
}

TEST_F(keeping, gives_up_with_a_reason_that_staff_can_read) {
  const auto id = wish();
  answer(no(fetched_file::fate::never, "expired"));
  EXPECT_EQ(fact(id).what, state::lost);
  EXPECT_EQ(fact(id).reason, "expired");
  EXPECT_FALSE(lend(id));
}

TEST_F(keeping, doubts_a_platform_for_a_while_only) {
  const auto id = wish();
  for (int i = 0; i < options.most_doubts; ++i) {
    EXPECT_EQ(fact(id).what, state::wanted);
    answer(no(fetched_file::fate::later, "not_found"));
    now = now.load() + 2h;
    keep->wake();
  }
  EXPECT_EQ(fact(id).what, state::lost);
}

TEST_F(keeping, never_asks_for_what_is_too_old_or_too_large) {
  const auto large = wish(kind::video, report, 6000);
  run_until([&] { return keep->figures().lost == 1; });
  EXPECT_EQ(fact(large).reason, "too_large");
  now = now.load() + 1h;
  const auto old = wish();
  answer(no(fetched_file::fate::later, "account_refused"));
  now = now.load() + 24h * 8;
  keep->wake();
  run_until([&] { return keep->figures().lost == 2; });
  EXPECT_EQ(fact(old).reason, "expired");
}

TEST_F(keeping, refuses_lies_and_keeps_nothing_of_them) {
  for (const auto& [bytes, why] : {std::pair{film(), "wrong_type"},
                                   {"MZ a program"s, "unknown_type"},
                                   {std::string(), "empty"},
                                   {jpeg().substr(0, 50), "damaged"}}) {
    const auto id = wish();
    answer(here(bytes));
    EXPECT_EQ(fact(id).reason, why);
  }
  EXPECT_EQ(files_on_disk(), 0U);
  EXPECT_EQ(keep->figures().lost_by_reason.at("wrong_type"), 1U);
}

TEST_F(keeping, holds_the_platform_to_its_digest) {
  const auto id = wish();
  answer(here(jpeg(), std::string(64, '0')));
  EXPECT_EQ(fact(id).reason, "altered");
  EXPECT_EQ(fact(id).what, state::wanted);
  now = now.load() + 1h;
  keep->wake();
  std::ostringstream hex;
  for (const char c : storage::media_files::sha256(jpeg())) {
    constexpr char digits[] = "0123456789abcdef";
    hex << digits[static_cast<unsigned char>(c) >> 4U] << digits[static_cast<unsigned char>(c) & 15U];
  }
  answer(here(jpeg(), hex.str()));
  EXPECT_EQ(fact(id).what, state::shown);
}

TEST_F(keeping, waits_for_room_and_says_so) {
  end();
  room = 100;
  start();
  const auto id = wish();
  answer(here(jpeg()));
  EXPECT_EQ(fact(id).what, state::wanted);
  EXPECT_EQ(fact(id).reason, "disk_full");
  EXPECT_EQ(keep->figures().full, 1U);
  EXPECT_EQ(files_on_disk(), 0U);
}

TEST_F(keeping, shows_evidence_that_it_cannot_clean_to_nobody) {
  const auto id = wish(kind::document);
  answer(here("%PDF-1.7 by Wulandari"));
  EXPECT_EQ(fact(id).what, state::unshown);
  EXPECT_FALSE(lend(id));
  EXPECT_EQ(files_on_disk(), 1U);
}

TEST_F(keeping, removes_what_is_dropped_but_not_what_another_report_needs) {
  const auto first = wish(), second = wish();
  answer(here(jpeg()));
  answer(here(jpeg()));
  EXPECT_EQ(files_on_disk(), 1U) << "the same content lies there once";
  const auto drop = [&](std::int64_t id) {
    with_store([&](storage::store& s) {
      storage::changes c;
      c.media_dropped = {id};
      contract::write(s, c);
      return 0;
    });
    keep->wake();
  };
  drop(first);
  EXPECT_TRUE(lend(second));
  EXPECT_EQ(files_on_disk(), 1U);
  drop(second);
  run_until([&] { return keep->figures().bytes_used == 0; });  // counted after the file is gone, on the storage thread
  EXPECT_EQ(files_on_disk(), 0U);
}

TEST_F(keeping, forgets_the_files_of_drafts_that_were_never_sent) {
  wish(kind::photo, 0);
  answer(here(jpeg()));
  EXPECT_EQ(files_on_disk(), 1U);
  with_store([&](storage::store& s) { return s.media().drop_unfiled(now.load() + 1s, 10); });
  keep->wake();
  run_until([&] { return files_on_disk() == 0; });
}

TEST_F(keeping, a_file_dropped_while_it_is_fetched_is_not_kept) {
  const auto id = wish();
  run_until([&] { return !telegram.asked_for.empty(); });
  with_store([&](storage::store& s) { return s.media().drop_of_report(report); });
  answer(here(jpeg()));
  keep->wake();
  run_until([&] { return files_on_disk() == 0; });
  EXPECT_FALSE(lend(id));
}

TEST_F(keeping, fetches_few_at_once_and_lends_few_at_once) {
  std::vector<std::int64_t> ids;
  for (int i = 0; i < 7; ++i) ids.push_back(wish());
  run_until([&] { return telegram.asked_for.size() == options.under_way; });
  for (std::size_t i = 0; i < ids.size(); ++i) answer(here(jpeg({.width = 64 + static_cast<int>(i)})));
  EXPECT_EQ(telegram.calls, 7);

  std::vector<std::shared_ptr<const shown_file>> open;
  for (const auto id : ids) keep->lend(id, [&](std::shared_ptr<const shown_file> f) { open.push_back(std::move(f)); });
  run_until([&] { return open.size() == options.lent; });
  EXPECT_EQ(keep->figures().lent, options.lent);
  open.clear();
  run_until([&] { return keep->figures().lent == 2 * options.lent; });
}

TEST_F(keeping, what_was_changed_on_disk_is_not_shown) {
  const auto id = wish();
  answer(here(jpeg()));
  for (const auto& entry : std::filesystem::directory_iterator(at.path / "media"))
    std::ofstream(entry.path(), std::ios::app) << "x";
  EXPECT_FALSE(lend(id));
}

}  // namespace
}  // namespace media_test
