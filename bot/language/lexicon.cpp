#include "bot/language/lexicon.hpp"

#include <algorithm>
#include <array>

namespace bot::language {
namespace {

constexpr std::uint64_t edge(std::uint32_t node, std::uint32_t word) { return std::uint64_t{node} << 32U | word; }

// Shorter roots than this come out of stripping by accident.
constexpr std::size_t shortest_root = 4;

// Shorter words than these are too often another word when a letter is wrong.
constexpr std::size_t shortest_respelled = 6;
constexpr std::size_t shortest_slip = 7;

// One spelling for those that differ from writer to writer: "bhuru" and "buru", "dhuwit" and "duwit", "tawoer", doubled
// letters.
void plain(std::string_view key, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < key.size(); ++i) {
    const char c = key[i];
    const bool breath = c == 'h' && i > 0 && std::string_view("bdgjtk").find(key[i - 1]) != std::string_view::npos;
    if (breath || (!out.empty() && out.back() == c)) continue;
    if (c == 'u' && !out.empty() && out.back() == 'o') out.pop_back();
    out.push_back(c == 'q' ? 'k' : c == 'v' ? 'f' : c);
  }
}

std::uint8_t tongue_named(std::string_view name) {
  if (name == "id") return indonesian;
  if (name == "jv") return javanese;
  if (name == "mad") return madurese;
  if (name == "en") return english;
  return indonesian | javanese | madurese;
}

constexpr std::array<std::string_view, static_cast<std::size_t>(part::count)> part_names = {
    "negator",    "nothing",  "seethrough", "polite",       "passive_word", "elsewhere",  "bare_word", "numbered",
    "number",     "plus_ten", "times",      "vague_number", "number_an",    "about",      "or_more",   "up_to",
    "groups_of",  "each",     "people",     "person",       "victim",       "not_people", "day",       "tonight",
    "last_night", "weekday",  "month",      "clock_word",   "half",         "quarter",    "less",      "more_by",
    "day_part",   "prayer",   "moment_now", "moment_just",  "next_one",     "last_one",   "ago",       "ahead",
    "hour_unit",  "day_unit", "week_unit",  "minute_unit",  "since",        "until",      "habit",     "date_word",
    "took_back",  "planned"};

}  // namespace

void squeeze(std::string_view folded, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char c = folded[i];
    if (c == '\'') continue;
    std::size_t run = 1;
    while (i + run < folded.size() && folded[i + run] == c) ++run;
    out.push_back(c);
    if (run == 2) out.push_back(c);
    i += run - 1;
  }
}

std::uint32_t lexicon::word(std::string_view key) const {
  const auto at = words_.find(key);
  return at == words_.end() ? none : at->second;
}

std::uint32_t lexicon::strip(std::string_view key, bool& passive) const {
  std::string candidate;
  // A beginning is cut off words of content only: "eburu" is no "buru".
  const auto tells = [&](std::uint32_t hit) {
    const std::uint32_t at = follow(0, hit);
    return at != none && std::ranges::any_of(senses(at), [&](const sense& s) { return !firm(s.meaning); });
  };
  const auto try_prefixes = [&](std::string_view rest) {
    for (const auto& prefix : prefixes_) {
      if (!rest.starts_with(prefix.cut)) continue;
      const std::string_view tail = rest.substr(prefix.cut.size());
      if (tail.size() < shortest_root) continue;
      candidate.assign(prefix.put).append(tail);
      const std::uint32_t hit = word(candidate);
      if (hit != none && tells(hit)) {
        passive = prefix.passive;
        return hit;
      }
    }
    return none;
  };
  for (const auto& suffix : suffixes_) {
    if (!key.ends_with(suffix.cut) || key.size() < suffix.cut.size() + shortest_root) continue;
    candidate.assign(key.substr(0, key.size() - suffix.cut.size())).append(suffix.put);
    if (const auto hit = word(candidate); hit != none) return hit;
  }
  if (const auto hit = try_prefixes(key); hit != none) return hit;
  for (const auto& suffix : suffixes_) {
    if (!key.ends_with(suffix.cut) || key.size() < suffix.cut.size() + shortest_root) continue;
    std::string rest(key.substr(0, key.size() - suffix.cut.size()));
    rest.append(suffix.put);
    if (const auto hit = try_prefixes(rest); hit != none) return hit;
  }
  return none;
}

