#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "tests/channels/support.hpp"

namespace {

namespace said = bot::said;
using handlers::parsed;

const std::string phone = "6281200000001";
const std::string scoped = "ID.13491208655302741918";

parsed parse(const std::string& body) { return handlers::whatsapp::parse(body, whatsapp_us); }
parsed parse_file(const std::string& name) { return parse(payload("whatsapp_" + name)); }
bool left_out(const std::string& name) {
  const parsed p = parse_file(name);
  return p.what == parsed::status::ok && p.items.empty() && p.dead.empty();
}

std::string signed_header(const std::string& secret, const std::string& body) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest, &size);
  std::string out = "sha256=";
  for (unsigned i = 0; i < size; ++i) {
    out += "0123456789abcdef"[digest[i] >> 4U];
    out += "0123456789abcdef"[digest[i] & 15U];
  }
  return out;
}

TEST(whatsapp_payload, text) {
  const bot::inbound in = whatsapp_item("text");
  EXPECT_EQ(as<said::text>(in).body, "tolong pak ada yg dibacok dpn indomaret gentong!! 😱");
  EXPECT_EQ(in.via, bot::channel::whatsapp);
  EXPECT_EQ(in.account, "106540352242922");
  EXPECT_EQ(in.person, phone);
  EXPECT_EQ(in.chat, phone);
  EXPECT_EQ(in.person_alias, "");
  EXPECT_EQ(in.provider_id.substr(0, 6), "wamid.");
  EXPECT_EQ(in.stamp, 1795270000);
  EXPECT_EQ(bot::to_millis(in.sent_at), 1795270000000);
}

TEST(whatsapp_payload, quotes_and_forwards) {
  EXPECT_EQ(whatsapp_item("text_reply").quoted, "wamid.QUOTED");
  EXPECT_FALSE(whatsapp_item("text_reply").forwarded);
  EXPECT_TRUE(whatsapp_item("text_forwarded").forwarded);
  EXPECT_TRUE(whatsapp_item("text_forwarded_often").forwarded);
}

TEST(whatsapp_payload, taps) {
  const auto button = as<said::tap>(whatsapp_item("button_reply"));
  EXPECT_EQ(button.data, "c:ongoing:yes");
  EXPECT_EQ(button.title, "Masih terjadi");
  EXPECT_EQ(button.card_message, "wamid.CARD");
  EXPECT_EQ(as<said::tap>(whatsapp_item("list_reply")).data, "c:category:fight");
  EXPECT_EQ(as<said::tap>(whatsapp_item("template_button")).data, "k:accept:9f");
}

TEST(whatsapp_payload, a_flow_is_read_as_lines) {
  EXPECT_EQ(as<said::text>(whatsapp_item("flow")).body, "begal\nKel. Bangilan");
  EXPECT_EQ(as<said::unsupported>(whatsapp_item("flow_broken")).type, "interactive");
}

TEST(whatsapp_payload, place) {
  const auto pin = as<said::pin>(whatsapp_item("location"));
  EXPECT_DOUBLE_EQ(pin.latitude, -7.6434);
  EXPECT_EQ(pin.title, "Alun-Alun Kota, Jl. Alun-Alun Utara");
}

TEST(whatsapp_payload, media) {
  using kind = said::media::kind;
  const auto image = as<said::media>(whatsapp_item("image"));
  EXPECT_EQ(image.what, kind::photo);
  EXPECT_EQ(image.file_id, "2754859441498128");
  EXPECT_EQ(image.unique_id, "mN3rwS0kTnV5");
  EXPECT_EQ(image.mime, "image/jpeg");
  EXPECT_EQ(image.caption, "ini motornya");
  EXPECT_EQ(as<said::media>(whatsapp_item("video")).what, kind::video);
  EXPECT_EQ(as<said::media>(whatsapp_item("audio")).what, kind::audio);
  EXPECT_EQ(as<said::media>(whatsapp_item("voice")).what, kind::voice);
  EXPECT_EQ(as<said::media>(whatsapp_item("document")).name, "surat.pdf");
  EXPECT_EQ(as<said::media>(whatsapp_item("sticker")).what, kind::sticker);
}

