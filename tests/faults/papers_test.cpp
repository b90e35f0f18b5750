// An organiser's notice through the real program on both platforms: the papers come as PDF, after a kill as well, and
// the code of the receipt opens its page.
#include "storage/sqlite/driver.hpp"
#include "tests/faults/world.hpp"

namespace faults {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t organiser = 5233000000111;
constexpr const char* story =
    "mau ngadain konser dangdut di lapangan desa Sungiwetan Pohjentrek besok jam 20.00, 1500 orang "
    "sekecamatan, sampai jam 23.00, pj Bowo, Dsn Krajan 5, 081211112222";

class papers : public world_test {
 protected:
  variables settings() const {
    return settings_with({{"KENTONGAN_TELEGRAM_TOKEN", "777000111:token"},
                          {"KENTONGAN_TELEGRAM_SECRET", "s3cret"},
                          {"KENTONGAN_TELEGRAM_RATE_CHAT", "0"},
                          {"KENTONGAN_TELEGRAM_RATE_GLOBAL", "0"},
                          {"KENTONGAN_HTTP_PUBLIC_URL", "https://kentongan.example"}});
  }

  int say(const std::string& text) {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    const nlohmann::json message = {{"message_id", ++update_},
                                    {"from", {{"id", organiser}, {"is_bot", false}, {"first_name", "Bowo"}}},
                                    {"chat", {{"id", organiser}, {"type", "private"}}},
                                    {"date", seconds},
                                    {"text", text}};
    const nlohmann::json update = {{"update_id", update_}, {"message", message}};
    return post(port, "/webhook/telegram", "X-Telegram-Bot-Api-Secret-Token: s3cret", update.dump());
  }

  std::vector<std::string> wait_for_uploads(std::size_t count) {
    const auto limit = steady::now() + 20s;
    while (world.uploads().size() < count && steady::now() < limit) std::this_thread::sleep_for(10ms);
    return world.uploads();
  }

  std::string get(const std::string& request) const {
    const int fd = support::connect_to(port);
    std::string pending;
    EXPECT_TRUE(support::send_all(fd, request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    while (support::receive(fd, pending)) {
    }
    ::close(fd);
    return pending;
  }

  std::uint16_t port = 0;
  std::int64_t update_ = 5000;
};

TEST_F(papers, reach_the_organiser_as_documents) {
  program service(settings());
  port = service.port();
  EXPECT_EQ(say(story), 200);
  EXPECT_EQ(say("kirim"), 200);
  const auto sent = wait_for_uploads(2);
  ASSERT_EQ(sent.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NE(sent[i].find("/sendDocument "), std::string::npos);
    EXPECT_NE(sent[i].find(std::to_string(organiser)), std::string::npos);
    EXPECT_NE(sent[i].find("Content-Type: application/pdf\r\n\r\n%PDF-"), std::string::npos);
    EXPECT_NE(sent[i].find(i == 0 ? "filename=\"tanda-terima-data-P" : "filename=\"surat-P"), std::string::npos);
    EXPECT_NE(sent[i].find("%%EOF"), std::string::npos);
  }
  EXPECT_EQ(service.stop(20s), 0) << service.log();
}

TEST_F(papers, that_were_ordered_before_a_kill_come_after_it) {
  {
    program service(settings());
    port = service.port();
    EXPECT_EQ(say(story), 200);
    EXPECT_EQ(say("kirim"), 200);
    service.kill();
  }
  program service(settings());
  EXPECT_GE(wait_for_uploads(2).size(), 2U);
  EXPECT_EQ(service.stop(20s), 0) << service.log();
}

TEST_F(papers, have_a_page_that_anybody_may_open) {
  program service(settings());
  port = service.port();
  const auto unknown = get("GET /n/00000000000000000000-1");
  EXPECT_TRUE(unknown.starts_with("HTTP/1.1 404")) << unknown;
  EXPECT_NE(unknown.find("Tidak dikenal"), std::string::npos);
  const auto head = get("HEAD /n/00000000000000000000-1");
  EXPECT_TRUE(head.starts_with("HTTP/1.1 404")) << head;
  EXPECT_TRUE(head.ends_with("\r\n\r\n")) << "no body";
  EXPECT_NE(head.find("Content-Security-Policy: default-src 'none'"), std::string::npos);
  EXPECT_TRUE(get("POST /n/00000000000000000000-1").starts_with("HTTP/1.1 4"));
  EXPECT_EQ(service.stop(20s), 0) << service.log();
}

}  // namespace
}  // namespace faults
