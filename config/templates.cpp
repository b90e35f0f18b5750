#include "config/templates.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

namespace config {
namespace {

constexpr std::size_t most_text = 1024;
constexpr std::size_t most_reply_label = 20;

using approved_templates = std::map<std::string, bot::approved_template, std::less<>>;

std::vector<std::string> strings(const toml::node_view<const toml::node>& node) {
  std::vector<std::string> out;
  const toml::array* list = node.as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
    if (const auto text = (*list)[i].value<std::string>()) out.push_back(*text);
  return out;
}

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

class reader {
 public:
  reader(const std::filesystem::path& file, const bot::language::catalogue& texts, std::vector<std::string>& faults)
      : file_(file), texts_(texts), faults_(faults) {}

  void read(const toml::table& t, approved_templates& into) {
    line_ = t.source().begin.line;
    bot::approved_template one;
    one.name = t["name"].value_or(std::string());
    one.language = t["language"].value_or(std::string("id"));
    one.parameters = strings(t["parameters"]);
    one.essential = t["essential"].value_or(false);
    const auto messages = strings(t["stands_for"]);
    if (!is_name(one.name)) fault("a name is lower case letters, digits and _");
    if (messages.empty()) fault(one.name + ": stands_for is missing");

    one.text = t["text"].value_or(std::string());
    if (one.text.empty() || one.text.size() > most_text) fault(one.name + ": text is missing or too long");
    if (values_in(one.text) != static_cast<int>(one.parameters.size()))
      fault(fmt::format("{}: the text must hold {{{{1}}}} to {{{{{}}}}}, one for each parameter", one.name,
                        one.parameters.size()));
    read_replies(t, one);
    for (const auto& key : messages) {
      if (!texts_.has(key)) {
        fault(fmt::format("{}: there is no text \"{}\"", one.name, key));
        continue;
      }
      for (const auto& name : values_of(one)) check_value(one, key, name);
      if (!into.emplace(key, one).second) fault(fmt::format("{}: \"{}\" has a template already", one.name, key));
    }
  }

 private:
  void read_replies(const toml::table& t, bot::approved_template& one) {
    const toml::array* list = t["replies"].as_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const toml::table* reply = (*list)[i].as_table();
      const std::string label = reply == nullptr ? "" : (*reply)["label"].value_or(std::string());
      const std::string data = reply == nullptr ? "" : (*reply)["sends"].value_or(std::string());
      if (label.empty() || label.size() > most_reply_label || data.empty())
        fault(one.name + ": a reply has a label of at most 20 characters and what it sends");
      one.replies.push_back({data, label});
    }
  }

  static std::vector<std::string> values_of(const bot::approved_template& one) {
    std::vector<std::string> all = one.parameters;
    for (const auto& reply : one.replies)
      for (auto& name : bot::language::placeholders(reply.data)) all.push_back(std::move(name));
    return all;
  }

  // A message has the values that its own text shows.
  void check_value(const bot::approved_template& one, const std::string& key, const std::string& name) {
    const auto shown = bot::language::placeholders(texts_.text("id", key));
    if (std::find(shown.begin(), shown.end(), name) == shown.end())
      fault(fmt::format("{}: \"{}\" has no value {{{}}}", one.name, key, name));
  }

  void fault(const std::string& what) { faults_.push_back(fmt::format("{}:{}: {}", file_.string(), line_, what)); }

  const std::filesystem::path& file_;
  const bot::language::catalogue& texts_;
  std::vector<std::string>& faults_;
  std::uint32_t line_ = 0;
};

}  // namespace

approved_templates load_templates(const std::filesystem::path& file, const bot::language::catalogue& texts,
                                  std::vector<std::string>& faults) {
  approved_templates all;
  toml::table whole;
  try {
    whole = toml::parse_file(file.string());
  } catch (const toml::parse_error& e) {
    faults.push_back(fmt::format("{}:{}: {}", file.string(), e.source().begin.line, e.description()));
    return all;
  }
  reader read(file, texts, faults);
  const toml::array* list = whole["template"].as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
    if (const toml::table* t = (*list)[i].as_table()) read.read(*t, all);
  return all;
}

std::map<std::string, std::string> load_without_template(const std::filesystem::path& file,
                                                         const bot::language::catalogue& texts,
                                                         std::vector<std::string>& faults) {
  std::map<std::string, std::string> why;
  toml::table whole;
  try {
    whole = toml::parse_file(file.string());
  } catch (const toml::parse_error&) {
    return why;  // load_templates has said so
  }
  const toml::array* list = whole["without"].as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const toml::table* t = (*list)[i].as_table();
    if (t == nullptr) continue;
    const auto fault = [&](const std::string& what) {
      faults.push_back(fmt::format("{}:{}: {}", file.string(), t->source().begin.line, what));
    };
    const auto reason = (*t)["reason"].value_or(std::string());
    if (reason.empty()) fault("messages without a template need a reason");
    for (const auto& key : strings((*t)["messages"])) {
      if (!texts.has(key)) fault(fmt::format("there is no text \"{}\"", key));
      why.emplace(key, reason);
    }
  }
  return why;
}

}  // namespace config
