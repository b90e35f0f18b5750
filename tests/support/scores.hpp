// How good answers are: those of `kentongan understand` against labelled messages, those of `kentongan route` against
// annotated places. One definition for the tests and for bench_scores.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/written_moment.hpp"

namespace scores {

using nlohmann::json;

struct figure {
  std::string name;
  double value = 0;    // a share, 0 to 1
  std::size_t of = 0;  // how many messages, cases or classes it speaks of
};

using figures = std::vector<figure>;
using answers = std::map<std::string, json>;  // by id

// The figure of that name; not a number when there is none.
inline double value(const figures& all, const std::string& name) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const figure& f) { return f.name == name; });
  return at == all.end() ? std::nan("") : at->value;
}

// JSON lines as the commands print them.
inline answers read_answers(std::istream& lines) {
  answers all;
  for (std::string line; std::getline(lines, line);)
    if (const json one = json::parse(line, nullptr, false); one.is_object()) all[one.value("id", "")] = one;
  return all;
}

namespace detail {

class share {
 public:
  void count(bool hit) {
    hits_ += hit ? 1 : 0;
    ++all_;
  }
  figure as(std::string name) const {
    return {std::move(name), all_ == 0 ? std::nan("") : static_cast<double>(hits_) / static_cast<double>(all_), all_};
  }

 private:
  std::size_t hits_ = 0, all_ = 0;
};

inline std::string text(const json& from, const char* key) {  // empty: null or absent
  const auto at = from.find(key);
  return at != from.end() && at->is_string() ? at->get<std::string>() : std::string();
}

inline bool among(const json& gold, const char* key, const std::string& word) {
  const auto list = gold.find(key);
  return list != gold.end() && std::find(list->begin(), list->end(), word) != list->end();
}

inline std::vector<std::string> codes(const json& from) {
  const auto list = from.find("ward_codes");
  return list != from.end() && list->is_array() ? list->get<std::vector<std::string>>() : std::vector<std::string>();
}

// F1 of each class that the gold has, weighed equally. "Nothing" is no class, but a wrong class in its place counts
// against that class.
class classes {
 public:
  void count(const std::string& gold, const std::string& said) {
    if (!gold.empty()) known_.insert(gold);
    if (gold == said) {
      ++right_[gold];
    } else {
      ++missed_[gold];
      ++wrong_[said];
    }
  }
  figure as(std::string name) {
    double sum = 0;
    for (const auto& one : known_) {
      const double twice = 2.0 * right_[one];
      sum += twice == 0 ? 0 : twice / (twice + missed_[one] + wrong_[one]);
    }
    return {std::move(name), sum / static_cast<double>(known_.size()), known_.size()};
  }

 private:
  std::set<std::string> known_;
  std::map<std::string, int> right_, missed_, wrong_;
};

// "PREFIX.*" accepts every code below it.
inline bool fits(const std::string& code, const json& accepted) {
  return std::any_of(accepted.begin(), accepted.end(), [&](const json& each) {
    const auto a = each.get<std::string>();
    return code == a || (a.ends_with(".*") && code.starts_with(a.substr(0, a.size() - 1)));
  });
}

// Local time where no offset is told.
inline std::optional<std::chrono::sys_seconds> moment(const std::string& iso) {
  const auto told = bot::read_moment(iso);
  return told ? std::optional(std::chrono::floor<std::chrono::seconds>(told->at)) : std::nullopt;
}

// Within half an hour; where the gold knows only the day, that day, and a night runs on to six in the morning.
inline bool same_time(const json& gold, const json& answer) {
  const std::string wanted = text(gold, "resolved");
  const auto when = answer.find("when");
  const std::string said = when != answer.end() && when->is_object() ? text(*when, "resolved") : std::string();
  if (said.empty()) return false;
  const auto at = moment(said);
  if (wanted.size() != 10) return at && std::chrono::abs(*at - *moment(wanted)) <= std::chrono::minutes(30);
  if (said.starts_with(wanted)) return true;
  std::string expression = text(gold, "expression");
  std::transform(expression.begin(), expression.end(), expression.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const char* night : {"malam", "malem", "mlm", "bengi", "dalu", "malming"})
    if (expression.find(night) != std::string::npos && at) {
      const auto evening = *moment(wanted + "T18:00:00");
      return *at >= evening && *at <= evening + std::chrono::hours(12);
    }
  return false;
}

// The ranges meet once the gold's is a fifth wider; a guess over more than a factor of ten says nothing.
inline bool same_crowd(const json& gold, const json& answer) {
  const auto said = answer.find("crowd");
  if (said == answer.end() || !said->is_object() || !said->value("min", json()).is_number() ||
      !said->value("max", json()).is_number())
    return false;
  const double low = said->at("min"), high = said->at("max");
  if (high < low || (low > 0 && high / low > 10.01) || (low <= 0 && high > 0)) return false;
  return low <= gold.at("max").get<double>() * 1.2 && high >= gold.at("min").get<double>() * 0.8;
}

inline bool is_incident(const std::string& intent) { return intent == "report" || intent == "emergency"; }

}  // namespace detail

