// Trains config/language/hunch.bin from labelled messages: multinomial logistic regression by AdaGrad, each question by
// itself, the same on every run.
//   train_hunch OUT FILE...          train on all files
//   train_hunch --check N FILE... [--with FILE...]
//                                    cross-validate in N parts: the whole understanding, without and with the model;
//                                    what follows --with is always learned from and not measured
//   train_hunch --check sets FILE... [--with FILE...]
//                                    the same, each file measured by what was learned from the others
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <set>
#include <span>
#include <string>

#include "bot/geography/places.hpp"
#include "bot/language/learning.hpp"
#include "bot/language/understand.hpp"
#include "config/area_pack.hpp"
#include "config/hunch.hpp"
#include "config/lexicon.hpp"

namespace {

using bot::language::hunch;
using nlohmann::json;

constexpr std::size_t buckets = 16384;
constexpr int rounds = 40;
constexpr int orders = 5;  // learned in several orders and averaged, so that one message more does not tip others
// Few words tell what is wanted, many together what happened: intents are learned in larger steps.
constexpr float rate_of(hunch::question of) { return of == hunch::question::intent ? 2.0F : 0.2F; }
constexpr float decay = 1e-5F;
constexpr float first_square = 1e-4F;
constexpr double kept_steps = 0.995;  // larger weights are cut, so that 8 bits tell the others apart

const bot::instant labelled_at = bot::from_millis(1795266000000);  // 2026-11-21T20:00:00+07:00

struct sample {
  json gold;
  std::string text;
  std::vector<bot::language::word> words;
  std::vector<bot::language::word_range> names;
  std::vector<std::uint32_t> signs;
  std::size_t set = 0;  // which file
};

std::string text_of(const sample& s, const char* key) {
  const json& value = s.gold.at(key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::string wanted(const sample& s, hunch::question of) {
  switch (of) {
    case hunch::question::intent: return text_of(s, "intent");
    case hunch::question::category: return text_of(s, "category");
    case hunch::question::level: return text_of(s, "level");
  }
  return {};
}

std::vector<hunch::label> labels_of(std::span<const sample* const> samples) {
  std::vector<hunch::label> out;
  for (const auto of : {hunch::question::intent, hunch::question::category, hunch::question::level}) {
    std::set<std::string> names;
    for (const sample* s : samples) names.insert(wanted(*s, of));
    if (of == hunch::question::level) names.erase("");
    for (const auto& name : names) out.push_back({of, name});
  }
  return out;
}

struct learned {
  std::vector<float> weights, bias;
};

learned learn(std::span<const sample* const> samples, const std::vector<hunch::label>& labels, unsigned seed) {
  const std::size_t count = labels.size();
  std::vector<float> weights(buckets * count), squares(buckets * count, first_square);
  std::vector<float> bias(count), bias_squares(count, first_square), odds(count), slope(count);
  std::vector<std::size_t> order(samples.size());
  std::iota(order.begin(), order.end(), 0);
  std::mt19937 dice(seed);
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[dice() % i]);
    for (const std::size_t which : order) {
      const sample& s = *samples[which];
      const float norm = 1 / hunch::length_of(s.signs);
      odds = bias;
      for (const auto sign : s.signs) {
        for (std::size_t k = 0; k < count; ++k) odds[k] += norm * weights[sign % buckets * count + k];
      }
      for (std::size_t begin = 0, end = 0; begin < count; begin = end) {
        while (end < count && labels[end].of == labels[begin].of) ++end;
        const std::string want = wanted(s, labels[begin].of);
        const float top = *std::max_element(odds.begin() + static_cast<std::ptrdiff_t>(begin),
                                            odds.begin() + static_cast<std::ptrdiff_t>(end));
        float sum = 0;
        for (std::size_t k = begin; k < end; ++k) sum += odds[k] = std::exp(odds[k] - top);
        // Only an incident has a level.
        const bool asked = labels[begin].of != hunch::question::level || !want.empty();
        for (std::size_t k = begin; k < end; ++k) {
          slope[k] = !asked ? 0 : odds[k] / sum - (labels[k].name == want ? 1.0F : 0.0F);
        }
      }
      constexpr float bias_share = 0.2F;
      for (std::size_t k = 0; k < count; ++k) {
        bias_squares[k] += slope[k] * slope[k];
        bias[k] -= bias_share * rate_of(labels[k].of) * slope[k] / std::sqrt(bias_squares[k]);
      }
      for (const auto sign : s.signs) {
        for (std::size_t k = 0; k < count; ++k) {
          if (slope[k] == 0) continue;
          const std::size_t at = sign % buckets * count + k;
          const float step = slope[k] * norm + decay * weights[at];
          squares[at] += step * step;
          weights[at] -= rate_of(labels[k].of) * step / std::sqrt(squares[at]);
        }
      }
    }
  }
  return {weights, bias};
}

hunch train(std::span<const sample* const> samples) {
  const auto labels = labels_of(samples);
  std::vector<float> weights(buckets * labels.size()), bias(labels.size());
  const auto add = [](std::vector<float>& to, const std::vector<float>& what) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += what[i] / orders;
  };
  for (unsigned seed = 1; seed <= orders; ++seed) {
    const learned one = learn(samples, labels, seed);
    add(weights, one.weights);
    add(bias, one.bias);
  }
  std::vector<float> sizes;
  for (const float w : weights) {
    if (w != 0) sizes.push_back(std::abs(w));
  }
  const auto largest = sizes.begin() + static_cast<std::ptrdiff_t>(kept_steps * static_cast<double>(sizes.size()));
  std::nth_element(sizes.begin(), largest, sizes.end());
  const float scale = *largest / 127;
  std::vector<std::int8_t> bytes(weights.size());
  std::ranges::transform(weights, bytes.begin(), [&](float w) {
    return static_cast<std::int8_t>(std::lround(std::clamp(w / scale, -127.0F, 127.0F)));
  });
  return {labels, bias, scale, bytes};
}

