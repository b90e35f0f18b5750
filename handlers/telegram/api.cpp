#include "handlers/telegram/api.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "handlers/untrusted_json.hpp"
#include "handlers/utf8.hpp"
#include "storage/json_text.hpp"

namespace handlers::telegram {
namespace {

using nlohmann::json;
using storage::json_text;

constexpr std::size_t most_text = 4096;
constexpr std::size_t most_data = 64;
constexpr std::size_t most_buttons = 100;
// A row of buttons that a narrow phone shows without cutting labels.
constexpr std::size_t row_points = 30;
constexpr std::size_t row_buttons = 4;
constexpr std::size_t most_label = 40;

struct destination {
  std::string_view name;  // a public group's "@name", where there is no number
  std::optional<std::int64_t> id;
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
    to.id = id;
    to.group = *id < 0;
  } else {
    to.name = chat;
    to.group = true;
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

bool usable(const button& b) { return !b.data.empty() && b.data.size() <= most_data && !b.label.empty(); }

void add_inline_keyboard(json_text& body, const std::vector<button>& buttons) {
  body.name("reply_markup").open('{').name("inline_keyboard").open('[');
  std::size_t longest = 0;  // of the current row: its buttons are shown equally wide
  std::size_t in_row = 0, count = 0;
  for (const button& b : buttons) {
    if (!usable(b) || count == most_buttons) continue;
    const std::size_t width = count_points(b.label) + 2;
    longest = std::max(longest, width);
    if (in_row == 0 || (in_row + 1) * longest > row_points || in_row == row_buttons) {
      if (in_row > 0) body.close(']');
      body.open('[');
      in_row = 0;
      longest = width;
    }
    body.open('{').put("text", b.label).put("callback_data", b.data).close('}');
    ++in_row;
    ++count;
  }
  body.close(']').close(']').close('}');
}

void add_reply_markup(json_text& body, const rendered& message, const destination& to) {
  if (std::any_of(message.buttons.begin(), message.buttons.end(), usable))
    return add_inline_keyboard(body, message.buttons);
  // An edited message can carry inline buttons only, and a group has nobody to ask.
  const bool location = message.ask_location && !message.location_label.empty();
  if (to.group || !message.edit_message_id.empty() || (!location && message.contact_label.empty())) return;
  body.name("reply_markup").open('{').name("keyboard").open('[').open('[');
  if (location) body.open('{').put("text", message.location_label).put("request_location", true).close('}');
  if (!message.contact_label.empty())
    body.open('{').put("text", message.contact_label).put("request_contact", true).close('}');
  body.close(']').close(']').put("resize_keyboard", true).put("one_time_keyboard", true).close('}');
}

call make_call(const char* method, json_text body) { return {method, body.close('}').take()}; }

// The parameters of a call, to be ended by make_call.
json_text body_for(const destination& to, style how) {
  json_text body;
  body.open('{');
  to.id ? body.put("chat_id", *to.id) : body.put("chat_id", to.name);
  if (to.topic && !how.outside_topic) body.put("message_thread_id", *to.topic);
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
  json_text body = body_for(to, how);
  if (!message.text.empty()) {
    body.put("caption", markup(message.text, how.plain));
    if (!how.plain) body.put("parse_mode", "HTML");
  }
  // A picture of a report is not to be passed on; a paper is its owner's.
  if (file.ours.media != 0) body.put("protect_content", true);
  call made = make_call("upload", std::move(body));
  made.file = file.ours;
  return made;
}

call send_file(const attachment& file, const destination& to, style how) {
  const auto* row = std::find_if(std::begin(file_methods), std::end(file_methods),
                                 [&](const file_method& m) { return m.what == file.what; });
  json_text body = body_for(to, how);
  body.put(row->field, file.file_id);
  return make_call(row->method, std::move(body));
}

// The message id out of what nearly every answer begins with; empty: it is to be read as JSON. To read all that follows
// (the whole message once more) would cost as much as to write the call.
std::string id_at_once(std::string_view body) {
  constexpr std::string_view head = R"({"ok":true,"result":{"message_id":)";
  if (!body.starts_with(head)) return {};
  body.remove_prefix(head.size());
  const std::size_t digits = body.find_first_not_of("0123456789");
  if (digits == 0 || digits == body.npos || digits > 18 || (body[digits] != ',' && body[digits] != '}')) return {};
  return std::string(body.substr(0, digits));
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
    json_text body;
    body.open('{').put("callback_query_id", message.callback_query_id);
    if (message.alert) {
      constexpr std::size_t most_alert = 200;  // characters
      body.put("text", markup(split(message.text, most_alert).front(), true)).put("show_alert", true);
      if (!message.chat_link.empty()) body.put("url", message.chat_link);
    }
    calls.push_back(make_call("answerCallbackQuery", std::move(body)));
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
    json_text body = body_for(to, edit ? style{.outside_topic = true} : how);  // a message that is edited has its topic
    if (edit) {
      const auto id = number(message.edit_message_id);
      id ? body.put("message_id", *id) : body.put("message_id", message.edit_message_id);
    }
    body.put("text", markup(part, how.plain));
    if (!how.plain) body.put("parse_mode", "HTML");
    body.name("link_preview_options").open('{').put("is_disabled", true).close('}');
    if (&part == &parts.back()) add_reply_markup(body, message, to);
    calls.push_back(make_call(edit ? "editMessageText" : "sendMessage", std::move(body)));
  }
  if (message.leaves && to.group) calls.push_back(make_call("leaveChat", body_for(to, {.outside_topic = true})));
  return calls;
}

call answer_tap(const std::string& query_id) {
  json_text body;
  body.open('{').put("callback_query_id", query_id);
  return make_call("answerCallbackQuery", std::move(body));
}

send_result decide(int status, std::string_view body) {
  if (std::string id = id_at_once(body); !id.empty()) return sent{std::move(id)};
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
