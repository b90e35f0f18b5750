// The language files made into a lexicon.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "bot/language/lexicon.hpp"
#include "bot/language/sign.hpp"
#include "bot/language/spelling.hpp"

namespace bot::language {
namespace {

constexpr std::uint64_t edge(std::uint32_t node, std::uint32_t word) { return std::uint64_t{node} << 32U | word; }

std::uint8_t tongue_named(std::string_view name) {
  if (name == "id") return indonesian;
  if (name == "jv") return javanese;
  if (name == "mad") return madurese;
  if (name == "en") return english;
  return indonesian | javanese | madurese;
}

constexpr std::array<std::string_view, static_cast<std::size_t>(part::count)> part_names = {
    "negator",    "nothing",     "seethrough", "polite",       "passive_word", "elsewhere", "bare_word",  "numbered",
    "number",     "plus_ten",    "times",      "vague_number", "number_an",    "about",     "or_more",    "up_to",
    "groups_of",  "each",        "per_group",  "together",     "against",      "pair",      "particle",   "money",
    "people",     "person",      "victim",     "not_people",   "day",          "tonight",   "last_night", "weekday",
    "month",      "clock_word",  "half",       "quarter",      "less",         "more_by",   "day_part",   "prayer",
    "moment_now", "moment_just", "next_one",   "last_one",     "ago",          "ahead",     "hour_unit",  "day_unit",
    "week_unit",  "minute_unit", "since",      "until",        "habit",        "date_word", "took_back",  "planned"};

}  // namespace

class compiler {
 public:
  compiler(const lexicon_source& source, std::vector<std::string>& faults) : source_(source), faults_(faults) {
    intern("");  // none_class
    senses_.emplace_back();
  }

  lexicon run() {
    for (const auto& [typed, word] : source_.spellings) spell(typed, word);
    for (const auto& entry : source_.entries) add(entry);
    for (const auto& [group, members] : source_.groups) intern(group);
    out_.prefixes_ = source_.prefixes;
    out_.suffixes_ = source_.suffixes;
    known_ = out_.names_.size();
    for (std::size_t i = 0; i < part_names.size(); ++i) {
      out_.parts_[i] = out_.id(part_names[i]);
      if (out_.parts_[i] == lexicon::none_class) {
        faults_.push_back("language: no file fills the class \"" + std::string(part_names[i]) + "\"");
      }
    }
    for (const auto& rule : source_.rules) add(rule);
    check_computed();
    link();
    inherit();
    list_slips();
    lay_out();
    return std::move(out_);
  }

 private:
  class_id intern(std::string_view name) {
    if (const auto at = out_.ids_.find(name); at != text_table::none) return static_cast<class_id>(at);
    if (out_.names_.size() == max_classes) {
      if (!full_) faults_.emplace_back("language: more classes than the program can hold");
      full_ = true;
      return lexicon::none_class;
    }
    const auto fresh = static_cast<class_id>(out_.names_.size());
    out_.names_.emplace_back(name);
    out_.signs_.push_back(sign().add('k').add(name).number());
    out_.ids_.add(name, fresh);
    return fresh;
  }

  std::uint32_t word_id(std::string_view key) {
    const std::uint32_t known = out_.words_.find(key);
    if (known != text_table::none) return known;
    out_.words_.add(key, next_word_);
    return next_word_++;
  }

  void add(const lexicon_source::entry& entry) {
    std::uint32_t node = 0;
    const auto keys = keys_of(entry.words);
    for (const std::uint32_t key : keys) {
      const auto [found, fresh] = edges_.try_emplace(edge(node, key), static_cast<std::uint32_t>(senses_.size()));
      if (fresh) senses_.emplace_back();
      node = found->second;
    }
    if (node == 0) {
      faults_.push_back(entry.origin + ": class " + entry.meaning + " holds an empty word");
      return;
    }
    // A word listed for two languages tells nothing about either.
    if (keys.size() == 1) {
      const std::uint32_t word = keys.front();
      if (out_.tongues_.size() <= word) out_.tongues_.resize(word + 1);
      out_.tongues_[word] |= tongue_named(entry.tongue);
    }
    put(node, {intern(entry.meaning), entry.value});
  }

  // A phrase that only gives a hint ("bawa celurit" incites) leaves its words what they are.
  void inherit() {
    const auto loose =
        std::ranges::find(source_.groups, "loose", &std::pair<std::string, std::vector<std::string>>::first);
    if (loose == source_.groups.end()) return;
    for (const auto& entry : source_.entries) {
      if (std::ranges::find(loose->second, entry.meaning) == loose->second.end()) continue;
      const auto keys = keys_of(entry.words);
      if (keys.size() < 2) continue;
      const auto denies = [&](std::uint32_t key) {
        const std::uint32_t alone = follow(0, key);
        return alone != lexicon::none &&
               std::ranges::any_of(senses_[alone], [&](const sense& s) { return s.meaning == out_.id(part::negator); });
      };
      if (std::ranges::any_of(keys, denies)) continue;
      std::uint32_t phrase = 0;
      for (const std::uint32_t key : keys) phrase = follow(phrase, key);
      if (closed(phrase)) continue;
      for (std::size_t at = 0; at < keys.size();) at = inherit_from(phrase, keys, at);
    }
  }

