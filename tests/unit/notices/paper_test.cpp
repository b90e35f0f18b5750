// What stands on the papers, as values: whom a letter addresses, what is left blank, what never appears.
#include "bot/notices/paper.hpp"

#include <gmock/gmock.h>

#include "tests/support/handbook.hpp"
#include "tests/support/notice.hpp"

namespace bot::notices {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

paper made(const notice& n, paper_kind kind, const std::string& person = support::somebody) {
  return make_paper(n, kind, {person, "https://kentongan.example"}, n.changed_at, support::shipped_handbook());
}

template <class Block>
std::vector<Block> all(const paper& p) {
  std::vector<Block> found;
  for (const auto& one : p.blocks)
    if (const auto* b = std::get_if<Block>(&one)) found.push_back(*b);
  return found;
}

std::string addressed(const notice& n) { return all<block::address>(made(n, paper_kind::letter)).at(0).lines.at(1); }

block::row row(const paper& p, const std::string& title) {
  for (const auto& table : all<block::table>(p))
    for (const auto& r : table.rows)
      if (r.title == title) return r;
  return {};
}

// Every text on it.
std::string read(const paper& p) {
  std::string said = p.title + "\n" + p.subtitle + "\n" + p.remark + "\n" + p.footer + "\n";
  for (const auto& h : p.head) said += h + "\n";
  for (const auto& b : all<block::paragraph>(p)) said += b.text + "\n";
  for (const auto& b : all<block::heading>(p)) said += b.text + "\n";
  for (const auto& b : all<block::list>(p))
    for (const auto& item : b.items) said += item + "\n";
  for (const auto& b : all<block::table>(p))
    for (const auto& r : b.rows) said += r.title + ": " + r.text + "\n";
  for (const auto& b : all<block::seal>(p))
    for (const auto& line : b.lines) said += line + "\n";
  return said;
}

TEST(letter, goes_to_the_head_of_the_unit_that_the_rules_name) {
  auto n = support::demonstration();
  EXPECT_EQ(addressed(n), "Kapolres Pasuruan Kota");
  n.filed.unit = "POLSEK-GADINGREJO";
  EXPECT_EQ(addressed(n), "Kapolsek Gadingrejo");
  n.filed.unit = "POLDA-JATIM";
  EXPECT_EQ(addressed(n), "Kapolda Jawa Timur");
  n.to = addressee::mabes;
  EXPECT_EQ(addressed(n), "Kapolri, u.p. Kabaintelkam Polri");
  n.to = addressee::polda;
  n.filed.unit = "-";
  EXPECT_EQ(addressed(n), "Kepala Kepolisian setempat");
}

TEST(letter, has_a_line_for_each_person_in_charge_that_the_law_wants) {
  auto n = support::demonstration();
  const std::string title = "Penanggung jawab lain (1 sampai 5 orang untuk setiap 100 peserta, UU 9/1998 Pasal 12)";
  const auto lines = [&](const std::string& crowd) {
    n.answers["attendance"] = crowd;
    return row(made(n, paper_kind::letter), title).blank_lines;
  };
  EXPECT_EQ(lines("1-1"), 0);
  EXPECT_EQ(lines("80-100"), 0);
  EXPECT_EQ(lines("80-120"), 1);
  EXPECT_EQ(lines("400-400"), 3);
  EXPECT_EQ(lines("10000000-10000000"), 5) << "as many as a page holds";
  EXPECT_EQ(lines("later"), 0);
  n.answers.erase("attendance");
  EXPECT_EQ(row(made(n, paper_kind::letter), title).blank_lines, 0);
}

TEST(letter, leaves_room_for_everything_of_which_nothing_was_told) {
  auto n = support::demonstration();
  n.answers = {};
  n.wards = {};
  const auto items = all<block::table>(made(n, paper_kind::letter, "")).at(0).rows;
  EXPECT_EQ(items.size(), 8U) << "UU 9/1998 Pasal 11";
  for (const auto& item : items) {
    EXPECT_EQ(item.text, "") << item.title;
    EXPECT_GT(item.blank_lines, 0) << item.title;
  }
}

TEST(letter, of_politics_names_who_gets_a_copy) {
  auto n = support::demonstration();
  n.filed.track = track::political;
  EXPECT_THAT(read(made(n, paper_kind::letter)), HasSubstr("Tembusan: KPU, Bawaslu, Kesbangpol."));
}

TEST(letter, names_the_spot_the_form_and_the_kind_as_the_law_wants_them) {
  auto n = support::demonstration();
  n.wards = {"35.75.01.1002"};
  n.answers["venue"] = "lapangan Kel. Gentong";
  n.answers["shape"] = "di tempat";
  const auto demo = made(n, paper_kind::letter);
  EXPECT_EQ(row(demo, "Tempat, lokasi, dan rute").text, "Lapangan Kel. Gentong");
  EXPECT_EQ(row(demo, "Bentuk").text, "Unjuk rasa (demonstrasi), di tempat");
  n.answers["shape"] = "long march ke DPRD";
  EXPECT_EQ(row(made(n, paper_kind::letter), "Bentuk").text, "Long march ke DPRD");
  n.answers["venue"] = "Gentong gg 3";
  EXPECT_EQ(row(made(n, paper_kind::letter), "Tempat, lokasi, dan rute").text, "Gentong Gg 3, Kel. Gentong");
  n.answers["venue"] = "Gentong";
  EXPECT_EQ(row(made(n, paper_kind::letter), "Tempat, lokasi, dan rute").text, "Kel. Gentong");

  n.filed.track = track::permit;
  n.answers["purpose"] = "show";
  n.answers["kind"] = "concert_or_orkes";
  EXPECT_EQ(row(made(n, paper_kind::letter), "Kegiatan").text, "Orkes atau konser (Hiburan, pertunjukan)");
  n.answers["purpose"] = "market";
  EXPECT_EQ(row(made(n, paper_kind::letter), "Kegiatan").text, "Pasar malam, bazar") << "the kind of another purpose";
}

TEST(time_on_paper, is_written_out) {
  auto n = support::demonstration();
  const auto when = [&](const char* start, const char* end) {
    n.answers["start"] = start;
    n.answers["end"] = end;
    return row(made(n, paper_kind::letter), "Waktu dan lama").text;
  };
  EXPECT_EQ(when("2028-02-29T19:00:00+07:00", "2028-03-01T01:30:00+07:00"),
            "Selasa, 29 Februari 2028 pukul 19.00 WIB – Rabu, 1 Maret 2028 pukul 01.30 WIB");
  EXPECT_EQ(when("2026-11-24T09:00:00+07:00", "later"), "Selasa, 24 November 2026 pukul 09.00 WIB");
  EXPECT_EQ(when("2026-11-24", ""), "Selasa, 24 November 2026");
  EXPECT_EQ(when("bukan waktu", "2026"), "");
}

TEST(time_on_paper, names_each_day_of_an_event_that_comes_again) {
  auto n = support::demonstration();
  n.answers["start"] = "2026-12-12T19:00:00+07:00";
  n.answers["recurs"] = "FREQ=WEEKLY;BYDAY=SA;COUNT=5;EXDATE=20261226";
  n.start = instant{std::chrono::sys_days{std::chrono::year{2026} / 12 / 12}} + std::chrono::hours(12);
  EXPECT_EQ(row(made(n, paper_kind::receipt), "Tanggal").text, "12, 19 Desember 2026; 2, 9 Januari 2027");
  EXPECT_THAT(row(made(n, paper_kind::letter), "Waktu dan lama").text, HasSubstr("kecuali Sabtu 26 Des"));
  EXPECT_EQ(page_of(n, 1, support::shipped_handbook()).day, "12, 19 Desember 2026; 2, 9 Januari 2027");
  n.answers["recurs"] = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;UNTIL=20270103";
  EXPECT_EQ(page_of(n, 1, support::shipped_handbook()).day, "12–31 Desember 2026; 1–3 Januari 2027");
}

TEST(receipt, speaks_of_no_leave_where_none_is_needed) {
  for (const auto where : {track::expression, track::political, track::none}) {
    auto n = support::demonstration();
    n.filed.track = where;
    for (const auto kind : {paper_kind::data, paper_kind::receipt, paper_kind::letter}) {
      std::string said = read(made(n, kind));
      const std::string fixed = "Pemberitahuan bukan permohonan izin.";
      if (const auto at = said.find(fixed); at != said.npos) said.erase(at, fixed.size());
      for (const char* word : {"izin", "Izin", "tolak", "setuju"}) EXPECT_THAT(said, Not(HasSubstr(word)));
      EXPECT_THAT(said, Not(HasSubstr("{n"))) << "a value is missing";
    }
  }
}

TEST(receipt, never_names_the_officer) {
  auto n = support::demonstration();
  EXPECT_THAT(read(made(n, paper_kind::receipt)), HasSubstr("oleh petugas, lewat layanan Kentongan"));
  n.issued.back().role.clear();
  EXPECT_THAT(read(made(n, paper_kind::receipt)), HasSubstr("secara otomatis"));
}

TEST(receipt, has_a_code_only_where_somebody_can_open_it) {
  auto n = support::demonstration();
  EXPECT_EQ(all<block::seal>(made(n, paper_kind::receipt)).at(0).url,
            "https://kentongan.example/n/7k3m9qwt2xab4cdefghj-1");
  n.code.clear();
  EXPECT_EQ(all<block::seal>(made(n, paper_kind::receipt)).at(0).url, "");
}

TEST(drawable, keeps_words_and_drops_what_plays_with_them) {
  EXPECT_EQ(drawable("  a\n\n\tb \r\n"), "a b");
  EXPECT_EQ(drawable("no. \u202E321\u202C \u2066x\u2069 \u200Fy\uFEFF"), "no. 321 x y");
  EXPECT_EQ(drawable("a\x01\x7F\xC2\x85z"), "a z");  // U+0085 is a line end
  EXPECT_EQ(drawable("e\u0301\u0301\u0301\u0301"), "e\u0301\u0301");
  EXPECT_EQ(drawable("\xFF\xC3\x28"), "(");
  EXPECT_EQ(drawable("👨\u200D👩\u200D👧 ok"), "👨\u200D👩\u200D👧 ok");
  EXPECT_EQ(drawable("<b>&amp;</b>"), "<b>&amp;</b>");
  EXPECT_EQ(drawable(""), "");
  EXPECT_EQ(drawable(std::string("\0a", 2)), "a");
}

TEST(page_name, is_a_code_and_a_version) {
  EXPECT_EQ(read_page_name("7k3m9qwt2xab4cdefghj-12").code, "7k3m9qwt2xab4cdefghj");
  EXPECT_EQ(read_page_name("7k3m9qwt2xab4cdefghj-12").version, 12);
  for (const char* no : {"", "-", "-1", "abc", "abc-", "abc-1x", "abc-99999", "aBc-1", "a/c-1", "a%2f-1",
                         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1"})
    EXPECT_THAT(read_page_name(no).code, IsEmpty()) << no;
  EXPECT_EQ(page_path("abc", 3), "/n/abc-3");
}

TEST(papers, at_filing_are_the_data_and_the_letter_where_the_unit_wants_one) {
  const auto& shipped = support::shipped_handbook();
  const cases::roster nobody;
  auto n = support::demonstration();
  EXPECT_EQ(papers_at_filing(n, {n.changed_at, shipped, nobody}),
            (std::vector{paper_kind::receipt, paper_kind::letter}))
      << "where the receipt comes with the filing, nobody needs the data besides";
  n.issued.clear();
  EXPECT_EQ(papers_at_filing(n, {n.changed_at, shipped, nobody}), (std::vector{paper_kind::data, paper_kind::letter}));
  auto told = n;
  told.filed.track = track::none;
  EXPECT_EQ(papers_at_filing(told, {n.changed_at, shipped, nobody}), std::vector{paper_kind::data});
}

TEST(papers, are_named_after_their_notice) {
  EXPECT_EQ(file_name_of({"PK7Q-2M9X", 1, paper_kind::data}), "tanda-terima-data-PK7Q-2M9X.pdf");
  EXPECT_EQ(file_name_of({"PK7Q-2M9X", 1, paper_kind::receipt}), "tanda-terima-PK7Q-2M9X.pdf");
  EXPECT_EQ(file_name_of({"PK7Q-2M9X", 3, paper_kind::letter}), "surat-PK7Q-2M9X-v3.pdf");
}

}  // namespace
}  // namespace bot::notices
