#include "bot/notices/life.hpp"

#include <gmock/gmock.h>

#include <set>

namespace bot::notices {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr track notice_tracks[] = {track::none, track::expression, track::political};
constexpr int actions = static_cast<int>(action::revoke) + 1;
const std::vector<std::string> art_11 = {"Maksud dan tujuan", "Penanggung jawab", "Jumlah peserta"};

// A deed that lacks nothing.
deed whole(action what, actor who) {
  deed d;
  d.action = what;
  d.who = who;
  d.items = {"Penanggung jawab"};
  d.number = "STTP/12/XI/2026";
  d.unit = "POLRES-MADIUN";
  d.conditions = "Selesai pukul 22.00";
  d.article = "PP 60/2017 Pasal 6";
  d.reason = "bertabrakan dengan ujian";
  d.officer = "Iptu Sari";
  d.objection = "keberatan ke Kapolres dalam 14 hari";
  return d;
}

std::set<std::string> names(track where) {
  std::set<std::string> all;
  for (const state each : states_of(where)) all.emplace(name_of(each));
  return all;
}

TEST(life, the_states_of_a_notice_are_those_of_the_law) {
  const std::set<std::string> wanted = {"diterima", "perlu_dilengkapi", "diteruskan", "tanda_terima_terbit",
                                        "diubah",   "dibatalkan",       "selesai"};
  EXPECT_EQ(names(track::expression), wanted);
  EXPECT_EQ(names(track::political), wanted);
  EXPECT_EQ(names(track::none), (std::set<std::string>{"diterima", "diubah", "dibatalkan", "selesai"}));
  std::set<std::string> permit = wanted;
  permit.insert({"disetujui", "disetujui_dengan_syarat", "ditolak", "dicabut"});
  EXPECT_EQ(names(track::permit), permit);
}

// Everything that anybody can do with everything, from every state of a notice.
TEST(life, nobody_can_refuse_or_end_a_notice_for_its_organiser) {
  for (const track where : notice_tracks) {
    for (const state from : states_of(where)) {
      for (int a = 0; a < actions; ++a) {
        for (const actor who : {actor::officer, actor::clock}) {
          const filed before{where, from, 1, false, "", "POLSEK-TAMAN"};
          const step_result after = step(before, whole(static_cast<action>(a), who), art_11);
          EXPECT_THAT(after.now.state,
                      Not(AnyOf(state::refused, state::revoked, state::approved, state::approved_with_conditions)));
          if (from != state::cancelled) {
            EXPECT_NE(after.now.state, state::cancelled);
          }
        }
      }
    }
  }
}

TEST(life, from_every_open_state_of_a_notice_the_receipt_can_be_issued) {
  for (const track where : {track::expression, track::political}) {
    for (const state from : {state::received, state::to_complete, state::forwarded, state::changed}) {
      const filed before{where, from, 1, true, "", ""};
      EXPECT_TRUE(awaits_receipt(before));
      const step_result after = step(before, whole(action::issue_receipt, actor::officer), art_11);
      EXPECT_EQ(after.now.state, state::receipted) << name_of(from);
      EXPECT_FALSE(awaits_receipt(after.now));
    }
  }
}

TEST(life, no_notice_is_stuck) {
  for (const track where : {track::none, track::expression, track::political, track::permit}) {
    for (const state from : states_of(where)) {
      if (from == state::cancelled || from == state::finished) continue;
      for (const action what : {action::change, action::cancel}) {
        const step_result after = step({where, from, 1, false, "", ""}, whole(what, actor::organiser), art_11);
        EXPECT_EQ(after.because, hindrance::none) << name_of(where) << ' ' << name_of(from);
      }
    }
  }
}

TEST(life, completing_is_asked_for_once_and_from_the_legal_list_alone) {
  filed f{track::expression, state::received, 1, false, "", ""};
  deed ask = whole(action::ask_to_complete, actor::officer);
  ask.items = {"Persetujuan tetangga"};
  EXPECT_EQ(step(f, ask, art_11).because, hindrance::no_legal_item);
  ask.items.clear();
  EXPECT_EQ(step(f, ask, art_11).because, hindrance::lacks_something);
  ask.items = {"Jumlah peserta"};
  f = step(f, ask, art_11).now;
  EXPECT_EQ(f.state, state::to_complete);
  EXPECT_TRUE(awaits_receipt(f));  // the clock of the receipt runs on
  f = step(f, whole(action::complete, actor::organiser), art_11).now;
  EXPECT_EQ(step(f, ask, art_11).because, hindrance::asked_already);
  f = step(f, whole(action::change, actor::organiser), art_11).now;
  EXPECT_EQ(step(f, ask, art_11).because, hindrance::asked_already);
}

TEST(life, a_change_is_a_new_version_without_the_old_number) {
  filed f{track::expression, state::receipted, 1, false, "STTP/12", "POLRES-MADIUN"};
  f = step(f, whole(action::change, actor::organiser), art_11).now;
  EXPECT_EQ(f, (filed{track::expression, state::changed, 2, false, "", "POLRES-MADIUN"}));
  EXPECT_TRUE(awaits_receipt(f));
}

TEST(life, what_was_cancelled_or_is_over_stays_so) {
  for (const track where : {track::none, track::expression, track::political, track::permit}) {
    for (const state end : {state::cancelled, state::finished}) {
      for (int a = 0; a < actions; ++a) {
        for (const actor who : {actor::organiser, actor::officer, actor::clock}) {
          const filed before{where, end, 1, false, "", ""};
          const step_result after = step(before, whole(static_cast<action>(a), who), art_11);
          EXPECT_EQ(after.because, hindrance::not_now);
          EXPECT_EQ(after.now, before);
        }
      }
    }
  }
}

TEST(life, a_permit_is_refused_or_revoked_only_with_all_its_grounds) {
  for (const auto& [from, what] : {std::pair{state::received, action::refuse}, {state::approved, action::revoke}}) {
    const filed f{track::permit, from, 1, false, "", ""};
    EXPECT_EQ(step(f, whole(what, actor::officer), art_11).because, hindrance::none);
    for (std::string deed::*ground : {&deed::article, &deed::reason, &deed::officer, &deed::objection}) {
      deed d = whole(what, actor::officer);
      (d.*ground).clear();
      EXPECT_EQ(step(f, d, art_11).because, hindrance::lacks_something);
    }
    EXPECT_EQ(step(f, whole(what, actor::clock), art_11).because, hindrance::not_theirs);
    EXPECT_EQ(step(f, whole(what, actor::organiser), art_11).because, hindrance::not_theirs);
  }
}

TEST(life, conditions_must_be_said) {
  const filed f{track::permit, state::receipted, 1, false, "", ""};
  deed d = whole(action::approve_with_conditions, actor::officer);
  EXPECT_EQ(step(f, d, art_11).now.state, state::approved_with_conditions);
  d.conditions.clear();
  EXPECT_EQ(step(f, d, art_11).because, hindrance::lacks_something);
}

TEST(life, an_old_button_changes_nothing) {
  const filed f{track::expression, state::receipted, 1, false, "STTP/12", ""};
  const step_result again = step(f, whole(action::issue_receipt, actor::officer), art_11);
  EXPECT_EQ(again.because, hindrance::not_now);
  EXPECT_EQ(again.now, f);
}

TEST(life, a_correction_never_turns_a_notice_into_an_application) {
  EXPECT_FALSE(may_correct(track::expression, track::permit, false));
  EXPECT_FALSE(may_correct(track::political, track::permit, false));
  EXPECT_TRUE(may_correct(track::permit, track::expression, false));
  EXPECT_TRUE(may_correct(track::permit, track::none, false));
  EXPECT_TRUE(may_correct(track::none, track::permit, false));
  EXPECT_TRUE(may_correct(track::political, track::expression, false));
  EXPECT_FALSE(may_correct(track::none, track::permit, true));  // worship in its house stays exempt
}

TEST(life, every_state_has_a_name_that_is_read_back) {
  for (int i = 0; i <= static_cast<int>(state::revoked); ++i) {
    EXPECT_EQ(state_named(name_of(static_cast<state>(i))), static_cast<state>(i));
  }
  EXPECT_EQ(state_named("hilang"), std::nullopt);
}

}  // namespace
}  // namespace bot::notices
