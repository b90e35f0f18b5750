#include "handlers/telegram/api.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "handlers/untrusted_json.hpp"
#include "handlers/utf8.hpp"

namespace handlers::telegram {
namespace {

using nlohmann::json;

constexpr std::size_t most_text = 4096;
constexpr std::size_t most_data = 64;
constexpr std::size_t most_buttons = 100;
// A row of buttons that a narrow phone shows without cutting labels.
constexpr std::size_t row_points = 30;
constexpr std::size_t row_buttons = 4;
constexpr std::size_t most_label = 40;

struct destination {
  json chat;
  std::optional<std::int64_t> topic;
  bool group = false;
};

std::optional<std::int64_t> number(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

destination read_address(std::string_view address) {
  const std::string_view chat = address.substr(0, address.find('/'));
  destination to;
  if (const auto id = number(chat)) {
    to.chat = *id;
    to.group = *id < 0;
  } else {
    to.chat = std::string(chat);
    to.group = true;  // a public group's "@name"
  }
  if (chat.size() < address.size()) to.topic = number(address.substr(chat.size() + 1));
  // The General topic is addressed without its number.
  if (to.topic == 1) to.topic.reset();
  return to;
}

void append_escaped(std::string& html, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      default: html += c;
    }
  }
}

std::string markup(const std::vector<run>& text, bool plain) {
  std::string out;
  for (const run& piece : text) {
    if (plain) {
      out += piece.text;
      continue;
    }
    if (piece.bold) out += "<b>";
    append_escaped(out, piece.text);
    if (piece.bold) out += "</b>";
  }
  return out;
}

json inline_keyboard(const std::vector<button>& buttons) {
  json rows = json::array();
  std::size_t longest = 0;  // of the current row: its buttons are shown equally wide
  std::size_t count = 0;
  for (const button& b : buttons) {
    if (b.data.empty() || b.data.size() > most_data || b.label.empty() || count == most_buttons) continue;
    const std::size_t width = count_points(b.label) + 2;
    longest = std::max(longest, width);
    if (rows.empty() || (rows.back().size() + 1) * longest > row_points || rows.back().size() == row_buttons) {
      rows.push_back(json::array());
      longest = width;
    }
    rows.back().push_back({{"text", b.label}, {"callback_data", b.data}});
    ++count;
  }
  return rows;
}

json reply_markup(const rendered& message, const destination& to) {
  if (json rows = inline_keyboard(message.buttons); !rows.empty()) return {{"inline_keyboard", std::move(rows)}};
  // An edited message can carry inline buttons only, and a group has nobody to ask.
  if (to.group || !message.edit_message_id.empty()) return nullptr;
  json row = json::array();
  if (message.ask_location && !message.location_label.empty())
    row.push_back({{"text", message.location_label}, {"request_location", true}});
  if (!message.contact_label.empty()) row.push_back({{"text", message.contact_label}, {"request_contact", true}});
  if (row.empty()) return nullptr;
  return {{"keyboard", json::array({std::move(row)})}, {"resize_keyboard", true}, {"one_time_keyboard", true}};
}

call make_call(const char* method, const json& body) {
  return {method, body.dump(-1, ' ', false, json::error_handler_t::replace)};
}

json body_for(const destination& to, style how) {
  json body = {{"chat_id", to.chat}};
  if (to.topic && !how.outside_topic) body["message_thread_id"] = *to.topic;
  return body;
}

struct file_method {
  attachment::kind what;
  const char* method;
  const char* field;
};
constexpr file_method file_methods[] = {
    {attachment::kind::photo, "sendPhoto", "photo"},          {attachment::kind::video, "sendVideo", "video"},
    {attachment::kind::voice, "sendVoice", "voice"},          {attachment::kind::audio, "sendAudio", "audio"},
    {attachment::kind::document, "sendDocument", "document"}, {attachment::kind::sticker, "sendSticker", "sticker"},
};

// The upload chooses the method by what the file turns out to be.
call upload(const attachment& file, const rendered& message, const destination& to, style how) {
  json body = body_for(to, how);
  if (!message.text.empty()) {
    body["caption"] = markup(message.text, how.plain);
    if (!how.plain) body["parse_mode"] = "HTML";
  }
  // A picture of a report is not to be passed on; a paper is its owner's.
  if (file.ours.media != 0) body["protect_content"] = true;
  call made = make_call("upload", body);
  made.file = file.ours;
  return made;
}

call send_file(const attachment& file, const destination& to, style how) {
  const auto* row = std::find_if(std::begin(file_methods), std::end(file_methods),
                                 [&](const file_method& m) { return m.what == file.what; });
  json body = body_for(to, how);
  body[row->field] = file.file_id;
  return make_call(row->method, body);
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// The few refusals that only their words tell apart, all with code 400.
struct refusal {
  const char* words;  // lower case
  send_result meaning;
};
const refusal refusals[] = {
    {"message is not modified", sent{}},
    {"query is too old", sent{}},
    {"query id is invalid", sent{}},
    {"message to edit not found", send_differently{send_differently::how::as_new_message}},
    {"message can't be edited", send_differently{send_differently::how::as_new_message}},
    {"can't parse entities", send_differently{send_differently::how::plain}},
    {"message thread not found", send_differently{send_differently::how::outside_topic}},
    {"topic_closed", send_differently{send_differently::how::outside_topic}},
    {"topic_deleted", send_differently{send_differently::how::outside_topic}},
    {"chat not found", unreachable{400}},
    {"user not found", unreachable{400}},
    {"peer_id_invalid", unreachable{400}},
    {"have no rights to send", rejected{400, true}},
    {"not enough rights", rejected{400, true}},
};

send_result decide_bad_request(const json& answer) {
  const std::string moved = id_of(field(field(answer, "parameters"), "migrate_to_chat_id"));
  if (!moved.empty()) return moved_away{moved};
  std::string words = text_of(field(answer, "description"), 512);
  std::transform(words.begin(), words.end(), words.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  for (const refusal& known : refusals) {
    if (contains(words, known.words)) return known.meaning;
  }
  return rejected{400, true};
}

}  // namespace

std::vector<call> encode(std::string_view address, const rendered& message, style how) {
  std::vector<call> calls;
  if (!message.callback_query_id.empty()) {
    json body = {{"callback_query_id", message.callback_query_id}};
    if (message.alert) {
      constexpr std::size_t most_alert = 200;  // characters
      body["text"] = markup(split(message.text, most_alert).front(), true);
      body["show_alert"] = true;
      if (!message.chat_link.empty()) body["url"] = message.chat_link;
    }
    calls.push_back(make_call("answerCallbackQuery", body));
    if (message.alert) return calls;
  }
  const destination to = read_address(address);
  if (!message.attachments.empty() && message.attachments.front().ours.given()) {
    calls.push_back(upload(message.attachments.front(), message, to, how));
    return calls;
  }
  for (const attachment& file : message.attachments) calls.push_back(send_file(file, to, how));

  std::vector<std::vector<run>> parts = split(message.text, most_text);
  const bool edit = !message.edit_message_id.empty();
  if (edit && parts.size() > 1) parts.resize(1);
  for (const auto& part : parts) {
    json body = edit ? json{{"chat_id", to.chat}} : body_for(to, how);
    if (edit) {
      const auto id = number(message.edit_message_id);
      body["message_id"] = id ? json(*id) : json(message.edit_message_id);
    }
    body["text"] = markup(part, how.plain);
    if (!how.plain) body["parse_mode"] = "HTML";
    body["link_preview_options"] = {{"is_disabled", true}};
    if (&part == &parts.back()) {
      if (json keyboard = reply_markup(message, to); !keyboard.is_null()) body["reply_markup"] = std::move(keyboard);
    }
    calls.push_back(make_call(edit ? "editMessageText" : "sendMessage", body));
  }
  if (message.leaves && to.group) calls.push_back(make_call("leaveChat", {{"chat_id", to.chat}}));
  return calls;
}

call answer_tap(const std::string& query_id) {
  return make_call("answerCallbackQuery", {{"callback_query_id", query_id}});
}

send_result decide(int status, std::string_view body) {
  json answer;
  if (read_json(body, answer) != json_fault::none) answer = nullptr;
  if (is_true(field(answer, "ok"))) return sent{id_of(field(field(answer, "result"), "message_id"))};

  const auto told = integer_of(field(answer, "error_code"));
  const int code = told && *told >= 300 && *told < 600 ? static_cast<int>(*told) : status;
  using scope = retry_later::scope;
  switch (code) {
    case 400: return decide_bad_request(answer);
    case 401:
    case 404:
    case 409: return stop_channel{code};
    case 403: return unreachable{code};
    case 429: {
      const auto wait = integer_of(field(field(answer, "parameters"), "retry_after")).value_or(0);
      return retry_later{scope::chat, std::chrono::seconds(std::clamp<std::int64_t>(wait, 0, 3600)), false, code};
    }
    default: break;
  }
  if (code > 400 && code < 500) return rejected{code, true};
  return retry_later{scope::chat, std::chrono::seconds(0), true, code};
}

bool label_fits(std::string_view label) { return !label.empty() && count_points(label) <= most_label; }

}  // namespace handlers::telegram
