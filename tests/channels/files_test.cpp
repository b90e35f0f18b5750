// Files of both platforms: asking for one, where it lies, uploads, and every way in which it does not come.
#include "handlers/telegram/files.hpp"
#include "handlers/multipart.hpp"
#include "handlers/telegram/api.hpp"
#include "handlers/whatsapp/api.hpp"
#include "handlers/whatsapp/files.hpp"
#include "tests/channels/support.hpp"

namespace {

using namespace handlers;
using fate = fetched_file::fate;

shown_file picture(std::string type = "image/jpeg", attachment::kind what = attachment::kind::photo) {
  return {what, std::move(type), "lampiran.jpg", "\xFF\xD8 bytes \r\n-- of it"};
}

rendered with_file(std::string caption = "L1 <b>") {
  rendered r;
  r.text = {{"*", true}, {std::move(caption), false}};
  r.attachments.push_back({.ours = {.media = 42}});
  return r;
}

std::string part(const std::vector<form_part>& parts, std::string_view name) {
  for (const auto& p : parts)
    if (p.name == name) return p.content;
  return "(none)";
}

// --- multipart -----------------------------------------------------------------------------------------------------

TEST(multipart, is_read_as_it_was_written) {
  const auto form = write_form({{"chat_id", "5", "", ""}, {"photo", "--kentongan-part\r\n\0x", "a.jpg", "image/jpeg"}});
  const auto parts = read_form(form.content_type, form.body);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2U);
  EXPECT_EQ((*parts)[1].content, "--kentongan-part\r\n\0x");
  EXPECT_EQ((*parts)[1].file, "a.jpg");
  EXPECT_EQ((*parts)[1].type, "image/jpeg");
  EXPECT_EQ((*parts)[0].file, "");
  for (std::size_t size = 0; size + 2 < form.body.size(); ++size)
    EXPECT_FALSE(read_form(form.content_type, form.body.substr(0, size))) << size;
  EXPECT_FALSE(read_form("application/json", "{}"));
}

// --- Telegram ------------------------------------------------------------------------------------------------------

TEST(telegram_files, lie_below_the_bots_own_folder) {
  const auto found = telegram::read_file_path(
      200, R"({"ok":true,"result":{"file_id":"A","file_size":10,"file_path":"photos/file_7.jpg"}})", 1000);
  EXPECT_EQ(found.what, fate::here);
  EXPECT_EQ(found.bytes, "photos/file_7.jpg");
  for (const char* path : {"/etc/passwd", "../x", "a/../../b", "a b", "a?b", "a#b", "a\\u000db", ""}) {
    const std::string body = R"({"ok":true,"result":{"file_path":")" + std::string(path) + "\"}}";
    EXPECT_EQ(telegram::read_file_path(200, body, 1000).reason, "bad_address") << path;
  }
}

TEST(telegram_files, that_do_not_come_have_a_reason) {
  const auto read = [](int status, const char* body) { return telegram::read_file_path(status, body, 1000); };
  EXPECT_EQ(read(200, R"({"ok":true,"result":{"file_size":1001,"file_path":"a"}})").reason, "too_large");
  EXPECT_EQ(read(400, R"({"ok":false,"description":"Bad Request: file is too big"})").what, fate::never);
  const auto wrong = read(400, R"({"ok":false,"description":"Bad Request: invalid wrong file_id"})");
  EXPECT_EQ(wrong.what, fate::never);
  EXPECT_EQ(wrong.reason, "not_found");
  const auto perhaps =
      read(400, R"({"ok":false,"description":"Bad Request: wrong file_id or the file is temporarily unavailable"})");
  EXPECT_EQ(perhaps.what, fate::later);
  EXPECT_EQ(read(429, R"({"ok":false,"parameters":{"retry_after":17}})").after, std::chrono::seconds(17));
  EXPECT_EQ(read(401, "{}").reason, "account_refused");
  EXPECT_EQ(read(502, "<html>").reason, "platform_fails");
  EXPECT_EQ(read(200, "not JSON").what, fate::later);
}

