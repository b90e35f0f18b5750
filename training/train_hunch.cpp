// Trains config/language/hunch.bin from labelled messages: multinomial logistic regression by AdaGrad, each question by
// itself, the same on every run.
//   train_hunch OUT FILE...          train on all files
//   train_hunch --check N FILE... [--with FILE...]
//                                    cross-validate in N parts: the whole understanding, without and with the model;
//                                    what follows --with is always learned from and not measured
//   train_hunch --check sets FILE... [--with FILE...]
//                                    the same, each file measured by what was learned from the others
#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <future>
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

// All chosen by leaving out one writer after the other (docs/decisions/rules-and-a-vote.md).
constexpr int rounds = 40;
constexpr int orders = 15;  // learned in several orders and averaged, so that one message more does not tip others
constexpr int enough = 3;   // messages that must show a sign before it is learned
constexpr float rate = 0.5F;
constexpr float class_rate = 3;  // times: what the lexicon knows holds for words that no message had
constexpr float decay = 3e-4F;
// In every round half of the signs are hidden, another half each time: strangers say the same in other words, and what
// is left must do without those that said it first.
constexpr std::uint32_t hidden_of_256 = 128;
constexpr float first_square = 1e-4F;
constexpr double kept_steps = 0.995;  // larger weights are cut, so that 8 bits tell the others apart

const bot::instant labelled_at = bot::from_millis(1795266000000);  // 2026-11-21T20:00:00+07:00

constexpr std::array all_questions = {hunch::question::intent, hunch::question::category, hunch::question::level,
                                      hunch::question::going_on, hunch::question::event};

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
    case hunch::question::going_on: {
      const auto found = s.gold.find("ongoing");
      const bool asked =
          found != s.gold.end() && (s.gold.at("level").is_string() || s.gold.at("event_type").is_string());
      return !asked ? "" : found->get<bool>() ? "yes" : "no";
    }
    case hunch::question::event: return text_of(s, "event_type");
  }
  return {};
}

std::vector<hunch::label> labels_of(std::span<const sample* const> samples) {
  std::vector<hunch::label> out;
  for (const auto of : all_questions) {
    std::set<std::string> names;
    for (const sample* s : samples) names.insert(wanted(*s, of));
    if (of != hunch::question::intent && of != hunch::question::category) names.erase("");
    for (const auto& name : names) out.push_back({of, name});
  }
  return out;
}

// One float a label, filled up so that the compiler can add whole rows at once.
constexpr std::size_t width = 64;
using row = std::array<float, width>;

struct learned {
  std::vector<row> weights;
  row bias{};
};

// What is learned from: each sample's signs as rows of the weights.
struct lessons {
  std::vector<std::uint32_t> known;
  std::vector<float> rates;  // of each known sign
  std::vector<std::vector<std::uint32_t>> rows;
  std::vector<float> norms;
  std::vector<std::array<std::size_t, hunch::questions>> wanted;  // the label of each question, or no_label
  static constexpr std::uint32_t no_row = ~std::uint32_t{0};
  std::vector<std::uint32_t> categories;  // the row of its category, or no_row
};

lessons prepare(std::span<const sample* const> samples, const std::vector<hunch::label>& labels,
                const std::set<std::uint32_t>& class_signs) {
  std::map<std::uint32_t, int> seen;
  for (const sample* s : samples) {
    for (const auto sign : s->signs) ++seen[sign];
    if (const auto category = wanted(*s, hunch::question::category); !category.empty())
      ++seen[hunch::sign_of_category(category)];
  }
  lessons out;
  std::map<std::uint32_t, std::uint32_t> row_of;
  for (const auto& [sign, times] : seen) {
    if (times < enough) continue;
    row_of[sign] = static_cast<std::uint32_t>(out.known.size());
    out.known.push_back(sign);
    out.rates.push_back(class_signs.contains(sign) ? class_rate * rate : rate);
  }
  for (const sample* s : samples) {
    auto& rows = out.rows.emplace_back();
    for (const auto sign : s->signs) {
      if (const auto at = row_of.find(sign); at != row_of.end()) rows.push_back(at->second);
    }
    // An emergency is high whatever its category: it tells nothing of how bad a report of that category is.
    const bool tells = wanted(*s, hunch::question::intent) != "emergency";
    const auto category = row_of.find(hunch::sign_of_category(wanted(*s, hunch::question::category)));
    out.categories.push_back(!tells || category == row_of.end() ? lessons::no_row : category->second);
    out.norms.push_back(1 / hunch::length_of(s->signs));
    auto& wants = out.wanted.emplace_back();
    for (const auto of : all_questions) {
      const std::string name = wanted(*s, of);
      const auto at = std::ranges::find_if(labels, [&](const auto& l) { return l.of == of && l.name == name; });
      wants[static_cast<std::size_t>(of)] =
          at == labels.end() ? hunch::no_label : static_cast<std::size_t>(at - labels.begin());
    }
  }
  return out;
}

// How far the odds are from what is wanted, each question by itself; what is not asked of it moves nothing.
row slope_of(row odds, const std::vector<hunch::label>& labels,
             const std::array<std::size_t, hunch::questions>& wanted) {
  row slope{};
  for (std::size_t begin = 0, end = 0; begin < labels.size(); begin = end) {
    float top = odds[begin];
    for (; end < labels.size() && labels[end].of == labels[begin].of; ++end) top = std::max(top, odds[end]);
    const std::size_t want = wanted[static_cast<std::size_t>(labels[begin].of)];
    if (want == hunch::no_label) continue;
    float sum = 0;
    for (std::size_t k = begin; k < end; ++k) sum += odds[k] = std::exp(odds[k] - top);
    for (std::size_t k = begin; k < end; ++k) slope[k] = odds[k] / sum - (k == want ? 1.0F : 0.0F);
  }
  return slope;
}

