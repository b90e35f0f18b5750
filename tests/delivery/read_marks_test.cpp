// Read marks: only when they cost nobody anything.
#include "handlers/whatsapp/read_marks.hpp"

#include "tests/delivery/support.hpp"

namespace delivery_test {
namespace {

using steady = worker::steady;

class whatsapp_like final : public handlers::channel {
 public:
  std::vector<handlers::call> encode(const storage::destination&, const handlers::rendered&, bot::instant,
                                     const handlers::send_differently*) const override {
    return {};
  }
  handlers::send_result decide(const handlers::platform_answer&) const override { return handlers::sent{}; }
  void send(handlers::call c, std::function<void(handlers::platform_answer)> done) override {
    bodies.push_back(c.body);
    answers.push_back(std::move(done));
  }
  void fetch(std::string, std::uint64_t, std::function<void(handlers::fetched_file)>) override {}
  handlers::pace speed() const override { return {}; }
  bool can_edit() const override { return false; }
  bool has_receipts() const override { return true; }
  std::vector<std::string> bodies;
  std::vector<std::function<void(handlers::platform_answer)>> answers;
};

TEST(read_mark, tells_typing_only_while_the_answer_waits) {
  whatsapp_like out;
  handlers::whatsapp::read_marks marks(out, 20);
  marks.mark("wamid.A", false, steady::time_point{1h});
  marks.mark("wamid.B", true, steady::time_point{1h});
  ASSERT_EQ(out.bodies.size(), 2u);
  EXPECT_NE(out.bodies[0].find(R"("status":"read")"), std::string::npos);
  EXPECT_EQ(out.bodies[0].find("typing_indicator"), std::string::npos);
  EXPECT_EQ(out.bodies[0].find("\"to\""), std::string::npos) << "a mark is no message";
  EXPECT_NE(out.bodies[1].find("typing_indicator"), std::string::npos);
  out.answers[0]({.what = handlers::platform_answer::fate::unknown});  // nothing follows from any answer
  EXPECT_EQ(out.bodies.size(), 2u);
}

TEST(read_mark, is_left_out_when_there_are_many) {
  whatsapp_like out;
  handlers::whatsapp::read_marks marks(out, 2);
  for (int i = 0; i < 10; ++i) marks.mark("wamid.A", false, steady::time_point{1h});
  EXPECT_EQ(out.bodies.size(), 2u);
  marks.mark("wamid.A", false, steady::time_point{1h + 500ms});
  EXPECT_EQ(out.bodies.size(), 3u);
}

TEST(read_mark, can_be_switched_off) {
  whatsapp_like out;
  handlers::whatsapp::read_marks marks(out, 0);
  marks.mark("wamid.A", true, steady::time_point{1h});
  EXPECT_TRUE(out.bodies.empty());
}

TEST(read_mark, knows_whether_the_answer_waits) {
  post p({.chat = 1, .chat_burst = 1});
  p.say(1, "a");
  EXPECT_FALSE(p.work.waits(1));
  p.say(1, "b");
  EXPECT_TRUE(p.work.waits(1));
  EXPECT_FALSE(p.work.waits(2));
}

}  // namespace
}  // namespace delivery_test