TEST(telegram_files, go_to_officers_with_their_caption_and_stay_there) {
  const auto calls = telegram::encode("-1001/7", with_file());
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].file.media, 42);
  const auto whole = telegram::complete_upload(calls[0], picture());
  EXPECT_EQ(whole.method, "sendPhoto");
  const auto parts = read_form(whole.form.content_type, whole.form.body);
  ASSERT_TRUE(parts);
  EXPECT_EQ(part(*parts, "chat_id"), "-1001");
  EXPECT_EQ(part(*parts, "message_thread_id"), "7");
  EXPECT_EQ(part(*parts, "caption"), "<b>*</b>L1 &lt;b&gt;");
  EXPECT_EQ(part(*parts, "parse_mode"), "HTML");
  EXPECT_EQ(part(*parts, "protect_content"), "true");
  EXPECT_EQ(part(*parts, "photo"), picture().bytes);
}

TEST(telegram_files, go_by_the_method_that_takes_them) {
  const auto call_of = telegram::encode("5", with_file())[0];
  const auto method = [&](const shown_file& f) { return telegram::complete_upload(call_of, f).method; };
  using kind = attachment::kind;
  EXPECT_EQ(method(picture("image/webp")), "sendDocument");
  EXPECT_EQ(method(picture("video/mp4", kind::video)), "sendVideo");
  EXPECT_EQ(method(picture("audio/ogg", kind::voice)), "sendVoice");
  EXPECT_EQ(method(picture("audio/mpeg", kind::audio)), "sendAudio");
  EXPECT_EQ(method(picture("audio/amr", kind::voice)), "sendDocument");
  shown_file huge = picture();
  huge.bytes.assign(11'000'000, 'x');
  EXPECT_EQ(method(huge), "sendDocument");
}

// A paper of a notice, in place of a picture.
rendered with_paper() {
  rendered r;
  r.text = {{"Surat untuk ", false}, {"PK7Q-2M9X", true}};
  r.attachments.push_back({.what = attachment::kind::document,
                           .name = "surat-PK7Q-2M9X.pdf",
                           .ours = {.paper = {"PK7Q-2M9X", 2, bot::paper_kind::letter}}});
  return r;
}

shown_file pdf() {
  return {attachment::kind::document, "application/pdf", "surat-PK7Q-2M9X.pdf", "%PDF-1.5 \r\n-- of it"};
}

TEST(telegram_files, papers_are_documents_that_their_owner_may_pass_on) {
  const auto calls = telegram::encode("5", with_paper());
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].file.paper.number, "PK7Q-2M9X");
  EXPECT_EQ(calls[0].file.paper.version, 2);
  const auto whole = telegram::complete_upload(calls[0], pdf());
  EXPECT_EQ(whole.method, "sendDocument");
  const auto parts = read_form(whole.form.content_type, whole.form.body);
  ASSERT_TRUE(parts);
  EXPECT_EQ(part(*parts, "caption"), "Surat untuk <b>PK7Q-2M9X</b>");
  EXPECT_EQ(part(*parts, "protect_content"), "(none)");
  EXPECT_EQ(part(*parts, "document"), pdf().bytes);
  EXPECT_EQ(parts->back().file, "surat-PK7Q-2M9X.pdf");
  EXPECT_EQ(parts->back().type, "application/pdf");
}

// --- WhatsApp ------------------------------------------------------------------------------------------------------

TEST(whatsapp_files, are_fetched_with_the_token_only_from_where_it_is_safe) {
  const auto meta =
      whatsapp::trusted("https://lookaside.fbsbx.com/whatsapp/?mid=1&hash=A%3D#x", "https://graph.facebook.com");
  ASSERT_TRUE(meta);
  EXPECT_EQ(meta->origin, "https://lookaside.fbsbx.com");
  EXPECT_EQ(meta->target, "/whatsapp/?mid=1&hash=A%3D");
  EXPECT_EQ(whatsapp::trusted("https://x.example?a=1", "https://graph.facebook.com")->target, "/?a=1");
  const auto own = whatsapp::trusted("http://127.0.0.1:8000/media/7", "http://127.0.0.1:8000");
  ASSERT_TRUE(own);
  EXPECT_EQ(own->target, "/media/7");
  for (const char* url : {"http://lookaside.fbsbx.com/x", "http://127.0.0.1:8001/x", "http://169.254.169.254/",
                          "http://127.0.0.1:8000@evil.example/", "ftp://127.0.0.1:8000/", "//x", "", "https://",
                          "https://user@host/", "http://graph.facebook.com/"})
    EXPECT_FALSE(whatsapp::trusted(url, "http://127.0.0.1:8000")) << url;
  EXPECT_FALSE(whatsapp::trusted("http://graph.facebook.com/x", "https://graph.facebook.com"));
}