// A letter forgotten, struck twice or swapped with the next; the first letter is right.
std::uint32_t lexicon::slip(std::string_view key) const {
  if (key.size() < shortest_respelled) return none;
  std::string typed;
  const auto known = [&] {
    const auto at = slips_.find(typed);
    return at == slips_.end() ? none : at->second;
  };
  plain(key, typed);
  if (const auto hit = known(); hit != none || typed.size() < shortest_slip) return hit;
  for (std::size_t i = 1; i + 1 < typed.size(); ++i) {
    std::swap(typed[i], typed[i + 1]);
    const auto swapped = known();
    std::swap(typed[i], typed[i + 1]);
    if (swapped != none) return swapped;
  }
  for (std::size_t i = 1; i < typed.size(); ++i) {
    const char extra = typed[i];
    typed.erase(i, 1);
    const auto hit = word(typed);
    typed.insert(i, 1, extra);
    if (hit != none && slips_.contains(typed.substr(0, i) + typed.substr(i + 1))) return hit;
  }
  return none;
}

lexicon::found lexicon::find(std::string_view folded) const {
  thread_local std::string key;
  squeeze(folded, key);
  found out;
  out.exact = word(key);
  if (out.exact == none) {
    // "tolongg", "bubarr": doubled letters that the vocabulary does not know.
    std::string single;
    for (const char c : key) {
      if (single.empty() || single.back() != c) single.push_back(c);
    }
    if (single.size() != key.size() && single.size() > shortest_root) {
      out.exact = word(single);
      if (out.exact == none) out.root = strip(single, out.passive);
    }
  }
  const bool alone = out.exact != none && follow(0, out.exact) != none && !senses(follow(0, out.exact)).empty();
  if (!alone && out.root == none && key.size() > shortest_root) out.root = strip(key, out.passive);
  if (out.exact == none && out.root == none) out.root = slip(key);
  return out;
}

std::uint32_t lexicon::follow(std::uint32_t from, std::uint32_t by) const {
  const auto at = edges_.find(edge(from, by));
  return at == edges_.end() ? none : at->second;
}

std::span<const sense> lexicon::senses(std::uint32_t at) const { return nodes_[at].senses; }

class_id lexicon::id(std::string_view name) const {
  const auto at = ids_.find(name);
  return at == ids_.end() ? none_class : at->second;
}

const rule_set& lexicon::rules(std::string_view kind) const {
  static const rule_set empty;
  const auto at = rules_.find(kind);
  return at == rules_.end() ? empty : at->second;
}

class compiler {
 public:
  compiler(const lexicon_source& source, std::vector<std::string>& faults) : source_(source), faults_(faults) {
    intern("");  // none_class
    out_.nodes_.emplace_back();
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
    link();
    inherit();
    list_slips();
    return std::move(out_);
  }

 private:
  class_id intern(std::string_view name) {
    if (const auto at = out_.ids_.find(name); at != out_.ids_.end()) return at->second;
    if (out_.names_.size() == max_classes) {
      if (!full_) faults_.emplace_back("language: more classes than the program can hold");
      full_ = true;
      return lexicon::none_class;
    }
    const auto fresh = static_cast<class_id>(out_.names_.size());
    out_.names_.emplace_back(name);
    out_.ids_.emplace(name, fresh);
    return fresh;
  }

  std::uint32_t word_id(std::string_view key) {
    const auto at = out_.words_.find(key);
    if (at != out_.words_.end()) return at->second;
    const auto fresh = static_cast<std::uint32_t>(next_word_++);
    out_.words_.emplace(key, fresh);
    return fresh;
  }

