// What a city may change in rules/events.toml, documents.toml and calendar.toml, and how its mistakes are told.
#include "rule_files.hpp"

namespace bot::notices {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

TEST_F(rule_files, the_shipped_ones_have_no_fault) { EXPECT_THAT(faults(), IsEmpty()); }

// --- what a city changes by editing one file ------------------------------------------------------------------------

TEST_F(rule_files, a_city_changes_a_deadline) {
  replace("events.toml", "working_days = 14", "working_days = 10");
  const rulebook book = load();
  ASSERT_THAT(x_faults, IsEmpty());
  EXPECT_EQ(deadline_of(track::permit, reach::one_kecamatan, book.rules, on(2026, 11, 21))->working_days, 10);
}

TEST_F(rule_files, a_city_says_how_long_a_link_lives) {
  EXPECT_EQ(load().rules.link_days, 14);
  replace("events.toml", "link_days = 14", "link_days = 7");
  EXPECT_EQ(load().rules.link_days, 7);
  EXPECT_THAT(x_faults, IsEmpty());
  for (const char* each : {"link_days = 0", "link_days = 61", "link_days = \"7\""}) {
    SetUp();
    const int line = replace("events.toml", "link_days = 14", each);
    EXPECT_THAT(faults(), Contains(HasSubstr(at_line("events.toml", line) + "link_days"))) << each;
  }
}

TEST_F(rule_files, mistakes_of_a_condition_are_told_with_its_line) {
  const auto of_text = [&](const std::string& fresh, const std::string& what) {
    SetUp();
    const int line = replace("conditions.toml",
                             "text = \"Semua jalan keluar terbuka, diberi tanda, dan tidak terhalang selama acara\"",
                             "text = \"" + fresh + "\"");
    EXPECT_THAT(faults(), Contains(AllOf(HasSubstr(at_line("conditions.toml", line)), HasSubstr(what)))) << fresh;
  };
  of_text("Persetujuan tetangga dilampirkan", "asks for nobody's consent");
  of_text("Izin tertulis dari RT", "asks for nobody's consent");
  of_text("Orasi tidak membahas bupati", "by the words of [[barred]] \"content\"");
  of_text("Poster diperiksa panitia", "by the words of [[barred]] \"content\"");
  of_text("Biaya petugas ditanggung panitia", "by the words of [[barred]] \"money\"");
  of_text("Hanya warga desa yang boleh masuk", "by the words of [[barred]] \"guests\"");
  of_text("Selesai pukul {akhir}", "{akhir} is not known here");
  of_text("Satu; dua", "one line without semicolon");
  of_text("Semua keluar.", "no full stop");
  of_text(std::string(141, 'a'), "longer than 140");
  SetUp();
  const int per = replace("conditions.toml", "per = 50", "per = 1");
  const int purpose = replace("conditions.toml", "purposes = [\"show\", ", "purposes = [\"opinion\", ");
  const int unit =
      replace("conditions.toml", "from_people = 1000", "from_people = 1000\nunit = \"POLSEK-NOWHERE\"") + 1;
  const int twice = replace("conditions.toml", "id = \"syarat-parkir\"", "id = \"syarat-bersih\"");
  const int key = replace("conditions.toml", "extra = \"fireworks\"", "extras = \"fireworks\"");
  const auto all = faults();
  EXPECT_THAT(all, Contains(HasSubstr(at_line("conditions.toml", per) + "per must be a whole number")));
  EXPECT_THAT(all, Contains(HasSubstr(at_line("conditions.toml", purpose) + "opinion: a notice has no conditions")));
  EXPECT_THAT(all, Contains(HasSubstr(at_line("conditions.toml", unit) + "there is no unit POLSEK-NOWHERE")));
  EXPECT_THAT(all, Contains(HasSubstr(at_line("conditions.toml", twice) + "the id syarat-bersih stands twice")));
  EXPECT_THAT(all, Contains(HasSubstr(at_line("conditions.toml", key) + "\"extras\" is not known here")));
}

TEST_F(rule_files, a_unit_has_conditions_of_its_own) {
  append(
      "conditions.toml",
      "\n[[condition]]\nid = \"jiwan-sampah\"\narticle = \"surat Kapolsek\"\ntext = \"Sampah diangkut panitia\"\n"
      "source = \"letter of the unit\"\nvalid_from = 2026-01-01\nconfidence = \"verified\"\nunit = \"POLSEK-JIWAN\"\n");
  EXPECT_EQ(load().rules.conditions.back().unit, "POLSEK-JIWAN");
  EXPECT_THAT(x_faults, IsEmpty());
}

TEST_F(rule_files, mistakes_of_roads_and_of_repetition_are_told_with_their_line) {
  const int to = replace("events.toml", "road = \"city\"\nto = \"polres\"", "road = \"city\"\nto = \"mabes\"") + 1;
  const int road = replace("events.toml", "road = \"province\"", "road = \"toll\"");
  const int most = replace("events.toml", "most_days = 366", "most_days = 400");
  const auto all = faults();
  EXPECT_THAT(all,
              Contains(HasSubstr(at_line("events.toml", to) + "a road is applied for at a polsek, polres or polda")));
  EXPECT_THAT(all, Contains(HasSubstr(at_line("events.toml", road) + "\"toll\" is no road")));
  EXPECT_THAT(all, Contains(HasSubstr(at_line("events.toml", most) + "most_days must be a whole number")));
  SetUp();
  replace("events.toml", "road = \"province\"", "road = \"city\"");
  EXPECT_THAT(faults(), Contains(HasSubstr("nobody is named for the road province")));
  SetUp();
  replace("event-words.toml", "[repeats]", "[again]");
  EXPECT_THAT(faults(), Contains(HasSubstr("[repeats] is missing")));
}

TEST_F(rule_files, a_unit_has_tiers_of_its_own) {
  const std::string common =
      "\narticle = \"surat Kapolres\"\nsource = \"letter of the unit\"\n"
      "valid_from = 2026-01-01\nconfidence = \"verified\"\nunit = \"POLRES-MADIUN\"\n";
  append("events.toml", "\n[[tier]]\nid = \"madiun-kecil\"\ntier = \"small\"\nto = 999" + common +
                            "\n[[tier]]\nid = \"madiun-besar\"\ntier = \"large\"\nfrom = 1000" + common);
  const rulebook book = load();
  ASSERT_THAT(x_faults, IsEmpty());
  const auto size = [&](const unit_chain& units) {
    return find_tier(people{800, 800}, book.rules, units, on(2026, 11, 21)).tier;
  };
  EXPECT_EQ(size({"POLSEK-GEGER", "POLRES-MADIUN", "POLDA-JATIM"}), tier::small);
  EXPECT_EQ(size({"POLSEK-TAMAN", "POLRES-MADIUN-KOTA", "POLDA-JATIM"}), tier::large);
  EXPECT_EQ(size({}), tier::large);
}

TEST_F(rule_files, a_unit_has_documents_of_its_own) {
  append("documents.toml",
         "\n[[checklist]]\nid = \"taman-besar\"\narticle = \"papan layanan\"\nsource = \"board of the unit\"\n"
         "valid_from = 2026-01-01\nconfidence = \"verified\"\nunit = \"POLSEK-TAMAN\"\ntrack = \"permit\"\n"
         "tier = \"large\"\nitems = [\"Surat rekomendasi camat\"]\n");
  const rulebook book = load();
  ASSERT_THAT(x_faults, IsEmpty());
  const auto items = [&](const unit_chain& units) {
    return documents_for(track::permit, tier::large, {}, book.rules, units, on(2026, 11, 21)).front()->items;
  };
  EXPECT_THAT(items({"POLSEK-TAMAN", "POLRES-MADIUN-KOTA"}), ElementsAre("Surat rekomendasi camat"));
  EXPECT_THAT(items({"POLSEK-JIWAN", "POLRES-MADIUN-KOTA"}), Contains("Proposal kegiatan"));
}

TEST_F(rule_files, a_unit_says_how_it_works_and_the_rest_is_the_default) {
  append("events.toml",
         "\n[[practice]]\nunit = \"POLRES-MADIUN-KOTA\"\nelectronic_accepted = true\n"
         "\n[[practice]]\nunit = \"POLSEK-TAMAN\"\ndesk_hours = \"Senin-Jumat 08.00-15.00\"\nprocessing_days = 3\n");
  const rulebook book = load();
  ASSERT_THAT(x_faults, IsEmpty());
  const unit_practice taman =
      practice_of({"POLSEK-TAMAN", "POLRES-MADIUN-KOTA", "POLDA-JATIM"}, book.rules, on(2026, 11, 21));
  EXPECT_EQ(taman.electronic_accepted, true);
  EXPECT_EQ(taman.desk_hours, "Senin-Jumat 08.00-15.00");
  EXPECT_EQ(taman.processing_days, 3);
  EXPECT_EQ(taman.automatic_receipt, false);
  const unit_practice other =
      practice_of({"POLSEK-BANGIL", "POLRES-PASURUAN", "POLDA-JATIM"}, book.rules, on(2026, 11, 21));
  EXPECT_EQ(other.electronic_accepted, false);
  EXPECT_EQ(other.processing_days, std::nullopt);  // nobody promised anything
  EXPECT_THAT(*other.copies, ElementsAre("KPU", "Bawaslu", "Kesbangpol"));
}

TEST_F(rule_files, a_city_enters_the_decree_of_a_year) {
  const int line = replace("calendar.toml",
                           "source = \"no decree known; kinds of holidays as in Keppres 8/2024\"\n"
                           "confidence = \"unverified\"",
                           "source = \"SKB 2027\"\nconfidence = \"verified\"");
  ASSERT_GT(line, 0);
  replace("calendar.toml", "joint_leave = []", "joint_leave = [{ day = 2027-03-12, name = \"Idul Fitri\" }]");
  const rulebook book = load();
  ASSERT_THAT(x_faults, IsEmpty());
  EXPECT_FALSE(book.days.works(on(2027, 3, 12)));
  EXPECT_TRUE(last_filing_day(book.days, on(2027, 3, 29), 14).certain);
}

// --- mistakes are told with their line, all at once -----------------------------------------------------------------

TEST_F(rule_files, every_mistake_is_told_with_its_line) {
  const int days = replace("events.toml", "working_days = 14", "working_days = 0");
  const int word = replace("events.toml", "track = \"political\"         # notice", "track = \"party\"  # notice");
  const int key = replace("events.toml", "disputed = true", "disputd = true");
  const int list = replace("documents.toml", "tier = \"small\"", "tier = \"tiny\"");
  const int date = replace("calendar.toml", "{ day = 2026-05-27,", "{ day = 2025-05-27,");
  const auto all = faults();
  EXPECT_THAT(all, Contains(HasSubstr(at_line("events.toml", days) + "working_days must be a whole number")));
  EXPECT_THAT(all, Contains(HasSubstr(at_line("events.toml", word) + "\"party\" is no track")));
  EXPECT_THAT(all, Contains(HasSubstr(at_line("events.toml", key) + "\"disputd\" is not known here")));
  EXPECT_THAT(all, Contains(HasSubstr(at_line("documents.toml", list) + "\"tiny\" is no tier")));
  EXPECT_THAT(all, Contains(HasSubstr(at_line("calendar.toml", date) + "this day is not in 2026")));
}

TEST_F(rule_files, a_file_that_is_no_toml_is_told_with_its_line) {
  const int line = replace("calendar.toml", "year = 2025", "year = = 2025");
  EXPECT_THAT(faults(), Contains(HasSubstr(at_line("calendar.toml", line))));
  fs::remove(x_dir / "documents.toml");
  EXPECT_THAT(faults(), Contains(HasSubstr("documents.toml")));
}

TEST_F(rule_files, a_rule_without_source_article_date_or_confidence_is_a_fault) {
  for (const char* each : {"source = \"wording of the act: 3 x 24 hours before the start\"\n",
                           "article = \"UU 9/1998 Pasal 10 ayat (3)\"\n"}) {
    SetUp();
    replace("events.toml", each, "");
    EXPECT_THAT(faults(), Contains(HasSubstr("is missing"))) << each;
  }
  SetUp();
  replace("events.toml", "confidence = \"verified\"", "confidence = \"sure\"");
  EXPECT_THAT(faults(), Contains(HasSubstr("confidence is verified or unverified, not \"sure\"")));
  SetUp();
  replace("events.toml", "valid_from = 1998-10-26", "valid_from = \"1998\"");
  EXPECT_THAT(faults(), Contains(HasSubstr("valid_from must be a date")));
}

TEST_F(rule_files, tiers_leave_no_number_out_and_none_twice) {
  replace("events.toml", "to = 500", "to = 450");
  EXPECT_THAT(faults(), Contains(HasSubstr("the tiers leave out 451 to 500 people")));
  replace("events.toml", "to = 450", "to = 550");
  EXPECT_THAT(faults(), Contains(HasSubstr("juklap-02-1995-kecil and juklap-02-1995-antara overlap")));
}

TEST_F(rule_files, units_must_exist_and_ids_be_unique) {
  const int unit =
      replace("events.toml", "[[practice]]\nelectronic", "[[practice]]\nunit = \"POLSEK-NOWHERE\"\nelectronic") + 1;
  EXPECT_THAT(faults(), Contains(at_line("events.toml", unit) + "there is no unit POLSEK-NOWHERE"));
  replace("documents.toml", "id = \"pp60-2017-18\"", "id = \"uu9-1998-11\"");
  EXPECT_THAT(faults(), Contains(HasSubstr("the id uu9-1998-11 stands twice")));
}

TEST_F(rule_files, no_purpose_and_no_track_may_be_left_without_rule) {
  replace("events.toml", "purposes = [\"show\", \"sports\", ", "purposes = [\"show\", ");
  replace("events.toml", "tracks = [\"political\"]", "tracks = [\"permit\"]");
  replace("events.toml", "participants_from = [\"foreign\"]", "participants_from = [\"several_provinces\"]");
  const auto all = faults();
  EXPECT_THAT(all, Contains(HasSubstr("no track without conditions for the purpose sports")));
  EXPECT_THAT(all, Contains(HasSubstr("no addressee for the track political")));
  EXPECT_THAT(all, Contains(HasSubstr("no deadline for permit from foreign")));
}

TEST_F(rule_files, what_is_missing_or_overlaps_is_told_with_a_line) {
  replace("events.toml", "to = 500", "to = 550");
  EXPECT_THAT(faults(), Contains(MatchesRegex(".*events\\.toml:[0-9]{2,}: the tiers .* overlap")));
  SetUp();
  replace("events.toml", "purposes = [\"show\", \"sports\", ", "purposes = [\"show\", ");
  EXPECT_THAT(faults(), Contains(MatchesRegex(".*events\\.toml:[0-9]{2,}: no track without .* sports")));
  SetUp();
  replace("documents.toml", "id = \"pp60-2017-18\"\narticle = \"PP 60/2017 Pasal 18\"\ntrack = \"political\"",
          "id = \"pp60-2017-18\"\narticle = \"PP 60/2017 Pasal 18\"\ntrack = \"expression\"");
  EXPECT_THAT(faults(), Contains(MatchesRegex(".*documents\\.toml:[0-9]{2,}: no list .* political")));
}

TEST_F(rule_files, nobody_below_the_reach_of_an_event_can_be_its_addressee) {
  const int line = replace("events.toml", "several_provinces = \"mabes\"", "several_provinces = \"polres\"");
  EXPECT_THAT(faults(),
              Contains(at_line("events.toml", line) + "several_provinces goes to a mabes at least, not to a polres"));
}

// --- what no city can change ----------------------------------------------------------------------------------------

TEST_F(rule_files, no_file_can_make_an_opinion_need_a_permit) {
  replace("events.toml", "track = \"expression\"        # a written notice", "track = \"permit\"  # a written notice");
  EXPECT_THAT(faults(), Contains(HasSubstr("expression of opinion needs no permit")));
}

}  // namespace
}  // namespace bot::notices
