#include "handlers/whatsapp/api.hpp"

#include <algorithm>
#include <set>

#include "handlers/utf8.hpp"
#include "handlers/whatsapp/short_labels.hpp"
#include "storage/json_text.hpp"

namespace handlers::whatsapp {
namespace {

using storage::json_text;

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

// What every message begins with, to be ended by make_call.
json_text body_for(std::string_view address, const char* type) {
  json_text body;
  body.open('{').put("messaging_product", "whatsapp").put("recipient_type", "individual");
  body.put(is_scoped(address) ? "recipient" : "to", address).put("type", type);
  return body;
}

call make_call(json_text body) { return {"messages", body.close('}').take()}; }

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
  json_text body = body_for(address, file_type(file.what));
  body.name(file_type(file.what)).open('{').put("id", file.file_id);
  if (file.what == attachment::kind::document && !file.name.empty()) body.put("filename", file.name);
  body.close('}');
  return make_call(std::move(body));
}

// The upload completes it: type and media id are known then.
call upload(std::string_view address, const attachment& file, const std::vector<run>& caption) {
  json_text body = body_for(address, "");
  body.put("caption", markup(caption));
  call made = make_call(std::move(body));
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
  json_text body = body_for(address, "template");
  body.name("template").open('{').put("name", message.name);
  body.name("language").open('{').put("code", message.language).close('}');
  const bool has_components = !message.parameters.empty() || !message.replies.empty();
  if (has_components) body.name("components").open('[');
  if (!message.parameters.empty()) {
    body.open('{').put("type", "body").name("parameters").open('[');
    for (const std::string& value : message.parameters)
      body.open('{').put("type", "text").put("text", parameter(value)).close('}');
    body.close(']').close('}');
  }
  for (std::size_t i = 0; i < message.replies.size(); ++i) {
    body.open('{').put("type", "button").put("sub_type", "quick_reply").put("index", std::to_string(i));
    body.name("parameters").open('[').open('{');
    body.put("type", "payload").put("payload", message.replies[i].data).close('}').close(']').close('}');
  }
  if (has_components) body.close(']');
  body.close('}');
  return make_call(std::move(body));
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

void add_reply_buttons(json_text& body, const std::vector<button>& buttons) {
  body.name("buttons").open('[');
  for (const button& b : buttons) {
    body.open('{').put("type", "reply").name("reply").open('{');
    body.put("id", b.data).put("title", b.label).close('}').close('}');
  }
  body.close(']');
}

// At most `points` characters, with "…" in place of what is cut.
std::string shortened(std::string_view text, std::size_t points) {
  if (count_points(text) <= points) return std::string(text);
  return std::string(first_points(text, points - 1)) + "\u2026";
}

void add_list(json_text& body, const std::vector<button>& buttons, const std::string& list_button) {
  std::vector<std::string> labels;
  for (const button& b : buttons) labels.push_back(b.label);
  const auto titles = short_labels(labels, row_points);
  body.put("button", list_button.empty() ? "\u2630" : shortened(list_button, button_points));
  body.name("sections").open('[').open('{').name("rows").open('[');
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    body.open('{').put("id", buttons[i].data).put("title", titles[i]);
    if (titles[i] != labels[i]) body.put("description", shortened(labels[i], description_points));
    body.close('}');
  }
  body.close(']').close('}').close(']');
}

// What stands below the words of a message.
enum class control : std::uint8_t { none, buttons, list, location };

control control_of(const rendered& message, const std::vector<button>& buttons) {
  if (!buttons.empty() && !message.is_list && fit_as_buttons(buttons)) return control::buttons;
  if (!buttons.empty() && buttons.size() <= most_rows) return control::list;
  return buttons.empty() && message.ask_location ? control::location : control::none;
}

json_text text_body(std::string_view address, const std::string& words) {
  json_text body = body_for(address, "text");
  body.name("text").open('{').put("body", words).put("preview_url", false).close('}');
  return body;
}

json_text interactive_body(std::string_view address, const std::string& words, control how, const rendered& message,
                           const std::vector<button>& buttons) {
  json_text body = body_for(address, "interactive");
  body.name("interactive").open('{').name("body").open('{').put("text", words).close('}');
  body.put("type", how == control::buttons ? "button" : how == control::list ? "list" : "location_request_message");
  body.name("action").open('{');
  if (how == control::buttons) add_reply_buttons(body, buttons);
  if (how == control::list) add_list(body, buttons, message.list_button);
  if (how == control::location) body.put("name", "send_location");
  body.close('}').close('}');
  return body;
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
  const control below = control_of(message, buttons);
  const bool numbered = below == control::none && !buttons.empty();
  const std::vector<std::string> texts =
      pieces(numbered ? with_numbers(message.text, buttons) : message.text, below != control::none);
  for (const std::string& words : texts) {
    const bool plain = below == control::none || &words != &texts.back();
    json_text body = plain ? text_body(address, words) : interactive_body(address, words, below, message, buttons);
    if (&words == &texts.front() && !message.context_message_id.empty())
      body.name("context").open('{').put("message_id", message.context_message_id).close('}');
    calls.push_back(make_call(std::move(body)));
  }
  for (call& one : calls) one.costs = price::service;
  return calls;
}

call mark_read(std::string_view message_id, bool typing) {
  json_text body;
  body.open('{').put("messaging_product", "whatsapp").put("status", "read").put("message_id", message_id);
  if (typing) body.name("typing_indicator").open('{').put("type", "text").close('}');
  return make_call(std::move(body));
}

bool label_fits(std::string_view text, label where) {
  return !text.empty() && count_points(text) <= (where == label::row ? row_points : button_points);
}

}  // namespace handlers::whatsapp
