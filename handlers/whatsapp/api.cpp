#include "handlers/whatsapp/api.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "handlers/untrusted_json.hpp"
#include "handlers/utf8.hpp"
#include "handlers/whatsapp/short_labels.hpp"

namespace handlers::whatsapp {
namespace {

using nlohmann::json;

constexpr std::size_t most_text = 4096;
constexpr std::size_t most_interactive_text = 1024;  // lists are said to take 4096 now; the older limit always holds
constexpr std::size_t most_buttons = 3;
constexpr std::size_t most_rows = 10;
constexpr std::size_t most_row_id = 200;
constexpr std::size_t button_points = 20;
constexpr std::size_t row_points = 24;
constexpr std::size_t description_points = 72;
constexpr std::size_t parameter_utf16 = 512;

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

// WhatsApp has no escape: its marks are replaced by twins that look the same. An underscore within a word is no mark.
void append_literally(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool at_line_start = out.empty() || out.back() == '\n';
    const bool within_word =
        !out.empty() && is_letter_or_digit(out.back()) && i + 1 < text.size() && is_letter_or_digit(text[i + 1]);
    switch (c) {
      case '*': out += "\u2217"; break;
      case '~': out += "\u223C"; break;
      case '`': out += "\u02CB"; break;
      case '_': out += within_word ? "_" : "\uFF3F"; break;
      case '>': out += at_line_start ? "\u203A" : ">"; break;
      default: out += c;
    }
  }
}

// Bold holds within a line only, and no space may touch its marks from inside.
void append_bold(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
    const std::size_t end = line.find_last_not_of(' ') + 1;  // 0 when there is nothing else
    out += line.substr(0, begin);
    if (begin < end) {
      out += '*';
      append_literally(out, line.substr(begin, end - begin));
      out += '*';
      out += line.substr(end);
    }
    text.remove_prefix(line.size());
    if (!text.empty()) {
      out += '\n';
      text.remove_prefix(1);
    }
  }
}

std::string markup(const std::vector<run>& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!text[i].bold) {
      append_literally(out, text[i].text);
      continue;
    }
    // Neighbours share one pair of marks: "*a**b*" would show its stars.
    std::string bold = text[i].text;
    while (i + 1 < text.size() && text[i + 1].bold) bold += text[++i].text;
    append_bold(out, bold);
  }
  return out;
}

// What the marks of bold add at most, also when a cut makes two bold pieces of one.
std::size_t marks_of(const std::vector<run>& text) {
  std::size_t marks = 0;
  for (const run& piece : text) {
    if (piece.bold) marks += 4 + 2 * static_cast<std::size_t>(std::count(piece.text.begin(), piece.text.end(), '\n'));
  }
  return marks;
}

bool is_scoped(std::string_view address) { return address.size() > 3 && address[2] == '.'; }

json body_for(std::string_view address, const char* type) {
  return {{"messaging_product", "whatsapp"},
          {"recipient_type", "individual"},
          {is_scoped(address) ? "recipient" : "to", address},
          {"type", type}};
}

call make_call(const json& body) { return {"messages", body.dump(-1, ' ', false, json::error_handler_t::replace)}; }

json text_body(std::string_view address, const std::string& words) {
  json body = body_for(address, "text");
  body["text"] = {{"body", words}, {"preview_url", false}};
  return body;
}

json interactive_body(std::string_view address, const std::string& words, const json& control) {
  json body = body_for(address, "interactive");
  body["interactive"] = control;
  body["interactive"]["body"] = {{"text", words}};
  return body;
}

const char* file_type(attachment::kind what) {
  switch (what) {
    case attachment::kind::photo: return "image";
    case attachment::kind::video: return "video";
    case attachment::kind::voice:
    case attachment::kind::audio: return "audio";
    case attachment::kind::sticker: return "sticker";
    case attachment::kind::document: break;
  }
  return "document";
}

call make_file(std::string_view address, const attachment& file) {
  json body = body_for(address, file_type(file.what));
  json& content = body[file_type(file.what)];
  content["id"] = file.file_id;
  if (file.what == attachment::kind::document && !file.name.empty()) content["filename"] = file.name;
  return make_call(body);
}

// The upload completes it: type and media id are known then.
call upload(std::string_view address, const attachment& file, const std::vector<run>& caption) {
  json body = body_for(address, "");
  body["caption"] = markup(caption);
  call made = make_call(body);
  made.file = file.ours;
  return made;
}

// A parameter of a template takes no line break, no tab, no run of spaces and is not empty.
std::string parameter(std::string_view value) {
  std::string out;
  for (const char c : value) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space) out += c;
    if (space && !out.empty() && out.back() != ' ') out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (out.empty()) return "-";
  return std::string(first_utf16(out, parameter_utf16));
}

call make_template(std::string_view address, const template_message& message) {
  json components = json::array();
  if (!message.parameters.empty()) {
    json values = json::array();
    for (const std::string& value : message.parameters)
      values.push_back({{"type", "text"}, {"text", parameter(value)}});
    components.push_back({{"type", "body"}, {"parameters", std::move(values)}});
  }
  for (std::size_t i = 0; i < message.replies.size(); ++i) {
    json payload = {{"type", "payload"}, {"payload", message.replies[i].data}};
    components.push_back({{"type", "button"},
                          {"sub_type", "quick_reply"},
                          {"index", std::to_string(i)},
                          {"parameters", json::array({std::move(payload)})}});
  }
  json body = body_for(address, "template");
  body["template"] = {{"name", message.name}, {"language", {{"code", message.language}}}};
  if (!components.empty()) body["template"]["components"] = std::move(components);
  return make_call(body);
}

