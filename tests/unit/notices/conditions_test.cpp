// Conditions of a permit: which are offered, how they are chosen, and what no file can put among them.
#include "bot/notices/conditions.hpp"

#include <gmock/gmock.h>

#include "tests/support/handbook.hpp"
#include "tests/support/notice.hpp"

namespace {

namespace notices = bot::notices;
using notices::extra;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class conditions : public testing::Test {
 protected:
  std::vector<std::string> offered(const notices::notice& n) {
    return notices::conditions_for(n, {now, support::shipped_handbook(), nobody});
  }

  bot::instant now = support::moment("2026-11-22T09:00:00+07:00");
  bot::cases::roster nobody;
};

TEST_F(conditions, name_the_hour_and_the_number_of_stewards) {
  auto n = support::concert();  // 1500 people, until 12.00, with a lane closed
  EXPECT_THAT(offered(n), AllOf(Contains("Musik dan pengeras suara berhenti pukul 12.00"),
                                Contains(HasSubstr("paling sedikit 30 orang, satu untuk setiap 50 orang")),
                                Contains(HasSubstr("pos kesehatan")), Contains(HasSubstr("dibuka lagi pukul 12.00")),
                                Not(Contains(HasSubstr("Kembang api"))), Each(Not(HasSubstr("{")))));
  n.answers["attendance"] = "401-451";
  n.extras = {extra::fireworks};
  EXPECT_THAT(offered(n), AllOf(Contains(HasSubstr("paling sedikit 10 orang")), Contains(HasSubstr("Kembang api")),
                                Not(Contains(HasSubstr("pos kesehatan"))), Not(Contains(HasSubstr("dibuka lagi")))));
}

TEST_F(conditions, that_name_what_nobody_told_are_not_offered) {
  auto n = support::concert();
  n.answers["attendance"] = "0-0";
  for (const char* end : {"later", "2026-11-24"}) {
    n.answers["end"] = end;
    EXPECT_THAT(offered(n), AllOf(Each(Not(HasSubstr("pukul 12"))), Each(Not(HasSubstr("paling sedikit"))),
                                  Contains(HasSubstr("ambulans"))))
        << end;
  }
  n.answers.clear();
  EXPECT_THAT(offered(n), Contains(HasSubstr("ambulans")));
}

TEST_F(conditions, of_an_event_are_few_enough_for_one_message) {
  auto n = support::concert();
  n.extras = {extra::fireworks, extra::road_use};
  EXPECT_LE(offered(n).size(), 12U);
}

TEST(chosen, by_number_with_words_beside) {
  const std::vector<std::string> list = {"A", "B", "C"};
  const auto texts = [&](std::string_view words) { return notices::read_conditions(words, list).texts; };
  EXPECT_THAT(texts("1 3"), ElementsAre("A", "C"));
  EXPECT_THAT(texts("3, 1 dan 1."), ElementsAre("C", "A"));
  EXPECT_THAT(texts("2"), ElementsAre("B"));
  EXPECT_THAT(texts("1 3; Parkir di lapangan SD."), ElementsAre("A", "C", "Parkir di lapangan SD"));
  EXPECT_THAT(texts("1, 2 parkir di lapangan SD\nselesai jam 23.00"),
              ElementsAre("A", "B", "parkir di lapangan SD", "selesai jam 23.00"));
  EXPECT_THAT(texts("2 petugas di gerbang"), ElementsAre("2 petugas di gerbang")) << "no choice of number two";
  EXPECT_THAT(texts(" ;\n; "), IsEmpty());
  const auto wrong = notices::read_conditions("1 4 0 99999999999999999999", list);
  EXPECT_THAT(wrong.texts, ElementsAre("A"));
  EXPECT_THAT(wrong.not_listed, ElementsAre("4", "0", "99999999999999999999"));
}

TEST(chosen, know_the_words_of_the_officer) {
  const auto chosen = notices::read_conditions("1 3 parkir di lapangan SD; selesai jam 23.00", {"A", "B", "C"});
  EXPECT_THAT(chosen.own, ElementsAre("parkir di lapangan SD", "selesai jam 23.00"));
}

struct own_words {
  const char *text, *bars;
  bool doubtful;
};

class own_condition : public testing::TestWithParam<own_words> {};

TEST_P(own_condition, is_held_to_what_may_be_one) {
  const auto& rules = support::shipped_handbook().notices.rules;
  const auto barred = notices::barred_among({"selesai jam 22.00", GetParam().text}, rules);
  if (*GetParam().bars == '\0') {
    EXPECT_FALSE(barred) << barred->rule->id;
    return;
  }
  ASSERT_TRUE(barred);
  EXPECT_EQ(barred->rule->id, GetParam().bars);
  EXPECT_EQ(barred->text, GetParam().text);
  EXPECT_EQ(barred->doubtful, GetParam().doubtful);
}

INSTANTIATE_TEST_SUITE_P(words, own_condition,
                         testing::Values(own_words{"Ada persetujuan tetangga kiri kanan", "consent", false},
                                         own_words{"harus seizin RT RW", "consent", false},
                                         own_words{"Izin ini dibawa penanggung jawab di tempat", "consent", true},
                                         own_words{"uang keamanan disetor ke pos", "money", false},
                                         own_words{"Biaya kebersihan ditanggung panitia", "money", true},
                                         own_words{"tidak boleh bawa spanduk atau banner", "content", false},
                                         own_words{"dilarang mengkritik pemerintah", "content", false},
                                         own_words{"temanya diganti", "content", false},
                                         own_words{"lagu terakhir pukul 22.30", "content", true},
                                         own_words{"harus mengundang Kapolsek", "guests", false},
                                         own_words{"hanya warga desa yang boleh masuk", "guests", false},
                                         own_words{"undangan dicek di pintu masuk", "guests", true},
                                         own_words{"Wahana diperiksa teknisi setiap sore", "", false},
                                         own_words{"2 petugas di gerbang, genset 10 m dari tenda", "", false}));

TEST(a_number, holds_no_condition) {
  const auto& rules = support::shipped_handbook().notices.rules;
  for (const char* number : {"STTP/45/XI/2026/Intelkam", "B/12/XI/YAN.2.1./2026/Sat Intelkam", "SI/41/XII/2026"})
    EXPECT_FALSE(notices::holds_condition(number, rules)) << number;
  for (const char* more : {"STTP/45 dengan syarat tanpa mobil komando", "STTP/45, asal tidak bawa spanduk",
                           "STTP/45/XI/2026 dan massa wajib bubar sebelum jam 12"})
    EXPECT_TRUE(notices::holds_condition(more, rules)) << more;
  EXPECT_TRUE(notices::holds_condition(std::string(81, '1'), rules));
}

TEST(chosen, come_back_as_they_were_kept) {
  const std::vector<std::string> all = {"A b", "C 22.00"};
  EXPECT_EQ(notices::joined_conditions(all), "A b; C 22.00");
  EXPECT_EQ(notices::parted_conditions(notices::joined_conditions(all)), all);
}

}  // namespace
