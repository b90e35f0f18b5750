#include "config/choice_words.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "bot/conversation/perception.hpp"
#include "config/rule_file.hpp"

namespace config {
namespace {

bot::phrase_set folded_list(rule_entry& e, const std::string& key) {
  bot::phrase_set list;
  for (const auto& one : e.texts(key)) list.push_back(bot::folded(one));
  return list;
}

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> words;
  for (const auto& w : bot::language::split(text)) words.push_back(w.folded);
  return words;
}

bot::choice_words::phrases table_of(rule_entry& root, const char* name, const std::set<std::string>& answers,
                                    const bot::language::catalogue& texts) {
  bot::choice_words::phrases all;
  auto table = root.table(name);
  if (!table) return all;
  for (const auto& key : table->keys()) {
    if (!texts.has(key) && !answers.contains(key))
      table->fault(key, fmt::format("\"{}\" is no label and no answer", key));
    all[key] = folded_list(*table, key);
  }
  return all;
}

}  // namespace

bot::choice_words load_choice_words(const std::filesystem::path& file, const bot::language::catalogue& texts,
                                    const std::map<std::string, bot::form, std::less<>>& forms,
                                    std::vector<std::string>& faults) {
  bot::choice_words words;
  rule_file whole(file, faults);
  if (!whole.is_read()) return words;
  rule_entry root = whole.root();
  words.courtesy = folded_list(root, "courtesy");

  std::set<std::string> answers, labels;
  for (const auto& [id, form] : forms)
    for (const auto& q : form.questions)
      for (const auto& one : q.choices) {
        answers.insert(q.slot + "." + one);
        labels.insert(q.labels + "." + one);
      }
  for (const auto& key : texts.keys())
    if (key.starts_with("button.") || key.starts_with("change_button.") || key.starts_with("language_button."))
      labels.insert(key);

  words.whole = table_of(root, "whole", answers, texts);
  words.within = table_of(root, "within", answers, texts);
  if (root.has("within") && !words.within.contains("word.last_night"))
    root.fault("within", "[within] lacks \"word.last_night\": the program needs it");
  for (const auto& names : root.texts("numbers")) words.numbers.push_back(folded_words(names));
  for (const auto& names : root.texts("same")) {
    const auto each = folded_words(names);
    for (const auto& one : each)
      std::copy_if(each.begin(), each.end(), std::back_inserter(words.same[one]),
                   [&](const std::string& other) { return other != one; });
  }
  root.finish();

  std::erase_if(labels, [&](const std::string& label) { return !texts.has(label); });  // told where it is named
  for (const auto& label : labels)
    for (const auto& language : texts.languages()) {
      const std::string text = bot::folded(texts.text(language, label));
      words.whole[label].push_back(text);
      for (const auto& one : folded_words(text)) {
        const bool courtesy = std::find(words.courtesy.begin(), words.courtesy.end(), one) != words.courtesy.end();
        if (courtesy || one.size() < 3) continue;
        words.parts[label].push_back(one);
        if (const auto at = words.same.find(one); at != words.same.end())
          for (const auto& other : at->second) words.parts[label].push_back(other);
      }
    }
  return words;
}

}  // namespace config
