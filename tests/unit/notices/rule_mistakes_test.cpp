// What a city changes from a day on, and what no file can change: mistakes that would go unseen for months.
#include <random>

#include "rule_files.hpp"

namespace bot::notices {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char checklist_end[] = "\nsource = \"letter\"\nvalid_from = 2026-01-01\nconfidence = \"verified\"\n";

std::string tier_text(const std::string& id, const std::string& rest, const std::string& from = "2027-01-01") {
  return "\n[[tier]]\nid = \"" + id + "\"\narticle = \"Keputusan Kapolres\"\nunit = \"POLRES-PASURUAN-KOTA\"\n" + rest +
         "\nsource = \"letter\"\nvalid_from = " + from + "\nconfidence = \"verified\"\n";
}

std::string deadline_text(const std::string& id, const std::string& rest, const std::string& from = "2027-01-01") {
  return "\n[[deadline]]\nid = \"" + id + "\"\narticle = \"Keputusan\"\n" + rest +
         "\nsource = \"letter\"\nvalid_from = " + from + "\nconfidence = \"verified\"\n";
}

const unit_chain gadingrejo = {"POLSEK-GADINGREJO", "POLRES-PASURUAN-KOTA", "POLDA-JATIM"};

// --- from a day on --------------------------------------------------------------------------------------------------

TEST_F(rule_files, the_tiers_of_a_unit_count_from_their_day_on) {
  append("events.toml", tier_text("kota-bawah", "to = 99") +
                            tier_text("kota-kecil", "tier = \"small\"\nfrom = 100\nto = 999") +
                            tier_text("kota-besar", "tier = \"large\"\nfrom = 1000"));
  const rulebook book = load();
  ASSERT_THAT(x_faults, IsEmpty());
  const auto id = [&](std::int64_t people, local_day day) {
    return find_tier(notices::people{people, people}, book.rules, gadingrejo, day).rule->note.id;
  };
  EXPECT_EQ(id(600, on(2026, 12, 20)), "juklap-02-1995-antara");
  EXPECT_EQ(id(600, on(2026, 12, 31)), "juklap-02-1995-antara");
  EXPECT_EQ(id(600, on(2027, 1, 1)), "kota-kecil");
  EXPECT_EQ(id(50, on(2027, 1, 1)), "kota-bawah");
}

TEST_F(rule_files, the_list_and_the_practice_of_a_unit_count_from_their_day_on) {
  append(
      "documents.toml",
      "\n[[checklist]]\nid = \"kota-besar\"\narticle = \"papan\"\nunit = \"POLRES-PASURUAN-KOTA\"\ntrack = \"permit\"\n"
      "tier = \"large\"\nitems = [\"Surat rekomendasi camat\"]\nsource = \"board\"\nvalid_from = 2027-01-01\n"
      "confidence = \"verified\"\n");
  append(
      "events.toml",
      "\n[[practice]]\nunit = \"POLRES-PASURUAN-KOTA\"\ndesk_hours = \"Senin-Jumat 08.00-15.00\"\nfee = \"Gratis.\"\n"
      "\n[[practice]]\nunit = \"POLRES-PASURUAN-KOTA\"\nvalid_from = 2027-01-01\ndesk_hours = \"Setiap hari 24 "
      "jam\"\n");
  const rulebook book = load();
  ASSERT_THAT(x_faults, IsEmpty());
  const auto items = [&](local_day day) {
    return documents_for(track::permit, tier::large, {}, book.rules, gadingrejo, day).front()->items;
  };
  EXPECT_THAT(items(on(2026, 12, 31)), Contains("Proposal kegiatan"));
  EXPECT_THAT(items(on(2027, 1, 1)), ElementsAre("Surat rekomendasi camat"));
  EXPECT_EQ(practice_of(gadingrejo, book.rules, on(2026, 12, 31)).desk_hours, "Senin-Jumat 08.00-15.00");
  EXPECT_EQ(practice_of(gadingrejo, book.rules, on(2027, 1, 1)).desk_hours, "Setiap hari 24 jam");
  EXPECT_EQ(practice_of(gadingrejo, book.rules, on(2027, 1, 1)).fee, "Gratis.") << "what is not said anew still holds";
}

TEST_F(rule_files, a_unit_has_a_deadline_of_its_own_for_large_events) {
  append("events.toml", deadline_text("kota-besar",
                                      "track = \"permit\"\ntier = \"large\"\nunit = \"POLRES-PASURUAN-KOTA\"\n"
                                      "working_days = 21"));
  const rulebook book = load();
  ASSERT_THAT(x_faults, IsEmpty());
  const auto days = [&](std::optional<tier> size, const unit_chain& units, local_day day) {
    return deadline_of(track::permit, reach::one_kecamatan, book.rules, day, size, units)->working_days;
  };
  EXPECT_EQ(days(tier::large, gadingrejo, on(2026, 12, 31)), 14);
  EXPECT_EQ(days(tier::large, gadingrejo, on(2027, 1, 1)), 21);
  EXPECT_EQ(days(tier::small, gadingrejo, on(2027, 1, 1)), 14);
  EXPECT_EQ(days(tier::large, {"POLSEK-TAMAN", "POLRES-MADIUN-KOTA"}, on(2027, 1, 1)), 14);

  event e;
  e.purposes = {purpose::show};
  e.participants_from = reach::one_kecamatan;
  e.wards = {"35.75.01.1001"};
  e.start = moment("2027-03-27T19:00:00+07:00");
  const auto plan = [&] {
    return plan_event(e, at("2027-01-20T10:00:00+07:00"), book, served().map, served().units, western_time);
  };
  EXPECT_FALSE(plan().latest) << "it depends on how many come, and that is asked";
  EXPECT_THAT(plan().ask, Contains(slot::attendance));
  e.attendance = people{800, 800};
  ASSERT_EQ(plan().deadlines.size(), 1u);
  EXPECT_EQ(plan().deadlines.front().deadline.rule->note.id, "kota-besar");
}

TEST_F(rule_files, only_permits_differ_by_tier_and_unit) {
  append("events.toml", deadline_text("a", "track = \"expression\"\nunit = \"POLRES-PASURUAN-KOTA\"\nhours = 24") +
                            deadline_text("b", "track = \"political\"\ntier = \"large\"\nworking_days = 3"));
  const auto all = faults();
  EXPECT_THAT(all, Contains(HasSubstr("only deadlines of the track permit differ by unit")));
  EXPECT_THAT(all, Contains(HasSubstr("only deadlines of the track permit differ by tier")));
}

TEST_F(rule_files, what_every_event_needs_has_begun) {
  const int line = replace("events.toml", "valid_from = 2024-05-06", "valid_from = 2230-05-06");
  ASSERT_GT(line, 0);
  EXPECT_THAT(faults(), Contains(HasSubstr("no deadline for political from one_kecamatan")));
}

// Any set of dated rules: the one taken has begun, unless none for all units has; then the first of those.
TEST(dated_rules, the_one_taken_is_in_force_on_that_day) {
  std::mt19937 random(20261122);
  const auto any = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  const std::vector<std::string> units = {"", "POLSEK", "POLRES", "POLDA", "OTHER"};
  for (int round = 0; round < 20000; ++round) {
    event_rules rules;
    for (int i = any(8); i >= 0; --i) {
      tier_rule rule;
      rule.note.from = on(2026, 1, 1) + std::chrono::days(any(1000));
      rule.unit = units[static_cast<std::size_t>(any(5))];
      rule.to = 1000;
      rules.tiers.push_back(rule);
      deadline_rule due;
      due.note.from = rule.note.from;
      due.unit = rule.unit;
      due.track = track::permit;
      due.tier = any(2) == 0 ? std::optional(tier::large) : std::nullopt;
      due.working_days = 14;
      rules.deadlines.push_back(due);
    }
    const local_day day = on(2026, 1, 1) + std::chrono::days(any(1000));
    const unit_chain chain = {"POLSEK", "POLRES", "POLDA"};
    const auto check = [&](const auto* taken, const auto& all, auto fits) {
      const bool some =
          std::any_of(all.begin(), all.end(), [&](const auto& r) { return r.note.from <= day && fits(r); });
      if (some) {
        ASSERT_NE(taken, nullptr);
        ASSERT_LE(taken->note.from, day);
        for (const auto& r : all) {
          if (r.unit != taken->unit || r.note.from > day || !fits(r)) continue;
          ASSERT_LE(r.note.from, taken->note.from);
        }
      } else if (taken != nullptr) {
        ASSERT_EQ(taken->unit, "");
        for (const auto& r : all) {
          if (!r.unit.empty() || !fits(r)) continue;
          ASSERT_LE(taken->note.from, r.note.from);
        }
      }
    };
    check(find_tier(people{5, 5}, rules, chain, day).rule, rules.tiers,
          [](const auto& r) { return r.unit != "OTHER"; });
    check(deadline_of(track::permit, reach::one_kecamatan, rules, day, std::nullopt, chain), rules.deadlines,
          [](const auto& r) { return r.unit != "OTHER" && !r.tier; });
  }
}

// --- no consent for an opinion --------------------------------------------------------------------------------------

TEST_F(rule_files, no_list_of_a_notice_asks_for_more_than_the_law) {
  for (const char* each : {"Persetujuan tetangga", "Rekomendasi RT/RW", "Tanda tangan tetangga",
                           "Surat tidak keberatan warga", "Surat restu kepala desa", "Surat kesediaan pemilik lahan",
                           "Legalisir RT", "Fotokopi KTP penyelenggara", "SIK", "Penanggung jawab", "speakers"}) {
    SetUp();
    const int line = replace("documents.toml", "items = [\"purpose\", \"place\",",
                             "items = [\"purpose\",\n\"" + std::string(each) + "\",");
    EXPECT_THAT(faults(),
                Contains(AllOf(HasSubstr(at_line("documents.toml", line + 1)),
                               HasSubstr("\"" + std::string(each) + "\" is nothing that UU 9/1998 Pasal 11"))))
        << each;
    SetUp();
    append("documents.toml", "\n[[checklist]]\nid = \"x\"\narticle = \"x\"\ntrack = \"political\"\nitems = [\"" +
                                 std::string(each == std::string("speakers") ? "props" : each) + "\"]" + checklist_end);
    EXPECT_THAT(faults(), Contains(HasSubstr("is nothing that PP 60/2017 Pasal 18"))) << each;
  }
}

TEST_F(rule_files, a_list_of_a_notice_may_leave_something_out) {
  replace("documents.toml", "\"props\", ", "");
  const rulebook book = load();
  EXPECT_THAT(x_faults, IsEmpty());
  EXPECT_EQ(documents_for(track::expression, std::nullopt, {}, book.rules, {}, on(2026, 11, 21)).front()->items.size(),
            7u);
}

TEST_F(rule_files, an_opinion_is_in_time_three_days_before_at_the_latest) {
  for (const char* each : {"hours = 73", "hours = 720", "working_days = 250", "working_days = 1"}) {
    SetUp();
    const int line = replace("events.toml", "hours = 72\n", std::string(each) + "\n");
    EXPECT_THAT(faults(), Contains(AllOf(HasSubstr(at_line("events.toml", line)), HasSubstr("3 x 24 hours")))) << each;
  }
  SetUp();
  replace("events.toml", "hours = 72\n", "hours = 24\n");
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(rule_files, an_opinion_needs_no_leave_for_the_road_and_no_crowd_of_leaders) {
  const int road = replace("events.toml", "tracks = [\"none\", \"political\", \"permit\"]",
                           "tracks = [\"none\", \"expression\", \"permit\"]");
  const int most = replace("events.toml", "most = 5\n", "most = 50\n");
  const auto all = faults();
  EXPECT_THAT(all, Contains(HasSubstr(at_line("events.toml", road) + "expression of opinion on the road")));
  EXPECT_THAT(all, Contains(HasSubstr(at_line("events.toml", most) + "most must be a whole number")));
}

TEST_F(rule_files, no_list_asks_for_the_picture_of_an_identity_card) {
  const int line = replace("documents.toml", "Fotokopi KTP penyelenggara, 1 lembar (dibawa ke kantor)",
                           "Kirim foto KTP di chat ini");
  EXPECT_THAT(faults(), Contains(HasSubstr(at_line("documents.toml", line) +
                                           "\"Kirim foto KTP di chat ini\" asks for a picture")));
}

// --- what cannot both hold ------------------------------------------------------------------------------------------

TEST_F(rule_files, two_rules_of_one_day_are_told_with_both_lines) {
  append("events.toml",
         deadline_text("kota", "track = \"permit\"\nparticipants_from = [\"one_kecamatan\"]\nworking_days = 30",
                       "2017-12-28"));
  EXPECT_THAT(faults(),
              Contains(testing::MatchesRegex(
                  ".*events\\.toml:[0-9]+: kota and pp60-2017-6-1 \\(line [0-9]+\\) hold from the same day")));
  SetUp();
  append("events.toml",
         deadline_text("kota", "track = \"permit\"\nparticipants_from = [\"one_kecamatan\"]\nworking_days = 30",
                       "2017-12-29"));
  EXPECT_THAT(faults(), IsEmpty());
  const std::string list = "\narticle = \"x\"\nunit = \"POLSEK-TAMAN\"\ntrack = \"permit\"\nitems = [\"Denah\"]";
  append("documents.toml",
         "\n[[checklist]]\nid = \"a\"" + list + checklist_end + "\n[[checklist]]\nid = \"b\"" + list + checklist_end);
  EXPECT_THAT(
      faults(),
      Contains(testing::MatchesRegex(".*documents\\.toml:[0-9]+: b and a \\(line [0-9]+\\) hold from the same day")));
}

TEST_F(rule_files, a_unit_brings_in_all_of_its_tiers_at_once) {
  append("events.toml", tier_text("kota-bawah", "to = 99", "2027-06-01") +
                            tier_text("kota-kecil", "tier = \"small\"\nfrom = 100\nto = 999") +
                            tier_text("kota-besar", "tier = \"large\"\nfrom = 1000"));
  EXPECT_THAT(faults(), Contains(HasSubstr("the tiers of POLRES-PASURUAN-KOTA leave out 0 to 99 people at first")));
}

TEST_F(rule_files, hours_of_a_desk_are_hours) {
  const auto of = [&](const std::string& hours) {
    SetUp();
    append("events.toml", "\n[[practice]]\nunit = \"POLSEK-TAMAN\"\ndesk_hours = \"" + hours + "\"\n");
    return faults();
  };
  for (const char* each : {"Senin-Jumat 08.00-15.00", "Senin-Kamis 08.00-15.00, Jumat 08.00-11.30",
                           "Setiap hari 24 jam", "Sabtu 09.00-12.00 WIB"})
    EXPECT_THAT(of(each), IsEmpty()) << each;
  for (const char* each : {"Senin 25.00-99.00", "Senin 15.00-08.00", "Jumat-Senin 08.00-15.00", "Snin 08.00-15.00",
                           "08.00-15.00", "Senin", "Senin 8-15", "Senin 08.00-15.00,"})
    EXPECT_THAT(of(each), Contains(AllOf(HasSubstr("events.toml:"), HasSubstr("is not like")))) << each;
}

// --- holidays of a city ---------------------------------------------------------------------------------------------

TEST_F(rule_files, a_holiday_of_a_city_counts_for_its_events_alone) {
  replace(
      "calendar.toml", "  { day = 2026-12-25, name = \"Natal\" },\n",
      "  { day = 2026-12-25, name = \"Natal\" },\n"
      "  { day = 2026-12-16, name = \"Hari Jadi\", by = \"city\", area = \"madiun\", source = \"SE Wali Kota\" },\n");
  const rulebook book = load();
  ASSERT_THAT(x_faults, IsEmpty());
  EXPECT_TRUE(book.days.works(on(2026, 12, 16)));
  EXPECT_TRUE(book.days.works(on(2026, 12, 16), "35.75.01.1001"));
  EXPECT_FALSE(book.days.works(on(2026, 12, 16), "35.77.02.1006"));
  EXPECT_FALSE(book.days.works(on(2026, 12, 16), "35.19.09.2001"));
  EXPECT_EQ(book.days.free_on(on(2026, 12, 16)), nullptr) << "no holiday of the nation (UU 9/1998 Pasal 9)";
  const auto day = [&](const char* where) { return last_filing_day(book.days, on(2026, 12, 21), 7, where).last; };
  EXPECT_EQ(day("35.77.02.1006"), day("35.75.01.1001") - std::chrono::days(1));
}

TEST_F(rule_files, mistakes_of_a_citys_holiday_are_told) {
  const auto of = [&](const std::string& entry) {
    SetUp();
    replace(
        "calendar.toml", "  { day = 2026-12-25, name = \"Natal\" },\n",
        "  { day = 2026-12-25, name = \"Natal\" },\n  { day = 2026-12-16, name = \"Hari Jadi\", " + entry + " },\n");
    return faults();
  };
  EXPECT_THAT(of("by = \"city\", area = \"madiun\""), Contains(HasSubstr("source is missing")));
  EXPECT_THAT(of("by = \"city\", source = \"SE\""), Contains(HasSubstr("area is missing")));
  EXPECT_THAT(of("by = \"city\", area = \"malang\", source = \"SE\""), Contains(HasSubstr("there is no area malang")));
  EXPECT_THAT(of("area = \"madiun\""), Contains(HasSubstr("\"area\" is not known here")));
  EXPECT_THAT(of("by = \"city\", area = \"35.75\", source = \"SE\""), IsEmpty());
}

TEST_F(rule_files, a_calendar_that_cannot_be_read_is_one_fault) {
  replace("calendar.toml", "[counting]", "[counting");
  const auto all = faults();
  EXPECT_EQ(all.size(), 1u);
  EXPECT_THAT(all, Not(Contains(HasSubstr("calendar.toml:0"))));
}

}  // namespace
}  // namespace bot::notices
