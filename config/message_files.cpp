#include "config/message_files.hpp"

#include <algorithm>
#include <array>

#include "config/rule_file.hpp"

namespace config {
namespace {

using bot::language::catalogue;

constexpr std::size_t most_bytes = 1024;  // what WhatsApp holds beside buttons
// Madurese has drafts for the report only; what it lacks is said in Indonesian.
constexpr std::array<std::string_view, 2> complete = {"jv", "en"};

// [section] key = "text" | {text = "…", read_by = "…"}
catalogue::entry entry_of(rule_entry& section, const std::string& key) {
  catalogue::entry e;
  if (!section.is_table(key)) {
    e.text = section.text(key);
  } else if (auto signed_text = section.table(key)) {
    e.text = signed_text->text("text");
    e.signed_off = signed_text->text_if("read_by").has_value();
    signed_text->finish();
  }
  if (e.text.size() > most_bytes)
    section.fault(
        key, fmt::format("{} has {} bytes: more than {} do not stand beside buttons", key, e.text.size(), most_bytes));
  return e;
}

}  // namespace

std::string text_places::file_of(std::string_view language) const {
  return fmt::format("{}/{}.toml", folder_, language);
}

std::string text_places::of(std::string_view language, std::string_view key) const {
  const auto lines = lines_.find(language);
  if (lines == lines_.end()) return "";
  const auto at = lines->second.find(key);
  return at == lines->second.end() ? "" : fmt::format("{}:{}", file_of(language), at->second);
}

class message_reader {
 public:
  message_reader(const std::filesystem::path& dir, std::vector<std::string>& faults) : faults_(faults) {
    places_.folder_ = dir.string();
    std::error_code ec;
    for (const auto& entry : std::filesystem::directory_iterator(dir, ec)) {
      if (entry.path().extension() != ".toml") continue;
      rule_file file(entry.path(), faults);
      if (file.is_read()) read(entry.path().stem().string(), file.root());
    }
    if (ec) faults.push_back(dir.string() + ": " + ec.message());
    if (!ec && !std::filesystem::exists(dir / "id.toml")) faults.push_back(places_.file_of("id") + ": is missing");
  }

  loaded_texts run() {
    if (!languages_.contains("id")) return {catalogue(), std::move(places_)};
    for (const auto& [language, texts] : languages_)
      if (language != "id") compare(language, texts);
    // What two languages agree on against Indonesian is its mistake; what only one does is that one's.
    for (const auto& [key, by] : unknown_)
      faults_.push_back(
          by.size() > 1
              ? fmt::format("{}: {} is missing ({} has it)", places_.file_of("id"), key, places_.of(by.front(), key))
              : fmt::format("{}: {} is not in {}", places_.of(by.front(), key), key, places_.file_of("id")));
    for (const auto& [key, by] : differing_) {
      const std::string_view one = by.size() > 1 ? std::string_view("id") : by.front();
      const std::string_view other = by.size() > 1 ? std::string_view(by.front()) : "id";
      faults_.push_back(fmt::format("{}: {} has other placeholders than {}: {}, there {}", places_.of(one, key), key,
                                    places_.of(other, key), in_braces(one, key), in_braces(other, key)));
    }
    return {catalogue(std::move(languages_)), std::move(places_)};
  }

 private:
  void read(const std::string& language, rule_entry root) {
    auto& texts = languages_[language];
    auto& lines = places_.lines_[language];
    for (const auto& name : root.keys()) {
      if (!root.is_table(name)) {
        root.fault(name, fmt::format("\"{}\" stands outside of a section", name));
        continue;
      }
      auto section = root.table(name);
      for (const auto& key : section->keys()) {
        texts.emplace(name + "." + key, entry_of(*section, key));
        lines.emplace(name + "." + key, section->line(key));
      }
    }
  }

  void compare(const std::string& language, const catalogue::texts& texts) {
    const auto& original = languages_.find("id")->second;
    for (const auto& [key, e] : texts) {
      const auto same = original.find(key);
      if (same == original.end()) {
        unknown_[key].push_back(language);
        continue;
      }
      const auto here = bot::language::placeholders(e.text), there = bot::language::placeholders(same->second.text);
      if (!std::is_permutation(here.begin(), here.end(), there.begin(), there.end()))
        differing_[key].push_back(language);
    }
    if (std::find(complete.begin(), complete.end(), language) == complete.end()) return;
    for (const auto& [key, e] : original)
      if (!texts.contains(key) && !bot::language::is_paper_key(key))
        faults_.push_back(
            fmt::format("{}: {} is missing ({} has it)", places_.file_of(language), key, places_.of("id", key)));
  }

  std::string in_braces(std::string_view language, std::string_view key) const {
    std::string all;
    const auto& texts = languages_.find(language)->second;
    for (const auto& name : bot::language::placeholders(texts.find(key)->second.text))
      all += (all.empty() ? "{" : " {") + name + "}";
    return all.empty() ? "none" : all;
  }

  std::vector<std::string>& faults_;
  std::map<std::string, catalogue::texts, std::less<>> languages_;
  text_places places_;
  std::map<std::string, std::vector<std::string>> unknown_, differing_;  // from Indonesian: key -> languages
};

loaded_texts load_texts(const std::filesystem::path& dir, std::vector<std::string>& faults) {
  return message_reader(dir, faults).run();
}

}  // namespace config
