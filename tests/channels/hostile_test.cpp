// Bytes from the outside that no honest platform sends, and honest bytes broken at random.
#include <random>

#include "handlers/telegram/api.hpp"
#include "handlers/untrusted_json.hpp"
#include "handlers/utf8.hpp"
#include "handlers/whatsapp/api.hpp"
#include "tests/channels/support.hpp"

namespace {

namespace said = bot::said;
using handlers::parsed;

std::string telegram_body(const std::string& quoted_text) {
  return R"({"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"from":{"id":5},"text":)" +
         quoted_text + "}}";
}
std::string heard(const std::string& quoted_text) {
  return as<said::text>(only(handlers::telegram::parse(telegram_body(quoted_text), telegram_us))).body;
}

bool is_valid(std::string_view text) {
  return handlers::repair_utf8(text) == text && text.find('\0') == std::string::npos;
}

TEST(hostile, text_is_repaired) {
  EXPECT_EQ(heard("\"a\xC3(b\""), "a\xEF\xBF\xBD(b");
  EXPECT_EQ(heard("\"a\xED\xA0\x80 b\""), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD b");
  EXPECT_EQ(heard(R"("a\ud800b")"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(heard(R"("a\udc00b")"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(heard(R"("\ud800\ud83d\ude31")"), "\xEF\xBF\xBD😱");
  EXPECT_EQ(heard(R"("\\ud800 \ud800")"), "\\ud800 \xEF\xBF\xBD");
  EXPECT_EQ(heard(R"("a\u0000b")"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(heard(std::string("\"a\0b\"", 5)),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(heard("\"\xF5\xFF\""), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(hostile, strange_but_valid_text_passes_untouched) {
  for (const std::string text : {"\u202Egnolot \u200B\u2066x\u2069", "<b>Polisi</b> &amp;", "'; DROP TABLE inbox; --",
                                 "🏴\u200D☠️", "\uFEFFtolong"}) {
    EXPECT_EQ(heard(nlohmann::json(text).dump()), text);
  }
}

TEST(hostile, long_text_is_cut_between_characters) {
  const std::string text = repeated("😱", 5000);
  EXPECT_EQ(heard('"' + text + '"'), text.substr(0, bot::limits::text_bytes));
  EXPECT_EQ(heard("\"a" + text + '"').size(), bot::limits::text_bytes - 3);
}

TEST(hostile, depth_is_refused_before_parsing) {
  for (const std::string opener : {"[", "{\"a\":", "[{\"a\":"}) {
    const std::string deep = repeated(opener, 100'000);
    EXPECT_EQ(handlers::telegram::parse(deep, telegram_us).what, parsed::status::unknown_shape);
    EXPECT_EQ(handlers::whatsapp::parse(deep, whatsapp_us).what, parsed::status::unknown_shape);
  }
  EXPECT_EQ(heard('"' + repeated("[", 1000) + '"'), repeated("[", 1000)) << "brackets in a text are text";
  const std::string wide = R"({"update_id":1,"x":[)" + repeated("[],", 1000) + "[]]}";
  EXPECT_EQ(handlers::telegram::parse(wide, telegram_us).what, parsed::status::ok);
}

TEST(hostile, a_flow_cannot_be_deep_either) {
  nlohmann::json body = nlohmann::json::parse(payload("whatsapp_flow"));
  body["entry"][0]["changes"][0]["value"]["messages"][0]["interactive"]["nfm_reply"]["response_json"] =
      repeated("[", 5000);
  const bot::inbound in = only(handlers::whatsapp::parse(body.dump(), whatsapp_us));
  EXPECT_EQ(as<said::unsupported>(in).type, "interactive");
}

TEST(hostile, huge_numbers) {
  const std::string rest = R"(,"from":{"id":5},"text":"x"}})";
  const std::string start = R"({"update_id":1,"big":[1e999,-1e999,)" + std::string(400, '9') +
                            R"(],"message":{"message_id":1e999,"chat":{"id":5})";
  EXPECT_EQ(
      as<said::text>(only(handlers::telegram::parse(start + R"(,"date":99999999999999999999)" + rest, telegram_us)))
          .body,
      "x");
  const bot::inbound year_9999 =
      only(handlers::telegram::parse(start + R"(,"date":9223372036854775807)" + rest, telegram_us));
  EXPECT_EQ(year_9999.sent_at, bot::instant{});
}

TEST(hostile, not_json) {
  for (const std::string body :
       {"", " ", "hello", "{", "{\"update_id\":1,}", "{'update_id':1}", "{\"update_id\":1}x", "{\"a\":-}", "{\"a\":01}",
        "{\"a\":\"\n\"}", "\xFF\xFE", "{\"a\":+1e999}", "update_id=1&message=x"}) {
    EXPECT_EQ(handlers::telegram::parse(body, telegram_us).what, parsed::status::not_json) << body;
    EXPECT_EQ(handlers::whatsapp::parse(body, whatsapp_us).what, parsed::status::not_json) << body;
  }
}

TEST(hostile, ids_that_are_too_long_are_no_ids) {
  nlohmann::json body = nlohmann::json::parse(payload("whatsapp_text"));
  body["entry"][0]["changes"][0]["value"]["messages"][0]["id"] = std::string(5000, 'x');
  const parsed p = handlers::whatsapp::parse(body.dump(), whatsapp_us);
  EXPECT_TRUE(p.items.empty());
  EXPECT_EQ(p.dead, std::vector<std::string>{"entry[0].changes[0].messages[0]"});
}

// What a parser promises about every value, whatever came in.
void expect_bounded(const bot::inbound& in) {
  for (const std::string* id : {&in.account, &in.provider_id, &in.chat, &in.person, &in.person_alias, &in.quoted}) {
    EXPECT_LE(id->size(), bot::limits::id_bytes + 32);
    EXPECT_TRUE(is_valid(*id));
  }
  if (const auto* text = std::get_if<said::text>(&in.what)) {
    EXPECT_FALSE(text->body.empty());
    EXPECT_LE(text->body.size(), bot::limits::text_bytes);
    EXPECT_TRUE(is_valid(text->body));
  }
  if (const auto* pin = std::get_if<said::pin>(&in.what)) {
    EXPECT_TRUE(std::abs(pin->latitude) <= 90 && std::abs(pin->longitude) <= 180);
  }
  if (const auto* media = std::get_if<said::media>(&in.what)) {
    EXPECT_FALSE(media->file_id.empty());
    EXPECT_GE(media->bytes, 0);
    EXPECT_TRUE(is_valid(media->caption) && is_valid(media->name) && is_valid(media->mime));
  }
}

TEST(hostile, broken_at_random) {
  std::vector<std::string> seeds;
  for (const auto& file : std::filesystem::directory_iterator(payload_folder()))
    seeds.push_back(read_whole(file.path()));
  std::sort(seeds.begin(), seeds.end());
  ASSERT_GT(seeds.size(), 80U);
  const std::vector<std::string> pieces = {
      "null", "[]", "{}", "\"\"", "-1", "1e999",   "true", "\\ud800", "\xFF", "9223372036854775808",
      "\"",   "}",  "]",  ",",    "😱",  "[[[[[[[["};
  std::mt19937 random(20261121);  // its numbers are the same everywhere
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  for (int i = 0; i < 20'000; ++i) {
    std::string body = seeds[below(seeds.size())];
    for (std::size_t change = below(4); change <= 4; ++change) {
      const std::size_t at = below(body.size());
      switch (below(5)) {
        case 0: body[at] = static_cast<char>(random()); break;
        case 1: body.erase(at, below(12)); break;
        case 2: body.insert(at, pieces[below(pieces.size())]); break;
        case 3: body.insert(at, body.substr(below(body.size()), below(60))); break;
        default: {  // the value behind a colon becomes another
          const std::size_t colon = body.find(':', at);
          if (colon == std::string::npos) break;
          body.replace(colon + 1, std::min(body.find_first_of(",}\n", colon), body.size()) - colon - 1,
                       pieces[below(8)]);
        }
      }
      if (body.empty()) body = "{";
    }
    for (const parsed& p :
         {handlers::telegram::parse(body, telegram_us), handlers::whatsapp::parse(body, whatsapp_us)}) {
      for (const bot::inbound& in : p.items) expect_bounded(in);
    }
    if (i % 4 == 0) handlers::telegram::decide(static_cast<int>(below(600)), body);
    if (i % 4 == 1) handlers::whatsapp::decide(static_cast<int>(below(600)), body);
    if (HasFailure()) FAIL() << body;
  }
}

}  // namespace
