#include "handlers/telegram/api.hpp"

#include "handlers/utf8.hpp"
#include "tests/channels/support.hpp"

namespace {

using handlers::button;
using handlers::call;
using handlers::rendered;
using handlers::run;
using handlers::telegram::decide;
using handlers::telegram::encode;
using nlohmann::json;

constexpr const char* wati = "5233000000123";
constexpr const char* topic = "-1001234567890/77";

rendered saying(const std::string& text) { return {.text = {{text}}}; }

TEST(telegram_encode, a_plain_message) {
  const auto calls = encode(wati, saying("halo"));
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].method, "sendMessage");
  EXPECT_EQ(
      body_of(calls[0]),
      json::parse(
          R"({"chat_id":5233000000123,"text":"halo","parse_mode":"HTML","link_preview_options":{"is_disabled":true}})"));
}

TEST(telegram_encode, only_our_bold_is_markup) {
  rendered message = {.text = handlers::runs_of("*TELEPON 110* kata {words}")};
  message.text.back().text = " kata <b>*aku*</b> & \"kamu\"";
  EXPECT_EQ(body_of(encode(wati, message)[0])["text"],
            "<b>TELEPON 110</b> kata &lt;b&gt;*aku*&lt;/b&gt; &amp; \"kamu\"");
  const json plain = body_of(encode(wati, message, {.plain = true})[0]);
  EXPECT_EQ(plain["text"], "TELEPON 110 kata <b>*aku*</b> & \"kamu\"");
  EXPECT_FALSE(plain.contains("parse_mode"));
}

TEST(telegram_encode, nothing_to_say) {
  EXPECT_TRUE(encode(wati, {}).empty());
  EXPECT_TRUE(encode(wati, saying(" \n ")).empty());
}

TEST(telegram_encode, the_answer_to_a_tap) {
  const auto call = handlers::telegram::answer_tap("176");
  EXPECT_EQ(call.method, "answerCallbackQuery");
  EXPECT_EQ(body_of(call), json::parse(R"({"callback_query_id":"176"})"));
}

TEST(telegram_encode, the_answer_to_a_tap_alone) {
  const auto call = handlers::telegram::answer_tap("176");
  EXPECT_EQ(call.method, "answerCallbackQuery");
  EXPECT_EQ(body_of(call), json::parse(R"({"callback_query_id":"176"})"));
}

TEST(telegram_encode, rows_of_buttons_follow_their_length) {
  rendered message = saying("?");
  message.buttons = {
      {"a", "Ya"}, {"b", "Tidak"}, {"c", "Tidak tahu"}, {"d", "Perkelahian atau pengeroyokan"}, {"e", "Lain"}};
  const json rows = body_of(encode(wati, message)[0])["reply_markup"]["inline_keyboard"];
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].size(), 2U);
  EXPECT_EQ(rows[0][1], json::parse(R"({"text":"Tidak","callback_data":"b"})"));
  EXPECT_EQ(rows[2][0]["callback_data"], "d");
}

TEST(telegram_encode, at_most_eight_buttons_a_row_and_a_hundred_in_all) {
  rendered message = saying("?");
  for (int i = 0; i < 150; ++i) message.buttons.push_back({std::to_string(i), "x"});
  std::size_t count = 0;
  const json body = body_of(encode(wati, message)[0]);
  for (const json& row : body["reply_markup"]["inline_keyboard"]) {
    EXPECT_LE(row.size(), 8U);
    count += row.size();
  }
  EXPECT_EQ(count, 100U);
}

TEST(telegram_encode, data_of_64_bytes) {
  rendered message = saying("?");
  message.buttons = {{repeated("😱", 16), "ya"}, {repeated("😱", 16) + "x", "tidak"}, {"", "kosong"}, {"d", ""}};
  const json rows = body_of(encode(wati, message)[0])["reply_markup"]["inline_keyboard"];
  EXPECT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].size(), 1U);
}

TEST(telegram_encode, location_is_asked_in_private_only) {
  rendered message = saying("Di mana?");
  message.ask_location = true;
  message.location_label = "Kirim lokasi";
  const json markup = body_of(encode(wati, message)[0])["reply_markup"];
  EXPECT_EQ(markup["keyboard"][0][0], json::parse(R"({"text":"Kirim lokasi","request_location":true})"));
  for (const char* group : {"-4012345678", topic, "@piket"}) {
    EXPECT_FALSE(body_of(encode(group, message)[0]).contains("reply_markup")) << group;
  }
}

