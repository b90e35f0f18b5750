// Recommendations are a matter of applications alone: whoever tells of an expression of opinion needs nobody's consent.
#include "bot/notices/recommendation.hpp"

#include <gmock/gmock.h>

#include "tests/support/handbook.hpp"
#include "tests/support/notice.hpp"

namespace {

namespace notices = bot::notices;
using notices::state;
using notices::track;
using reply = notices::recommendation::reply;
using testing::HasSubstr;
using testing::Not;

const std::string token = "0123456789abcdef012345678";

class recommended : public testing::Test {
 protected:
  recommended() {
    duty.members.push_back({.contact = 9, .unit = "POLSEK-POHJENTREK", .role = "petugas", .on_duty = true});
    f.contact = f.actor = 5;
    f.fresh.pin_hash = token + "fedcba9876";
  }

  static notices::notice concert() {
    auto n = support::concert();
    n.told = {"POLSEK-POHJENTREK"};
    n.filed.unit = "POLSEK-POHJENTREK";
    return n;
  }

  bot::world world() { return {now, support::shipped_handbook(), duty}; }

  bot::turn tap(const notices::notice& n, const std::string& action) {
    bot::turn t;
    f.notices = {n};
    EXPECT_TRUE(notices::recommend_tap(t, action, n.number, f, world()));
    return t;
  }

  bot::turn answer(const notices::notice& n, const std::string& of, bool supports, const std::string& words) {
    const auto in = notices::recommendation_answer(n, of, supports, words, now);
    bot::facts none;
    none.notices = {n};
    return bot::take_turn({}, in, none, world());
  }

  bot::instant now = support::moment("2026-11-21T20:31:00+07:00");
  bot::cases::roster duty;
  bot::facts f;
};

TEST_F(recommended, are_asked_for_applications_alone) {
  for (const auto where : {track::none, track::expression, track::political}) {
    auto n = concert();
    n.filed.track = where;
    EXPECT_TRUE(notices::recommend_choices(n, world()).empty());
    for (const char* action : {"recommend", "recommend_rt"}) {
      const auto t = tap(n, action);
      EXPECT_EQ(t.replies.at(0).key, "recommendation.too_late");
      EXPECT_TRUE(t.notices.empty());
    }
    n.answers["recommend_rt"] = "asked 9999999999999 " + token;  // it was an application when it was asked
    EXPECT_FALSE(notices::open_recommendation(n, token, now));
    EXPECT_EQ(notices::recommendation_lines(n, "id", true, world()), "");
    EXPECT_TRUE(answer(n, token, true, "").notices.empty());
  }
  EXPECT_FALSE(notices::recommend_choices(concert(), world()).empty());
}

TEST_F(recommended, are_not_asked_once_it_is_decided_or_begun) {
  for (const auto s : {state::approved, state::approved_with_conditions, state::refused, state::revoked,
                       state::cancelled, state::finished}) {
    auto n = concert();
    n.filed.state = s;
    EXPECT_FALSE(notices::may_recommend(n, now)) << name_of(s);
  }
  EXPECT_FALSE(notices::may_recommend(concert(), concert().start));
}

TEST_F(recommended, the_organiser_alone_gets_a_link_that_ends_before_the_event) {
  f.contact = f.actor = 6;
  EXPECT_EQ(tap(concert(), "recommend_rt").replies.at(0).key, "recommendation.too_late");
  f.contact = f.actor = 5;
  EXPECT_EQ(tap(concert(), "recommend").replies.at(0).choices.size(), 4U);
  const auto t = tap(concert(), "recommend_rt");
  ASSERT_EQ(t.notices.size(), 1U);
  const auto all = notices::recommendations_of(t.notices[0]);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].token, token);
  EXPECT_EQ(all[0].until, concert().start) << "nearer than 14 days";
  EXPECT_EQ(t.notice_events.at(0).kind, "recommendation_asked");
  std::string link;
  for (const auto& a : t.replies.at(0).args)
    if (a.name == "link") link = a.value;
  EXPECT_EQ(link, "https://kentongan.example/r/" + token);
}

