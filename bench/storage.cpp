// What the store spends on a turn: 40 messages of known contacts admitted, their conversations and answers written, the
// results of the answers before them recorded, one commit with synchronous=FULL. The budget is 65 µs a turn. p50, p99,
// p99_9 and max are of a batch, in milliseconds: what those who write at that moment wait for. With receipts, as on
// WhatsApp: the answers before those were delivered and read.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "storage/sqlite/driver.hpp"

namespace {

constexpr std::size_t people = 4000;
constexpr std::size_t batch_size = 40;

void store_a_turn(benchmark::State& state) {
  std::string name = (std::filesystem::temp_directory_path() / "kentongan-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return state.SkipWithError("no folder");
  {
    const auto store =
        storage::sqlite::open({.file = std::filesystem::path(name) / "k.db", .full_sync = state.range(0) != 0},
                              storage::master_keys::fleeting());
    std::int64_t serial = 0;
    std::vector<double> batches;
    std::vector<storage::send_result> results;
    const bool receipts = state.range(1) != 0;
    std::vector<std::string> taken, told;
    for (auto _ : state) {
      const bot::instant now =
          std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
      const auto began = std::chrono::steady_clock::now();
      std::vector<bot::inbound> batch(batch_size);
      for (auto& in : batch) {
        in.account = "777000111";
        in.provider_id = std::to_string(++serial);
        in.stamp = serial;
        in.chat = std::to_string(5233000000000 + serial % static_cast<std::int64_t>(people));
        in.person = in.chat;
        in.what = bot::said::text{"Kel. Gentong"};
      }
      const auto admitted = store->admit(batch, now);
      storage::changes c;
      c.results = std::move(results);
      results.clear();
      for (const auto& message : told) {
        c.receipts.push_back({store->row_of(message), storage::send_state::delivered, {}});
        c.receipts.push_back({store->row_of(message), storage::send_state::read, {}});
      }
      told = std::move(taken);
      taken.clear();
      for (const auto& a : admitted) {
        bot::conversation next = a.conversation;
        next.form = "report";
        next.asked = "place";
        next.answers["category"] = "noise";
        next.prompts = static_cast<int>(serial % 7);
        c.conversations.push_back({next, now});
        storage::outbox_row row;
        row.id = store->new_id();
        row.contact = a.chat.contact;
        row.what = {.key = "report.ask_place", .choices = {{"c:place:here", "button.location"}}};
        row.due = now;
        c.outbox.push_back(row);
        storage::send_result sent;
        sent.id = row.id;
        sent.contact = row.contact;
        sent.provider_id = "wamid." + std::to_string(row.id);
        sent.has_receipts = receipts;
        if (receipts) taken.push_back(sent.provider_id);
        results.push_back(sent);
      }
      store->write(c, batch, now);
      store->commit();
      batches.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
    }
    std::sort(batches.begin(), batches.end());
    const auto at = [&](double share) {
      return batches[static_cast<std::size_t>(static_cast<double>(batches.size() - 1) * share)];
    };
    state.counters["p50"] = at(0.5);
    state.counters["p99"] = at(0.99);
    state.counters["p99_9"] = at(0.999);
    state.counters["max"] = batches.back();
    state.counters["turn"] =
        benchmark::Counter(batch_size, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  }
  std::filesystem::remove_all(name);
}
BENCHMARK(store_a_turn)->Args({1, 0})->Args({0, 0})->Args({0, 1})->ArgNames({"full_sync", "receipts"})->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
