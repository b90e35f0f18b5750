#include "bot/language/opinion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace bot::language {
namespace {

constexpr float unlikeliest = -9;
// A label less likely than e^-floor gets nothing.
constexpr float intent_votes = 11;
constexpr float intent_floor = 5;
constexpr float category_votes = 6;
constexpr float category_votes_of_few = 4;
constexpr float category_floor = 3.4F;
constexpr float event_votes = 3;
constexpr float event_floor = 4;
constexpr float doubt_votes = 5.9F;
constexpr float usual_doubt = -2;  // logarithm of the odds against
constexpr float most_doubt = 5;
constexpr float now_votes = 3;
constexpr float most_of_now = 1.5F;
constexpr float far_likelier = 1;  // logarithm

}  // namespace

opinion::opinion(const reading& r, const lexicon& lex) : model_(lex.learned()) {
  if (model_ != nullptr) odds_ = model_->weigh(r, lex);
  few_ = few(r);
}

float opinion::of(hunch::question question, std::string_view name) const {
  const std::size_t label = model_->find(question, name);
  return label == hunch::no_label ? unlikeliest : std::max(odds_[label], unlikeliest);
}

float opinion::of_level(std::string_view name, std::string_view category) const {
  const std::size_t label = model_->find(hunch::question::level, name);
  if (label == hunch::no_label) return unlikeliest;
  return std::max(odds_[label] + model_->added_by_category(category, label), unlikeliest);
}

float opinion::of_incident() const {
  return std::log(std::exp(of(hunch::question::intent, "report")) + std::exp(of(hunch::question::intent, "emergency")));
}

int opinion::doubt() const {
  const float likely = of_incident();
  const float against = std::log1p(-std::min(std::exp(likely), 0.9999F)) - likely;
  return static_cast<int>(std::lround(doubt_votes * std::clamp(against - usual_doubt, -most_doubt, most_doubt)));
}

int opinion::going_on() const {
  const float likelier = of(hunch::question::going_on, "yes") - of(hunch::question::going_on, "no");
  return static_cast<int>(std::lround(now_votes * std::clamp(likelier, -most_of_now, most_of_now)));
}

void opinion::vote(const rule_set& set, float votes, float floor, std::vector<int>& sums) const {
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const std::size_t label = set.learned[i];
    const float likely = label == hunch::no_label ? -floor : std::max(odds_[label], -floor);
    sums[i] += static_cast<int>(std::lround(votes * (likely + floor)));
  }
}

void opinion::vote_on_kinds(const rule_set& set, std::vector<int>& sums) const {
  vote(set, few_ ? category_votes_of_few : category_votes, category_floor, sums);
}

void opinion::vote_on_intents(const rule_set& set, std::vector<int>& sums) const {
  vote(set, intent_votes, intent_floor, sums);
}

void opinion::vote_on_events(const rule_set& set, std::vector<int>& sums) const {
  vote(set, event_votes, event_floor, sums);
}

bool opinion::likely_nothing() const {
  const auto& labels = model_->labels();
  const std::size_t nothing = model_->find(hunch::question::category, "");
  if (nothing == hunch::no_label) return false;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i].of == hunch::question::category && odds_[i] > odds_[nothing] - far_likelier) return false;
  }
  return true;
}

std::string opinion::words_for(std::string_view level, const reading& r, std::string_view text,
                               std::span<const word> words) const {
  const std::size_t label = model_->find(hunch::question::level, level);
  std::array<std::pair<int, const unit*>, 2> top{};
  for (const unit& u : r.units) {
    if (u.number || u.place || label == hunch::no_label) continue;
    const int weight = model_->weight_of(u, label);
    if (weight > top[0].first) {
      top[1] = std::exchange(top[0], {weight, &u});
    } else if (weight > top[1].first) {
      top[1] = {weight, &u};
    }
  }
  std::string out;
  for (const auto& [weight, u] : top) {
    if (u == nullptr || out.find(u->text) != std::string::npos) continue;
    const word& said = words[u->source];
    out.append(out.empty() ? "kata: " : ", ").append(text.substr(said.begin, said.end - said.begin));
  }
  return out;
}

}  // namespace bot::language