TEST(whatsapp_payload, contacts) {
  EXPECT_FALSE(as<said::contact_card>(whatsapp_item("contacts")).own);
  EXPECT_EQ(as<said::contact_card>(whatsapp_item("contacts")).phone, "+62 812-0000-0002");
  EXPECT_TRUE(as<said::contact_card>(whatsapp_item("contacts_own")).own);
}

TEST(whatsapp_payload, kinds_without_use) {
  for (const char* name : {"reaction", "reaction_removed", "order"})
    EXPECT_TRUE(as<said::unsupported>(whatsapp_item(name)).silent) << name;
  for (const char* name : {"unsupported", "unknown", "future_kind"})
    EXPECT_FALSE(as<said::unsupported>(whatsapp_item(name)).silent) << name;
}

TEST(whatsapp_payload, a_person_moves) {
  const bot::inbound number = whatsapp_item("number_change");
  EXPECT_EQ(number.chat, phone);
  EXPECT_EQ(number.person, phone);
  EXPECT_EQ(as<said::moved>(number).new_address, "6281200000009");
  const bot::inbound id = whatsapp_item("id_change");
  EXPECT_EQ(id.chat, scoped);
  EXPECT_EQ(as<said::moved>(id).new_address, "ID.777");
}

TEST(whatsapp_payload, business_scoped_ids) {
  const bot::inbound hidden = whatsapp_item("id_only");
  EXPECT_EQ(hidden.person, scoped);
  EXPECT_EQ(hidden.chat, scoped);
  EXPECT_EQ(hidden.person_alias, "");
  const bot::inbound both = whatsapp_item("id_and_phone");
  EXPECT_EQ(both.person, scoped) << "told by the list of contacts, matched by number";
  EXPECT_EQ(both.person_alias, phone);
}

TEST(whatsapp_payload, receipts) {
  using state = said::receipt::state;
  const parsed p = parse_file("statuses");
  ASSERT_EQ(p.items.size(), 3U);
  EXPECT_EQ(as<said::receipt>(p.items[0]).what, state::read);
  EXPECT_EQ(as<said::receipt>(p.items[1]).what, state::delivered);
  EXPECT_EQ(p.items[1].provider_id, "wamid.OURS/delivered");
  EXPECT_EQ(p.items[1].chat, phone);
  EXPECT_EQ(p.items[2].person, scoped);
  EXPECT_EQ(p.items[2].person_alias, phone);

  const bot::inbound failed = whatsapp_item("status_failed");
  EXPECT_EQ(as<said::receipt>(failed).what, state::failed);
  EXPECT_EQ(as<said::receipt>(failed).error_code, 131047);
  EXPECT_EQ(failed.chat, "");
}

TEST(whatsapp_payload, a_batch_is_read_whole) {
  const parsed p = parse_file("batch");
  ASSERT_EQ(p.items.size(), 8U);
  EXPECT_EQ(as<said::text>(p.items[6]).body, "empat");
  EXPECT_EQ(as<said::receipt>(p.items[7]).message_id, "wamid.D");
}

TEST(whatsapp_payload, broken_elements_lose_no_other) {
  const parsed p = parse_file("batch_broken");
  EXPECT_EQ(p.what, parsed::status::ok);
  ASSERT_EQ(p.items.size(), 4U);
  EXPECT_EQ(as<said::text>(p.items[0]).body, "baik");
  EXPECT_EQ(as<said::unsupported>(p.items[1]).type, "text");
  EXPECT_EQ(as<said::text>(p.items[2]).body, "baik juga");
  EXPECT_EQ(p.items[2].sent_at, bot::instant{}) << "an unreadable time is not told";
  EXPECT_EQ(as<said::receipt>(p.items[3]).message_id, "wamid.OK");
  const std::vector<std::string> dead = {"entry[0].changes",
                                         "entry[1].changes",
                                         "entry[2].changes[0]",
                                         "entry[2].changes[1]",
                                         "entry[2].changes[2].messages",
                                         "entry[2].changes[3].messages[1]",
                                         "entry[2].changes[3].messages[2]",
                                         "entry[2].changes[3].messages[3]",
                                         "entry[2].changes[3].messages[4]",
                                         "entry[2].changes[3].statuses[0]"};
  EXPECT_EQ(p.dead, dead);
}