TEST_F(recommended, a_new_link_ends_the_old_one) {
  const auto asked = tap(concert(), "recommend_rt").notices.at(0);
  f.fresh.pin_hash = "f" + token;
  const auto again = tap(asked, "recommend_rt").notices.at(0);
  EXPECT_FALSE(notices::open_recommendation(again, token, now));
  EXPECT_TRUE(notices::open_recommendation(again, ("f" + token).substr(0, 25), now));
}

TEST_F(recommended, an_answer_is_taken_once_and_reaches_both_sides) {
  const auto asked = tap(concert(), "recommend_rt").notices.at(0);
  const auto t = answer(asked, token, false, "Jam 23 selesai ya.\nNIK 3575014101900001");
  ASSERT_EQ(t.notices.size(), 1U);
  const auto r = notices::recommendations_of(t.notices[0]).at(0);
  EXPECT_EQ(r.now, reply::remarks);
  EXPECT_TRUE(r.token.empty());
  EXPECT_THAT(r.words, HasSubstr("Jam 23 selesai ya."));
  EXPECT_THAT(r.words, Not(HasSubstr("3575014101900001")));
  EXPECT_THAT(notices::recommendation_lines(t.notices[0], "id", true, world()),
              HasSubstr("RT/RW: ada catatan \"Jam 23"));
  EXPECT_EQ(t.notices[0].filed, asked.filed) << "it decides nothing";
  EXPECT_EQ(t.notice_events.at(0).kind, "recommended");
  bool officer = false, organiser = false;
  for (const auto& n : t.notes) {
    officer = officer || (n.contact == 9 && n.what.key == "recommendation.for_officers");
    organiser = organiser || (n.contact == 5 && n.what.key == "recommendation.given");
    for (const auto& a : n.what.args)
      EXPECT_FALSE(n.contact == 5 && a.value.find("Jam 23") != std::string::npos) << "the words are for officers";
  }
  EXPECT_TRUE(officer && organiser);
  EXPECT_TRUE(answer(t.notices[0], token, true, "").notices.empty());
  EXPECT_EQ(tap(t.notices[0], "recommend_rt").replies.at(0).key, "recommendation.answered_already");
}

TEST_F(recommended, a_link_that_is_over_is_not_answered) {
  const auto asked = tap(concert(), "recommend_place").notices.at(0);
  now = concert().start;
  EXPECT_TRUE(answer(asked, token, true, "").notices.empty());
  EXPECT_TRUE(answer(asked, token.substr(1) + "0", true, "").notices.empty());
}

TEST_F(recommended, no_chat_can_answer_in_their_place) {
  const auto asked = tap(concert(), "recommend_rt").notices.at(0);
  auto in = notices::recommendation_answer(asked, token, true, "", now);
  in.account = "123456";
  EXPECT_FALSE(notices::is_recommendation(in));
  f.notices = {asked};
  EXPECT_TRUE(bot::take_turn({}, in, f, world()).notices.empty());
}

TEST_F(recommended, a_changed_application_asks_anew) {
  auto n = tap(concert(), "recommend_rt").notices.at(0);
  notices::drop_recommendations(n.answers);
  EXPECT_EQ(n.answers, concert().answers);
}

TEST_F(recommended, without_an_address_of_the_service_it_is_brought_on_paper) {
  std::vector<std::string> faults;
  const auto settings = config::load_settings(PROJECT_DIR "/config/kentongan.toml", {}, faults);
  const auto loaded = config::load_handbook(settings, faults);
  ASSERT_TRUE(loaded.book->public_url.empty());
  bot::turn t;
  f.notices = {concert()};
  notices::recommend_tap(t, "recommend_rt", concert().number, f, {now, *loaded.book, duty});
  EXPECT_EQ(t.replies.at(0).key, "recommendation.on_paper");
  EXPECT_TRUE(t.notices.empty());
}

TEST_F(recommended, a_name_of_a_link_is_what_was_drawn) {
  EXPECT_EQ(notices::read_recommendation_name(token), token);
  for (const std::string& name : {std::string(), token + "0", token.substr(1), "<" + token.substr(1)})
    EXPECT_EQ(notices::read_recommendation_name(name), "");
}

}  // namespace
