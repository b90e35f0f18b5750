// The use of a road: to whom, until when, on which paper; never a matter of an expression of opinion.
#include "bot/notices/road_use.hpp"

#include <gmock/gmock.h>

#include <array>

#include "bot/notices/paper.hpp"
#include "tests/support/handbook.hpp"
#include "tests/support/notice.hpp"

namespace {

namespace notices = bot::notices;
using bot::paper_kind;
using notices::extra;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class road : public testing::Test {
 protected:
  bot::world world() { return {now, support::shipped_handbook(), nobody}; }

  notices::notice wedding(const char* kind) {
    auto n = support::concert();
    n.filed.track = notices::track::none;
    n.answers["purpose"] = "family";
    n.answers["public_road"] = "yes";
    n.answers["road_class"] = kind;
    n.answers["start"] = "2026-12-12T08:00:00+07:00";
    n.answers["end"] = "2026-12-12T22:00:00+07:00";
    n.start = support::moment("2026-12-12T08:00:00+07:00");
    return n;
  }

  notices::paper letter(const notices::notice& n) {
    return make_paper(n, paper_kind::road, {support::somebody, ""}, n.changed_at, support::shipped_handbook());
  }

  bot::instant now = support::moment("2026-11-22T09:00:00+07:00");
  bot::cases::roster nobody;
};

TEST_F(road, is_applied_for_where_its_class_says) {
  for (const auto& [kind, unit, head] :
       std::vector<std::array<const char*, 3>>{{"village", "POLSEK-POHJENTREK", "Kapolsek Pohjentrek"},
                                               {"city", "POLRES-PASURUAN-KOTA", "Kapolres Pasuruan Kota"},
                                               {"province", "POLDA-JATIM", "Kapolda Jawa Timur"},
                                               {"unknown", "POLSEK-POHJENTREK", "Kapolsek Pohjentrek"}}) {
    const auto n = wedding(kind);
    const auto use = road_use_of(n, world());
    ASSERT_TRUE(use) << kind;
    EXPECT_EQ(use->unit, unit) << kind;
    EXPECT_EQ(use->rule == nullptr, std::string(kind) == "unknown");
    EXPECT_FALSE(use->certain) << "press only";
    EXPECT_EQ(std::get<notices::block::address>(letter(n).blocks.at(0)).lines.at(1), head);
  }
}

TEST_F(road, has_a_last_moment_of_its_own) {
  const auto use = road_use_of(wedding("city"), world());
  ASSERT_TRUE(use && use->due);
  EXPECT_EQ(bot::written(use->due->latest, std::chrono::hours(7)), "2026-12-02T23:59:59+07:00");
  const std::string words = road_use_words(*use, "id", world());
  for (const char* said : {"di kertas ke Polres Pasuruan Kota", "Rabu 2 Des 23.59", "belum pasti", "Denah jalan",
                           "Surat lurah, kepala desa, atau Dishub", "Perkap 10/2012 Pasal 15-17"})
    EXPECT_THAT(words, HasSubstr(said));
  EXPECT_THAT(words, Not(HasSubstr("{")));
  EXPECT_THAT(road_use_words(*road_use_of(wedding("unknown"), world()), "id", world()), HasSubstr("belum jelas"));
}

TEST_F(road, is_no_matter_of_an_expression_or_of_an_event_beside_the_road) {
  auto n = support::demonstration();
  n.answers["public_road"] = "yes";
  EXPECT_FALSE(road_use_of(n, world()));
  n = wedding("village");
  n.extras = {extra::fireworks};
  EXPECT_FALSE(road_use_of(n, world()));
  EXPECT_THAT(papers_at_filing(n, world()), Not(Contains(paper_kind::road)));
  n.extras.push_back(extra::road_use);
  EXPECT_THAT(papers_at_filing(n, world()), Contains(paper_kind::road));
}

TEST_F(road, leaves_room_on_its_letter_for_what_only_the_organiser_knows) {
  const auto p = letter(wedding("village"));
  EXPECT_EQ(p.title, "Surat Permohonan Penggunaan Jalan");
  std::vector<std::string> empty;
  std::string all;
  for (const auto& b : p.blocks)
    if (const auto* t = std::get_if<notices::block::table>(&b))
      for (const auto& row : t->rows) {
        if (row.text.empty()) empty.push_back(row.title);
        EXPECT_EQ(row.text.empty(), row.blank_lines > 0) << row.title;
        all += row.title + ": " + row.text + "\n";
      }
  EXPECT_THAT(empty, ElementsAre("Jalan yang dipakai (nama, dari mana sampai mana)", "Ditutup sebagian atau seluruhnya",
                                 "Jalan pengganti"));
  for (const char* told : {"Gang atau jalan desa", "Hajatan keluarga", "Sabtu, 12 Desember 2026 pukul 08.00–22.00 WIB",
                           "Warungdowo", "Sari Wulandari"})
    EXPECT_THAT(all, HasSubstr(told));
  auto bare = wedding("unknown");
  bare.answers.clear();
  bare.wards.clear();
  EXPECT_NO_THROW(letter(bare));
}

TEST_F(road, goes_out_with_what_is_still_to_be_handed_in) {
  const auto n = wedding("city");
  const auto message = paper_message(n, paper_kind::road, world());
  EXPECT_EQ(message.key, "notice_paper.road");
  EXPECT_EQ(message.paper.kind, paper_kind::road);
  std::string unit, documents;
  for (const auto& a : message.args) {
    if (a.name == "unit") unit = a.value;
    if (a.name == "documents") documents = a.value;
  }
  EXPECT_EQ(unit, "Polres Pasuruan Kota");
  EXPECT_THAT(documents, HasSubstr("Denah jalan"));
  EXPECT_EQ(notices::file_name_of(message.paper), "surat-jalan-PB3T-9WQK.pdf");
}

}  // namespace
