// Papers on their way out: read from the store when they are sent, drawn beside the IO thread, and withheld with a
// reason when they would not be true any more.
#include "handlers/press.hpp"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <thread>

#include "storage/sqlite/driver.hpp"
#include "tests/storage_contract/support.hpp"
#include "tests/support/handbook.hpp"
#include "tests/support/notice.hpp"

namespace {

using namespace std::chrono_literals;
using bot::paper_kind;
using handlers::shown_file;
using testing::StartsWith;

class printing : public testing::Test {
 protected:
  printing() { service.start(); }
  ~printing() override {
    press.stop();
    service.stop();
    while (io.poll() > 0) {
    }
  }

  void keep(const bot::notices::notice& n) {
    std::promise<void> done;
    service.read([&](storage::store& s) {
      storage::changes c;
      c.notices.push_back(n);
      c.persons.push_back({n.id, support::somebody});
      contract::write(s, c);
      done.set_value();
    });
    done.get_future().get();
  }

  shown_file lent(const bot::paper_order& order) {
    std::shared_ptr<const shown_file> got;
    press.lend(order, [&](std::shared_ptr<const shown_file> file) {
      EXPECT_EQ(std::this_thread::get_id(), here);
      got = std::move(file);
    });
    const auto limit = std::chrono::steady_clock::now() + 20s;
    while (!got && std::chrono::steady_clock::now() < limit) {
      io.restart();
      io.run_one_for(20ms);
    }
    return got ? *got : shown_file{};
  }

  const std::thread::id here = std::this_thread::get_id();
  const bot::instant now = support::moment("2026-11-21T20:31:00+07:00");
  boost::asio::io_context io;
  std::unique_ptr<storage::store> store =
      storage::sqlite::open({.file = ":memory:", .full_sync = false, .alone = false}, storage::master_keys::fleeting());
  handlers::turns::service::poster post = [this](std::function<void()> work) {
    boost::asio::post(io, std::move(work));
  };
  handlers::turns::service service{*store, support::shipped_handbook(), [this] { return now; }, post,
                                   [](std::vector<storage::outbox_item>) {}};
  handlers::press press{
      {post, [this] { return now; }, "https://kentongan.example"}, service, support::shipped_handbook()};
};

TEST_F(printing, gives_each_paper_under_its_own_name) {
  keep(support::demonstration());
  for (const auto& [kind, name] : {std::pair{paper_kind::data, "tanda-terima-data-PK7Q-2M9X.pdf"},
                                   {paper_kind::receipt, "tanda-terima-PK7Q-2M9X.pdf"},
                                   {paper_kind::letter, "surat-PK7Q-2M9X.pdf"}}) {
    const auto file = lent({"PK7Q-2M9X", 1, kind});
    EXPECT_EQ(file.name, name);
    EXPECT_EQ(file.type, "application/pdf");
    EXPECT_EQ(file.absent, "");
    EXPECT_THAT(file.bytes, StartsWith("%PDF-"));
    EXPECT_LT(file.bytes.size(), 200'000U);
  }
}

TEST_F(printing, withholds_what_is_not_true_any_more) {
  auto n = support::demonstration();
  EXPECT_EQ(lent({n.number, 1, paper_kind::data}).absent, "notice_gone");
  keep(n);
  EXPECT_EQ(lent({n.number, 2, paper_kind::data}).absent, "replaced");
  n.filed.version = 2;  // changed by its organiser: the old receipt says nothing of it
  n.filed.number.clear();
  keep(n);
  EXPECT_EQ(lent({n.number, 1, paper_kind::receipt}).absent, "replaced");
  EXPECT_EQ(lent({n.number, 2, paper_kind::receipt}).absent, "not_issued");
  EXPECT_EQ(lent({n.number, 2, paper_kind::letter}).absent, "");
  n.organiser = 0;  // "hapus"
  keep(n);
  EXPECT_EQ(lent({n.number, 2, paper_kind::letter}).absent, "organiser_gone");
}

TEST_F(printing, says_nothing_after_the_end) {
  keep(support::demonstration());
  bool came = false;
  press.stop();
  press.lend({"PK7Q-2M9X", 1, paper_kind::data}, [&](std::shared_ptr<const shown_file>) { came = true; });
  io.run_for(20ms);
  EXPECT_FALSE(came) << "the message stays in the outbox for the next start";
}

}  // namespace
