// What one turn costs, understanding and engine together, no I/O: every message of a labelled set as the first words of
// a fresh conversation. Prints median, mean and 99th percentile, for the served areas and for a country of 83,000
// villages.
//   bench_turn [MESSAGES.json [VILLAGES]]
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "bot/conversation/turn.hpp"
#include "config/handbook.hpp"

namespace {

namespace fs = std::filesystem;
using steady = std::chrono::steady_clock;

// A pack of made-up villages, one Polsek for every eighteen, far out at sea.
void write_country(const fs::path& dir, int villages) {
  static const char* const heads[] = {"karang", "sumber", "wono",   "kali",   "sido",   "tanjung",
                                      "banjar", "suka",   "kedung", "tambak", "gunung", "pasir"};
  static const char* const tails[] = {"rejo", "sari", "agung", "anyar", "mulyo", "dadi", "harjo",
                                      "sono", "jaya", "wetan", "kulon", "lor",   "kidul"};
  static const char* const ends[] = {"", "mas", "anom", "tani", "pura", "giri", "luhur", "asri", "indah", "makmur"};
  fs::create_directories(dir);
  std::ofstream wards(dir / "wards.csv"), served(dir / "ward-stations.csv"), stations(dir / "stations.csv"),
      outlines(dir / "outlines.geojson");
  std::ofstream(dir / "area.toml") << "name = \"Negeri\"\nzone = \"Asia/Jakarta\"\nattribution = \"made up\"\nsource = "
                                      "\"made up\"\nfallback = \"POLDA-NEGERI\"\n";
  std::ofstream(dir / "aliases.csv") << "code,official_name,alias,source\n";
  std::ofstream(dir / "landmarks.csv") << "name,aliases,code,confidence,source\n";
  wards << "code,name,type,kecamatan_code,kecamatan_name,kota_code,kota_name\n";
  served << "ward_code,polsek_code,polsek_confidence,polres_code,polres_confidence\n";
  stations << "code,type,name,parent,covers_kecamatan_codes,extra_ward_codes,city,address,investigates,"
              "confidence,source,note\n"
           << "POLDA-NEGERI,polda,Polda Negeri,,,,,,,verified,made up,\n";
  outlines << "{\"type\":\"FeatureCollection\",\"features\":[\n";
  for (int i = 0; i < villages; ++i) {
    const int district = i / 18, city = district / 20;
    const std::string city_code = fmt::format("{:02}.{:02}", 40 + city / 60, city % 60 + 1);
    const std::string district_code = fmt::format("{}.{:02}", city_code, district % 20 + 1);
    const std::string code = fmt::format("{}.{}", district_code, 2001 + i % 18);
    if (i % 360 == 0)
      stations << fmt::format("POLRES-{0},polres,Polres {0},POLDA-NEGERI,,,,,,verified,made up,\n", city);
    if (i % 18 == 0)
      stations << fmt::format("POLSEK-N{0},polsek,Polsek N{0},POLRES-{1},,,,,,verified,made up,\n", district, city);
    wards << fmt::format("{},{}{}{}{},desa,{},Distrik {},{},Kabupaten Nomor {}\n", code, heads[i % 12],
                         tails[i / 12 % 13], ends[i / 156 % 10],
                         i < 1560 ? "" : fmt::format(" {}", heads[i / 1560 % 12]), district_code, district, city_code,
                         city);
    served << fmt::format("{},POLSEK-N{},verified,POLRES-{},verified\n", code, district, city);
    const double x = 60 + 0.01 * (i % 300), y = -40 + 0.01 * (i / 300);
    outlines << fmt::format(
        "{}{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{}\"}},\"geometry\":{{\"type\":\"Polygon\","
        "\"coordinates\":[[[{:.4f},{:.4f}],[{:.4f},{:.4f}],[{:.4f},{:.4f}],[{:.4f},{:.4f}],[{:.4f},{:.4f}]]]}}}}",
        i == 0 ? "" : ",\n", code, x, y, x + 0.009, y, x + 0.009, y + 0.009, x, y + 0.009, x, y);
  }
  outlines << "\n]}\n";
}

struct timing {
  double median, mean, p99;
};

timing measure(const bot::handbook& book, const std::vector<std::string>& texts) {
  const bot::cases::roster nobody;
  const bot::world world{bot::from_millis(1795266000000), book, nobody};  // 2026-11-21T20:00+07:00
  std::vector<double> micros;
  for (int round = 0; round < 6; ++round)
    for (const auto& text : texts) {
      bot::inbound in;
      in.chat = in.person = "1";
      in.sent_at = world.now;
      in.what = bot::said::text{text};
      bot::facts facts;
      facts.contact = facts.actor = 1;
      facts.fresh = {.report_id = 1,
                     .report_number = "L000-0000",
                     .notice_id = 2,
                     .notice_number = "P000-0000",
                     .pin = "000000",
                     .pin_hash = "0"};
      const auto began = steady::now();
      const bot::turn t = bot::take_turn({}, in, facts, world);
      const double took = std::chrono::duration<double, std::micro>(steady::now() - began).count();
      if (!t.replies.empty() && round > 0) micros.push_back(took);  // the first round fills the caches
    }
  std::sort(micros.begin(), micros.end());
  double sum = 0;
  for (const double m : micros) sum += m;
  return {micros[micros.size() / 2], sum / static_cast<double>(micros.size()), micros[micros.size() * 99 / 100]};
}

std::unique_ptr<const bot::handbook> load(const fs::path& areas) {
  std::vector<std::string> faults;
  auto settings = config::load_settings(PROJECT_DIR "/config/kentongan.toml", {}, faults);
  if (!areas.empty()) settings.areas.dir = areas;
  auto loaded = config::load_handbook(settings, faults);
  for (std::size_t i = 0; i < faults.size() && i < 5; ++i) std::cerr << faults[i] << "\n";
  return std::move(loaded.book);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> texts;
  std::ifstream file(argc > 1 ? argv[1] : PROJECT_DIR "/tests/data/messages.json");
  for (const auto& m : nlohmann::json::parse(file)) texts.push_back(m.at("text"));
  const int villages = argc > 2 ? std::atoi(argv[2]) : 83000;

  const auto print = [&](const std::string& what, const fs::path& areas) {
    const auto began = steady::now();
    const auto book = load(areas);
    if (!book) return false;
    const double loading = std::chrono::duration<double, std::milli>(steady::now() - began).count();
    const timing t = measure(*book, texts);
    std::cout << fmt::format(
        "{:28} {} messages: median {:.1f} us, mean {:.1f} us, p99 {:.1f} us a turn; loaded in {:.0f} ms\n", what,
        texts.size(), t.median, t.mean, t.p99, loading);
    return true;
  };
  const fs::path folder = fs::temp_directory_path() / fmt::format("kentongan-country-{}", ::getpid());
  fs::copy(PROJECT_DIR "/config/areas", folder, fs::copy_options::recursive);
  write_country(folder / "negeri", villages);
  const bool ok = print("served areas", {}) && print(fmt::format("with {} villages more", villages), folder);
  fs::remove_all(folder);
  return ok ? 0 : 1;
}