learned learn(const lessons& all, const std::vector<hunch::label>& labels, unsigned seed) {
  learned out{std::vector<row>(all.known.size()), {}};
  row first;
  first.fill(first_square);
  std::vector<row> squares(all.known.size(), first);
  row bias_squares = first;
  std::vector<std::size_t> order(all.rows.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<std::uint32_t> left;
  std::mt19937 dice(seed);
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[dice() % i]);
    for (const std::size_t which : order) {
      left.clear();
      for (const std::uint32_t each : all.rows[which]) {
        if ((dice() >> 8U & 0xffU) >= hidden_of_256) left.push_back(each);
      }
      const float norm = all.norms[which] * 256 / (256 - hidden_of_256);  // those that are left stand for all
      row odds{};
      for (const std::uint32_t each : left) {
        for (std::size_t k = 0; k < width; ++k) odds[k] += out.weights[each][k];
      }
      for (std::size_t k = 0; k < width; ++k) odds[k] = out.bias[k] + norm * odds[k];
      const std::uint32_t category = all.categories[which];
      if (category != lessons::no_row) {
        for (std::size_t k = 0; k < labels.size(); ++k) {
          if (labels[k].of == hunch::question::level) odds[k] += hunch::category_counts * out.weights[category][k];
        }
      }
      const row slope = slope_of(odds, labels, all.wanted[which]);
      constexpr float bias_share = 0.2F;
      for (std::size_t k = 0; k < width; ++k) {
        bias_squares[k] += slope[k] * slope[k];
        out.bias[k] -= bias_share * rate * slope[k] / std::sqrt(bias_squares[k]);
      }
      for (const std::uint32_t each : left) {
        row& weight = out.weights[each];
        row& square = squares[each];
        for (std::size_t k = 0; k < width; ++k) {
          const float step = slope[k] * norm + decay * weight[k];
          square[k] += step * step;
          weight[k] -= all.rates[each] * step / std::sqrt(square[k]);
        }
      }
      for (std::size_t k = 0; category != lessons::no_row && k < labels.size(); ++k) {
        if (labels[k].of != hunch::question::level) continue;
        const float step = slope[k] * hunch::category_counts + decay * out.weights[category][k];
        squares[category][k] += step * step;
        out.weights[category][k] -= rate * step / std::sqrt(squares[category][k]);
      }
    }
  }
  return out;
}

hunch train(std::span<const sample* const> samples, const std::set<std::uint32_t>& class_signs) {
  const auto labels = labels_of(samples);
  if (labels.size() > width) throw std::runtime_error("more labels than a row has places");
  const lessons all = prepare(samples, labels, class_signs);
  std::vector<std::future<learned>> apart;
  for (unsigned seed = 1; seed <= orders; ++seed)
    apart.push_back(std::async(std::launch::async, learn, std::cref(all), std::cref(labels), seed));
  std::vector<float> weights(all.known.size() * labels.size()), bias(labels.size());
  for (auto& each : apart) {
    const learned one = each.get();
    for (std::size_t i = 0; i < weights.size(); ++i)
      weights[i] += one.weights[i / labels.size()][i % labels.size()] / orders;
    for (std::size_t k = 0; k < bias.size(); ++k) bias[k] += one.bias[k] / orders;
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
  return {labels, bias, scale, all.known, bytes};
}

struct tally {
  int intents = 0, messages = 0, categories = 0, with_category = 0, levels = 0, with_level = 0, high = 0, with_high = 0;
  int missed = 0, incidents = 0, alarms = 0, others = 0;
  struct hits {
    int both = 0, found = 0, wanted = 0;
  };
  std::map<std::string, hits> by_category, by_event;

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
    const auto event = wanted(s, hunch::question::event);
    ++by_event[event].wanted;
    ++by_event[std::string(found.event_type)].found;
    by_event[event].both += found.event_type == event;
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

  static double macro_f1(const std::map<std::string, hits>& of) {
    double sum = 0;
    int labels = 0;
    for (const auto& [name, h] : of) {
      if (name.empty() || h.wanted == 0) continue;
      sum += 2.0 * h.both / (h.found + h.wanted);
      ++labels;
    }
    return labels == 0 ? 0 : sum / labels;
  }

  void print(const char* what) const {
    const auto share = [](int part, int all) { return all == 0 ? 0.0 : static_cast<double>(part) / all; };
    std::cout << what << ": intent " << share(intents, messages) << ", category " << share(categories, with_category)
              << ", macro-F1 " << macro_f1(by_category) << ", event type " << macro_f1(by_event) << ", level "
              << share(levels, with_level) << ", recall of high " << share(high, with_high) << ", missed "
              << share(missed, incidents) << ", false alarms " << share(alarms, others) << '\n';
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

std::set<std::uint32_t> class_signs_of(const bot::language::lexicon& lexicon) {
  std::set<std::uint32_t> out;
  for (std::size_t c = 1; c < lexicon.classes(); ++c) out.insert(lexicon.sign(static_cast<bot::language::class_id>(c)));
  return out;
}

// `part_of`: in which of the parts a sample, at its place in the list, is measured.
template <class Part>
void check(const std::vector<sample>& samples, const std::vector<sample>& beside, std::size_t parts, Part part_of,
           bot::language::lexicon& lexicon) {
  tally alone, together;
  const auto classes = class_signs_of(lexicon);
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<const sample*> others;
    for (const sample& s : beside) others.push_back(&s);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      if (part_of(i) != part) others.push_back(&samples[i]);
    }
    const auto model = std::make_shared<const hunch>(train(others, classes));
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
  config::save_hunch(given[1], train(all, class_signs_of(lexicon)));
}
