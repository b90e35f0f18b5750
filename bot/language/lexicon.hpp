// What the language files say, compiled for reading messages: words and phrases that stand for classes of meaning, and
// the rules that turn classes into intents, categories, event types and levels. Immutable after `compile`.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/language/text_table.hpp"

namespace bot::language {

class hunch;

// The files as read, before any check. The words of a class may be phrases: "balap liar".
struct lexicon_source {
  struct entry {
    std::string meaning;  // class: "weapon"
    std::string words;
    int value = 0;       // numbers, weekdays, hours: what the word is worth
    std::string tongue;  // id, jv, mad, en; empty: anyone's word
    std::string origin;  // file, for faults
  };
  struct affix {
    std::string cut;
    std::string put;       // letters that the affix has swallowed: "meny" + "erang" -> "serang"
    bool passive = false;  // what it happens to comes first: "dibacok"
  };
  // Holds when every item of `all` is there (an item may offer alternatives: "road|lane") and none of `none`.
  struct rule {
    std::string kind;  // category, event, intent, flag, ongoing, level
    std::string give;
    int weight = 0;
    std::vector<std::string> all;
    std::vector<std::string> none;
    int near = 0;     // >0: the items of `all` stand within so many words
    std::string row;  // level: row of the guide's table
    std::string origin;
  };
  std::vector<entry> entries;
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;  // group -> classes (or groups named earlier)
  std::vector<std::pair<std::string, std::string>> spellings;            // as typed -> word
  std::vector<affix> prefixes;
  std::vector<affix> suffixes;
  std::vector<rule> rules;
};

using class_id = std::uint16_t;
inline constexpr std::size_t max_classes = 640;
using class_set = std::bitset<max_classes>;

// Classes that the grammar in C++ knows by name; the files must fill each of them.
enum class part : std::uint8_t {
  // clauses
  negator,
  nothing,
  seethrough,
  polite,
  passive_word,
  elsewhere,
  bare_word,
  // numbers
  numbered,
  number,
  plus_ten,
  times,
  vague_number,
  number_an,
  about,
  or_more,
  up_to,
  groups_of,
  each,
  per_group,
  together,
  against,
  pair,
  particle,
  money,
  people,
  person,
  victim,
  not_people,
  // times
  day,
  tonight,
  last_night,
  weekday,
  month,
  clock_word,
  half,
  quarter,
  less,
  more_by,
  day_part,
  prayer,
  moment_now,
  moment_just,
  next_one,
  last_one,
  ago,
  ahead,
  hour_unit,
  day_unit,
  week_unit,
  minute_unit,
  since,
  until,
  habit,
  date_word,
  took_back,
  planned,
  count
};

struct sense {
  class_id meaning = 0;
  std::int32_t value = 0;
};

struct rule {
  std::uint16_t target = 0;  // index into the targets of its set
  std::string row;
  int weight = 0;
  int near = 0;
  std::vector<class_set> all;
  class_set none;
  std::vector<class_id> gate;  // the item of `all` with the fewest classes: most rules are done with after these
};

struct rule_set {
  std::vector<std::string> targets;  // what the rules of this kind can give
  std::vector<class_id> classes;     // "@<kind>_<target>" of each
  std::vector<rule> rules;           // in the order of the files
  std::vector<std::size_t> learned;  // the learned model's label of each target, or hunch::no_label
};

// Languages as bits of a mask.
enum tongue : std::uint8_t { indonesian = 1, javanese = 2, madurese = 4, english = 8 };

class lexicon {
 public:
  // Faults found are appended, a line each; the lexicon is usable only when there is none.
  static lexicon compile(const lexicon_source&, std::vector<std::string>& faults);

  static constexpr std::uint32_t none = 0xffffffff;

  // The vocabulary's word for a folded word, through spellings, doubled letters, affixes and, for long words, a slip of
  // one letter. `exact` may be a word that
  // only phrases use; then `root` is looked for as well.
  struct found {
    std::uint32_t exact = none;
    std::uint32_t root = none;
    bool passive = false;
  };
  found find(std::string_view folded) const;

  // Walks the phrases: the node after `node` by word, or `none`. The start is node 0.
  std::uint32_t follow(std::uint32_t node, std::uint32_t word) const;
  std::span<const sense> senses(std::uint32_t node) const;

  // The id of a class that rules or code name; `none_class` when nothing names it.
  static constexpr class_id none_class = 0;
  class_id id(std::string_view name) const;
  class_id id(part known) const { return parts_[static_cast<std::size_t>(known)]; }
  std::string_view name(class_id meaning) const { return names_[meaning]; }
  std::size_t classes() const { return names_.size(); }  // ids below it
  // Derived classes of a class, "not:x", "first:x" and "passive:x"; `none_class` when no rule asks for them.
  class_id denied(class_id meaning) const { return denied_[meaning]; }
  class_id leading(class_id meaning) const { return leading_[meaning]; }
  class_id suffered(class_id meaning) const { return suffered_[meaning]; }
  // In which languages a word of the vocabulary is listed by itself; 0: not listed, or everybody's.
  std::uint8_t tongues(std::uint32_t word) const { return word < tongues_.size() ? tongues_[word] : std::uint8_t{0}; }
  // The class with all groups that hold it.
  const class_set& closure(class_id meaning) const { return closure_[meaning]; }
  // Classes that a negation cannot take away (times, numbers, manners).
  bool firm(class_id meaning) const { return firm_.test(meaning); }

  const rule_set& rules(std::string_view kind) const;

  // The learned model that votes beside the rules; null: the rules are alone.
  const language::hunch* learned() const { return learned_.get(); }
  void learn(std::shared_ptr<const language::hunch> model);
  // What the model knows the class by.
  std::uint32_t sign(class_id meaning) const { return signs_[meaning]; }

 private:
  friend class compiler;

  // Children and senses stand in arrays of all nodes, one after the other.
  struct node {
    std::uint32_t senses = 0, senses_end = 0;
    std::uint32_t children = 0, children_end = 0;
  };
  struct child {
    std::uint32_t word = 0;
    std::uint32_t node = 0;
  };
  std::uint32_t word(std::string_view key) const;
  std::uint32_t strip(std::string_view key, bool& passive) const;
  std::uint32_t slip(std::string_view key) const;

  static constexpr std::uint32_t several = none - 1;  // of slips: they may stand for more than one word

  text_table words_;
  text_table slips_;  // long words of content by their plain spelling, and with one letter left out
  text_table ids_;
  std::vector<std::string> names_;
  std::vector<std::uint32_t> signs_;
  std::vector<node> nodes_;
  std::vector<std::uint32_t> first_;  // the start's child by each word
  std::vector<child> children_;       // of the other nodes, by word
  std::vector<sense> senses_;
  std::vector<class_id> denied_, leading_, suffered_;
  std::vector<std::uint8_t> tongues_;
  std::vector<class_set> closure_;
  class_set firm_;
  std::array<class_id, static_cast<std::size_t>(part::count)> parts_{};
  std::vector<lexicon_source::affix> prefixes_, suffixes_;
  std::map<std::string, rule_set, std::less<>> rules_;
  std::shared_ptr<const language::hunch> learned_;
};

}  // namespace bot::language