std::vector<button> usable(const std::vector<button>& buttons) {
  std::vector<button> out;
  for (const button& b : buttons) {
    if (!b.data.empty() && b.data.size() <= most_row_id && !b.label.empty()) out.push_back(b);
  }
  return out;
}

bool fit_as_buttons(const std::vector<button>& buttons) {
  std::set<std::string_view> labels;
  for (const button& b : buttons) {
    if (!label_fits(b.label, label::button) || !labels.insert(b.label).second) return false;
  }
  return buttons.size() <= most_buttons;
}

json reply_buttons(const std::vector<button>& buttons) {
  json out = json::array();
  for (const button& b : buttons) {
    out.push_back({{"type", "reply"}, {"reply", {{"id", b.data}, {"title", b.label}}}});
  }
  return {{"buttons", std::move(out)}};
}

// At most `points` characters, with "…" in place of what is cut.
std::string shortened(std::string_view text, std::size_t points) {
  if (count_points(text) <= points) return std::string(text);
  return std::string(first_points(text, points - 1)) + "\u2026";
}

json list_rows(const std::vector<button>& buttons, const std::string& list_button) {
  std::vector<std::string> labels;
  for (const button& b : buttons) labels.push_back(b.label);
  const auto titles = short_labels(labels, row_points);
  json rows = json::array();
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    json row = {{"id", buttons[i].data}, {"title", titles[i]}};
    if (titles[i] != labels[i]) row["description"] = shortened(labels[i], description_points);
    rows.push_back(std::move(row));
  }
  const std::string opener = list_button.empty() ? "\u2630" : shortened(list_button, button_points);
  return {{"button", opener}, {"sections", json::array({{{"rows", std::move(rows)}}})}};
}

// The interactive part of a message with words, null when plain text does.
json interactive(const rendered& message, const std::vector<button>& buttons) {
  if (!buttons.empty() && !message.is_list && fit_as_buttons(buttons)) {
    return {{"type", "button"}, {"action", reply_buttons(buttons)}};
  }
  if (!buttons.empty() && buttons.size() <= most_rows) {
    return {{"type", "list"}, {"action", list_rows(buttons, message.list_button)}};
  }
  if (buttons.empty() && message.ask_location) {
    return {{"type", "location_request_message"}, {"action", {{"name", "send_location"}}}};
  }
  return nullptr;
}

std::vector<run> with_numbers(std::vector<run> text, const std::vector<button>& buttons) {
  std::string lines = "\n";
  for (std::size_t i = 0; i < buttons.size(); ++i) lines += '\n' + std::to_string(i + 1) + ". " + buttons[i].label;
  text.push_back({std::move(lines), false});
  return text;
}

// The messages that the text takes; beside buttons each holds less.
std::vector<std::string> pieces(const std::vector<run>& text, bool last_is_interactive) {
  std::vector<std::string> out;
  const std::size_t limit = last_is_interactive ? most_interactive_text : most_text;
  const std::size_t most = limit - std::min(marks_of(text), limit / 2);
  for (const auto& piece : split(text, most)) out.push_back(markup(piece));
  return out;
}

}  // namespace

std::vector<call> encode(std::string_view address, const rendered& message, window state) {
  std::vector<call> calls;
  if (state == window::closed) {
    if (!message.when_window_closed.name.empty()) calls.push_back(make_template(address, message.when_window_closed));
    for (call& one : calls) one.costs = price::paid;
    return calls;
  }
  if (!message.attachments.empty() && message.attachments.front().ours.given()) {
    calls.push_back(upload(address, message.attachments.front(), message.text));
    calls.back().costs = price::service;
    return calls;
  }
  for (const attachment& file : message.attachments) calls.push_back(make_file(address, file));

  const std::vector<button> buttons = usable(message.buttons);
  const json control = interactive(message, buttons);
  const bool numbered = control.is_null() && !buttons.empty();
  const std::vector<std::string> texts =
      pieces(numbered ? with_numbers(message.text, buttons) : message.text, !control.is_null());
  for (const std::string& words : texts) {
    const bool plain = control.is_null() || &words != &texts.back();
    json body = plain ? text_body(address, words) : interactive_body(address, words, control);
    if (&words == &texts.front() && !message.context_message_id.empty()) {
      body["context"] = {{"message_id", message.context_message_id}};
    }
    calls.push_back(make_call(body));
  }
  for (call& one : calls) one.costs = price::service;
  return calls;
}

call mark_read(std::string_view message_id, bool typing) {
  json body = {{"messaging_product", "whatsapp"}, {"status", "read"}, {"message_id", message_id}};
  if (typing) body["typing_indicator"] = {{"type", "text"}};
  return make_call(body);
}

bool label_fits(std::string_view text, label where) {
  return !text.empty() && count_points(text) <= (where == label::row ? row_points : button_points);
}

}  // namespace handlers::whatsapp
