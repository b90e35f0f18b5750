#include "handlers/demo/telegram.hpp"

#include <nlohmann/json.hpp>

#include "handlers/demo/markup.hpp"
#include "handlers/multipart.hpp"
#include "handlers/same_secret.hpp"
#include "handlers/untrusted_json.hpp"
#include "handlers/utf8.hpp"

namespace handlers::demo {
namespace {

using nlohmann::json;

constexpr std::string_view file_mark = "/file";

struct file_method {
  std::string_view method;
  const char* field;
};
constexpr file_method file_methods[] = {
    {"sendPhoto", "photo"}, {"sendVideo", "video"},       {"sendVoice", "voice"},
    {"sendAudio", "audio"}, {"sendDocument", "document"}, {"sendSticker", "sticker"},
};

http::response done(json result) { return answer_with(200, {{"ok", true}, {"result", std::move(result)}}); }

http::response refuse(int code, std::string_view why) {
  return answer_with(code, {{"ok", false}, {"error_code", code}, {"description", why}});
}

std::int64_t seconds_of(bot::instant t) { return bot::to_millis(t) / 1000; }

class telegram_platform final : public platform {
 public:
  telegram_platform(scenery around, std::string token, std::string secret)
      : around_(std::move(around)), path_("/bot" + std::move(token) + "/"), secret_(std::move(secret)) {
    // A kept database must not see an old number again.
    update_ = bot::to_millis(around_.now());
  }

  http::response answer(const http::request& request) override {
    std::string_view path = request.path();
    const bool download = path.starts_with(file_mark);
    if (download) path.remove_prefix(file_mark.size());
    if (path.size() < path_.size() || !same_secret(path.substr(0, path_.size()), path_))
      return refuse(401, "Unauthorized");
    const std::string_view method = path.substr(path_.size());
    if (download) return hand_out(method);
    json body;
    if (const auto form = read_form(request.fields["Content-Type"], request.body))
      body = take_upload(*form);
    else if (read_json(request.body, body) != json_fault::none)
      return refuse(400, "Bad Request: can't parse JSON");
    if (method == "getFile") return locate(id_of(field(body, "file_id")));
    if (method == "answerCallbackQuery") return done(true);
    if (method == "sendMessage") return send_message(body);
    if (method == "editMessageText") return edit_message(body);
    for (const auto& [name, key] : file_methods)
      if (method == name) return send_file_message(body, key);
    return refuse(404, "Not Found");
  }

  deed say(const person& who, const std::string& text) override {
    json update = next_message(who);
    update["message"]["text"] = text;
    if (text[0] == '/') update["message"]["entities"] = json::array({command_at_start(text)});
    message m = own(who);
    m.text = {{text, false}};
    return show(who, std::move(m), update);
  }

  std::optional<deed> tap(const person& who, std::string_view message_id, std::string_view data) override {
    const message* on = around_.phones.find(who.id, message_id);
    if (on == nullptr || !has_button(*on, data)) return std::nullopt;
    const json update = {
        {"update_id", ++update_},
        {"callback_query",
         {{"id", std::to_string(++query_)},
          {"from", from(who)},
          {"message",
           {{"message_id", std::stoll(on->id)}, {"chat", chat(who)}, {"date", seconds_of(on->at)}, {"text", "…"}}},
          {"chat_instance", "1"},
          {"data", data}}}};
    return deed{who.id, {}, webhook(update)};
  }

  deed pin(const person& who, double latitude, double longitude) override {
    json update = next_message(who);
    update["message"]["location"] = {{"latitude", latitude}, {"longitude", longitude}};
    message m = own(who);
    m.place = {latitude, longitude};
    return show(who, std::move(m), update);
  }

