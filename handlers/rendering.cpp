#include "handlers/rendering.hpp"

#include <algorithm>

#include "bot/notices/paper.hpp"

namespace handlers {
namespace {

std::string value_of(const bot::say& s, std::string_view name, const std::string& language,
                     const bot::language::catalogue& texts, int depth) {
  const auto at = std::find_if(s.args.begin(), s.args.end(), [&](const bot::argument& a) { return a.name == name; });
  if (at == s.args.end()) return {};
  if (!at->key) return at->value;
  // A text as a value may hold placeholders of its own ("Sudah di {unit}"); people's words are never texts.
  std::string text(texts.text(language, at->value));
  if (depth >= 2) return text;
  std::string filled;
  std::size_t from = 0;
  for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', from)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string::npos) break;
    filled.append(text, from, open - from);
    filled += value_of(s, std::string_view(text).substr(open + 1, close - open - 1), language, texts, depth + 1);
    from = close + 1;
  }
  return filled.append(text, from);
}

std::string filled(const std::string& part, const bot::say& s, const std::string& language,
                   const bot::language::catalogue& texts) {
  if (part.find('{') == std::string::npos) return part;
  std::string out;
  std::size_t from = 0;
  for (std::size_t open = part.find('{'); open != std::string::npos; open = part.find('{', from)) {
    const std::size_t close = part.find('}', open);
    if (close == std::string::npos) break;
    out.append(part, from, open - from);
    out += value_of(s, std::string_view(part).substr(open + 1, close - open - 1), language, texts, 0);
    from = close + 1;
  }
  return out.append(part, from);
}

std::string label_of(const std::string& label, const std::string& language, const bot::language::catalogue& texts) {
  return label.starts_with('=') ? label.substr(1) : std::string(texts.text(language, label));
}

template_message filled(const bot::approved_template& approved, const bot::say& s, const std::string& language,
                        const bot::language::catalogue& texts) {
  template_message t;
  t.name = approved.name;
  t.language = approved.language;
  for (const auto& name : approved.parameters) t.parameters.push_back(value_of(s, name, language, texts, 0));
  for (const auto& reply : approved.replies) t.replies.push_back({filled(reply.data, s, language, texts), reply.label});
  t.essential = approved.essential || s.urgency <= bot::priority::high;
  return t;
}

}  // namespace

rendered render(const bot::say& s, const std::string& language, const bot::handbook& book) {
  const auto& texts = book.texts;
  rendered r;
  if (!s.key.empty()) {
    r.text = runs_of(texts.text(language, s.key));
    for (auto& one : r.text) one.text = filled(one.text, s, language, texts);
    // Optional values at the end leave white space behind.
    while (!r.text.empty()) {
      std::string& last = r.text.back().text;
      while (!last.empty() && (last.back() == ' ' || last.back() == '\n')) last.pop_back();
      if (!last.empty()) break;
      r.text.pop_back();
    }
  }
  r.buttons.reserve(s.choices.size());
  for (const auto& c : s.choices) r.buttons.push_back({c.data, label_of(c.label, language, texts)});
  r.ask_location = s.ask_location;
  if (s.ask_location) r.location_label = texts.text(language, "button.location");
  if (s.ask_contact) r.contact_label = texts.text(language, "button.contact");
  // Even two buttons become a list on WhatsApp when their labels are long.
  if (!s.choices.empty()) r.list_button = texts.text(language, "button.list");
  r.leaves = s.leaves;
  r.callback_query_id = s.answers_query;
  r.alert = s.alert && !s.answers_query.empty();
  if (s.show != 0) {
    r.attachments.push_back({.ours = {.media = s.show}});
    return r;
  }
  if (!s.paper.number.empty())
    r.attachments.push_back(
        {.what = attachment::kind::document, .name = bot::notices::file_name_of(s.paper), .ours = {.paper = s.paper}});
  if (const auto approved = book.templates.find(s.key); approved != book.templates.end())
    r.when_window_closed = filled(approved->second, s, approved->second.language, texts);
  return r;
}

std::string plain_text(const rendered& r) {
  std::string text;
  for (const auto& one : r.text) text += one.text;
  return text;
}

}  // namespace handlers