  bool closed(std::uint32_t phrase) const {
    const class_id group = out_.id("closed");
    return group != lexicon::none_class &&
           std::ranges::any_of(senses_[phrase], [&](const sense& s) { return out_.closure(s.meaning).test(group); });
  }

  // Gives a phrase what the longest run of its own words from `at` means by itself; returns the word after that run.
  std::size_t inherit_from(std::uint32_t phrase, const std::vector<std::uint32_t>& keys, std::size_t at) {
    std::uint32_t node = 0;
    std::uint32_t found = 0;
    std::size_t last = at;
    for (std::size_t k = at; k < keys.size(); ++k) {
      node = follow(node, keys[k]);
      if (node == lexicon::none) break;
      if (node == phrase || senses_[node].empty()) continue;
      found = node;
      last = k + 1;
    }
    if (found == 0) return at + 1;
    const auto inner = senses_[found];
    for (const sense& each : inner) {
      const bool grammar = std::ranges::find(out_.parts_, each.meaning) != out_.parts_.end() ||
                           out_.closure(each.meaning).test(out_.id(part::bare_word));
      if (!grammar) put(phrase, each);
    }
    return last;
  }

  // Words that a slip could make of two are left out.
  void list_slips() {
    std::unordered_map<std::string, std::uint32_t> slips;
    const auto list = [&](const std::string& key, std::uint32_t word) {
      const std::uint32_t known = out_.words_.find(key);
      if (known != text_table::none && known != word) return;
      const auto [at, fresh] = slips.try_emplace(key, word);
      if (!fresh && at->second != word) at->second = lexicon::several;
    };
    std::string key;
    for (std::size_t w = 0; w < out_.words_.size(); ++w) {
      const auto [typed, word] = out_.words_[w];
      const std::uint32_t node = follow(0, word);
      if (node == lexicon::none || typed.size() < shortest_respelled) continue;
      const auto tells = [&](const sense& s) { return !out_.firm(s.meaning); };
      if (std::ranges::none_of(senses_[node], tells)) continue;
      plain(typed, key);
      list(key, word);
      if (key.size() <= shortest_slip) continue;
      for (std::size_t i = 1; i < key.size(); ++i) list(std::string(key).erase(i, 1), word);
    }
    for (const auto& [slip, word] : slips) out_.slips_.add(slip, word);
  }

  std::uint32_t follow(std::uint32_t from, std::uint32_t by) const {
    const auto at = edges_.find(edge(from, by));
    return at == edges_.end() ? lexicon::none : at->second;
  }

  void put(std::uint32_t node, sense fresh) {
    auto& senses = senses_[node];
    if (std::ranges::none_of(senses, [&](const sense& s) { return s.meaning == fresh.meaning; }))
      senses.push_back(fresh);
  }

  // Nodes as they are read: by arrays.
  void lay_out() {
    out_.nodes_.resize(senses_.size());
    out_.first_.assign(next_word_, lexicon::none);
    std::vector<std::vector<lexicon::child>> children(senses_.size());
    for (const auto& [from, to] : edges_) {
      const auto by = static_cast<std::uint32_t>(from & 0xffffffffU);
      const auto node = static_cast<std::uint32_t>(from >> 32U);
      if (node == 0) {
        out_.first_[by] = to;
      } else {
        children[node].push_back({by, to});
      }
    }
    for (std::size_t i = 0; i < senses_.size(); ++i) {
      lexicon::node& node = out_.nodes_[i];
      node.senses = static_cast<std::uint32_t>(out_.senses_.size());
      out_.senses_.insert(out_.senses_.end(), senses_[i].begin(), senses_[i].end());
      node.senses_end = static_cast<std::uint32_t>(out_.senses_.size());
      std::ranges::sort(children[i], {}, &lexicon::child::word);
      node.children = static_cast<std::uint32_t>(out_.children_.size());
      out_.children_.insert(out_.children_.end(), children[i].begin(), children[i].end());
      node.children_end = static_cast<std::uint32_t>(out_.children_.size());
    }
  }

  std::vector<std::uint32_t> keys_of(std::string_view words) {
    std::vector<std::uint32_t> out;
    std::string key;
    while (!words.empty()) {
      const std::size_t end = std::min(words.find(' '), words.size());
      squeeze(words.substr(0, end), key);
      if (!key.empty()) out.push_back(word_id(key));
      words.remove_prefix(std::min(end + 1, words.size()));
    }
    return out;
  }