TEST(telegram_encode, own_number_is_asked_in_private_only) {
  rendered message = saying("Nomor berapa?");
  message.contact_label = "Bagikan nomor saya";
  const json markup = body_of(encode(wati, message)[0])["reply_markup"];
  EXPECT_EQ(markup["keyboard"][0][0], json::parse(R"({"text":"Bagikan nomor saya","request_contact":true})"));
  EXPECT_TRUE(markup["one_time_keyboard"]);
  EXPECT_FALSE(body_of(encode(topic, message)[0]).contains("reply_markup"));
}

TEST(telegram_encode, an_alert_leads_to_the_private_chat) {
  rendered message = saying("Buka chat pribadi dengan bot ini.");
  message.callback_query_id = "176";
  message.alert = true;
  message.chat_link = "https://t.me/kentongan_bot?start=grup";
  const auto calls = encode(topic, message);
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(body_of(calls[0])["url"], "https://t.me/kentongan_bot?start=grup");
  EXPECT_EQ(body_of(calls[0])["text"], "Buka chat pribadi dengan bot ini.");
}

TEST(telegram_encode, a_group_is_left_after_a_sentence) {
  rendered message = saying("Kami pamit.");
  message.leaves = true;
  const auto calls = encode(topic, message);
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0].method, "sendMessage");
  EXPECT_EQ(calls[1].method, "leaveChat");
  EXPECT_EQ(body_of(calls[1])["chat_id"], -1001234567890);
  EXPECT_EQ(encode(wati, message).size(), 1U) << "a private chat cannot be left";
}

TEST(telegram_encode, topics) {
  EXPECT_EQ(body_of(encode(topic, saying("L1"))[0])["message_thread_id"], 77);
  EXPECT_EQ(body_of(encode(topic, saying("L1"))[0])["chat_id"], -1001234567890);
  EXPECT_FALSE(body_of(encode("-1001234567890/1", saying("L1"))[0]).contains("message_thread_id")) << "General";
  EXPECT_FALSE(body_of(encode(topic, saying("L1"), {.outside_topic = true})[0]).contains("message_thread_id"));
}

TEST(telegram_encode, edits) {
  rendered message = saying(repeated("kata ", 2000));
  message.edit_message_id = "90";
  message.buttons = {{"k:accept", "Terima"}};
  message.ask_location = true;
  message.location_label = "x";
  const auto calls = encode(topic, message);
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].method, "editMessageText");
  const json body = body_of(calls[0]);
  EXPECT_EQ(body["message_id"], 90);
  EXPECT_FALSE(body.contains("message_thread_id"));
  EXPECT_TRUE(body["reply_markup"].contains("inline_keyboard"));
}

TEST(telegram_encode, files_go_ahead) {
  rendered message = saying("bukti");
  message.attachments = {{handlers::attachment::kind::photo, "AgAC", ""},
                         {handlers::attachment::kind::voice, "VOI", ""}};
  const auto calls = encode(wati, message);
  ASSERT_EQ(calls.size(), 3U);
  EXPECT_EQ(calls[0].method, "sendPhoto");
  EXPECT_EQ(body_of(calls[0]), json::parse(R"({"chat_id":5233000000123,"photo":"AgAC"})"));
  EXPECT_EQ(calls[1].method, "sendVoice");
}

TEST(telegram_encode, text_of_4096_units) {
  EXPECT_EQ(encode(wati, saying(repeated("a", 4096))).size(), 1U);
  EXPECT_EQ(encode(wati, saying(repeated("😱", 2048))).size(), 1U);
  EXPECT_EQ(encode(wati, saying(repeated("&", 4096))).size(), 1U) << "counted before escaping";
  const auto two = encode(wati, saying(repeated("😱", 2049)));
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(body_of(two[0])["text"], repeated("😱", 2048));
  EXPECT_EQ(body_of(two[1])["text"], "😱");
  EXPECT_EQ(body_of(encode(wati, saying("a" + repeated("😱", 2048)))[1])["text"], "😱");
}

TEST(telegram_encode, long_text_is_cut_at_paragraphs_and_buttons_hang_on_the_last) {
  rendered message = {
      .text = {{repeated("a", 3000) + "\n\n" + repeated("b", 1500) + "\n"}, {repeated("c", 500), true}}};
  message.buttons = {{"x", "Ya"}};
  const auto calls = encode(wati, message);
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(body_of(calls[0])["text"], repeated("a", 3000));
  EXPECT_FALSE(body_of(calls[0]).contains("reply_markup"));
  EXPECT_EQ(body_of(calls[1])["text"], repeated("b", 1500) + "\n<b>" + repeated("c", 500) + "</b>");
  EXPECT_TRUE(body_of(calls[1]).contains("reply_markup"));
}

