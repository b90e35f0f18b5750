// A log carries ids, never people: a whole day of messages at the chattiest level, and every line of it searched.
#include <fmt/format.h>
#include <openssl/hmac.h>

#include "tests/faults/world.hpp"
#include "tests/media/samples.hpp"

namespace faults {
namespace {

using namespace std::chrono_literals;

std::string signature_of(const std::string& body) {
  unsigned char mac[32];
  unsigned int size = 0;
  ::HMAC(EVP_sha256(), "appsecret", 9, reinterpret_cast<const unsigned char*>(body.data()), body.size(), mac, &size);
  std::string hex = "X-Hub-Signature-256: sha256=";
  for (const unsigned char byte : mac) hex += fmt::format("{:02x}", byte);
  return hex;
}

class whole_log : public world_test {
 protected:
  variables settings() const {
    return settings_with({{"KENTONGAN_TELEGRAM_TOKEN", "777000111:tgtokensecret"},
                          {"KENTONGAN_TELEGRAM_SECRET", "s3cretheader"},
                          {"KENTONGAN_WHATSAPP_TOKEN", "watokensecret"},
                          {"KENTONGAN_WHATSAPP_PHONE_NUMBER_ID", "106540352242922"},
                          {"KENTONGAN_WHATSAPP_APP_SECRET", "appsecret"},
                          {"KENTONGAN_WHATSAPP_VERIFY_TOKEN", "verifysecret"},
                          {"KENTONGAN_WHATSAPP_API_URL", world.url()},
                          {"KENTONGAN_LOG_LEVEL", "debug"}});
  }

  int telegram(const nlohmann::json& message) {
    const nlohmann::json update = {{"update_id", ++update_}, {"message", message}};
    return telegram_bytes(update.dump());
  }
  int telegram_bytes(const std::string& body, const std::string& secret = "s3cretheader") {
    return post(port, "/webhook/telegram", "X-Telegram-Bot-Api-Secret-Token: " + secret, body);
  }
  static nlohmann::json message_of(std::int64_t chat) {
    return {{"message_id", 4},
            {"from", {{"id", chat}, {"is_bot", false}, {"first_name", "Wulandari"}}},
            {"chat", {{"id", chat}, {"type", "private"}}},
            {"date", 1795270000}};
  }
  int say(std::int64_t chat, const std::string& text) {
    auto m = message_of(chat);
    m["text"] = text;
    m["date"] =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    return telegram(m);
  }
  int whatsapp(const nlohmann::json& message) {
    const nlohmann::json value = {
        {"messaging_product", "whatsapp"},
        {"metadata", {{"display_phone_number", "15550783881"}, {"phone_number_id", "106540352242922"}}},
        {"contacts", {{{"profile", {{"name", "Wulandari"}}}, {"wa_id", "6281298765432"}}}},
        {"messages", {message}}};
    const nlohmann::json change = {{"field", "messages"}, {"value", value}};
    const nlohmann::json entry = {{"id", "102290129340398"}, {"changes", {change}}};
    return whatsapp_bytes(nlohmann::json({{"object", "whatsapp_business_account"}, {"entry", {entry}}}).dump());
  }
  int whatsapp_bytes(const std::string& body) { return post(port, "/webhook/whatsapp", signature_of(body), body); }

  std::uint16_t port = 0;
  std::int64_t update_ = 5000;
};

TEST_F(whole_log, holds_nothing_of_people) {
  world.refuse("5233000000222", 403,
               R"({"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user 5233000000222"})");
  world.refuse("5233000000333", 400,
               R"({"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: celurit"})");
  world.keep_file("AgACfileid", 200, media_test::jpeg());
  world.keep_file("AgAClying", 200, "<html> celurit");
  world.keep_file("1037543291543636", 200, media_test::voice());
  program service(settings());
  port = service.port();

  EXPECT_EQ(say(resident, "tolong ada yang dibacok celurit di Gentong"), 200);
  auto pin = message_of(resident);
  pin["location"] = {{"latitude", -7.654321}, {"longitude", 112.912345}};
  EXPECT_EQ(telegram(pin), 200);
  auto photo = message_of(resident);
  photo["photo"] = {{{"file_id", "AgACfileid"}, {"file_unique_id", "AQuniq"}, {"width", 90}, {"height", 90}}};
  EXPECT_EQ(telegram(photo), 200);
  photo["photo"][0]["file_id"] = "AgAClying";
  photo["caption"] = "celurit";
  EXPECT_EQ(telegram(photo), 200);
  photo["photo"][0]["file_id"] = "AgACabsent";
  EXPECT_EQ(telegram(photo), 200);
  EXPECT_EQ(say(5233000000222, "halo celurit"), 200);
  EXPECT_EQ(say(5233000000333, "halo celurit"), 200);
  EXPECT_EQ(telegram_bytes(R"({"update_id":7,"message":"celurit"})"), 200);
  EXPECT_EQ(telegram_bytes("celurit {"), 400);
  EXPECT_EQ(telegram_bytes("{}", "wrongsecretheader"), 401);
  const nlohmann::json hello = {{"from", "6281298765432"},
                                {"id", "wamid.HBgNNjI4MTI5ODc2NTQzMg"},
                                {"timestamp", std::to_string(std::chrono::duration_cast<std::chrono::seconds>(
                                                                 std::chrono::system_clock::now().time_since_epoch())
                                                                 .count())},
                                {"type", "text"},
                                {"text", {{"body", "ada tawuran bawa celurit di pasar gadingrejo"}}}};
  EXPECT_EQ(whatsapp(hello), 200);
  EXPECT_EQ(whatsapp(hello), 200) << "delivered again";
  nlohmann::json voice = hello;
  voice["id"] = "wamid.HBgNNjI4MTI5ODc2NTQzNg";
  voice["type"] = "audio";
  voice["audio"] = {{"id", "1037543291543636"}, {"mime_type", "audio/ogg"}, {"voice", true}};
  EXPECT_EQ(whatsapp(voice), 200);
  EXPECT_EQ(whatsapp_bytes(R"({"object":"whatsapp_business_account","entry":"celurit"})"), 200);
  EXPECT_TRUE(world.wait_for("5233000000111", "110", 20s));
  EXPECT_TRUE(world.wait_for("6281298765432", "110", 20s));
  EXPECT_TRUE(world.wait_for_downloads(4, 20s));
  EXPECT_TRUE(world.wait_for("5233000000111", "kirim sekali lagi", 20s)) << "of the file that lied";
  EXPECT_EQ(service.stop(20s), 0);

  const std::string log = service.log();
  EXPECT_NE(log.find("ready on"), log.npos);
  for (const char* secret : {"celurit",      "bacok",         "tawuran",
                             "gentong",      "Gentong",       "Wulandari",
                             "5233000000",   "6281298765432", "81298765432",
                             "7.654",        "112.91",        "tgtokensecret",
                             "s3cretheader", "wrongsecret",   "watokensecret",
                             "appsecret",    "verifysecret",  "wamid",
                             "HBgN",         "AgAC",          "AQuniq",
                             "TELEPON",      "secretpath",    "1037543291543636",
                             "/bot",         "lampiran",      "GPS"})
    EXPECT_EQ(log.find(secret), log.npos) << secret << " stands in the log:\n" << log;
}

}  // namespace
}  // namespace faults
