#include "commands/chat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <istream>
#include <map>
#include <ostream>
#include <vector>

#include "handlers/rendering.hpp"
#include "handlers/turns/local_post.hpp"
#include "storage/vault.hpp"

namespace commands {
namespace {

using handlers::turns::local_post;

constexpr char help[] =
    "Tulis sebagai warga. Angka memilih tombol. Perintah:\n"
    "  /petugas KODE    pindah menjadi petugas unit itu (misalnya /petugas POLSEK-GADINGREJO)\n"
    "  /warga           kembali menjadi warga\n"
    "  /lokasi LAT,LON  mengirim lokasi        /foto  /suara   mengirim berkas tiruan\n"
    "  /menit N         membiarkan waktu berlalu\n"
    "  /selesai         keluar\n";
constexpr char how_officer[] = "-- tulis seperti /petugas POLSEK-GADINGREJO\n";
constexpr char how_pin[] = "-- tulis seperti /lokasi -7.6459,112.9051\n";
constexpr char how_minutes[] = "-- tulis seperti /menit 30\n";

class terminal {
 public:
  terminal(const bot::handbook& book, storage::store& store, std::ostream& out)
      : book_(book),
        store_(store),
        post_(store, book),
        out_(out),
        serial_(static_cast<std::int64_t>(storage::random_bits() >> 2U)) {}

  bool line(const std::string& text) {
    if (text.empty()) return true;
    if (text == "/selesai") return false;
    if (text == "/warga") return become("warga"), true;
    const auto gap = text.find(' ');
    const std::string command = text.substr(0, gap), rest = gap == std::string::npos ? "" : text.substr(gap + 1);
    if (command == "/petugas") return officer(rest), true;
    if (command == "/menit") return pass(rest), true;
    if (command == "/lokasi") return pin(rest), true;
    if (text == "/foto" || text == "/suara") {
      bot::said::media m;
      m.what = text == "/foto" ? bot::said::media::kind::photo : bot::said::media::kind::voice;
      m.file_id = m.unique_id = fmt::format("terminal-{}", serial_);
      return say(std::move(m)), true;
    }
    std::size_t choice = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), choice);
    auto& offered = buttons_[me_];
    if (ec == std::errc() && end == text.data() + text.size() && choice >= 1 && choice <= offered.size())
      return say(bot::said::tap{offered[choice - 1].data, offered[choice - 1].label, "", ""}), true;
    say(bot::said::text{text});
    return true;
  }

 private:
  bot::instant now() const {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()) + ahead_;
  }

  void become(const std::string& who) {
    me_ = who;
    out_ << fmt::format("-- Anda sekarang {}\n", who);
  }

  void officer(const std::string& unit) {
    if (unit.empty()) {
      out_ << how_officer;
      return;
    }
    if (book_.units.find(unit) == bot::geography::no_unit) {
      out_ << "-- unit itu tidak ada; kodenya ada di stations.csv\n";
      return;
    }
    become("petugas " + unit);
    if (store_.roster().reachable(unit)) return;
    const std::string code = fmt::format("masuk-{:020}", serial_ % 1000000000);
    store_.add_invite({code, unit, "petugas"}, now() + std::chrono::hours(1));
    say(bot::said::text{code});
  }

  void pin(const std::string& text) {
    bot::said::pin p;
    const auto comma = text.find(',');
    try {
      p.latitude = std::stod(text.substr(0, comma));
      p.longitude = std::stod(text.substr(comma + 1));
    } catch (const std::exception&) {
      out_ << how_pin;
      return;
    }
    say(p);
  }

  void pass(const std::string& minutes) {
    int n = 0;
    const auto read = std::from_chars(minutes.data(), minutes.data() + minutes.size(), n);
    if (read.ec != std::errc() || read.ptr != minutes.data() + minutes.size() || n < 1) {
      out_ << how_minutes;
      return;
    }
    ahead_ += std::chrono::minutes(std::min(n, 60 * 24 * 30));
    show(post_.pass_time(now()));
  }

  void say(bot::payload what) {
    bot::inbound in;
    in.account = "terminal";
    in.provider_id = std::to_string(++serial_);
    in.stamp = serial_;
    in.chat = in.person = me_;
    in.sent_at = now();
    in.what = std::move(what);
    show(post_.say(std::move(in), now()));
  }

  void show(const std::vector<local_post::letter>& letters) {
    for (const auto& l : letters) {
      std::string file;
      for (const auto& one : l.what.attachments)
        if (!one.name.empty()) file = fmt::format("[berkas: {}] ", one.name);
      out_ << fmt::format("{}{} {}{}\n", l.to, l.edits ? " ~" : " <", file, handlers::plain_text(l.what));
      if (l.what.buttons.empty()) continue;
      buttons_[l.to] = l.what.buttons;
      for (std::size_t i = 0; i < l.what.buttons.size(); ++i)
        out_ << fmt::format("   {}. {}\n", i + 1, l.what.buttons[i].label);
    }
    out_.flush();
  }

  const bot::handbook& book_;
  storage::store& store_;
  local_post post_;
  std::ostream& out_;
  std::string me_ = "warga";
  std::chrono::minutes ahead_{0};
  std::int64_t serial_;
  std::map<std::string, std::vector<handlers::button>> buttons_;
};

}  // namespace

int chat(const bot::handbook& book, storage::store& store, const std::string& kept_in, std::istream& in,
         std::ostream& out) {
  out << help;
  if (kept_in.empty())
    out << "Percakapan ini hilang saat Anda keluar.\n";
  else
    out << "Percakapan ini disimpan di " << kept_in << ", bersama kasus yang ada di sana; dengan --apart tidak.\n";
  terminal t(book, store, out);
  for (std::string line; std::getline(in, line);)
    if (!t.line(line)) break;
  return 0;
}

}  // namespace commands
