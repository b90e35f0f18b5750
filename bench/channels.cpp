// What the edge spends on one message: webhook bytes -> values, values -> the bytes of the call.
#include <benchmark/benchmark.h>

#include "handlers/telegram/api.hpp"
#include "handlers/telegram/payload.hpp"
#include "handlers/whatsapp/api.hpp"
#include "handlers/whatsapp/payload.hpp"

namespace {

const std::string telegram_text =
    R"({"update_id":512345678,"message":{"message_id":1207,"from":{"id":5233000000123,"is_bot":false,"first_name":"Wati",)"
    R"("last_name":"Contoh","username":"wati_contoh_123","language_code":"id"},"chat":{"id":5233000000123,)"
    R"("first_name":"Wati","last_name":"Contoh","username":"wati_contoh_123","type":"private"},"date":1795270000,)"
    R"("reply_to_message":{"message_id":1206,"from":{"id":777000111,"is_bot":true,"first_name":"Kentongan","username":)"
    R"("kentongan_bot"},"chat":{"id":5233000000123,"type":"private"},"date":1795269990,"text":"Di mana kejadiannya?"},)"
    R"("text":"tolong pak ada tawuran di depan pasar gadingrejo, bawa celurit, sekitar tiga puluh orang"}})";

const std::string whatsapp_text =
    R"({"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{"messaging_product":)"
    R"("whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},"contacts":[)"
    R"({"profile":{"name":"Wati Contoh"},"wa_id":"6281200000001"}],"messages":[{"context":{"from":"15550783881","id":)"
    R"("wamid.HBgNNjI4MTIwMDAwMDAwMRUCABEYEjA5"},"from":"6281200000001","id":"wamid.HBgNNjI4MTIwMDAwMDAwMRUCABIYFDNB",)"
    R"("timestamp":"1795270000","text":{"body":"tolong pak ada tawuran di depan pasar gadingrejo, bawa celurit, )"
    R"(sekitar tiga puluh orang"},"type":"text"}]},"field":"messages"}]}]})";

const handlers::rendered reply = {
    .text = handlers::runs_of("*TELEPON 110 SEKARANG* (gratis). Menjauh dulu, jangan merekam dari dekat.\n"
                              "Laporan sudah dikirim ke Polsek Gadingrejo (Kel. Gentong), no. L1. "
                              "Belum ada petugas yang membuka. Nama & nomor Anda tidak terlihat petugas."),
    .buttons = {
        {"c:ongoing:yes", "Masih terjadi"}, {"c:ongoing:no", "Pelaku pergi"}, {"c:ongoing:unknown", "Tidak tahu"}}};

void telegram_parse(benchmark::State& state) {
  const handlers::telegram::account us{"777000111", "kentongan_bot"};
  for (auto _ : state) benchmark::DoNotOptimize(handlers::telegram::parse(telegram_text, us));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * telegram_text.size()));
}
BENCHMARK(telegram_parse);

void telegram_encode(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(handlers::telegram::encode("5233000000123", reply));
}
BENCHMARK(telegram_encode);

void telegram_decide(benchmark::State& state) {
  const std::string answer =
      R"({"ok":true,"result":{"message_id":1208,"from":{"id":777000111,"is_bot":true,"first_name":"Kentongan"},"chat":)"
      R"({"id":5233000000123,"first_name":"Wati","type":"private"},"date":1795270001,"text":"Terima kasih"}})";
  for (auto _ : state) benchmark::DoNotOptimize(handlers::telegram::decide(200, answer));
}
BENCHMARK(telegram_decide);

void whatsapp_signature(benchmark::State& state) {
  const handlers::whatsapp::signature signature("appsecret");
  const std::string header = "sha256=" + std::string(64, 'a');
  for (auto _ : state) benchmark::DoNotOptimize(signature.matches(whatsapp_text, header));
}
BENCHMARK(whatsapp_signature);

void whatsapp_parse(benchmark::State& state) {
  const handlers::whatsapp::account us{"106540352242922"};
  for (auto _ : state) benchmark::DoNotOptimize(handlers::whatsapp::parse(whatsapp_text, us));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * whatsapp_text.size()));
}
BENCHMARK(whatsapp_parse);

void whatsapp_encode(benchmark::State& state) {
  using handlers::whatsapp::window;
  for (auto _ : state) benchmark::DoNotOptimize(handlers::whatsapp::encode("6281200000001", reply, window::open));
}
BENCHMARK(whatsapp_encode);

void whatsapp_decide(benchmark::State& state) {
  const std::string answer =
      R"({"messaging_product":"whatsapp","contacts":[{"input":"6281200000001","wa_id":"6281200000001"}],"messages":[)"
      R"({"id":"wamid.HBgNNjI4MTIwMDAwMDAwMRUCABEYEjA5"}]})";
  for (auto _ : state) benchmark::DoNotOptimize(handlers::whatsapp::decide(200, answer));
}
BENCHMARK(whatsapp_decide);

}  // namespace

BENCHMARK_MAIN();
