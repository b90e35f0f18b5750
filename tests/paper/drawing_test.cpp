// The PDFs as a reader of them finds them: poppler's tools say what stands on the pages.
#include "handlers/paper/drawing.hpp"

#include <gmock/gmock.h>

#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "tests/support/handbook.hpp"
#include "tests/support/notice.hpp"

namespace {

using bot::paper_kind;
using testing::HasSubstr;
using testing::Not;

std::string said_by(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string all;
  std::array<char, 4096> some{};
  for (std::size_t n = 0; pipe && (n = std::fread(some.data(), 1, some.size(), pipe.get())) > 0;)
    all.append(some.data(), n);
  return all;
}

struct read_paper {
  std::string text;  // one line
  int pages = 0;
  std::string size;
};

// Writes the PDF where KENTONGAN_PAPERS says, for people who want to look at it.
read_paper read(const std::string& pdf, const std::string& name) {
  const char* wanted = std::getenv("KENTONGAN_PAPERS");
  const auto folder = wanted != nullptr ? std::filesystem::path(wanted) : std::filesystem::temp_directory_path();
  const auto file = folder / ("kentongan-" + std::to_string(::getpid()) + name + ".pdf");
  const auto final_file = wanted != nullptr ? folder / (name + ".pdf") : file;
  std::ofstream(final_file, std::ios::binary) << pdf;
  read_paper r;
  for (const char c : said_by("pdftotext -enc UTF-8 '" + final_file.string() + "' - 2>&1"))
    if (!((c == ' ' || c == '\n' || c == '\f') && !r.text.empty() && r.text.back() == ' '))
      r.text += c == '\n' || c == '\f' ? ' ' : c;
  const std::string about = said_by("pdfinfo '" + final_file.string() + "' 2>&1");
  if (const auto at = about.find("Pages:"); at != about.npos) r.pages = std::stoi(about.substr(at + 6));
  if (const auto at = about.find("Page size:"); at != about.npos) r.size = about.substr(at, about.find('\n', at) - at);
  if (wanted == nullptr) std::filesystem::remove(final_file);
  return r;
}

read_paper drawn(const bot::notices::notice& n, paper_kind kind, const std::string& name,
                 const std::string& person = support::somebody) {
  const bot::notices::paper_facts facts{person, "https://kentongan.example"};
  return read(
      handlers::paper::draw_pdf(bot::notices::make_paper(n, kind, facts, n.changed_at, support::shipped_handbook())),
      name);
}

TEST(paper, of_data_is_said_not_to_be_the_receipt) {
  auto n = support::demonstration();
  n.filed.state = bot::notices::state::received;
  n.issued.clear();
  const auto p = drawn(n, paper_kind::data, "data");
  EXPECT_EQ(p.pages, 1);
  EXPECT_THAT(p.size, HasSubstr("A4"));
  EXPECT_THAT(p.text, HasSubstr("Tanda Terima Data"));
  EXPECT_THAT(p.text, HasSubstr("Ini belum Surat Tanda Terima Pemberitahuan (STTP)."));
  EXPECT_THAT(p.text, HasSubstr("PK7Q-2M9X · versi 1"));
  EXPECT_THAT(p.text, HasSubstr("Selasa, 24 November 2026 pukul 09.00–12.00 WIB"));
  EXPECT_THAT(p.text, HasSubstr("Pemberitahuan bukan permohonan izin. Polri wajib memberi tanda terima."));
  EXPECT_THAT(p.text, HasSubstr("halaman 1 dari 1"));
  EXPECT_THAT(p.text, HasSubstr("Sari Wulandari"));  // it goes to nobody but the organiser
}

TEST(paper, of_a_receipt_names_what_the_officer_issued) {
  const auto p = drawn(support::demonstration(), paper_kind::receipt, "receipt");
  EXPECT_EQ(p.pages, 1);
  EXPECT_THAT(p.text, HasSubstr("Kepolisian Negara Republik Indonesia"));
  EXPECT_THAT(p.text, HasSubstr("Polda Jawa Timur"));
  EXPECT_THAT(p.text, HasSubstr("Surat Tanda Terima Pemberitahuan"));
  EXPECT_THAT(p.text, HasSubstr("Nomor: STTP/45/XI/2026/Intelkam"));
  EXPECT_THAT(p.text, HasSubstr("Diterbitkan Sabtu, 21 November 2026 pukul 20.31 WIB"));
  EXPECT_THAT(p.text, Not(HasSubstr("Pengeras suara dimatikan saat azan")));  // nothing is asked of it
  EXPECT_THAT(p.text, HasSubstr("https://kentongan.example/n/7k3m9qwt2xab4cdefghj-1"));
  EXPECT_THAT(p.text, Not(HasSubstr("kurang dari")));  // late or not, it is received
}

TEST(paper, of_a_letter_has_the_eight_items_and_room_for_what_was_not_told) {
  auto n = support::demonstration();
  n.answers.erase("group");
  n.answers["props"] = "later";
  const auto p = drawn(n, paper_kind::letter, "letter", "");
  EXPECT_THAT(p.text, HasSubstr("Kapolres Pasuruan Kota"));
  for (const char* item :
       {"1.", "Maksud dan tujuan", "Tempat, lokasi, dan rute", "Waktu dan lama", "Bentuk", "Penanggung jawab",
        "Nama dan alamat organisasi, kelompok, atau perorangan", "Alat peraga", "8.", "Jumlah peserta", "±120 orang"})
    EXPECT_THAT(p.text, HasSubstr(item));
  EXPECT_THAT(p.text, Not(HasSubstr("later")));
  EXPECT_THAT(p.text, HasSubstr("Diterima petugas"));
}

TEST(paper, of_a_permit_says_who_decides) {
  auto n = support::concert();
  EXPECT_THAT(drawn(n, paper_kind::data, "permit-data").text, HasSubstr("Izinnya belum ada."));
  EXPECT_THAT(drawn(n, paper_kind::letter, "permit-letter").text, HasSubstr("Kapolsek Pohjentrek"));
  n.filed.state = bot::notices::state::approved_with_conditions;
  n.issued = {
      {n.filed.state, 1, "SI/20/XI/2026", n.filed.unit, "pimpinan", "Musik berhenti pukul 23.00", n.changed_at}};
  const auto p = drawn(n, paper_kind::receipt, "permit");
  EXPECT_THAT(p.text, HasSubstr("Izin terbit dengan syarat."));
  EXPECT_THAT(p.text, HasSubstr("Nomor: SI/20/XI/2026"));
  EXPECT_THAT(p.text, HasSubstr("Musik berhenti pukul 23.00"));
}

TEST(paper, of_a_road_has_room_for_the_road_and_the_detour) {
  auto n = support::concert();
  n.answers["road_class"] = "village";
  const auto p = drawn(n, paper_kind::road, "road", "");
  EXPECT_EQ(p.pages, 1);
  for (const char* said : {"Kapolsek Pohjentrek", "Surat Permohonan Penggunaan Jalan", "Perkap 10/2012",
                           "Jalan pengganti", "Gang atau jalan desa", "Denah jalan", "Diterima petugas"})
    EXPECT_THAT(p.text, HasSubstr(said));
}

TEST(paper, shows_every_word_as_it_was_written) {
  auto n = support::demonstration();
  n.answers["aim"] = "<b>tebal</b> & <span font='999'>besar</span> %s {number} </markup>";
  n.answers["group"] = "مجموعة \u202Eterbalik\u202C 🎉🔥 ꦥꦱꦸꦫꦸꦮꦤ\n\n\nbaris\x01 baru";
  std::string tower = "z";
  for (int i = 0; i < 200; ++i) tower += "\u0351";
  n.answers["props"] = tower + " \xFF\xFE akhir";
  const auto p = drawn(n, paper_kind::letter, "hostile");
  EXPECT_THAT(p.text, HasSubstr("<b>tebal</b> & <span font='999'>besar</span> %s {number}"));
  EXPECT_THAT(p.text, HasSubstr("terbalik"));
  EXPECT_THAT(p.text, HasSubstr("baris baru"));
  EXPECT_THAT(p.text, HasSubstr("akhir"));
  EXPECT_THAT(p.text, Not(HasSubstr("\u202E")));
}

TEST(paper, goes_on_on_the_next_page_and_loses_nothing) {
  auto n = support::demonstration();
  std::string words;
  for (int i = 0; i < 600; ++i) words += "kata" + std::to_string(i) + " ";
  n.answers["aim"] = words.substr(0, 4096);
  n.answers["group"] = std::string(4096, 'W');
  n.answers["props"] = std::string(4096, 'i');
  const auto p = drawn(n, paper_kind::letter, "long");
  EXPECT_GE(p.pages, 3);
  for (int i = 50; i < 450; i += 50) EXPECT_THAT(p.text, HasSubstr("kata" + std::to_string(i) + " "));
  EXPECT_THAT(p.text, HasSubstr("halaman 2 dari " + std::to_string(p.pages)));
  EXPECT_EQ(std::count(p.text.begin(), p.text.end(), 'W') >= 4096, true);
}

TEST(paper, can_do_without_an_address_of_the_service) {
  const auto n = support::demonstration();
  const auto paper = bot::notices::make_paper(n, paper_kind::receipt, {}, n.changed_at, support::shipped_handbook());
  EXPECT_THAT(read(handlers::paper::draw_pdf(paper), "no-code").text, Not(HasSubstr("Pindai")));
}

}  // namespace