  void spell(const std::string& typed, const std::string& word) {
    std::string from, to;
    squeeze(typed, from);
    squeeze(word, to);
    if (!out_.words_.add(from, word_id(to))) {
      faults_.push_back("language: spelling \"" + typed + "\" means two words");
    }
  }

  class_set mask(const std::string& alternatives, const lexicon_source::rule& rule) {
    class_set out;
    std::size_t at = 0;
    while (at <= alternatives.size()) {
      const std::size_t end = std::min(alternatives.find('|', at), alternatives.size());
      const std::string name = alternatives.substr(at, end - at);
      const std::size_t colon = name.find(':');
      const std::string base = colon == std::string::npos ? name : name.substr(colon + 1);
      const std::string_view derived = colon == std::string::npos ? "" : std::string_view(name).substr(0, colon);
      const bool computed = name.starts_with('@');
      const class_id of = out_.id(base);
      if (!computed && (!out_.ids_.contains(base) || of >= known_)) {
        faults_.push_back(rule.origin + ": a rule for " + rule.give + " names the unknown class \"" + base + "\"");
      } else {
        if (computed) computed_.emplace_back(name, rule.origin);
        const class_id meaning = intern(name);
        out.set(meaning);
        if (derived == "not") denied_.emplace_back(of, meaning);
        if (derived == "first") leading_.emplace_back(of, meaning);
        if (derived == "passive") suffered_.emplace_back(of, meaning);
      }
      at = end + 1;
    }
    return out;
  }

  void add(const lexicon_source::rule& source) {
    rule_set& set = out_.rules_[source.kind];
    const auto known = std::ranges::find(set.targets, source.give);
    rule out{
        static_cast<std::uint16_t>(known - set.targets.begin()), source.row, source.weight, source.near, {}, {}, {}};
    if (known == set.targets.end()) set.targets.push_back(source.give);
    for (const auto& item : source.all) out.all.push_back(mask(item, source));
    for (const auto& item : source.none) out.none |= mask(item, source);
    const auto rarest = std::ranges::min_element(out.all, {}, &class_set::count);
    if (rarest != out.all.end()) {
      for (std::size_t c = rarest->_Find_first(); c < rarest->size(); c = rarest->_Find_next(c))
        out.gate.push_back(static_cast<class_id>(c));
    }
    set.rules.push_back(std::move(out));
  }

  // "@category_figth": what no rule gives is never there.
  void check_computed() {
    for (const auto& [name, origin] : computed_)
      for (const char* kind : {"category", "flag", "intent"}) {
        const std::string begin = "@" + std::string(kind) + "_";
        if (!name.starts_with(begin)) continue;
        const auto& targets = out_.rules(kind).targets;
        if (std::ranges::find(targets, name.substr(begin.size())) == targets.end())
          faults_.push_back(origin + ": no rule gives \"" + name + "\"");
      }
  }

  void link() {
    for (auto& [kind, set] : out_.rules_) {
      for (const auto& target : set.targets) set.classes.push_back(intern("@" + kind + "_" + target));
    }
    out_.suffered_.resize(max_classes);
    for (const auto& [base, derived] : suffered_) out_.suffered_[base] = derived;
    out_.denied_.resize(max_classes);
    out_.leading_.resize(max_classes);
    out_.closure_.resize(max_classes);
    for (const auto& [base, derived] : denied_) out_.denied_[base] = derived;
    for (const auto& [base, derived] : leading_) out_.leading_[base] = derived;
    for (class_id i = 0; i < out_.names_.size(); ++i) out_.closure_[i].set(i);
    for (const auto& [group, members] : source_.groups) {
      const class_id parent = out_.id(group);
      for (const auto& member : members) {
        const class_id child = out_.id(member);
        if (child == lexicon::none_class) {
          faults_.push_back("language: group " + group + " holds the unknown class \"" + member + "\"");
          continue;
        }
        if (group == "firm") out_.firm_.set(child);
        for (class_id i = 1; i < out_.names_.size(); ++i) {
          if (out_.closure_[i].test(child)) out_.closure_[i].set(parent);
        }
      }
    }
  }

  const lexicon_source& source_;
  std::vector<std::string>& faults_;
  lexicon out_;
  std::vector<std::vector<sense>> senses_;                  // of each node
  std::unordered_map<std::uint64_t, std::uint32_t> edges_;  // node and word -> node
  std::uint32_t next_word_ = 0;
  std::size_t known_ = 0;
  bool full_ = false;
  std::vector<std::pair<class_id, class_id>> denied_, leading_, suffered_;
  std::vector<std::pair<std::string, std::string>> computed_;  // names with "@" that rules ask for, and where
};

lexicon lexicon::compile(const lexicon_source& source, std::vector<std::string>& faults) {
  return compiler(source, faults).run();
}

}  // namespace bot::language