  void add(const lexicon_source::entry& entry) {
    std::uint32_t node = 0;
    const auto keys = keys_of(entry.words);
    for (const std::uint32_t key : keys) {
      const auto [found, fresh] =
          out_.edges_.try_emplace(edge(node, key), static_cast<std::uint32_t>(out_.nodes_.size()));
      if (fresh) out_.nodes_.emplace_back();
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
        const std::uint32_t alone = out_.follow(0, key);
        return alone != lexicon::none && std::ranges::any_of(out_.senses(alone), [&](const sense& s) {
                 return s.meaning == out_.id(part::negator);
               });
      };
      if (std::ranges::any_of(keys, denies)) continue;
      std::uint32_t phrase = 0;
      for (const std::uint32_t key : keys) phrase = out_.follow(phrase, key);
      if (closed(phrase)) continue;
      for (std::size_t at = 0; at < keys.size();) at = inherit_from(phrase, keys, at);
    }
  }

  bool closed(std::uint32_t phrase) const {
    const class_id group = out_.id("closed");
    return group != lexicon::none_class && std::ranges::any_of(out_.nodes_[phrase].senses, [&](const sense& s) {
             return out_.closure(s.meaning).test(group);
           });
  }

  // Gives a phrase what the longest run of its own words from `at` means by itself; returns the word after that run.
  std::size_t inherit_from(std::uint32_t phrase, const std::vector<std::uint32_t>& keys, std::size_t at) {
    std::uint32_t node = 0;
    std::uint32_t found = 0;
    std::size_t last = at;
    for (std::size_t k = at; k < keys.size(); ++k) {
      node = out_.follow(node, keys[k]);
      if (node == lexicon::none) break;
      if (node == phrase || out_.nodes_[node].senses.empty()) continue;
      found = node;
      last = k + 1;
    }
    if (found == 0) return at + 1;
    const auto inner = out_.nodes_[found].senses;
    for (const sense& each : inner) {
      const bool grammar = std::ranges::find(out_.parts_, each.meaning) != out_.parts_.end() ||
                           out_.closure(each.meaning).test(out_.id(part::bare_word));
      if (!grammar) put(phrase, each);
    }
    return last;
  }

  // Words that a slip could make of two are left out.
  void list_slips() {
    const auto list = [&](const std::string& key, std::uint32_t word) {
      const auto known = out_.words_.find(key);
      if (known != out_.words_.end() && known->second != word) return;
      const auto [at, fresh] = out_.slips_.try_emplace(key, word);
      if (!fresh && at->second != word) at->second = lexicon::none;
    };
    std::string key;
    for (const auto& [typed, word] : out_.words_) {
      const std::uint32_t node = out_.follow(0, word);
      if (node == lexicon::none || typed.size() < shortest_respelled) continue;
      const auto tells = [&](const sense& s) { return !out_.firm(s.meaning); };
      if (std::ranges::none_of(out_.senses(node), tells)) continue;
      plain(typed, key);
      list(key, word);
      if (key.size() <= shortest_slip) continue;
      for (std::size_t i = 1; i < key.size(); ++i) list(std::string(key).erase(i, 1), word);
    }
  }

  void put(std::uint32_t node, sense fresh) {
    auto& senses = out_.nodes_[node].senses;
    if (std::ranges::none_of(senses, [&](const sense& s) { return s.meaning == fresh.meaning; }))
      senses.push_back(fresh);
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
    if (!out_.words_.emplace(from, word_id(to)).second) {
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
      if (!computed && (out_.ids_.find(base) == out_.ids_.end() || out_.ids_.at(base) >= known_)) {
        faults_.push_back(rule.origin + ": a rule for " + rule.give + " names the unknown class \"" + base + "\"");
      } else {
        const class_id meaning = intern(name);
        out.set(meaning);
        if (derived == "not") denied_.emplace_back(out_.ids_.at(base), meaning);
        if (derived == "first") leading_.emplace_back(out_.ids_.at(base), meaning);
        if (derived == "passive") suffered_.emplace_back(out_.ids_.at(base), meaning);
      }
      at = end + 1;
    }
    return out;
  }

  void add(const lexicon_source::rule& source) {
    rule_set& set = out_.rules_[source.kind];
    const auto known = std::ranges::find(set.targets, source.give);
    rule out{static_cast<std::uint16_t>(known - set.targets.begin()), source.row, source.weight, source.near, {}, {}};
    if (known == set.targets.end()) set.targets.push_back(source.give);
    for (const auto& item : source.all) out.all.push_back(mask(item, source));
    for (const auto& item : source.none) out.none |= mask(item, source);
    set.rules.push_back(std::move(out));
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
  std::size_t next_word_ = 0;
  std::size_t known_ = 0;
  bool full_ = false;
  std::vector<std::pair<class_id, class_id>> denied_, leading_, suffered_;
};

lexicon lexicon::compile(const lexicon_source& source, std::vector<std::string>& faults) {
  return compiler(source, faults).run();
}

}  // namespace bot::language
