#include "tests/channels/support.hpp"

namespace {

namespace said = bot::said;
using handlers::parsed;
using how = said::reach::change;

bool left_out(const std::string& name) {
  const parsed p = handlers::telegram::parse(payload("telegram_" + name), telegram_us);
  return p.what == parsed::status::ok && p.items.empty();
}

parsed parse(const std::string& body) { return handlers::telegram::parse(body, telegram_us); }

TEST(telegram_payload, text) {
  const bot::inbound in = telegram_item("text");
  EXPECT_EQ(as<said::text>(in).body, "tolong pak ada yg dibacok dpn indomaret gentong!! 😱");
  EXPECT_EQ(in.via, bot::channel::telegram);
  EXPECT_EQ(in.account, "777000111");
  EXPECT_EQ(in.chat, "5233000000123");
  EXPECT_EQ(in.person, in.chat);
  EXPECT_EQ(in.language_hint, "id");
  EXPECT_EQ(in.provider_id, std::to_string(in.stamp));
  EXPECT_EQ(bot::to_millis(in.sent_at), 1795270000000);
  EXPECT_FALSE(in.group);
  EXPECT_FALSE(in.forwarded);
}

TEST(telegram_payload, commands_lose_the_name_of_the_bot) {
  EXPECT_EQ(as<said::text>(telegram_item("start")).body, "/start 35.75.01.1002");
  const bot::inbound group = telegram_item("command_in_group");
  EXPECT_EQ(as<said::text>(group).body, "/Start KODE-7F3K");
  EXPECT_TRUE(group.group);
  EXPECT_EQ(group.chat, "-4012345678");
  EXPECT_EQ(group.person, "411222333");
  EXPECT_TRUE(left_out("command_for_another"));
}

TEST(telegram_payload, entity_offsets_are_utf16_units) {
  EXPECT_EQ(as<said::text>(telegram_item("command_after_emoji")).body, "😱🔥 /lapor begal");
}

TEST(telegram_payload, entities_may_lie) {
  for (const char* entity :
       {R"({"type":"bot_command","offset":3,"length":900})", R"({"type":"bot_command","offset":-1,"length":2})",
        R"({"type":"bot_command","offset":1,"length":1})",
        R"({"type":"bot_command","offset":9007199254740993,"length":1})",
        R"({"type":"bot_command","offset":4,"length":5})", R"({"type":7})", "null", R"({"type":"bot_command"})"}) {
    const std::string body =
        R"({"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"from":{"id":5},"text":"😱@b","entities":[)" +
        std::string(entity) + "]}}";
    EXPECT_EQ(as<said::text>(only(parse(body))).body, "😱@b") << entity;
  }
}

TEST(telegram_payload, answers_forwards_and_topics) {
  EXPECT_EQ(telegram_item("reply").quoted, "41");
  EXPECT_TRUE(telegram_item("forward").forwarded);
  const bot::inbound topic = telegram_item("topic");
  EXPECT_EQ(topic.chat, "-1001234567890/77");
  EXPECT_EQ(topic.quoted, "");
  const bot::inbound thread = telegram_item("thread_without_topic");
  EXPECT_EQ(thread.chat, "-1001234567890");
  EXPECT_EQ(thread.quoted, "70");
}

TEST(telegram_payload, places) {
  const auto pin = as<said::pin>(telegram_item("location"));
  EXPECT_DOUBLE_EQ(pin.latitude, -7.645213);
  EXPECT_DOUBLE_EQ(pin.longitude, 112.907611);
  EXPECT_EQ(pin.accuracy_m, 12.5);
  EXPECT_FALSE(pin.live);
  EXPECT_TRUE(as<said::pin>(telegram_item("live_location")).live);
  EXPECT_EQ(as<said::pin>(telegram_item("venue")).title, "Alun-Alun Kota, Jl. Alun-Alun Utara");
}

TEST(telegram_payload, a_pin_outside_the_globe_is_no_pin) {
  for (const char* location : {R"({"latitude":91,"longitude":0})", R"({"latitude":0,"longitude":-180.1})",
                               R"({"latitude":"7","longitude":1})", R"({"latitude":1e999,"longitude":1})", "7"}) {
    const std::string body =
        R"({"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":5},"from":{"id":5},"location":)" +
        std::string(location) + "}}";
    EXPECT_FALSE(as<said::unsupported>(only(parse(body))).silent) << location;
  }
}

TEST(telegram_payload, a_contact_is_own_only_when_telegram_says_so) {
  EXPECT_TRUE(as<said::contact_card>(telegram_item("contact_own")).own);
  EXPECT_EQ(as<said::contact_card>(telegram_item("contact_own")).phone, "+6281200000001");
  EXPECT_FALSE(as<said::contact_card>(telegram_item("contact_other")).own);
  EXPECT_FALSE(as<said::contact_card>(telegram_item("contact_unknown")).own);
}

TEST(telegram_payload, media) {
  using kind = said::media::kind;
  const auto photo = as<said::media>(telegram_item("photo"));
  EXPECT_EQ(photo.what, kind::photo);
  EXPECT_EQ(photo.file_id, "AgACX");
  EXPECT_EQ(photo.unique_id, "AQADx");
  EXPECT_EQ(photo.bytes, 180233);
  EXPECT_EQ(photo.caption, "ini motornya");
  const auto document = as<said::media>(telegram_item("document"));
  EXPECT_EQ(document.what, kind::document);
  EXPECT_EQ(document.name, "../../etc/passwd");
  EXPECT_EQ(document.mime, "application/pdf");
  const std::vector<std::pair<const char*, kind>> others = {
      {"video", kind::video}, {"animation", kind::video}, {"video_note", kind::video}, {"voice", kind::voice},
      {"audio", kind::audio}, {"sticker", kind::sticker}, {"live_photo", kind::photo}};
  for (const auto& [name, what] : others) EXPECT_EQ(as<said::media>(telegram_item(name)).what, what) << name;
}

TEST(telegram_payload, an_album_is_known_by_its_name) {
  for (const char* name : {"album_1", "album_2", "album_3"}) {
    EXPECT_EQ(as<said::media>(telegram_item(name)).album, "13579246801234567");
  }
}

TEST(telegram_payload, edits) {
  const bot::inbound in = telegram_item("edited");
  EXPECT_EQ(as<said::edited>(in).body, "eh bukan gentong, bukir");
  EXPECT_EQ(as<said::edited>(in).message_id, "77");
  EXPECT_EQ(bot::to_millis(in.sent_at), 1795270060000);
  EXPECT_EQ(as<said::edited>(telegram_item("edited_caption")).body, "motor merah");
  EXPECT_TRUE(left_out("edited_live_location"));
}

TEST(telegram_payload, taps) {
  const bot::inbound in = telegram_item("tap");
  const auto tap = as<said::tap>(in);
  EXPECT_EQ(tap.data, "c:ongoing:yes");
  EXPECT_EQ(tap.query_id, "1765432198765432100");
  EXPECT_EQ(tap.card_message, "90");
  EXPECT_EQ(in.sent_at, bot::instant{}) << "the card's time is not the tap's";

  const bot::inbound stub = telegram_item("tap_stub");
  EXPECT_EQ(stub.chat, "-1001234567890");
  EXPECT_EQ(stub.person, "411222333");
  EXPECT_TRUE(stub.group);
  EXPECT_EQ(as<said::tap>(stub).card_message, "12");
  EXPECT_EQ(telegram_item("tap_topic").chat, "-1001234567890/77");
  EXPECT_EQ(telegram_item("tap_inline").chat, "411222333");
}

TEST(telegram_payload, who_can_be_reached) {
  EXPECT_EQ(as<said::reach>(telegram_item("blocked")).what, how::blocked);
  EXPECT_EQ(as<said::reach>(telegram_item("unblocked")).what, how::unblocked);
  const bot::inbound joined = telegram_item("joined");
  EXPECT_EQ(as<said::reach>(joined).what, how::joined_group);
  EXPECT_EQ(joined.person, "411222333");
  const bot::inbound removed = telegram_item("removed");
  EXPECT_EQ(as<said::reach>(removed).what, how::left_group);
  EXPECT_EQ(removed.person, removed.chat) << "an anonymous administrator is no person";
  EXPECT_EQ(as<said::reach>(telegram_item("muted_out")).what, how::left_group);
  EXPECT_TRUE(left_out("promoted"));
  EXPECT_TRUE(left_out("channel_joined"));
}

TEST(telegram_payload, a_group_that_moves_tells_it_twice_alike) {
  for (const char* name : {"migrate_to", "migrate_from"}) {
    const bot::inbound in = telegram_item(name);
    EXPECT_EQ(in.chat, "-4012345678") << name;
    EXPECT_EQ(as<said::moved>(in).new_address, "-1001234567890") << name;
    EXPECT_TRUE(in.group);
  }
}

TEST(telegram_payload, nobody_to_listen_to) {
  for (const char* name : {"anonymous_admin", "own_message", "channel_post", "reaction"})
    EXPECT_TRUE(left_out(name)) << name;
}

TEST(telegram_payload, kinds_without_use) {
  const auto poll = as<said::unsupported>(telegram_item("poll"));
  EXPECT_EQ(poll.type, "poll");
  EXPECT_FALSE(poll.silent);
  EXPECT_TRUE(as<said::unsupported>(telegram_item("pinned")).silent);
  const auto future = as<said::unsupported>(telegram_item("future_kind"));
  EXPECT_EQ(future.type, "unknown");
  EXPECT_FALSE(future.silent);
}

TEST(telegram_payload, ids_of_52_bits) {
  const bot::inbound in = only(parse(
      R"({"update_id":9007199254740993,"message":{"message_id":1,"date":1,"chat":{"id":4503599627370495},"from":{"id":4503599627370495},"text":"x"}})"));
  EXPECT_EQ(in.chat, "4503599627370495");
  EXPECT_EQ(in.provider_id, "9007199254740993");
}

TEST(telegram_payload, wrong_shapes_are_dead_letters) {
  for (const char* body :
       {"[]", "5", "\"x\"", "{}", R"({"update_id":"1"})", R"({"update_id":1e3,"message":{}})",
        R"({"update_id":18446744073709551615})", R"({"update_id":1,"message":5})",
        R"({"update_id":1,"message":{"chat":{"id":"5"}}})", R"({"update_id":1,"message":{"chat":{"id":5}}})",
        R"({"update_id":1,"callback_query":{"from":{"id":1}}})", R"({"update_id":1,"callback_query":[]})",
        R"({"update_id":1,"my_chat_member":{"chat":{"id":5},"from":{"id":5}}})",
        R"({"update_id":1,"edited_message":"x"})"}) {
    EXPECT_EQ(parse(body).what, parsed::status::unknown_shape) << body;
  }
}

TEST(telegram_payload, secret) {
  using handlers::telegram::secret_ok;
  EXPECT_TRUE(secret_ok("s3cret", "s3cret"));
  EXPECT_FALSE(secret_ok("s3cre", "s3cret"));
  EXPECT_FALSE(secret_ok("s3creT", "s3cret"));
  EXPECT_FALSE(secret_ok("", "s3cret"));
  EXPECT_FALSE(secret_ok("", ""));
}

}  // namespace
