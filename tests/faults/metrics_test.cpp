// The figures of the running program: each that the documentation names is there, and moves with what happened.
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/faults/world.hpp"

namespace faults {
namespace {

using namespace std::chrono_literals;

const std::string secret = "X-Telegram-Bot-Api-Secret-Token: s3cret";

std::uint16_t free_port() {
  std::uint16_t port = 0;
  ::close(support::listen_anywhere(port, 1));
  return port;
}

std::string get(std::uint16_t port, const std::string& path) {
  const int fd = support::connect_to(port);
  if (fd < 0) return {};
  std::string pending, answer;
  if (support::send_all(fd, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    answer = read_message(fd, pending);
  ::close(fd);
  return answer;
}

std::string said(int update, const std::string& text) {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  const nlohmann::json message = {{"message_id", update},
                                  {"from", {{"id", 9001}, {"is_bot", false}, {"first_name", "Wati"}}},
                                  {"chat", {{"id", 9001}, {"type", "private"}}},
                                  {"date", seconds},
                                  {"text", text}};
  return nlohmann::json({{"update_id", update}, {"message", message}}).dump();
}

// "name{labels}" -> value, and the names of the "# TYPE" lines.
struct scrape {
  std::map<std::string, double> values;
  std::set<std::string> names;
};

scrape scraped(std::uint16_t port) {
  scrape all;
  std::istringstream lines(get(port, "/metrics"));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string first, second, name;
    words >> first;
    if (first == "#" && words >> second >> name && second == "TYPE") all.names.insert(name);
    const auto blank = line.rfind(' ');
    if (first.starts_with("kentongan_")) all.values[line.substr(0, blank)] = std::stod(line.substr(blank + 1));
  }
  return all;
}

class figures : public world_test {};

TEST_F(figures, are_those_that_are_documented_and_move) {
  const auto figures_port = free_port();
  program running(settings_with({{"KENTONGAN_TELEGRAM_TOKEN", "777:abc"},
                                 {"KENTONGAN_TELEGRAM_SECRET", "s3cret"},
                                 {"KENTONGAN_HTTP_METRICS_PORT", std::to_string(figures_port)}}));
  const auto before = scraped(figures_port);

  const std::string report = said(1, "ada tawuran di depan alun2 bangil pak, bawa celurit");
  EXPECT_EQ(post(running.port(), "/webhook/telegram", secret, report), 200);
  EXPECT_EQ(post(running.port(), "/webhook/telegram", secret, report), 200);
  EXPECT_EQ(post(running.port(), "/webhook/telegram", "X-Telegram-Bot-Api-Secret-Token: guessed", report), 401);
  EXPECT_EQ(post(running.port(), "/nothing", secret, report), 404);
  ASSERT_TRUE(world.wait_for("9001", "110", 20s));

  // What was sent is counted when the platform has answered, what was done with it in the next batch.
  auto after = scraped(figures_port);
  const auto limit = steady::now() + 20s;
  while (after.values["kentongan_outbox_results_total{state=\"sent\"}"] < 1 && steady::now() < limit)
    after = scraped(figures_port);
  for (const char* name :
       {"kentongan_messages_total", "kentongan_turns_total", "kentongan_duplicates_total", "kentongan_batches_total",
        "kentongan_batch_messages_count", "kentongan_batch_seconds_count", "kentongan_submission_seconds_count",
        "kentongan_http_request_seconds_count{route=\"/webhook/telegram\"}", "kentongan_http_requests_total",
        "kentongan_http_rejected_total{why=\"unauthorised\"}", "kentongan_http_rejected_total{why=\"unrouted\"}",
        "kentongan_outbox_results_total{state=\"sent\"}"})
    EXPECT_GT(after.values[name], before.values.contains(name) ? before.values.at(name) : 0) << name;
  EXPECT_EQ(after.values["kentongan_turns_total"], 1);
  EXPECT_EQ(after.values["kentongan_duplicates_total"], 1);
  EXPECT_EQ(after.values["kentongan_http_request_seconds_count{route=\"/webhook/telegram\"}"], 2);
  EXPECT_EQ(after.values["kentongan_failed_turns_total"], 0);

  std::set<std::string> documented;
  std::ifstream doc(PROJECT_DIR "/docs/metrics.md");
  for (std::string line; std::getline(doc, line);)
    if (line.starts_with("| `")) documented.insert(line.substr(3, line.find('`', 3) - 3));
  EXPECT_EQ(after.names, documented);
  EXPECT_EQ(running.stop(20s), 0);
}

}  // namespace
}  // namespace faults