  deed send_file(const person& who, const std::string& file, const std::string& caption) override {
    json update = next_message(who);
    const auto* content = around_.files.find(file);
    const json described = {{"file_id", file}, {"file_unique_id", file}, {"file_size", content->bytes.size()}};
    if (content->type.starts_with("image/")) {
      json size = described;
      size["width"] = 1280;
      size["height"] = 960;
      update["message"]["photo"] = json::array({size});
    } else {
      update["message"]["voice"] = described;
      update["message"]["voice"]["duration"] = 3;
      update["message"]["voice"]["mime_type"] = content->type;
    }
    if (!caption.empty()) update["message"]["caption"] = caption;
    message m = own(who);
    m.file = file;
    m.file_type = content->type;
    if (!caption.empty()) m.text = {{caption, false}};
    return show(who, std::move(m), update);
  }

 private:
  static json command_at_start(const std::string& text) {
    return {{"type", "bot_command"}, {"offset", 0}, {"length", count_utf16(text.substr(0, text.find(' ')))}};
  }

  static bool has_button(const message& m, std::string_view data) {
    for (const auto& row : m.rows)
      for (const auto& b : row)
        if (b.data == data) return true;
    return false;
  }

  // --- files ---------------------------------------------------------------------------------------------------------
  http::response locate(const std::string& file) const {
    const auto* content = around_.files.find(file);
    if (content == nullptr) return refuse(400, "Bad Request: wrong file_id or the file is temporarily unavailable");
    return done({{"file_id", file}, {"file_size", content->bytes.size()}, {"file_path", "documents/" + file}});
  }

  http::response hand_out(std::string_view path) const {
    const auto* content = around_.files.find(path.substr(path.rfind('/') + 1));
    if (content == nullptr) return refuse(404, "Not Found");
    http::response r;
    r.content_type = "application/octet-stream";
    r.body = content->bytes;
    return r;
  }

  // The fields as if they were JSON; a file becomes the id under which it lies on the shelf.
  json take_upload(const std::vector<form_part>& form) const {
    json body = json::object();
    for (const auto& part : form) {
      if (part.file.empty())
        body[part.name] = part.content;
      else
        body[part.name] = around_.files.put({part.type, part.content, part.file});
    }
    return body;
  }

  // --- what the service sends ---------------------------------------------------------------------------------------
  const person* receiver(const json& body) const {
    return around_.people.at(bot::channel::telegram, id_of(field(body, "chat_id")));
  }

  // The text with its marks, or why Telegram would refuse it.
  static std::string_view read_text(const json& body, std::vector<run>& out) {
    const std::string text = text_of(field(body, "text"), 65536);
    if (field(body, "parse_mode") == "HTML") {
      auto runs = read_html(text);
      if (!runs) return "Bad Request: can't parse entities";
      out = std::move(*runs);
    } else if (!text.empty()) {
      out = {{text, false}};
    }
    std::size_t length = 0;
    for (const auto& piece : out) length += count_utf16(piece.text);
    if (length == 0) return "Bad Request: message text is empty";
    return length > most_text ? "Bad Request: message is too long" : "";
  }

  static void read_keyboard(const json& body, message& m) {
    m.rows.clear();
    m.location_label.clear();
    const json& markup = field(body, "reply_markup");
    if (const json& rows = field(markup, "inline_keyboard"); rows.is_array()) {
      for (const json& row : rows) {
        m.rows.emplace_back();
        for (const json& b : row)
          m.rows.back().push_back({text_of(field(b, "callback_data"), 64), text_of(field(b, "text"), 256)});
      }
    }
    if (const json& rows = field(markup, "keyboard"); rows.is_array())
      for (const json& row : rows)
        for (const json& b : row)
          if (is_true(field(b, "request_location"))) m.location_label = text_of(field(b, "text"), 256);
  }

  http::response send_message(const json& body) {
    const person* to = receiver(body);
    if (to == nullptr) return refuse(400, "Bad Request: chat not found");
    message m;
    if (const auto fault = read_text(body, m.text); !fault.empty()) return refuse(400, fault);
    read_keyboard(body, m);
    return place(*to, std::move(m));
  }