struct tally {
  int intents = 0, messages = 0, categories = 0, with_category = 0, levels = 0, with_level = 0, high = 0, with_high = 0;
  int missed = 0, incidents = 0, alarms = 0, others = 0;
  struct hits {
    int both = 0, found = 0, wanted = 0;
  };
  std::map<std::string, hits> by_category;

  void count(const sample& s, const bot::language::lexicon& lexicon) {
    const auto found = bot::language::understand(s.text, s.words, labelled_at, lexicon, s.names);
    const std::string said(name_of(found.intent));
    const std::string intent = s.gold.at("intent");
    const auto holds = [](const json& list, const std::string& value) {
      return std::ranges::find(list, json(value)) != list.end();
    };
    const auto is_incident = [](const std::string& name) { return name == "report" || name == "emergency"; };
    const json& or_else = s.gold.at("alt_intents");
    ++messages;
    intents += said == intent || holds(or_else, said);
    if (is_incident(intent)) {
      ++incidents;
      missed += !is_incident(said);
    } else if (!holds(or_else, "report") && !holds(or_else, "emergency")) {
      ++others;
      alarms += is_incident(said);
    }
    const auto category = wanted(s, hunch::question::category);
    ++by_category[category].wanted;
    ++by_category[std::string(found.category)].found;
    by_category[category].both += found.category == category;
    if (!category.empty()) {
      ++with_category;
      categories += found.category == category || holds(s.gold.at("alt_categories"), std::string(found.category));
    }
    if (const auto level = text_of(s, "level"); !level.empty()) {
      const bool right = found.level && bot::cases::name_of(*found.level) == level;
      ++with_level;
      levels += right;
      with_high += level == "high";
      high += right && level == "high";
    }
  }

