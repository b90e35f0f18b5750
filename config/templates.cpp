#include "config/templates.hpp"

#include <algorithm>

#include "config/rule_file.hpp"

namespace config {
namespace {

constexpr std::size_t most_text = 1024;
constexpr std::size_t most_reply_label = 20;

using approved_templates = std::map<std::string, bot::approved_template, std::less<>>;

bool is_name(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// How many different {{n}} the text holds when they are {{1}} to {{n}} without a gap, else -1.
int values_in(const std::string& text) {
  int most = 0;
  std::size_t count = 0;
  for (std::size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", at + 2)) {
    const int n = std::atoi(text.c_str() + at + 2);
    if (n < 1) return -1;
    most = std::max(most, n);
  }
  for (int n = 1; n <= most; ++n) count += text.find(fmt::format("{{{{{}}}}}", n)) != std::string::npos ? 1 : 0;
  return count == static_cast<std::size_t>(most) ? most : -1;
}

class template_reader {
 public:
  explicit template_reader(const bot::language::catalogue& texts) : texts_(texts) {}

  void read(rule_entry& e, approved_templates& into) {
    bot::approved_template one;
    one.name = e.text("name");
    one.language = e.text_if("language").value_or("id");
    one.parameters = e.texts("parameters");
    one.essential = e.flag("essential").value_or(false);
    const auto messages = e.needed_texts("stands_for");
    if (e.has("name") && !is_name(one.name)) e.fault("name", "a name is lower case letters, digits and _");

    one.text = e.text("text");
    if (one.text.size() > most_text) e.fault("text", fmt::format("text is longer than {} characters", most_text));
    if (e.has("text") && values_in(one.text) != static_cast<int>(one.parameters.size()))
      e.fault("text", fmt::format("{}: the text must hold {{{{1}}}} to {{{{{}}}}}, one for each parameter", one.name,
                                  one.parameters.size()));
    read_replies(e, one);
    for (const auto& key : messages) {
      if (!texts_.has(key)) {
        e.fault("stands_for", fmt::format("{}: there is no text \"{}\"", one.name, key));
        continue;
      }
      for (const auto& name : values_of(one)) check_value(e, key, name);
      if (!into.emplace(key, one).second)
        e.fault("stands_for", fmt::format("{}: \"{}\" has a template already", one.name, key));
    }
    e.finish();
  }

 private:
  void read_replies(rule_entry& e, bot::approved_template& one) {
    for (rule_entry& reply : e.tables("replies")) {
      const std::string label = reply.text("label");
      if (label.size() > most_reply_label)
        reply.fault("label", fmt::format("label is longer than {} characters", most_reply_label));
      one.replies.push_back({reply.text("sends"), label});
      reply.finish();
    }
  }

  static std::vector<std::string> values_of(const bot::approved_template& one) {
    std::vector<std::string> all = one.parameters;
    for (const auto& reply : one.replies)
      for (auto& name : bot::language::placeholders(reply.data)) all.push_back(std::move(name));
    return all;
  }

  // A message has the values that its own text shows.
  void check_value(rule_entry& e, const std::string& key, const std::string& name) {
    const auto shown = bot::language::placeholders(texts_.text("id", key));
    if (std::find(shown.begin(), shown.end(), name) == shown.end())
      e.fault("parameters", fmt::format("\"{}\" has no value {{{}}}", key, name));
  }

  const bot::language::catalogue& texts_;
};

}  // namespace

approved_templates load_templates(const std::filesystem::path& path, const bot::language::catalogue& texts,
                                  std::vector<std::string>& faults) {
  approved_templates all;
  rule_file file(path, faults);
  if (!file.is_read()) return all;
  rule_entry root = file.root();
  template_reader read(texts);
  for (rule_entry& e : root.tables("template")) read.read(e, all);
  root.ignore("without");
  root.finish();
  return all;
}

std::map<std::string, std::string> load_without_template(const std::filesystem::path& path,
                                                         const bot::language::catalogue& texts,
                                                         std::vector<std::string>& faults) {
  std::map<std::string, std::string> why;
  rule_file file(path, faults);
  if (!file.is_read()) return why;
  rule_entry root = file.root();
  for (rule_entry& e : root.tables("without")) {
    const auto reason = e.text_if("reason").value_or("");
    if (!e.has("reason")) e.fault("messages without a template need a reason");
    for (const auto& key : e.needed_texts("messages")) {
      if (!texts.has(key)) e.fault("messages", fmt::format("there is no text \"{}\"", key));
      why.emplace(key, reason);
    }
    e.finish();
  }
  root.ignore("template");
  root.finish();
  return why;
}

}  // namespace config
