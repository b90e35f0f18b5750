#include "bot/language/lexicon.hpp"

#include <algorithm>

#include "bot/language/hunch.hpp"
#include "bot/language/spelling.hpp"

namespace bot::language {
namespace {

// Shorter roots than this come out of stripping by accident.
constexpr std::size_t shortest_root = 4;

}  // namespace

std::uint32_t lexicon::word(std::string_view key) const { return words_.find(key); }

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
    const std::uint32_t hit = slips_.find(typed);
    return hit == several ? none : hit;
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
    if (hit != none && slips_.contains(std::string(typed).erase(i, 1))) return hit;
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
  if (from == 0) return by < first_.size() ? first_[by] : none;
  const auto begin = children_.begin() + nodes_[from].children;
  const auto end = children_.begin() + nodes_[from].children_end;
  const auto at = std::lower_bound(begin, end, by, [](const child& c, std::uint32_t word) { return c.word < word; });
  return at == end || at->word != by ? none : at->node;
}

std::span<const sense> lexicon::senses(std::uint32_t at) const {
  return std::span(senses_).subspan(nodes_[at].senses, nodes_[at].senses_end - nodes_[at].senses);
}

class_id lexicon::id(std::string_view name) const {
  const std::uint32_t at = ids_.find(name);
  return at == text_table::none ? none_class : static_cast<class_id>(at);
}

const rule_set& lexicon::rules(std::string_view kind) const {
  static const rule_set empty;
  const auto at = rules_.find(kind);
  return at == rules_.end() ? empty : at->second;
}

void lexicon::learn(std::shared_ptr<const language::hunch> model) {
  learned_ = std::move(model);
  const auto link = [&](std::string_view kind, hunch::question of) {
    const auto set = rules_.find(kind);
    if (set == rules_.end() || learned_ == nullptr) return;
    set->second.learned.clear();
    for (const auto& target : set->second.targets) set->second.learned.push_back(learned_->find(of, target));
  };
  link("intent", hunch::question::intent);
  link("category", hunch::question::category);
  link("event", hunch::question::event);
}

}  // namespace bot::language
