// Papers on their way out: read from the store when they are sent, drawn beside the IO thread, and withheld with a
// reason when they would not be true any more.
#include "handlers/press.hpp"

#include <gmock/gmock.h>

#include <thread>

#include "tests/paper/at_work.hpp"

namespace {

using namespace std::chrono_literals;
using bot::paper_kind;
using handlers::shown_file;
using testing::StartsWith;

class printing : public paper_test::at_work {
 protected:
  ~printing() override {
    press.stop();
    service.stop();
    while (io.poll() > 0) {
    }
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
