#include "commands/telegram_register.hpp"

#include <boost/asio/io_context.hpp>
#include <deque>
#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>

#include "handlers/http/client.hpp"

namespace commands {
namespace {

using nlohmann::json;

std::deque<std::pair<std::string, json>> calls_for(const config::settings& s, const std::string& url) {
  const auto command = [](const char* name, const char* text) {
    return json{{"command", name}, {"description", text}};
  };
  return {
      {"setWebhook",
       {{"url", url},
        {"secret_token", s.telegram.secret_token.reveal()},
        {"allowed_updates", {"message", "edited_message", "callback_query", "my_chat_member"}},
        {"max_connections", 40}}},
      {"setMyCommands",
       {{"scope", {{"type", "all_private_chats"}}},
        {"commands",
         {command("lapor", "Melaporkan kejadian"), command("status", "Melihat status laporan"),
          command("batal", "Membatalkan"), command("bantuan", "Bantuan dan nomor penting"),
          command("privasi", "Data apa yang disimpan"), command("hapus", "Membuang draf dan alamat balasan")}}}},
      {"setMyDescription",
       {{"description",
         "Kentongan: memberi tahu polisi soal kejadian di sekitar. Nama dan nomor Anda tidak terlihat petugas. Bahaya "
         "sekarang? Telepon 110 "
         "(gratis)."}}},
      {"setMyShortDescription", {{"short_description", "Lapor kejadian ke polisi setempat. Bahaya: telepon 110."}}},
  };
}

}  // namespace

int telegram_register(const config::settings& s, const std::string& url, std::ostream& out, std::ostream& errors) {
  if (!s.telegram_on()) {
    errors << "kentongan: telegram.token is not set\n";
    return 1;
  }
  if (!url.starts_with("https://")) {
    errors << "kentongan: Telegram delivers to https addresses only, on port 443, 80, 88 or 8443\n";
    return 1;
  }
  boost::asio::io_context io(1);
  handlers::http::client client(io, s.telegram.api_url);
  int refused = 0;
  for (auto& [method, body] : calls_for(s, url)) {
    handlers::http::call call{.target = "/bot" + s.telegram.token.reveal() + "/" + method,
                              .body = body.dump(),
                              .content_type = "application/json"};
    client.send(std::move(call), [&, method = method](handlers::http::outcome o) {
      if (o.what == handlers::http::fate::answered && o.status == 200) {
        out << method << ": done\n";
        return;
      }
      ++refused;
      const json answer = json::parse(o.body, nullptr, false);
      errors << method << ": "
             << (answer.is_object() ? answer.value("description", "refused")
                                    : "no answer (" + std::string(o.reason) + ")")
             << "\n";
    });
  }
  client.drain(std::chrono::seconds(60), [&](bool) { io.stop(); });
  io.run();
  return refused == 0 ? 0 : 1;
}

}  // namespace commands