  double macro_f1() const {
    double sum = 0;
    int labels = 0;
    for (const auto& [name, h] : by_category) {
      if (name.empty() || h.wanted == 0) continue;
      sum += 2.0 * h.both / (h.found + h.wanted);
      ++labels;
    }
    return labels == 0 ? 0 : sum / labels;
  }

  void print(const char* what) const {
    const auto share = [](int part, int all) { return all == 0 ? 0.0 : static_cast<double>(part) / all; };
    std::cout << what << ": intent " << share(intents, messages) << ", category " << share(categories, with_category)
              << ", macro-F1 " << macro_f1() << ", level " << share(levels, with_level) << ", recall of high "
              << share(high, with_high) << ", missed " << share(missed, incidents) << ", false alarms "
              << share(alarms, others) << '\n';
  }
};

std::vector<sample> read(std::span<char*> paths, const bot::language::lexicon& lexicon,
                         const bot::geography::atlas& map) {
  std::vector<sample> out;
  for (std::size_t set = 0; set < paths.size(); ++set) {
    std::ifstream file(paths[set]);
    for (const json& gold : json::parse(file)) {
      sample s{gold, gold.at("text"), {}, {}, {}, set};
      s.words = bot::language::split(s.text);
      for (const auto& each : bot::geography::find_place(map, s.words).mentions)
        s.names.push_back({each.begin, each.end});
      s.signs = bot::language::signs_shown(s.text, s.words, labelled_at, lexicon, s.names, std::chrono::hours{7});
      out.push_back(std::move(s));
    }
  }
  return out;
}

// `part_of`: in which of the parts a sample, at its place in the list, is measured.
template <class Part>
void check(const std::vector<sample>& samples, const std::vector<sample>& beside, std::size_t parts, Part part_of,
           bot::language::lexicon& lexicon) {
  tally alone, together;
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<const sample*> others;
    for (const sample& s : beside) others.push_back(&s);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      if (part_of(i) != part) others.push_back(&samples[i]);
    }
    const auto model = std::make_shared<const hunch>(train(others));
    for (std::size_t i = 0; i < samples.size(); ++i) {
      if (part_of(i) != part) continue;
      lexicon.learn(nullptr);
      alone.count(samples[i], lexicon);
      lexicon.learn(model);
      together.count(samples[i], lexicon);
    }
  }
  alone.print("rules alone");
  together.print("with the model");
}

}  // namespace

int main(int count, char** arguments) {
  const std::span<char*> given(arguments, static_cast<std::size_t>(count));
  const bool checking = given.size() > 3 && std::string_view(given[1]) == "--check";
  if (given.size() < 3) {
    std::cerr << "train_hunch OUT FILE... | train_hunch --check PARTS|sets FILE...\n";
    return 2;
  }
  std::vector<std::string> faults;
  const auto areas = config::load_areas(PROJECT_DIR "/config/areas", faults);
  auto lexicon = config::load_lexicon(PROJECT_DIR "/config/language", faults);
  for (const auto& fault : faults) std::cerr << fault << '\n';
  if (!faults.empty()) return 1;
  const auto paths = given.subspan(checking ? 3 : 2);
  const auto with = static_cast<std::size_t>(std::ranges::find(paths, std::string_view("--with")) - paths.begin());
  const auto samples = read(paths.first(with), lexicon, areas.map);
  if (checking) {
    const auto beside = read(paths.subspan(std::min(with + 1, paths.size())), lexicon, areas.map);
    if (std::string_view(given[2]) == "sets") {
      check(
          samples, beside, with, [&](std::size_t i) { return samples[i].set; }, lexicon);
    } else {
      const std::size_t parts = std::stoul(given[2]);
      check(
          samples, beside, parts, [&](std::size_t i) { return i % parts; }, lexicon);
    }
    return 0;
  }
  std::vector<const sample*> all;
  for (const sample& s : samples) all.push_back(&s);
  config::save_hunch(given[1], train(all));
}
