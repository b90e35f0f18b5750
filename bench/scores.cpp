// How well messages are understood and places are routed, with the shipped settings: the answers of the commands
// `understand` and `route`, scored.
//   bench_scores understanding MESSAGES.json   (form: tests/data/README.md)
//   bench_scores routing CASES.json
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "commands/route.hpp"
#include "commands/understand.hpp"
#include "config/settings.hpp"
#include "tests/support/scores.hpp"

int main(int argc, char** argv) {
  const std::string what = argc == 3 ? argv[1] : "";
  std::ifstream file(argc == 3 ? argv[2] : "");
  nlohmann::json gold = nlohmann::json::parse(file, nullptr, false);
  if ((what != "understanding" && what != "routing") || gold.is_discarded()) {
    std::cerr << "usage: bench_scores understanding MESSAGES.json | routing CASES.json\n";
    return 2;
  }
  if (gold.is_object()) gold = gold.at("cases");
  std::vector<std::string> faults;
  const auto settings = config::load_settings(PROJECT_DIR "/config/kentongan.toml", {}, faults);
  std::stringstream asked, answered;
  for (const auto& one : gold) {
    nlohmann::json line;
    for (const char* key : {"id", "text", "lat", "lon"})
      if (one.contains(key)) line[key] = one[key];
    asked << line.dump() << "\n";
  }
  const bot::instant reference = bot::from_millis(1795266000000);  // 2026-11-21T20:00+07:00, when all messages are read
  const bool understanding = what == "understanding";
  const int code = understanding ? commands::understand(settings, asked, answered, std::cerr, reference)
                                 : commands::route(settings, asked, answered, std::cerr);
  if (code != 0) return 1;
  const auto given = scores::read_answers(answered);
  for (const auto& f : understanding ? scores::of_understanding(gold, given) : scores::of_routing(gold, given))
    std::cout << fmt::format("{:34} {:.3f}  (of {})\n", f.name, f.value, f.of);
  return 0;
}