  http::response edit_message(const json& body) {
    const person* to = receiver(body);
    message* m = to == nullptr ? nullptr : around_.phones.find(to->id, id_of(field(body, "message_id")));
    if (m == nullptr || !m->from.empty()) return refuse(400, "Bad Request: message to edit not found");
    message changed = *m;
    if (const auto fault = read_text(body, changed.text); !fault.empty()) return refuse(400, fault);
    read_keyboard(body, changed);
    const auto same_buttons = [](const std::vector<std::vector<button>>& a, const std::vector<std::vector<button>>& b) {
      return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                          [](const button& i, const button& j) { return i.data == j.data && i.label == j.label; });
      });
    };
    if (changed.text == m->text && same_buttons(changed.rows, m->rows))
      return refuse(400, "Bad Request: message is not modified");
    changed.edited = true;
    *m = std::move(changed);
    around_.phones.touch(*m);
    return done({{"message_id", std::stoll(m->id)}, {"chat", chat(*to)}, {"date", seconds_of(m->at)}});
  }

  http::response send_file_message(const json& body, const char* key) {
    const person* to = receiver(body);
    if (to == nullptr) return refuse(400, "Bad Request: chat not found");
    message m;
    m.file = id_of(field(body, key));
    const auto* content = around_.files.find(m.file);
    if (content == nullptr) return refuse(400, "Bad Request: wrong file identifier/HTTP URL specified");
    m.file_type = content->type;
    m.file_name = content->name;
    if (const std::string caption = text_of(field(body, "caption"), 4096); !caption.empty())
      m.text = read_html(caption).value_or(std::vector<run>{{caption, false}});
    return place(*to, std::move(m));
  }

  http::response place(const person& to, message m) {
    m.id = std::to_string(++message_);
    m.at = around_.now();
    const auto& placed = around_.phones.add(to.id, std::move(m));
    return done({{"message_id", message_}, {"chat", chat(to)}, {"date", seconds_of(placed.at)}});
  }

  // --- what people do -----------------------------------------------------------------------------------------------
  json from(const person& who) const {
    const person& speaker = around_.people.speaker(who);
    return {
        {"id", std::stoll(speaker.address)}, {"is_bot", false}, {"first_name", speaker.name}, {"language_code", "id"}};
  }

  static json chat(const person& who) {
    json c = {{"id", std::stoll(who.address)}, {"type", who.plays == part::group ? "supergroup" : "private"}};
    c[who.plays == part::group ? "title" : "first_name"] = who.name;
    return c;
  }

  json next_message(const person& who) {
    return {
        {"update_id", ++update_},
        {"message",
         {{"message_id", ++message_}, {"from", from(who)}, {"chat", chat(who)}, {"date", seconds_of(around_.now())}}}};
  }

  message own(const person& who) const {
    message m;
    m.id = std::to_string(message_);
    m.from = around_.people.speaker(who).id;
    m.at = around_.now();
    m.state = "sending";
    return m;
  }

  deed show(const person& who, message m, const json& update) {
    deed d{who.id, m.id, webhook(update)};
    around_.phones.add(who.id, std::move(m));
    return d;
  }

  http::call webhook(const json& update) const {
    http::call c;
    c.target = "/webhook/telegram";
    c.body = update.dump(-1, ' ', false, json::error_handler_t::replace);
    c.content_type = "application/json";
    c.headers = {{"X-Telegram-Bot-Api-Secret-Token", secret_}};
    return c;
  }

  scenery around_;
  std::string path_;
  std::string secret_;
  std::int64_t update_ = 0;
  std::int64_t message_ = 100;
  std::int64_t query_ = 0;
};

}  // namespace

std::unique_ptr<platform> make_telegram(scenery around, std::string token, std::string secret) {
  return std::make_unique<telegram_platform>(std::move(around), std::move(token), std::move(secret));
}

}  // namespace handlers::demo
