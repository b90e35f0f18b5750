// What one message costs to understand, words cut and places found included.
// KENTONGAN_MESSAGES names a JSON list of objects with a "text"; without it the project's own labelled set is read.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bot/geography/places.hpp"
#include "bot/language/understand.hpp"
#include "config/area_pack.hpp"
#include "config/lexicon.hpp"

namespace {

const bot::instant now = bot::from_millis(1795266000000);  // 2026-11-21T20:00:00+07:00

struct fixture {
  std::vector<std::string> faults;
  config::areas areas = config::load_areas(PROJECT_DIR "/config/areas", faults);
  bot::language::lexicon lexicon = config::load_lexicon(PROJECT_DIR "/config/language", faults);
  std::vector<std::string> texts;

  fixture() {
    const char* named = std::getenv("KENTONGAN_MESSAGES");
    std::ifstream file(named != nullptr ? named : PROJECT_DIR "/tests/data/messages.json");
    for (const auto& message : nlohmann::json::parse(file)) texts.push_back(message.at("text"));
    for (const auto& fault : faults) std::cerr << fault << '\n';
  }
};

const fixture& shared() {
  static const fixture loaded;
  return loaded;
}

void understand_words(benchmark::State& state) {
  const fixture& data = shared();
  std::size_t next = 0;
  for (auto _ : state) {
    const std::string& text = data.texts[next++ % data.texts.size()];
    benchmark::DoNotOptimize(bot::language::understand(text, now, data.lexicon));
  }
}
BENCHMARK(understand_words);

void understand_words_and_places(benchmark::State& state) {
  const fixture& data = shared();
  std::size_t next = 0;
  std::vector<bot::language::word_range> names;
  for (auto _ : state) {
    const std::string& text = data.texts[next++ % data.texts.size()];
    const auto words = bot::language::split(text);
    const auto place = bot::geography::find_place(data.areas.map, words);
    names.clear();
    for (const auto& each : place.mentions) names.push_back({each.begin, each.end});
    benchmark::DoNotOptimize(bot::language::understand(text, words, now, data.lexicon, names));
  }
}
BENCHMARK(understand_words_and_places);

void longest_message(benchmark::State& state) {
  const fixture& data = shared();
  std::string text;
  for (std::size_t i = 0; text.size() < 4096; ++i) text += data.texts[i % data.texts.size()] + ' ';
  text.resize(4096);
  for (auto _ : state) benchmark::DoNotOptimize(bot::language::understand(text, now, data.lexicon));
}
BENCHMARK(longest_message);

}  // namespace

BENCHMARK_MAIN();
