#include "config/lexicon.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>

#include "config/hunch.hpp"

namespace config {
namespace {

using bot::language::lexicon_source;

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \n\t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \n\t\r") - begin + 1);
}

// "a, b c, d" -> each item once trimmed, inner white space made one blank.
std::vector<std::string> items(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const auto comma = list.find(',');
    std::string item;
    for (const char c : trim(list.substr(0, comma))) {
      const char plain = c == '\n' || c == '\t' ? ' ' : c;
      if (plain != ' ' || item.empty() || item.back() != ' ') item.push_back(plain);
    }
    if (!item.empty()) out.push_back(std::move(item));
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
  }
  return out;
}

class file_reader {
 public:
  file_reader(std::string name, lexicon_source& out, std::vector<std::string>& faults)
      : name_(std::move(name)), out_(out), faults_(faults) {}

  void read(const toml::table& file) {
    for (const auto& [key, node] : file) {
      const std::string name(key.str());
      if (const auto* rules = node.as_array()) {
        for (const auto& each : *rules) rule(name, each.as_table());
      } else if (const auto* table = node.as_table()) {
        section(name, *table);
      } else {
        fault("\"" + name + "\" is neither a class nor a list of rules");
      }
    }
  }

 private:
  void fault(const std::string& what) { faults_.push_back(name_ + ": " + what); }

  std::string text(const toml::node& node, std::string_view where) {
    if (const auto value = node.value<std::string>()) return *value;
    fault(std::string(where) + " is not text");
    return {};
  }

  void section(const std::string& name, const toml::table& table) {
    for (const auto& [key_node, node] : table) {
      const std::string key(key_node.str());
      const auto list = items(text(node, name + "." + key));
      if (name == "spellings") {
        for (const auto& typed : list) out_.spellings.emplace_back(typed, key);
      } else if (name == "groups") {
        out_.groups.emplace_back(key, list);
      } else if (name == "prefixes" || name == "suffixes") {
        for (const auto& item : list) affix(item, key == "passive", name == "prefixes" ? out_.prefixes : out_.suffixes);
      } else {
        words(name, key, list);
      }
    }
  }

  // "meny>s": what is cut and what it had swallowed.
  static void affix(const std::string& item, bool passive, std::vector<lexicon_source::affix>& out) {
    const auto arrow = item.find('>');
    out.push_back({item.substr(0, arrow), arrow == std::string::npos ? "" : item.substr(arrow + 1), passive});
  }

  void words(const std::string& name, const std::string& tongue, const std::vector<std::string>& list) {
    static constexpr std::array<std::string_view, 5> tongues = {"id", "jv", "mad", "en", "any"};
    if (std::ranges::find(tongues, tongue) == tongues.end()) {
      fault("class " + name + ": \"" + tongue + "\" is not id, jv, mad, en or any");
      return;
    }
    for (const auto& item : list) {
      lexicon_source::entry entry{name, item, 0, tongue, name_};
      if (const auto sign = item.find('='); sign != std::string::npos) {
        const std::string_view number = trim(std::string_view(item).substr(sign + 1));
        const auto parsed = std::from_chars(number.data(), number.data() + number.size(), entry.value);
        if (parsed.ec != std::errc{} || parsed.ptr != number.data() + number.size()) {
          fault("class " + name + ": \"" + item + "\" has no whole number");
        }
        entry.words = trim(std::string_view(item).substr(0, sign));
      }
      out_.entries.push_back(std::move(entry));
    }
  }

  void rule(const std::string& kind, const toml::table* table) {
    if (table == nullptr) {
      fault("a rule of \"" + kind + "\" is not a table");
      return;
    }
    lexicon_source::rule out;
    out.kind = kind;
    out.origin = name_;
    for (const auto& [key_node, node] : *table) {
      const std::string_view key = key_node.str();
      if (key == "give") {
        out.give = text(node, kind + ".give");
      } else if (key == "row") {
        out.row = text(node, kind + ".row");
      } else if (key == "all") {
        out.all = items(text(node, kind + ".all"));
      } else if (key == "none") {
        out.none = items(text(node, kind + ".none"));
      } else if (key == "weight" || key == "near") {
        const auto value = node.value<int>();
        if (!value) fault("a rule of " + kind + ": " + std::string(key) + " is not a whole number");
        (key == "weight" ? out.weight : out.near) = value.value_or(0);
      } else {
        fault("a rule of " + kind + " has the unknown key \"" + std::string(key) + "\"");
      }
    }
    if (out.give.empty()) fault("a rule of " + kind + " gives nothing");
    if (kind != "level" && out.weight == 0) fault("a rule of " + kind + " for " + out.give + " has no weight");
    out_.rules.push_back(std::move(out));
  }

  std::string name_;
  lexicon_source& out_;
  std::vector<std::string>& faults_;
};

}  // namespace

bot::language::lexicon load_lexicon(const std::filesystem::path& dir, std::vector<std::string>& faults) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(dir, failed)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  if (failed || files.empty()) {
    faults.push_back(dir.string() + ": no language files found");
    return {};
  }
  std::ranges::sort(files);
  lexicon_source source;
  for (const auto& path : files) {
    try {
      file_reader(path.filename().string(), source, faults).read(toml::parse_file(path.string()));
    } catch (const toml::parse_error& error) {
      faults.push_back(path.filename().string() + ":" + std::to_string(error.source().begin.line) + ": " +
                       std::string(error.description()));
    }
  }
  auto lexicon = bot::language::lexicon::compile(source, faults);
  if (const auto learned = dir / "hunch.bin"; std::filesystem::exists(learned)) {
    lexicon.learn(load_hunch(learned, faults));
  }
  return lexicon;
}

}  // namespace config
