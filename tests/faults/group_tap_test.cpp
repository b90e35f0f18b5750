// A tap on a unit's card in a Telegram group, by somebody who has never written to us: the whole way, from the webhook
// to the answer that only that person sees.
#include <fmt/format.h>

#include <array>
#include <cstdio>

#include "tests/faults/world.hpp"

namespace faults {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr std::int64_t group = -1005550001;

class group_tap : public world_test {
 protected:
  // The code that `officer invite` prints.
  std::string invite(const variables& settings) const {
    std::string command;
    for (const auto& [name, value] : settings) command += fmt::format("{}='{}' ", name, value);
    command += fmt::format("'{}' officer invite --config '{}' --unit POLSEK-GADINGREJO --role petugas 2>/dev/null",
                           KENTONGAN_PROGRAM, PROJECT_DIR "/config/kentongan.toml");
    std::string printed;
    FILE* out = ::popen(command.c_str(), "r");
    std::array<char, 256> some{};
    while (out != nullptr && std::fgets(some.data(), some.size(), out) != nullptr) printed += some.data();
    if (out != nullptr) ::pclose(out);
    const auto code = printed.find("masuk-");
    return code == printed.npos ? std::string() : printed.substr(code, 26);
  }

  int update(const char* kind, json what) {
    const json whole = {{"update_id", ++update_}, {kind, std::move(what)}};
    return post(port, "/webhook/telegram", "X-Telegram-Bot-Api-Secret-Token: s3cret", whole.dump());
  }
  static json person(std::int64_t id) { return {{"id", id}, {"is_bot", false}, {"first_name", "Budi"}}; }
  static json chat(std::int64_t id) {
    return {{"id", id}, {"type", id < 0 ? "supergroup" : "private"}, {"title", "Piket"}};
  }
  int say(std::int64_t who, std::int64_t where, const std::string& text) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return update("message", {{"message_id", ++message_},
                              {"from", person(who)},
                              {"chat", chat(where)},
                              {"date", std::chrono::duration_cast<std::chrono::seconds>(now).count()},
                              {"text", text}});
  }
  int tap(const std::string& query, const std::string& data) {
    return update("callback_query", {{"id", query},
                                     {"from", person(officer)},
                                     {"message", {{"message_id", 1}, {"chat", chat(group)}, {"date", 1795270000}}},
                                     {"data", data}});
  }

  std::uint16_t port = 0;
  std::int64_t update_ = 5000, message_ = 10;
};

TEST_F(group_tap, by_a_stranger_to_the_bot_leads_to_the_private_chat) {
  const auto settings = settings_with({{"KENTONGAN_TELEGRAM_TOKEN", "777000111:token"},
                                       {"KENTONGAN_TELEGRAM_SECRET", "s3cret"},
                                       {"KENTONGAN_TELEGRAM_RATE_CHAT", "0"},
                                       {"KENTONGAN_TELEGRAM_RATE_GROUP", "0"},
                                       {"KENTONGAN_TELEGRAM_BOT_NAME", "kentongan_bot"}});
  const std::string code = invite(settings);
  ASSERT_FALSE(code.empty());
  program service(settings);
  port = service.port();
  const std::string to_group = std::to_string(group), to_officer = std::to_string(officer);

  EXPECT_EQ(say(officer, group, code), 200);
  ASSERT_TRUE(world.wait_for(to_group, "terdaftar", 20s));
  EXPECT_EQ(say(resident, resident, "tolong ada yang dibacok di kel. gentong"), 200);
  ASSERT_TRUE(world.wait_for(to_group, "TINGGI", 20s));
  const std::string card = world.texts_to(to_group).back();
  const std::string number = card.substr(card.find("<b>") + 3, 9);

  EXPECT_EQ(tap("q1", "o:take:" + number), 200);
  ASSERT_TRUE(world.wait_for("q1", "https://t.me/kentongan_bot?start=grup", 20s));
  EXPECT_NE(world.texts_to("q1").front().find("Buka chat pribadi"), std::string::npos);
  EXPECT_TRUE(world.texts_to(to_officer).empty()) << "who has never written cannot be written to";

  EXPECT_EQ(say(officer, officer, "/start grup"), 200);
  ASSERT_TRUE(world.wait_for(to_officer, "Chat pribadi ini siap", 20s));
  EXPECT_EQ(tap("q2", "o:take:" + number), 200);
  EXPECT_TRUE(world.wait_for(to_officer, "Kata pelapor", 20s));
  EXPECT_TRUE(world.wait_for("q2", "q2", 20s)) << "the spinner ends";
  for (const auto& text : world.texts_to(to_group)) EXPECT_EQ(text.find("dibacok"), text.npos) << text;
  EXPECT_EQ(service.stop(20s), 0);
}

}  // namespace
}  // namespace faults
