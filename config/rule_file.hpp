// Reading TOML rules so that every mistake of a file is found at once, each with its line: a missing or misspelt key, a
// word that is not in the vocabulary. Included by loaders only: it brings toml++ along.
#pragma once

#include <fmt/format.h>

#include <toml++/toml.h>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/notices/rules.hpp"

namespace config {

// One table of a file. What is read is remembered; finish() reports the keys that nobody asked for.
class rule_entry {
 public:
  rule_entry(const toml::table& table, const std::string& file, std::vector<std::string>& faults);

  void fault(std::string_view what) { fault_at(table_, what); }
  void fault(std::string_view key, std::string_view what);                    // at the key's line
  void fault(std::string_view key, std::size_t item, std::string_view what);  // at that item of the key's list
  // Said by finish(), which knows whether the key is there and misspelt.
  void missing(std::string_view key) { missing_.emplace(key); }
  unsigned line() const { return table_.source().begin.line; }

  bool has(std::string_view key) const { return table_.contains(key); }
  std::string text(std::string_view key);  // required, not empty
  std::optional<std::string> text_if(std::string_view key);
  std::vector<std::string> texts(std::string_view key);         // may be absent; every item a text that is not empty
  std::vector<std::string> needed_texts(std::string_view key);  // the same, required, at least one
  std::optional<bool> flag(std::string_view key);
  std::optional<std::int64_t> whole(std::string_view key, std::int64_t least, std::int64_t most);
  std::int64_t needed_whole(std::string_view key, std::int64_t least, std::int64_t most);  // required, else `least`
  std::vector<std::int64_t> wholes(std::string_view key, std::int64_t least,
                                   std::int64_t most);  // required, at least one
  double needed_number(std::string_view key, double least, double most);
  std::optional<bot::notices::local_day> day(std::string_view key);
  std::optional<std::chrono::minutes> time_of_day(std::string_view key);  // required, "18:00"
  // Both of "06:00-18:00", as times of day. Over midnight: the later may stand first.
  std::optional<std::pair<std::chrono::minutes, std::chrono::minutes>> hours(std::string_view key,
                                                                             bool over_midnight = false);

  // A word of a vocabulary, by its …_named function.
  template <class T>
  std::optional<T> word(std::string_view key, std::optional<T> (*named)(std::string_view)) {
    const auto text = text_if(key);
    if (!text) return std::nullopt;
    const auto known = named(*text);
    if (!known) fault(key, fmt::format("\"{}\" is no {}", *text, key));
    return known;
  }
  template <class T>
  std::vector<T> words(std::string_view key, std::optional<T> (*named)(std::string_view)) {
    std::vector<T> all;
    for (const std::string& text : texts(key)) {
      if (const auto known = named(text)) {
        all.push_back(*known);
      } else {
        fault(key, fmt::format("\"{}\" is not known in {}", text, key));
      }
    }
    return all;
  }

  bot::notices::rule_note note();                         // id, article, source, valid_from, confidence: all required
  bool verified();                                        // the key confidence alone
  std::vector<rule_entry> tables(std::string_view key);   // may be absent
  std::optional<rule_entry> table(std::string_view key);  // required, once

  std::vector<std::string> keys() const;  // for tables whose keys are data
  bool is_table(std::string_view key) const;
  std::string place(std::string_view key) const;  // "config/rules/routing.toml:12"
  int line(std::string_view key) const;
  void ignore(std::string_view key) { read_.emplace(key); }  // somebody else reads it

  // Of every entry, after all that is read from it: what nobody asked for is a mistake.
  void finish();

 private:
  const toml::node* get(std::string_view key);
  void fault_at(const toml::node& where, std::string_view what);

  const toml::table& table_;
  std::string file_;
  std::vector<std::string>* faults_;
  std::set<std::string, std::less<>> read_, missing_;
};

// A whole file, kept for as long as its entries are read.
class rule_file {
 public:
  rule_file(const std::filesystem::path& file, std::vector<std::string>& faults);
  // False when the file cannot be read as TOML, which was said: what it lacks would only hide that.
  bool is_read() const { return is_read_; }
  rule_entry root() { return {table_, file_, faults_}; }
  const std::string& name() const { return file_; }

 private:
  std::string file_;
  std::vector<std::string>& faults_;
  toml::table table_;
  bool is_read_ = false;
};

}  // namespace config
