#include "handlers/whatsapp/api.hpp"

#include <set>

#include "handlers/utf8.hpp"
#include "handlers/whatsapp/short_labels.hpp"
#include "tests/channels/support.hpp"

namespace {

using handlers::rendered;
using handlers::whatsapp::decide;
using handlers::whatsapp::decide_code;
using handlers::whatsapp::encode;
using handlers::whatsapp::label;
using handlers::whatsapp::label_fits;
using handlers::whatsapp::window;
using nlohmann::json;

constexpr const char* phone = "6281200000001";

rendered saying(const std::string& text) { return {.text = {{text}}}; }

// The only call, which must be one.
json one(const rendered& message, const char* address = phone) {
  const auto calls = encode(address, message, window::open);
  EXPECT_EQ(calls.size(), 1U);
  return calls.empty() ? json() : body_of(calls[0]);
}

TEST(whatsapp_encode, text) {
  const auto calls = encode(phone, saying("halo"), window::open);
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].method, "messages");
  EXPECT_EQ(body_of(calls[0]), json::parse(R"({"messaging_product":"whatsapp","recipient_type":"individual",
      "to":"6281200000001","type":"text","text":{"body":"halo","preview_url":false}})"));
  EXPECT_TRUE(encode(phone, {}, window::open).empty());
}

TEST(whatsapp_encode, a_scoped_id_is_a_recipient) {
  const json body = one(saying("halo"), "ID.13491208655302741918");
  EXPECT_EQ(body["recipient"], "ID.13491208655302741918");
  EXPECT_FALSE(body.contains("to"));
}

TEST(whatsapp_encode, only_our_bold_is_markup) {
  rendered message = {.text = handlers::runs_of("*TELEPON 110* kata {words}")};
  message.text.back().text = " kata *aku* _kamu_ ~dia~ `x` no_rek_1\n> kutipan";
  EXPECT_EQ(one(message)["text"]["body"], "*TELEPON 110* kata ∗aku∗ ＿kamu＿ ∼dia∼ ˋxˋ no_rek_1\n› kutipan");
}

TEST(whatsapp_encode, bold_stays_within_lines) {
  EXPECT_EQ(one({.text = {{" satu \n\n dua ", true}, {"x"}}})["text"]["body"], "*satu* \n\n *dua* x");
  EXPECT_EQ(one({.text = {{"a", true}, {"b", true}, {"c"}}})["text"]["body"], "*ab*c");
}

TEST(whatsapp_encode, three_buttons) {
  rendered message = saying("Masih?");
  message.buttons = {{"y", "Masih terjadi"}, {"n", "Pelaku pergi"}, {"u", repeated("😱", 20)}};
  const json interactive = one(message)["interactive"];
  EXPECT_EQ(interactive["type"], "button");
  EXPECT_EQ(interactive["body"]["text"], "Masih?");
  ASSERT_EQ(interactive["action"]["buttons"].size(), 3U);
  EXPECT_EQ(interactive["action"]["buttons"][0],
            json::parse(R"({"type":"reply","reply":{"id":"y","title":"Masih terjadi"}})"));
}

