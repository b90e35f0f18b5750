#include "bot/notices/conditions.hpp"

#include <algorithm>
#include <optional>

#include "bot/conversation/event_answers.hpp"
#include "bot/conversation/phrases.hpp"
#include "bot/language/words.hpp"
#include "bot/notices/desk.hpp"

namespace bot::notices {
namespace {

using kind = language::word::kind;

void replace(std::string& text, std::string_view mark, const std::string& value) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
    text.replace(at, mark.size(), value);
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view around = " \t\r.,-·";
  const auto first = text.find_first_not_of(around);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(around) - first + 1));
}

// "23.00"; empty: nobody told at which hour it ends.
std::string end_hour(const notice& n) {
  constexpr std::size_t hour = 11, minute = 14, shortest = 16;  // of "2026-12-20T23:00:00+07:00"
  const auto at = n.answers.find("end");
  if (at == n.answers.end() || at->second.size() < shortest) return {};
  return at->second.substr(hour, 2) + "." + at->second.substr(minute, 2);
}

class fitting {
 public:
  fitting(const notice& n, const world& w) : n_(n), event_(event_from(n.answers, w.book.utc_offset)) {
    if (event_.attendance) most_ = event_.attendance->max;
    end_ = end_hour(n);
  }

  std::optional<std::string> text_of(const condition_rule& rule) const {
    const auto& told = event_.purposes;
    const bool other_kind = !rule.purposes.empty() && std::none_of(told.begin(), told.end(), [&](purpose one) {
      return std::find(rule.purposes.begin(), rule.purposes.end(), one) != rule.purposes.end();
    });
    if (other_kind || most_ < rule.from_people) return std::nullopt;
    if (rule.extra && std::find(n_.extras.begin(), n_.extras.end(), *rule.extra) == n_.extras.end())
      return std::nullopt;
    const bool names_end = rule.text.find("{end}") != std::string::npos;
    if ((names_end && end_.empty()) || (rule.per > 0 && most_ == 0)) return std::nullopt;
    std::string text = rule.text;
    replace(text, "{end}", end_);
    if (rule.per > 0) {
      replace(text, "{stewards}", std::to_string((most_ + rule.per - 1) / rule.per));
      replace(text, "{per}", std::to_string(rule.per));
    }
    return text;
  }

 private:
  const notice& n_;
  event event_;
  std::int64_t most_ = 0;  // people; 0: not told
  std::string end_;
};

void add(std::vector<std::string>& texts, std::string text) {
  if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
}

}  // namespace

std::vector<std::string> conditions_for(const notice& n, const world& w) {
  const auto& rules = w.book.notices.rules.conditions;
  const local_day today = time_at(w.now, w.book.utc_offset).day;
  const auto holds_for = [&](const condition_rule& rule, const std::string& unit) {
    return rule.unit == unit && rule.note.from <= today;
  };
  std::string whose;
  for (const auto& code : chain_of(n, w)) {
    if (!whose.empty()) break;
    if (std::any_of(rules.begin(), rules.end(), [&](const auto& rule) { return holds_for(rule, code); })) whose = code;
  }
  const fitting fits(n, w);
  std::vector<std::string> all;
  for (const auto& rule : rules)
    if (holds_for(rule, whose))
      if (auto text = fits.text_of(rule)) all.push_back(std::move(*text));
  return all;
}

chosen_conditions read_conditions(std::string_view words, const std::vector<std::string>& offered) {
  chosen_conditions chosen;
  for (const std::string& part : parted_conditions(words)) {
    const auto all = language::split(part);
    std::size_t at = 0, numbers = 0, own_from = 0;
    for (; at < all.size(); ++at) {
      const bool joins = all[at].what == kind::sign || all[at].folded == "dan" || all[at].folded == "lan";
      if (all[at].what == kind::number)
        ++numbers;
      else if (!joins || numbers == 0)
        break;
    }
    const bool picks = numbers > 1 || (numbers == 1 && at == all.size());
    if (!picks) {
      add(chosen.texts, part);
      add(chosen.own, part);
      continue;
    }
    for (std::size_t i = 0; i < at; ++i) {
      if (all[i].what != kind::number) continue;
      const auto number = all[i].folded.size() <= 2 ? std::stoul(all[i].folded) : 0;
      if (number >= 1 && number <= offered.size())
        add(chosen.texts, offered[number - 1]);
      else
        add(chosen.not_listed, all[i].folded);
    }
    if (at < all.size()) own_from = all[at].begin;
    if (own_from == 0) continue;
    const std::string own = trimmed(std::string_view(part).substr(own_from));
    add(chosen.texts, own);
    add(chosen.own, own);
  }
  return chosen;
}

std::optional<barred_text> barred_among(const std::vector<std::string>& own, const event_rules& rules) {
  std::optional<barred_text> doubtful;
  for (const auto& text : own) {
    const auto words = language::split(text);
    for (const auto& rule : rules.barred) {
      if (has_phrase(words, rule.never)) return barred_text{&rule, text, false};
      if (!doubtful && has_phrase(words, rule.doubtful)) doubtful = barred_text{&rule, text, true};
    }
  }
  return doubtful;
}

bool holds_condition(std::string_view number, const event_rules& rules) {
  constexpr std::size_t longest = 80;  // bytes; "B/12/XI/YAN.2.1./2026/Sat Intelkam"
  return number.size() > longest || has_phrase(language::split(number), rules.no_number);
}

std::string joined_conditions(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& one : texts) all += (all.empty() ? "" : "; ") + one;
  return all;
}

std::vector<std::string> parted_conditions(std::string_view words) {
  std::vector<std::string> all;
  for (std::size_t from = 0; from < words.size();) {
    const std::size_t end = std::min(words.find_first_of(";\n", from), words.size());
    add(all, trimmed(words.substr(from, end - from)));
    from = end + 1;
  }
  return all;
}

}  // namespace bot::notices