TEST(whatsapp_payload, not_for_us) {
  for (const char* name : {"foreign_number", "foreign_object", "other_field", "group"})
    EXPECT_TRUE(left_out(name)) << name;
  EXPECT_EQ(parse_file("account_error").errors, std::vector<int>{130429});
}

TEST(whatsapp_payload, names_of_profiles_are_not_kept) {
  const bot::inbound in = whatsapp_item("id_and_phone");
  for (const std::string& kept : {in.person, in.person_alias, in.chat, in.language_hint, in.quoted}) {
    EXPECT_EQ(kept.find("Wati"), std::string::npos);
  }
}

TEST(whatsapp_payload, wrong_shapes_are_dead_letters) {
  for (const char* body : {"[]", "5", "{}", R"({"object":5,"entry":[]})", R"({"object":"whatsapp_business_account"})",
                           R"({"object":"whatsapp_business_account","entry":{}})"}) {
    EXPECT_EQ(parse(body).what, parsed::status::unknown_shape) << body;
  }
}

TEST(whatsapp_payload, a_body_of_three_megabytes) {
  std::string body =
      R"({"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"106540352242922"},"messages":[)";
  std::size_t count = 0;
  for (; body.size() < 3'000'000; ++count) {
    body += R"({"from":"6281200000001","id":"wamid.)" + std::to_string(count) +
            R"(","timestamp":"1795270000","type":"text","text":{"body":"x"}},)";
  }
  body.back() = ']';
  body += "}}]}]}";
  EXPECT_EQ(parse(body).items.size(), count);
}

TEST(whatsapp_signature, over_raw_bytes) {
  const std::string body = "{\"text\":\"\\ud83d\\ude31 😱\"}";
  const std::string header = signed_header("appsecret", body);
  const handlers::whatsapp::signature signature("appsecret");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(signature.matches(body, header)) << "the prepared key is used again";
  EXPECT_TRUE(handlers::whatsapp::signature_ok("appsecret", body, header));
  EXPECT_FALSE(signature.matches(body + " ", header));
  EXPECT_TRUE(signature.matches(body, header)) << "a refusal leaves nothing behind";
  EXPECT_FALSE(handlers::whatsapp::signature_ok("wrong", body, header));
  EXPECT_FALSE(handlers::whatsapp::signature_ok("", body, signed_header("", body)));
  EXPECT_TRUE(signature.matches("", signed_header("appsecret", "")));
}

TEST(whatsapp_signature, broken_headers) {
  const std::string header = signed_header("appsecret", "x");
  const handlers::whatsapp::signature signature("appsecret");
  for (const std::string& broken :
       {std::string(), std::string("sha256="), "sha1=" + header.substr(7), header.substr(0, 70), header + "0",
        header.substr(0, 70) + "g", "SHA256=" + header.substr(7)}) {
    EXPECT_FALSE(signature.matches("x", broken)) << broken;
  }
}

TEST(whatsapp_handshake, right_and_wrong) {
  using handlers::whatsapp::handshake;
  EXPECT_EQ(handshake("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=me%20at%2Bhome", "me at+home"),
            "1158201444");
  EXPECT_EQ(handshake("hub%2Emode=subscribe&hub.challenge=7&hub.verify_token=t&x", "t"), "7");
  EXPECT_EQ(handshake("hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong", "t"), std::nullopt);
  EXPECT_EQ(handshake("hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=t", "t"), std::nullopt);
  EXPECT_EQ(handshake("hub.mode=subscribe&hub.verify_token=t", "t"), std::nullopt);
  EXPECT_EQ(handshake("hub.mode=subscribe&hub.challenge=1&hub.verify_token=", ""), std::nullopt);
  EXPECT_EQ(handshake("hub.mode=subscribe&hub.challenge=<script>&hub.verify_token=t", "t"), std::nullopt);
  EXPECT_EQ(handshake("hub.mode=subscribe&hub.challenge=1&hub.verify_token=%zz", "t"), std::nullopt);
  EXPECT_EQ(handshake("", "t"), std::nullopt);
  EXPECT_EQ(handshake("%", "t"), std::nullopt);
}

}  // namespace
