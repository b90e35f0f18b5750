#include "handlers/demo/whatsapp.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "handlers/demo/markup.hpp"
#include "handlers/multipart.hpp"
#include "handlers/same_secret.hpp"
#include "handlers/untrusted_json.hpp"
#include "handlers/utf8.hpp"

namespace handlers::demo {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

http::response refuse(int status, int code, std::string_view why) {
  return answer_with(
      status,
      {{"error", {{"message", fmt::format("(#{}) {}", code, why)}, {"type", "OAuthException"}, {"code", code}}}});
}

std::string signature_of(const std::string& secret, const std::string& body) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest.data(), &length);
  std::string hex = "sha256=";
  for (unsigned int i = 0; i < length; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

class whatsapp_platform final : public platform {
 public:
  whatsapp_platform(scenery around, whatsapp_account us)
      : around_(std::move(around)),
        us_(std::move(us)),
        bearer_("Bearer " + us_.token),
        path_end_("/" + us_.phone_number_id + "/messages"),
        // A kept database must not see an old id again.
        last_(bot::to_millis(around_.now())) {}

  http::response answer(const http::request& request) override {
    if (!same_secret(request.fields["Authorization"], bearer_)) return refuse(401, 190, "Invalid OAuth access token");
    if (request.method == http::verb::get) return hand_out(request);
    if (request.path().ends_with("/" + us_.phone_number_id + "/media")) return take_upload(request);
    if (!request.path().ends_with(path_end_)) return refuse(404, 100, "Unsupported request");
    json body;
    if (read_json(request.body, body) != json_fault::none) return refuse(400, 100, "Invalid parameter");
    if (field(body, "status") == "read") return mark_read(id_of(field(body, "message_id")));
    return send_message(body);
  }

  deed say(const person& who, const std::string& text) override {
    message m = own(who);
    m.text = {{text, false}};
    return show(who, std::move(m), {{"type", "text"}, {"text", {{"body", text}}}});
  }

  std::optional<deed> tap(const person& who, std::string_view message_id, std::string_view data) override {
    const message* on = around_.phones.find(who.id, message_id);
    if (on == nullptr) return std::nullopt;
    for (const auto& row : on->rows)
      for (const auto& b : row)
        if (b.data == data) return press(who, *on, b);
    return std::nullopt;
  }

  deed pin(const person& who, double latitude, double longitude) override {
    message m = own(who);
    m.place = {latitude, longitude};
    return show(who, std::move(m),
                {{"type", "location"}, {"location", {{"latitude", latitude}, {"longitude", longitude}}}});
  }

  deed send_file(const person& who, const std::string& file, const std::string& caption) override {
    const auto* content = around_.files.find(file);
    message m = own(who);
    m.file = file;
    m.file_type = content->type;
    if (!caption.empty()) m.text = {{caption, false}};
    json described = {{"id", file}, {"mime_type", content->type}, {"sha256", file}};
    const bool image = content->type.starts_with("image/");
    if (!image) described["voice"] = true;
    if (image && !caption.empty()) described["caption"] = caption;
    const char* type = image ? "image" : "audio";
    return show(who, std::move(m), {{"type", type}, {type, described}});
  }

  std::vector<http::call> take_news() override { return std::exchange(news_, {}); }

 private:
  // --- files ---------------------------------------------------------------------------------------------------------
  // "/v25.0/<id>" tells where the file lies, "/media/<id>" is where.
  http::response hand_out(const http::request& request) const {
    const std::string_view path = request.path();
    const std::string id(path.substr(path.rfind('/') + 1));
    const auto* content = around_.files.find(id);
    if (content == nullptr) return refuse(404, 100, "Unsupported get request");
    if (!path.starts_with("/media/"))
      return answer_with(200, {{"id", id},
                               {"messaging_product", "whatsapp"},
                               {"url", fmt::format("http://{}/media/{}", request.fields["Host"], id)},
                               {"mime_type", content->type},
                               {"file_size", content->bytes.size()}});
    http::response r;
    r.content_type = content->type;
    r.body = content->bytes;
    return r;
  }

  http::response take_upload(const http::request& request) const {
    const auto form = read_form(request.fields["Content-Type"], request.body);
    for (const auto& part : form.value_or(std::vector<form_part>{}))
      if (!part.file.empty())
        return answer_with(200, {{"id", around_.files.put({part.type, part.content, part.file})}});
    return refuse(400, 100, "Invalid parameter");
  }

  // --- what the service sends ---------------------------------------------------------------------------------------
  http::response send_message(const json& body) {
    std::string address = id_of(field(body, "to"));
    if (address.empty()) address = id_of(field(body, "recipient"));
    const person* to = around_.people.at(bot::channel::whatsapp, address);
    if (to == nullptr) return refuse(400, 131026, "Message undeliverable");
    const std::string type = text_of(field(body, "type"), 32);
    message m;
    if (type == "template") {
      if (const int fault = read_template(field(body, "template"), m); fault != 0)
        return refuse(400, fault, "Template does not match");
    } else {
      const auto wrote = last_written_.find(to->id);
      if (wrote == last_written_.end() || around_.now() - wrote->second > 24h)
        return refuse(400, 131047, "Re-engagement message");
      if (!read_content(body, type, m)) return refuse(400, 100, "Invalid parameter");
    }
    m.id = next_id();
    m.at = around_.now();
    tell_receipts(*to, m.id);
    around_.phones.add(to->id, m);
    json receiver = {{"input", address}, {"wa_id", to->address}};
    json placed = {{"id", m.id}};
    return answer_with(200, {{"messaging_product", "whatsapp"},
                             {"contacts", json::array({std::move(receiver)})},
                             {"messages", json::array({std::move(placed)})}});
  }

  bool read_content(const json& body, const std::string& type, message& m) const {
    if (type == "text") {
      const std::string words = text_of(field(field(body, "text"), "body"), 65536);
      m.text = read_stars(words);
      return !words.empty() && count_utf16(words) <= most_text;
    }
    if (type == "interactive") return read_interactive(field(body, "interactive"), m);
    m.file = id_of(field(field(body, type.c_str()), "id"));
    const auto* content = around_.files.find(m.file);
    if (content == nullptr) return false;
    m.file_type = content->type;
    m.file_name = text_of(field(field(body, type.c_str()), "filename"), 256);
    if (const std::string caption = text_of(field(field(body, type.c_str()), "caption"), 4096); !caption.empty())
      m.text = read_stars(caption);
    return true;
  }

  static bool read_interactive(const json& what, message& m) {
    const std::string words = text_of(field(field(what, "body"), "text"), 65536);
    m.text = read_stars(words);
    const json& action = field(what, "action");
    const std::string kind = text_of(field(what, "type"), 32);
    if (kind == "button") {
      const json& buttons = field(action, "buttons");
      for (const json& b : buttons)
        m.rows.push_back(
            {{text_of(field(field(b, "reply"), "id"), 256), text_of(field(field(b, "reply"), "title"), 64)}});
      if (m.rows.empty() || m.rows.size() > 3) return false;
    } else if (kind == "list") {
      m.opener = text_of(field(action, "button"), 64);
      for (const json& section : field(action, "sections"))
        for (const json& row : field(section, "rows"))
          m.rows.push_back({{text_of(field(row, "id"), 256), text_of(field(row, "title"), 64)}});
      if (m.rows.empty() || m.rows.size() > 10) return false;
    } else if (kind == "location_request_message") {
      m.location_label = "Kirim lokasi";
    } else {
      return false;
    }
    return !words.empty() && count_utf16(words) <= 1024;
  }

  // As registered, with the values that were sent. The platform's error, 0: none.
  int read_template(const json& what, message& m) const {
    const std::string name = text_of(field(what, "name"), 64);
    const auto& known = around_.book.templates;
    const auto at = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.second.name == name; });
    if (at == known.end()) return 132001;
    const bot::approved_template& approved = at->second;
    std::string words = approved.text;
    std::size_t values = 0, replies = 0;
    m.approved = true;
    for (const json& component : field(what, "components")) {
      const bool is_button = field(component, "type") == "button";
      for (const json& p : field(component, "parameters")) {
        if (is_button && replies < approved.replies.size()) {
          m.rows.push_back({{text_of(field(p, "payload"), 256), approved.replies[replies++].label}});
        } else if (!is_button) {
          const std::string mark = fmt::format("{{{{{}}}}}", ++values);
          if (const auto hole = words.find(mark); hole != std::string::npos)
            words.replace(hole, mark.size(), text_of(field(p, "text"), 1024));
        }
      }
    }
    m.text = {{words, false}};
    return values == approved.parameters.size() ? 0 : 132000;
  }

  http::response mark_read(const std::string& id) {
    for (const auto& p : around_.people.people())
      if (message* m = around_.phones.find(p.id, id); m != nullptr && !m->from.empty()) {
        m->state = "read";
        around_.phones.touch(*m);
        return answer_with(200, {{"success", true}});
      }
    return refuse(400, 100, "Invalid parameter");
  }

  // The phone of the demo is on and open: what arrives is read at once.
  void tell_receipts(const person& to, const std::string& id) {
    json statuses = json::array();
    for (const char* state : {"sent", "delivered", "read"})
      statuses.push_back({{"id", id}, {"status", state}, {"timestamp", seconds()}, {"recipient_id", to.address}});
    news_.push_back(webhook({{"statuses", std::move(statuses)}}));
  }

  // --- what people do -----------------------------------------------------------------------------------------------
  deed press(const person& who, const message& on, const button& pressed) {
    message m = own(who);
    m.text = {{pressed.label, false}};
    const json context = {{"from", "628000000000"}, {"id", on.id}};
    if (on.approved)
      return show(
          who, std::move(m),
          {{"type", "button"}, {"context", context}, {"button", {{"payload", pressed.data}, {"text", pressed.label}}}});
    const char* kind = on.opener.empty() ? "button_reply" : "list_reply";
    return show(who, std::move(m),
                {{"type", "interactive"},
                 {"context", context},
                 {"interactive", {{"type", kind}, {kind, {{"id", pressed.data}, {"title", pressed.label}}}}}});
  }

  message own(const person& who) {
    message m;
    m.id = next_id();
    m.from = who.id;
    m.at = around_.now();
    m.state = "sending";
    return m;
  }

  deed show(const person& who, message m, json content) {
    last_written_[who.id] = m.at;
    content["from"] = who.address;
    content["id"] = m.id;
    content["timestamp"] = seconds();
    json contact = {{"profile", {{"name", who.name}}}, {"wa_id", who.address}};
    deed d{who.id, m.id,
           webhook({{"contacts", json::array({std::move(contact)})}, {"messages", json::array({std::move(content)})}})};
    around_.phones.add(who.id, std::move(m));
    return d;
  }

  http::call webhook(json value) const {
    value["messaging_product"] = "whatsapp";
    value["metadata"] = {{"display_phone_number", "628000000000"}, {"phone_number_id", us_.phone_number_id}};
    json change = {{"field", "messages"}, {"value", std::move(value)}};
    json entry = {{"id", "0"}, {"changes", json::array({std::move(change)})}};
    const json body = {{"object", "whatsapp_business_account"}, {"entry", json::array({std::move(entry)})}};
    http::call c;
    c.target = "/webhook/whatsapp";
    c.body = body.dump(-1, ' ', false, json::error_handler_t::replace);
    c.content_type = "application/json";
    c.headers = {{"X-Hub-Signature-256", signature_of(us_.app_secret, c.body)}};
    return c;
  }

  std::string next_id() { return fmt::format("wamid.DEMO{}", ++last_); }
  std::string seconds() const { return std::to_string(bot::to_millis(around_.now()) / 1000); }

  scenery around_;
  whatsapp_account us_;
  std::string bearer_;
  std::string path_end_;
  std::int64_t last_;
  std::map<std::string, bot::instant> last_written_;
  std::vector<http::call> news_;
};

}  // namespace

std::unique_ptr<platform> make_whatsapp(scenery around, whatsapp_account us) {
  return std::make_unique<whatsapp_platform>(std::move(around), std::move(us));
}

}  // namespace handlers::demo