// `gold`: a list of messages with their labels, as in tests/data/messages.json. A missing answer is an empty one.
inline figures of_understanding(const json& gold, const answers& given) {
  using namespace detail;
  share intents, categories, levels, high, missed, false_alarms, places, times, crowds;
  classes kinds, events;
  for (const json& m : gold) {
    const auto at = given.find(m.at("id").get<std::string>());
    const json answer = at == given.end() ? json::object() : at->second;
    const std::string intent = text(m, "intent"), said = text(answer, "intent");
    const std::string category = text(m, "category"), level = text(m, "level");
    intents.count(said == intent || among(m, "alt_intents", said));
    kinds.count(category, text(answer, "category"));
    events.count(text(m, "event_type"), text(answer, "event_type"));
    if (!category.empty())
      categories.count(text(answer, "category") == category || among(m, "alt_categories", text(answer, "category")));
    if (is_incident(intent)) {
      missed.count(!is_incident(said));
      if (!level.empty()) levels.count(text(answer, "level") == level);
      if (level == "high") high.count(text(answer, "level") == "high");
    } else if (!among(m, "alt_intents", "report") && !among(m, "alt_intents", "emergency")) {
      false_alarms.count(is_incident(said));
    }
    const auto wards = codes(answer);
    if (!m.at("ward_codes").empty()) places.count(!wards.empty() && fits(wards[0], m.at("ward_codes")));
    if (!text(m.at("when"), "resolved").empty()) times.count(same_time(m.at("when"), answer));
    if (m.at("crowd").is_object()) crowds.count(same_crowd(m.at("crowd"), answer));
  }
  return {intents.as("intent, alternatives accepted"),
          kinds.as("category, macro-F1"),
          categories.as("category, alternatives accepted"),
          events.as("event type, macro-F1"),
          levels.as("level"),
          high.as("recall of high"),
          missed.as("missed incidents"),
          false_alarms.as("false alarms"),
          places.as("place, first candidate"),
          times.as("time within 30 minutes"),
          crowds.as("crowd overlap")};
}

// What one answer of routing is worth.
enum class verdict { right, asked, wrong, unsafe };

// `expected`: the "expect" of a case.
// right: the one Polsek as owner, with the right ward if any; or a question that names only what is possible
// asked: a question too many, safe; unsafe: certain of a wrong unit or ward, or of a place that nobody told
inline verdict judge(const json& expected, const json& answer) {
  using namespace detail;
  const std::string status = text(answer, "status"), wanted = text(expected, "status");
  const auto wards = codes(answer);
  std::vector<std::string> owners;
  for (const json& unit : answer.value("units", json::array()))
    if (text(unit, "role") == "owner") owners.push_back(text(unit, "code"));
  if (wanted == "outside" || wanted == "none") {
    if (status == "certain" && (!wards.empty() || !owners.empty())) return verdict::unsafe;
    return wards.empty() && (status == "outside" || status == "ask") ? verdict::right : verdict::wrong;
  }
  const json& possible = expected.at("codes");
  const json& stations = expected.at("polsek");
  const auto under = [&](const std::string& code) {
    return std::any_of(possible.begin(), possible.end(), [&](const json& each) {
      const auto p = each.get<std::string>();
      return code == p || code.starts_with(p + ".");
    });
  };
  if (status == "certain") {
    if (stations.size() != 1 || owners.empty() || owners[0] != stations[0]) return verdict::unsafe;
    if (wards.empty() || std::find(possible.begin(), possible.end(), wards[0]) != possible.end()) return verdict::right;
    return under(wards[0]) ? verdict::wrong : verdict::unsafe;  // a ward that nobody named
  }
  if (status != "ask") return verdict::wrong;
  const auto named = static_cast<std::size_t>(std::count_if(wards.begin(), wards.end(), under));
  if (stations.size() != 1 && named == wards.size() && named >= std::min<std::size_t>(2, possible.size()))
    return verdict::right;
  return named > 0 ? verdict::asked : verdict::wrong;
}

// `cases`: a list of places with what is expected.
inline figures of_routing(const json& cases, const answers& given) {
  detail::share right, asked, wrong, unsafe;
  for (const json& one : cases) {
    const auto at = given.find(one.at("id").get<std::string>());
    const verdict v = at == given.end() ? verdict::wrong : judge(one.at("expect"), at->second);
    right.count(v == verdict::right);
    asked.count(v == verdict::asked);
    wrong.count(v == verdict::wrong);
    unsafe.count(v == verdict::unsafe);
  }
  return {right.as("right"), asked.as("asked too much"), wrong.as("wrong"), unsafe.as("unsafe")};
}

}  // namespace scores
