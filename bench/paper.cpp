// How long a paper takes from the notice to the bytes of its PDF: done off the IO thread, wanted under 50 ms.
#include <benchmark/benchmark.h>

#include <stdexcept>

#include "bot/notices/paper.hpp"
#include "config/handbook.hpp"
#include "handlers/paper/drawing.hpp"
#include "tests/support/notice.hpp"

namespace {

const bot::handbook& shipped() {
  static const auto loaded = [] {
    std::vector<std::string> faults;
    const auto settings = config::load_settings(PROJECT_DIR "/config/kentongan.toml", {}, faults);
    auto all = config::load_handbook(settings, faults);
    if (!faults.empty()) throw std::runtime_error(faults.front());
    return all;
  }();
  return *loaded.book;
}

void draw(benchmark::State& state) {
  const auto kind = static_cast<bot::paper_kind>(state.range(0));
  const auto n = support::demonstration();
  const auto& book = shipped();
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto paper =
        bot::notices::make_paper(n, kind, {support::somebody, "https://kentongan.example"}, n.changed_at, book);
    bytes = handlers::paper::draw_pdf(paper).size();
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}
// 0: receipt of data, 1: receipt, 2: letter, 3: letter for a road
BENCHMARK(draw)->Arg(0)->Arg(1)->Arg(2)->Arg(3)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
