#include "config/lexicon.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <map>
#include <sstream>

#include "bot/language/spelling.hpp"
#include "bot/language/understand.hpp"
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

bool contains(const auto& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

// What has no place in the source, and where it stands.
struct placed {
  std::map<std::string, std::string> spellings;              // as typed -> word, both squeezed
  std::vector<std::pair<std::string, std::string>> members;  // of groups -> place
};

class file_reader {
 public:
  file_reader(std::string name, const std::set<std::string, std::less<>>& categories, lexicon_source& out,
              placed& places, std::vector<std::string>& faults)
      : name_(std::move(name)), categories_(categories), out_(out), placed_(places), faults_(faults) {}

  void read(const toml::table& file) {
    for (const auto& [key, node] : file) {
      const std::string name(key.str());
      if (const auto* rules = node.as_array()) {
        static constexpr std::array<std::string_view, 7> kinds = {"category", "event", "intent",   "flag",
                                                                  "ongoing",  "level", "knowledge"};
        if (!contains(kinds, name)) fault(node, "there are no rules of the kind \"" + name + "\"");
        for (const auto& each : *rules) rule(name, each);
      } else if (const auto* table = node.as_table()) {
        section(name, *table);
      } else {
        fault(node, "\"" + name + "\" is neither a class nor a list of rules");
      }
    }
  }

 private:
  std::string place(const toml::node& node) const { return name_ + ":" + std::to_string(node.source().begin.line); }
  void fault(const toml::node& at, const std::string& what) { faults_.push_back(place(at) + ": " + what); }

  std::string text(const toml::node& node, std::string_view where) {
    if (const auto value = node.value<std::string>()) return *value;
    fault(node, std::string(where) + " is not text");
    return {};
  }

  void section(const std::string& name, const toml::table& table) {
    for (const auto& [key_node, node] : table) {
      const std::string key(key_node.str());
      const auto list = items(text(node, name + "." + key));
      if (name == "spellings") {
        for (const auto& typed : list) spelling(typed, key, node);
      } else if (name == "groups") {
        out_.groups.emplace_back(key, list);
        for (const auto& member : list) placed_.members.emplace_back(member, place(node));
      } else if (name == "prefixes" || name == "suffixes") {
        for (const auto& item : list) affix(item, key == "passive", name == "prefixes" ? out_.prefixes : out_.suffixes);
      } else {
        words(name, key, list, node);
      }
    }
  }

  void spelling(const std::string& typed, const std::string& word, const toml::node& node) {
    std::string from, to;
    bot::language::squeeze(typed, from);
    bot::language::squeeze(word, to);
    const auto [known, fresh] = placed_.spellings.emplace(from, to);
    if (fresh) {
      out_.spellings.emplace_back(typed, word);
    } else {
      fault(node, "spelling \"" + typed + "\" stands twice, for \"" + known->second + "\" and \"" + to + "\"");
    }
  }

  // "meny>s": what is cut and what it had swallowed.
  static void affix(const std::string& item, bool passive, std::vector<lexicon_source::affix>& out) {
    const auto arrow = item.find('>');
    out.push_back({item.substr(0, arrow), arrow == std::string::npos ? "" : item.substr(arrow + 1), passive});
  }

  void words(const std::string& name, const std::string& tongue, const std::vector<std::string>& list,
             const toml::node& node) {
    static constexpr std::array<std::string_view, 5> tongues = {"id", "jv", "mad", "en", "any"};
    if (std::ranges::find(tongues, tongue) == tongues.end()) {
      fault(node, "class " + name + ": \"" + tongue + "\" is not id, jv, mad, en or any");
      return;
    }
    for (const auto& item : list) {
      lexicon_source::entry entry{name, item, 0, tongue, place(node)};
      if (const auto sign = item.find('='); sign != std::string::npos) {
        const std::string_view number = trim(std::string_view(item).substr(sign + 1));
        const auto parsed = std::from_chars(number.data(), number.data() + number.size(), entry.value);
        if (parsed.ec != std::errc{} || parsed.ptr != number.data() + number.size()) {
          fault(node, "class " + name + ": \"" + item + "\" has no whole number");
        }
        entry.words = trim(std::string_view(item).substr(0, sign));
      }
      out_.entries.push_back(std::move(entry));
    }
  }

  void rule(const std::string& kind, const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return fault(node, "a rule of \"" + kind + "\" is not a table");
    lexicon_source::rule out;
    out.kind = kind;
    out.origin = place(node);
    for (const auto& [key_node, value_node] : *table) {
      const std::string_view key = key_node.str();
      if (key == "give") {
        out.give = text(value_node, kind + ".give");
        if (!gives(kind, out.give)) fault(value_node, "there is no " + kind + " \"" + out.give + "\" to give");
      } else if (key == "row") {
        out.row = text(value_node, kind + ".row");
      } else if (key == "all") {
        out.all = items(text(value_node, kind + ".all"));
      } else if (key == "none") {
        out.none = items(text(value_node, kind + ".none"));
      } else if (key == "weight" || key == "near") {
        const auto value = value_node.value<int>();
        if (!value) fault(value_node, "a rule of " + kind + ": " + std::string(key) + " is not a whole number");
        (key == "weight" ? out.weight : out.near) = value.value_or(0);
      } else {
        fault(value_node, "a rule of " + kind + " has the unknown key \"" + std::string(key) + "\"");
      }
    }
    if (out.give.empty()) fault(node, "a rule of " + kind + " gives nothing");
    if (kind != "level" && out.weight == 0) fault(node, "a rule of " + kind + " for " + out.give + " has no weight");
    out_.rules.push_back(std::move(out));
  }

  // What the program does something with; the kinds of events are those of rules/event-words.toml.
  bool gives(const std::string& kind, const std::string& what) const {
    static constexpr std::array<std::string_view, 2> levels = {"high", "middle"};
    static constexpr std::array<std::string_view, 3> ways = {"saw", "heard", "social_media"};
    static constexpr std::array<std::string_view, 3> flags = {"weapons", "injuries", "anonymous_wish"};
    if (kind == "category") return categories_.empty() || categories_.contains(what);
    if (kind == "level") return contains(levels, what);
    if (kind == "knowledge") return contains(ways, what);
    if (kind == "flag") return contains(flags, what);
    if (kind == "ongoing") return what == "ongoing";
    if (kind == "intent") {
      for (std::size_t i = 0; i < bot::language::intent_count; ++i)
        if (name_of(static_cast<bot::language::intent>(i)) == what) return true;
      return false;
    }
    return true;
  }

  std::string name_;
  const std::set<std::string, std::less<>>& categories_;
  lexicon_source& out_;
  placed& placed_;
  std::vector<std::string>& faults_;
};

// Whether every member of a group is a class or a group.
bool members_are_known(const lexicon_source& source, const placed& places, std::vector<std::string>& faults) {
  std::set<std::string_view> classes;
  for (const auto& entry : source.entries) classes.insert(entry.meaning);
  for (const auto& [group, members] : source.groups) classes.insert(group);
  bool all = true;
  for (const auto& [member, place] : places.members) {
    if (classes.contains(member)) continue;
    all = false;
    faults.push_back(place + ": there is no class \"" + member + "\"");
  }
  return all;
}

}  // namespace

bot::language::lexicon load_lexicon(const std::filesystem::path& dir, std::vector<std::string>& faults,
                                    const std::set<std::string, std::less<>>& categories) {
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
  placed places;
  bool whole = true;
  for (const auto& path : files) {
    try {
      file_reader(path.string(), categories, source, places, faults).read(toml::parse_file(path.string()));
    } catch (const toml::parse_error& error) {
      whole = false;
      faults.push_back(path.string() + ":" + std::to_string(error.source().begin.line) + ": " +
                       std::string(error.description()));
    }
  }
  // Every class of a file that cannot be read would be missed again.
  if (!whole || !members_are_known(source, places, faults)) return {};
  auto lexicon = bot::language::lexicon::compile(source, faults);
  if (const auto learned = dir / "hunch.bin"; std::filesystem::exists(learned)) {
    lexicon.learn(load_hunch(learned, faults));
  }
  return lexicon;
}

}  // namespace config