TEST(telegram_decide, success) {
  EXPECT_EQ(std::get<handlers::sent>(decide(200, R"({"ok":true,"result":{"message_id":9,"date":1}})")).provider_id,
            "9");
  EXPECT_EQ(std::get<handlers::sent>(decide(200, R"({"ok":true,"result":true})")).provider_id, "");
  EXPECT_EQ(
      std::get<handlers::sent>(decide(200, R"({ "result": {"date":1, "message_id": 9}, "ok": true })")).provider_id,
      "9");
  for (const char* body : {R"({"ok":true,"result":{"message_id":9)", R"({"ok":true,"result":{"message_id":9e)"})
    EXPECT_TRUE(std::get<handlers::retry_later>(decide(200, body)).perhaps_sent) << body;
}

std::string refusal(int code, const std::string& words, const std::string& parameters = "{}") {
  return json{{"ok", false}, {"error_code", code}, {"description", words}, {"parameters", json::parse(parameters)}}
      .dump();
}

TEST(telegram_decide, every_row_of_the_table) {
  const auto differently = [](const std::string& words) {
    return std::get<handlers::send_differently>(decide(400, refusal(400, words))).how;
  };
  EXPECT_EQ(std::get<handlers::unreachable>(decide(400, refusal(400, "Bad Request: chat not found"))).code, 400);
  EXPECT_EQ(std::get<handlers::moved_away>(
                decide(400, refusal(400, "Bad Request: group chat was upgraded to a supergroup chat",
                                    R"({"migrate_to_chat_id":-1001234567890})")))
                .new_address,
            "-1001234567890");
  EXPECT_EQ(std::get<handlers::sent>(decide(400, refusal(400, "Bad Request: message is not modified: specified new")))
                .provider_id,
            "");
  EXPECT_EQ(
      std::get<handlers::sent>(
          decide(400,
                 refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")))
          .provider_id,
      "");
  EXPECT_EQ(differently("Bad Request: message to edit not found"), handlers::send_differently::how::as_new_message);
  EXPECT_EQ(differently("Bad Request: message can't be edited"), handlers::send_differently::how::as_new_message);
  EXPECT_EQ(differently("Bad Request: can't parse entities: Unsupported start tag \"x\""),
            handlers::send_differently::how::plain);
  EXPECT_EQ(differently("Bad Request: message thread not found"), handlers::send_differently::how::outside_topic);
  EXPECT_TRUE(
      std::get<handlers::rejected>(decide(400, refusal(400, "Bad Request: have no rights to send a message"))).alarm);
  EXPECT_TRUE(std::get<handlers::rejected>(decide(400, refusal(400, "Bad Request: BUTTON_DATA_INVALID"))).alarm);
  for (const int code : {401, 404, 409})
    EXPECT_EQ(std::get<handlers::stop_channel>(decide(code, refusal(code, "x"))).code, code);
  for (const char* words : {"Forbidden: bot was blocked by the user", "Forbidden: user is deactivated",
                            "Forbidden: bot was kicked from the supergroup chat"}) {
    EXPECT_EQ(std::get<handlers::unreachable>(decide(403, refusal(403, words))).code, 403);
  }
}

TEST(telegram_decide, waiting) {
  const auto flood = std::get<handlers::retry_later>(
      decide(429, refusal(429, "Too Many Requests: retry after 14", R"({"retry_after":14})")));
  EXPECT_EQ(flood.after.count(), 14);
  EXPECT_FALSE(flood.perhaps_sent);
  EXPECT_EQ(flood.whose, handlers::retry_later::scope::chat);
  EXPECT_EQ(std::get<handlers::retry_later>(decide(429, refusal(429, "x", R"({"retry_after":9e9})"))).after.count(), 0);
  EXPECT_EQ(
      std::get<handlers::retry_later>(decide(429, refusal(429, "x", R"({"retry_after":999999999})"))).after.count(),
      3600);
  for (const auto& [status, body] : std::vector<std::pair<int, std::string>>{
           {0, ""}, {502, "<html>Bad Gateway</html>"}, {500, refusal(500, "Internal Server Error")}, {200, "<html>"}}) {
    EXPECT_TRUE(std::get<handlers::retry_later>(decide(status, body)).perhaps_sent) << status;
  }
}

TEST(telegram_labels, fit) {
  EXPECT_TRUE(handlers::telegram::label_fits(repeated("😱", 40)));
  EXPECT_FALSE(handlers::telegram::label_fits(repeated("x", 41)));
  EXPECT_FALSE(handlers::telegram::label_fits(""));
}

}  // namespace