TEST(whatsapp_encode, what_does_not_fit_buttons_is_a_list) {
  rendered message = saying("Apa?");
  message.list_button = "Pilih";
  message.buttons = {{"a", "Ya"}, {"b", "Ya"}};
  EXPECT_EQ(one(message)["interactive"]["type"], "list") << "equal labels";
  message.buttons = {{"a", "Ya"}, {"b", repeated("x", 21)}};
  EXPECT_EQ(one(message)["interactive"]["type"], "list") << "a label of 21";
  message.buttons = {{"a", "Ya"}};
  message.is_list = true;
  EXPECT_EQ(one(message)["interactive"]["type"], "list") << "wanted";
  message.is_list = false;
  message.buttons = {{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", repeated("😱", 80)}};
  const json action = one(message)["interactive"]["action"];
  EXPECT_EQ(action["button"], "Pilih");
  const json& row = action["sections"][0]["rows"][3];
  EXPECT_EQ(row["id"], "d");
  EXPECT_EQ(row["title"], repeated("😱", 23) + "…");
  EXPECT_EQ(row["description"], repeated("😱", 71) + "…");
  EXPECT_FALSE(action["sections"][0]["rows"][0].contains("description"));
}

TEST(whatsapp_encode, rows_name_places_short_and_whole) {
  rendered message = saying("Tempat yang mana maksud Anda?");
  message.list_button = "Pilih";
  message.buttons = {
      {"a", "Kec. Pohjentrek, Kabupaten Pasuruan"}, {"b", "Kel. Pohjentrek, Purworejo"}, {"c", "Tempat lain"}};
  const json rows = one(message)["interactive"]["action"]["sections"][0]["rows"];
  EXPECT_EQ(rows[0]["title"], "Pohjentrek, Kab. Pasuru…");
  EXPECT_EQ(rows[0]["description"], "Kec. Pohjentrek, Kabupaten Pasuruan");
  EXPECT_EQ(rows[1]["title"], "Pohjentrek, Purworejo");
  EXPECT_EQ(rows[2]["title"], "Tempat lain");
  EXPECT_FALSE(rows[2].contains("description"));
}

TEST(whatsapp_labels, stay_different_when_they_are_shortened) {
  using handlers::whatsapp::short_labels;
  const std::string one = "Kel. Banjarejo Sumbermanjing, Dagangan", other = "Desa Banjarejo Sumbermanjing, Dagangan";
  const auto both = short_labels({one, other, one + " Lor"}, 24);
  EXPECT_EQ(both[0], "Banjarejo Sumbermanjing…");
  EXPECT_EQ(both[1], "2. Desa Banjarejo Sumbe…");
  EXPECT_EQ(std::set<std::string>(both.begin(), both.end()).size(), 3U);
  for (const auto& label : both) EXPECT_TRUE(label_fits(label, label::row)) << label;
  EXPECT_EQ(short_labels({"Kecamatan Wungu, Madiun"}, 24)[0], "Kecamatan Wungu, Madiun") << "it fits as it is";
}

TEST(whatsapp_encode, more_than_ten_choices_are_numbered) {
  rendered message = saying("Apa?");
  for (int i = 1; i <= 10; ++i) message.buttons.push_back({"c" + std::to_string(i), "Pilihan " + std::to_string(i)});
  EXPECT_EQ(one(message)["interactive"]["action"]["sections"][0]["rows"].size(), 10U);
  message.buttons.push_back({"c11", "Pilihan 11"});
  const std::string words = one(message)["text"]["body"];
  EXPECT_EQ(words.substr(0, 20), "Apa?\n\n1. Pilihan 1\n2");
  EXPECT_NE(words.find("\n11. Pilihan 11"), std::string::npos);
}

TEST(whatsapp_encode, location_request) {
  rendered message = saying("Di mana?");
  message.ask_location = true;
  EXPECT_EQ(one(message)["interactive"],
            json::parse(
                R"({"type":"location_request_message","body":{"text":"Di mana?"},"action":{"name":"send_location"}})"));
  message.buttons = {{"a", "Ya"}};
  EXPECT_EQ(one(message)["interactive"]["type"], "button");
}

TEST(whatsapp_encode, text_limits) {
  EXPECT_EQ(encode(phone, saying(repeated("😱", 2048)), window::open).size(), 1U);
  EXPECT_EQ(encode(phone, saying(repeated("😱", 2049)), window::open).size(), 2U);
  rendered message = saying(repeated("a", 1024));
  message.buttons = {{"a", "Ya"}};
  EXPECT_EQ(one(message)["interactive"]["body"]["text"], repeated("a", 1024));
  message.text = {{repeated("a", 900) + "\n\n" + repeated("b", 900)}};
  const auto calls = encode(phone, message, window::open);
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(body_of(calls[0])["type"], "text");
  EXPECT_EQ(body_of(calls[1])["interactive"]["body"]["text"], repeated("b", 900));
}

TEST(whatsapp_encode, marks_of_bold_count) {
  rendered message;
  for (int i = 0; i < 600; ++i) message.text.push_back({"ab", i % 2 == 0});
  message.buttons = {{"a", "Ya"}};
  for (const auto& call : encode(phone, message, window::open)) {
    const json body = body_of(call);
    const bool last = body["type"] == "interactive";
    EXPECT_LE(handlers::count_utf16(last ? body["interactive"]["body"]["text"].get<std::string>()
                                         : body["text"]["body"].get<std::string>()),
              1024U);
  }
}

TEST(whatsapp_encode, closed_window) {
  rendered message = saying("isi lengkap");
  EXPECT_TRUE(encode(phone, message, window::closed).empty());
  message.when_window_closed = {"tugas_baru", "id", {"L1", "", "a\n b\t\t    c "}, {{"k:accept:9f", "Terima"}}};
  const auto calls = encode(phone, message, window::closed);
  ASSERT_EQ(calls.size(), 1U);
  const json body = body_of(calls[0]);
  EXPECT_EQ(body["type"], "template");
  EXPECT_EQ(body["template"], json::parse(R"({"name":"tugas_baru","language":{"code":"id"},"components":[
      {"type":"body","parameters":[{"type":"text","text":"L1"},{"type":"text","text":"-"},{"type":"text","text":"a b c"}]},
      {"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"k:accept:9f"}]}]})"));
}

TEST(whatsapp_encode, a_tap_on_a_template_brings_back_its_data) {
  rendered message;
  message.when_window_closed = {"tugas_baru", "id", {"LK7Q-2M9X"}, {{"o:take:LK7Q-2M9X", "Terima"}}};
  const json sent = body_of(encode(phone, message, window::closed).at(0));
  json delivery = json::parse(payload("whatsapp_template_button"));
  delivery["entry"][0]["changes"][0]["value"]["messages"][0]["button"]["payload"] =
      sent["template"]["components"][1]["parameters"][0]["payload"];
  const bot::inbound in = only(handlers::whatsapp::parse(delivery.dump(), whatsapp_us));
  EXPECT_EQ(as<bot::said::tap>(in).data, "o:take:LK7Q-2M9X");
}

TEST(whatsapp_encode, files) {
  rendered message;
  message.attachments = {{handlers::attachment::kind::document, "99", "surat.pdf"},
                         {handlers::attachment::kind::voice, "98", ""}};
  const auto calls = encode(phone, message, window::open);
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(body_of(calls[0])["document"], json::parse(R"({"id":"99","filename":"surat.pdf"})"));
  EXPECT_EQ(body_of(calls[1])["type"], "audio");
}

TEST(whatsapp_encode, an_answer_quotes) {
  rendered message = saying("ya");
  message.context_message_id = "wamid.Q";
  EXPECT_EQ(one(message)["context"]["message_id"], "wamid.Q");
}

TEST(whatsapp_encode, read_mark) {
  EXPECT_EQ(
      body_of(handlers::whatsapp::mark_read("wamid.A", true)),
      json::parse(
          R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.A","typing_indicator":{"type":"text"}})"));
  EXPECT_FALSE(body_of(handlers::whatsapp::mark_read("wamid.A", false)).contains("typing_indicator"));
}

TEST(whatsapp_decide, success) {
  EXPECT_EQ(
      std::get<handlers::sent>(
          decide(
              200,
              R"({"messaging_product":"whatsapp","contacts":[{"input":"1","wa_id":"1"}],"messages":[{"id":"wamid.X"}]})"))
          .provider_id,
      "wamid.X");
  EXPECT_EQ(std::get<handlers::sent>(decide(200, R"({"success":true})")).provider_id, "");
  EXPECT_EQ(std::get<handlers::sent>(
                decide(200, R"({ "messages": [ { "message_status": "accepted", "id": "wamid.\u0058" } ] })"))
                .provider_id,
            "wamid.X");
  EXPECT_TRUE(std::get<handlers::retry_later>(decide(200, R"({"messages":[{"id":"wamid.X)")).perhaps_sent);
}

TEST(whatsapp_decide, every_row_of_the_table) {
  for (const int code : {0, 3, 10, 190, 200, 299, 368, 131005, 131031, 131037, 131042, 131045, 131048, 133010}) {
    EXPECT_EQ(std::get<handlers::stop_channel>(decide_code(code)).code, code);
  }
  using scope = handlers::retry_later::scope;
  for (const int code : {4, 613, 80007, 130429, 131057, 132069})
    EXPECT_EQ(std::get<handlers::retry_later>(decide_code(code)).whose, scope::channel) << code;
  for (const int code : {131049, 131052, 131053, 131056})
    EXPECT_EQ(std::get<handlers::retry_later>(decide_code(code)).whose, scope::chat) << code;
  for (const int code : {1, 2, 131000, 131016, 133004})
    EXPECT_TRUE(std::get<handlers::retry_later>(decide_code(code)).perhaps_sent) << code;
  for (const int code : {100, 131008, 131009, 131051, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068}) {
    EXPECT_TRUE(std::get<handlers::rejected>(decide_code(code)).alarm) << code;
  }
  for (const int code : {131021, 131030, 131050, 130472, 130497})
    EXPECT_FALSE(std::get<handlers::rejected>(decide_code(code)).alarm) << code;
  EXPECT_EQ(std::get<handlers::unreachable>(decide_code(131026)).code, 131026);
  EXPECT_EQ(std::get<handlers::send_differently>(decide_code(131047)).how,
            handlers::send_differently::how::as_template);
  EXPECT_GE(std::get<handlers::retry_later>(decide_code(131049)).after, std::chrono::hours(24));
  EXPECT_TRUE(std::get<handlers::rejected>(decide_code(999999)).alarm);
}

TEST(whatsapp_decide, answers) {
  EXPECT_EQ(std::get<handlers::stop_channel>(
                decide(401, R"({"error":{"message":"x","type":"OAuthException","code":190,"fbtrace_id":"A"}})"))
                .code,
            190);
  EXPECT_EQ(std::get<handlers::retry_later>(decide(400, R"({"error":{"code":131056}})")).code, 131056);
  EXPECT_TRUE(std::get<handlers::retry_later>(decide(0, "")).perhaps_sent);
  EXPECT_TRUE(std::get<handlers::retry_later>(decide(503, "<html>")).perhaps_sent);
  EXPECT_TRUE(std::get<handlers::retry_later>(decide(200, "{}")).perhaps_sent);
  EXPECT_EQ(std::get<handlers::retry_later>(decide(429, "")).whose, handlers::retry_later::scope::channel);
  EXPECT_TRUE(std::get<handlers::rejected>(decide(413, "")).alarm);
}

TEST(whatsapp_labels, are_counted_in_characters) {
  EXPECT_TRUE(label_fits("Kurang Rawan", label::button));
  EXPECT_TRUE(label_fits(repeated("😱", 20), label::button));
  EXPECT_FALSE(label_fits(repeated("x", 21), label::button));
  EXPECT_TRUE(label_fits(repeated("x", 24), label::row));
  EXPECT_FALSE(label_fits(repeated("x", 25), label::row));
  EXPECT_FALSE(label_fits(repeated("x", 21), label::list_button));
  EXPECT_FALSE(label_fits("", label::row));
}

}  // namespace
