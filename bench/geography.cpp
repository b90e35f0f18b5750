// What place work costs: finding places in messages, a pin, a whole decision, with the shipped areas alone and with
// 83,000 more villages, as many as the country has.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "bot/geography/routing.hpp"
#include "bot/language/words.hpp"
#include "config/area_pack.hpp"
#include "config/message_files.hpp"
#include "config/routing_rules.hpp"

namespace {

namespace geo = bot::geography;

const std::string areas_dir = std::string(PROJECT_DIR) + "/config/areas";

const config::areas& served() {
  static const config::areas areas = [] {
    std::vector<std::string> faults;
    return config::load_areas(areas_dir, faults);
  }();
  return areas;
}

// Names as Javanese villages have them: two or three of these parts.
geo::atlas country(std::size_t villages) {
  static const char* const heads[] = {"karang", "sumber", "wono",   "kali",   "sido",   "tanjung", "banjar",
                                      "rejo",   "suka",   "mulyo",  "kedung", "tambak", "gunung",  "pasir",
                                      "ciba",   "lubuk",  "sungai", "tegal",  "jati",   "ngadi"};
  static const char* const tails[] = {"rejo",   "sari", "agung", "anyar",  "mulyo", "dadi", "harjo",
                                      "sono",   "maju", "jaya",  "wetan",  "kulon", "lor",  "kidul",
                                      "tengah", "baru", "indah", "makmur", "luhur", "asri"};
  static const char* const ends[] = {"",      " satu", " dua",   "mas",  "anom", "tani",
                                     " lama", " jero", " duwur", "pura", "giri", " ulu"};
  geo::atlas_source source;
  for (const geo::area& each : served().map.areas()) source.areas.push_back(each);
  for (std::size_t i = 0; i < villages; ++i) {
    const std::size_t district = i / 12;
    const std::string city = "9" + std::to_string(district / 400 % 10) + "." + std::to_string(10 + district / 20 % 20);
    const std::string code = city + "." + std::to_string(10 + district % 20);
    if (i % 240 == 0) source.areas.push_back({city, "Kabupaten " + city, geo::level::city, false, geo::no_area});
    if (i % 12 == 0) source.areas.push_back({code, "Kecamatan " + code, geo::level::district, false, geo::no_area});
    const std::string name = std::string(heads[i % 20]) + tails[i / 20 % 20] + ends[i / 400 % 12] +
                             (i / 4800 == 0 ? "" : std::string(" ") + heads[i / 4800 % 20]);
    source.areas.push_back({code + "." + std::to_string(2001 + i % 12), name, geo::level::ward, false, geo::no_area});
  }
  return geo::atlas(std::move(source));
}

const std::vector<std::vector<bot::language::word>>& messages() {
  static const std::vector<std::vector<bot::language::word>> all = [] {
    std::vector<std::vector<bot::language::word>> out;
    for (const char* text :
         {"Lapor pak, ada kumpulan pemuda sekitar 30 orang di depan balai kelurahan Gentong, tidak jelas kegiatannya, "
          "warga resah.",
          "td mlm ada tawuran di pasar gadingrejo bawa celurit, 30an org",
          "totoan pitik maneh nok Pohjentrek kidul, saiki wis rame 50 wong",
          "min revisi yaa, lokasinya Karangjati Pandaan bukan Karangjati Lumbang", "Kel. Pogarr bangil, toko dibobol",
          "pak saya sama anak anak ngunci diri di kamar mandi suami saya ngamuk bawa linggis pintu sudah dipukul pukul "
          "mau jebol "
          "rumah saya di perum graha candi blok f nomor 3 candibinangun sukorejo cepat pak saya mohon",
          "kecelakaan di Purwodadi Grobogan", "bagaimana cara bikin SKCK?",
          "oreng mabu' e ada'na langghar Mandaranrejo"}) {
      out.push_back(bot::language::split(text));
    }
    return out;
  }();
  return all;
}

void find_places(benchmark::State& state) {
  const geo::atlas big = country(static_cast<std::size_t>(state.range(0)));
  const geo::atlas& map = state.range(0) == 0 ? served().map : big;
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(geo::find_place(map, messages()[i++ % messages().size()]));
  }
}
BENCHMARK(find_places)->Arg(0)->Arg(8300)->Arg(83000)->Unit(benchmark::kMicrosecond);

void find_similar_name(benchmark::State& state) {
  const geo::atlas map = country(static_cast<std::size_t>(state.range(0)));
  const auto words = bot::language::split("tawuran di kel krampyngan malam ini");
  for (auto _ : state) benchmark::DoNotOptimize(geo::find_place(map, words));
}
BENCHMARK(find_similar_name)->Arg(0)->Arg(83000)->Unit(benchmark::kMicrosecond);

void split_words(benchmark::State& state) {
  const std::string text =
      "Lapor pak, ada kumpulan pemuda sekitar 30 orang di depan balai kelurahan Gentong, warga resah.";
  for (auto _ : state) benchmark::DoNotOptimize(bot::language::split(text));
}
BENCHMARK(split_words)->Unit(benchmark::kMicrosecond);

void hold_pin(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) {
    const double step = static_cast<double>(i++ % 1000) * 1e-4;
    benchmark::DoNotOptimize(served().map.borders().around({112.85 + step, -7.70 + step}, 50));
  }
}
BENCHMARK(hold_pin)->Unit(benchmark::kMicrosecond);

void decide(benchmark::State& state) {
  std::vector<std::string> faults;
  const geo::routing_rules rules = config::load_routing_rules(
      std::string(PROJECT_DIR) + "/config/rules/routing.toml",
      config::kinds_of(config::load_texts(std::string(PROJECT_DIR) + "/config/messages", faults).texts), faults);
  const geo::has_recipients nobody = [](std::string_view) { return false; };
  std::size_t i = 0;
  for (auto _ : state) {
    geo::evidence known;
    known.words = messages()[i++ % messages().size()];
    benchmark::DoNotOptimize(geo::route(known, served().map, served().units, rules, nobody));
  }
}
BENCHMARK(decide)->Unit(benchmark::kMicrosecond);

void load(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<std::string> faults;
    benchmark::DoNotOptimize(config::load_areas(areas_dir, faults));
  }
}
BENCHMARK(load)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
