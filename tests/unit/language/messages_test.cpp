// How well messages are understood: the project's own labelled set, and a second one where it stands beside the
// checkout.
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "bot/language/words.hpp"
#include "loaded.hpp"

namespace {

using nlohmann::json;

struct share {
  int hits = 0;
  int all = 0;
  void count(bool hit) {
    hits += hit ? 1 : 0;
    ++all;
  }
  double value() const { return all == 0 ? 1.0 : static_cast<double>(hits) / all; }
};

bool among(const json& list, std::string_view value) {
  for (const auto& each : list) {
    if (each == value) return true;
  }
  return false;
}

std::string text_of(const json& value) { return value.is_string() ? value.get<std::string>() : std::string{}; }

struct figures {
  share intents, categories, events, levels, high, false_alarms, missed, crowds;
};

figures measure(const json& messages) {
  figures out;
  for (const json& gold : messages) {
    const std::string text = gold["text"];
    const auto found = understood(text);
    const std::string intent = gold["intent"];
    const auto said = name_of(found.intent);
    const bool incident = intent == "report" || intent == "emergency";
    const bool taken = said == "report" || said == "emergency";
    out.intents.count(said == intent || among(gold["alt_intents"], said));
    if (incident) out.missed.count(!taken);
    if (!incident && !among(gold["alt_intents"], "report") && !among(gold["alt_intents"], "emergency")) {
      out.false_alarms.count(taken);
    }
    if (!gold["category"].is_null()) {
      out.categories.count(found.category == text_of(gold["category"]) ||
                           among(gold["alt_categories"], found.category));
    }
    if (!gold["event_type"].is_null()) out.events.count(found.event_type == text_of(gold["event_type"]));
    if (incident && !gold["level"].is_null()) {
      const std::string level = gold["level"];
      const bool right = found.level && bot::cases::name_of(*found.level) == level;
      out.levels.count(right);
      if (level == "high") out.high.count(right);
    }
    if (!gold["crowd"].is_null()) {
      out.crowds.count(found.crowd &&
                       static_cast<double>(found.crowd->min) <= gold["crowd"]["max"].get<double>() * 1.2 &&
                       static_cast<double>(found.crowd->max) >= gold["crowd"]["min"].get<double>() * 0.8);
    }
  }
  return out;
}

void expect_good(const figures& found, double high = 0.95, double crowds = 0.90) {
  EXPECT_GE(found.intents.value(), 0.93);
  EXPECT_GE(found.categories.value(), 0.88);
  EXPECT_GE(found.events.value(), 0.85);
  EXPECT_GE(found.levels.value(), 0.85);
  EXPECT_GE(found.high.value(), high);
  EXPECT_GE(found.crowds.value(), crowds);
  EXPECT_LE(found.missed.value(), 0.04);
  EXPECT_LE(found.false_alarms.value(), 0.05);
}

json project_messages(const std::string& name) {
  std::ifstream file(PROJECT_DIR "/tests/data/" + name);
  if (!file) ADD_FAILURE() << "tests/data/" << name << " is missing";
  json messages = json::parse(file);
  EXPECT_GE(messages.size(), 200U);
  return messages;
}

TEST(labelled_messages, of_the_project) { expect_good(measure(project_messages("messages.json"))); }

TEST(labelled_messages, of_a_second_group) { expect_good(measure(project_messages("messages-2.json")), 0.90); }

// Urgent matters told sideways and numbers in words are where strangers are still misread.
TEST(labelled_messages, of_a_third_group) { expect_good(measure(project_messages("messages-3.json")), 0.82, 0.82); }

TEST(labelled_messages, of_others) {
  std::ifstream file(PROJECT_DIR "/../shared/data/messages-dev.json");
  if (!file) GTEST_SKIP() << "no messages-dev.json beside the checkout";
  expect_good(measure(json::parse(file)));
}

}  // namespace