TEST(whatsapp_files, that_do_not_come_have_a_reason) {
  const std::string digest(64, 'a');
  const auto found = whatsapp::read_media_url(
      200, R"({"url":"https://x/y","mime_type":"image/jpeg","sha256":")" + digest + R"(","file_size":9})", 1000);
  EXPECT_EQ(found.what, fate::here);
  EXPECT_EQ(found.sha256, digest);
  const auto read = [](int status, const char* body) { return whatsapp::read_media_url(status, body, 1000); };
  EXPECT_EQ(read(200, R"({"url":"https://x","sha256":"c2hh"})").sha256, "");
  EXPECT_EQ(read(200, R"({"url":"https://x","file_size":1001})").reason, "too_large");
  EXPECT_EQ(read(200, "{}").what, fate::later);
  const auto old = read(400, R"({"error":{"code":100,"error_subcode":33}})");
  EXPECT_EQ(old.what, fate::never);
  EXPECT_EQ(old.reason, "expired");
  EXPECT_EQ(read(404, "{}").reason, "expired");
  EXPECT_EQ(read(401, R"({"error":{"code":190}})").reason, "account_refused");
  EXPECT_GE(read(429, "{}").after, std::chrono::minutes(30));
  EXPECT_EQ(read(500, "").reason, "platform_fails");
  EXPECT_EQ(whatsapp::read_refusal(404).what, fate::later) << "addresses live five minutes: a new one is asked for";
  EXPECT_EQ(whatsapp::read_refusal(302).what, fate::never);
}

TEST(whatsapp_files, are_uploaded_then_named) {
  const auto form = whatsapp::upload_form(picture());
  const auto parts = read_form(form.content_type, form.body);
  ASSERT_TRUE(parts);
  EXPECT_EQ(part(*parts, "messaging_product"), "whatsapp");
  EXPECT_EQ(part(*parts, "type"), "image/jpeg");
  EXPECT_EQ(part(*parts, "file"), picture().bytes);
  EXPECT_EQ(whatsapp::read_media_id(R"({"id":"1037543291543636"})"), "1037543291543636");
  EXPECT_EQ(whatsapp::read_media_id("<html>"), "");

  const auto calls = whatsapp::encode("628111", with_file("L1"), whatsapp::window::open);
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].file.media, 42);
  auto body = body_of(whatsapp::complete_upload(calls[0], picture(), "77"));
  EXPECT_EQ(body["type"], "image");
  EXPECT_EQ(body["image"]["id"], "77");
  EXPECT_FALSE(body["image"]["caption"].get<std::string>().empty());
  EXPECT_FALSE(body.contains("caption"));
  body = body_of(whatsapp::complete_upload(calls[0], picture("audio/ogg", attachment::kind::voice), "77"));
  EXPECT_EQ(body["audio"], nlohmann::json({{"id", "77"}})) << "a sound has no caption";
  body = body_of(whatsapp::complete_upload(calls[0], picture("image/webp"), "77"));
  EXPECT_EQ(body["document"]["filename"], "lampiran.jpg");
  EXPECT_TRUE(whatsapp::encode("628111", with_file(), whatsapp::window::closed).empty());
}

TEST(whatsapp_files, papers_are_documents_with_name_and_caption) {
  const auto calls = whatsapp::encode("628123", with_paper(), whatsapp::window::open);
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_TRUE(calls[0].file.given());
  const auto form = whatsapp::upload_form(pdf());
  const auto parts = read_form(form.content_type, form.body);
  ASSERT_TRUE(parts);
  EXPECT_EQ(part(*parts, "type"), "application/pdf");
  const auto whole = whatsapp::complete_upload(calls[0], pdf(), "1234");
  for (const char* said : {R"("type":"document")", R"("id":"1234")", R"("filename":"surat-PK7Q-2M9X.pdf")",
                           R"("caption":"Surat untuk *PK7Q-2M9X*")"})
    EXPECT_NE(whole.body.find(said), std::string::npos) << said << " in " << whole.body;
}

TEST(whatsapp_files, papers_wait_behind_a_template_when_the_day_is_over) {
  auto r = with_paper();
  EXPECT_TRUE(whatsapp::encode("628123", r, whatsapp::window::closed).empty());
  r.when_window_closed.name = "berkas_acara";
  const auto calls = whatsapp::encode("628123", r, whatsapp::window::closed);
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_FALSE(calls[0].file.given());
}

}  // namespace
