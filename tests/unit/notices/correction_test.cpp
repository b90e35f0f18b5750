// An officer's correction of the track: what was told as a notice is never brought to where it can be refused, not even
// by two corrections.
#include "bot/notices/correction.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "bot/conversation/event_answers.hpp"
#include "bot/written_moment.hpp"
#include "tests/support/handbook.hpp"

namespace {

namespace notices = bot::notices;
using notices::state;
using notices::track;

class corrected : public testing::Test {
 protected:
  notices::notice filed(const char* purpose, track where, state now = state::received) {
    notices::notice n;
    n.id = 7;
    n.number = "PK7Q-2M9X";
    n.organiser = 2;
    n.filed.track = where;
    n.filed.state = now;
    n.filed.unit = "POLSEK-GADINGREJO";
    n.wards = {"35.75.01.1002"};
    n.answers = {{"purpose", purpose},      {"start", "2026-12-28T09:00:00+07:00"}, {"wards", "35.75.01.1002"},
                 {"attendance", "800-800"}, {"participants_from", "one_kecamatan"}, {"public_place", "yes"}};
    n.start = n.end = bot::read_moment("2026-12-28T09:00+07:00")->at;
    n.created_at = n.changed_at = world().now;
    return n;
  }

  bot::world world() {
    return {bot::read_moment("2026-11-20T08:00+07:00")->at, support::shipped_handbook(), roster, nullptr};
  }

  // To that track with a reason.
  notices::notice correct(const notices::notice& n, track to, bot::turn* into = nullptr) {
    bot::turn t;
    bot::facts f;
    f.contact = f.actor = 1;
    t.next.answers = {{"notice", n.number}, {"action", "track"}, {"track", std::string(name_of(to))}};
    notices::correction_words(t, "Tidak sesuai dengan kegiatannya.", n, f, world());
    const auto after = t.notices.empty() ? n : t.notices.front();
    if (into != nullptr) *into = std::move(t);
    return after;
  }

  bot::cases::roster roster;
};

TEST_F(corrected, a_notice_never_becomes_an_application_by_any_way) {
  for (const char* purpose : {"opinion", "political"}) {
    for (const auto first : {track::none, track::expression, track::political, track::permit}) {
      for (const auto second : {track::none, track::expression, track::political, track::permit}) {
        const auto begun = purpose == std::string("opinion") ? track::expression : track::political;
        const auto after = correct(correct(filed(purpose, begun), first), second);
        EXPECT_NE(after.filed.track, track::permit) << purpose << name_of(first) << name_of(second);
        EXPECT_TRUE(std::none_of(notices::life_of(after.filed.track).begin(), notices::life_of(after.filed.track).end(),
                                 [](const auto& each) { return each.what == notices::action::refuse; }));
      }
    }
  }
}

TEST_F(corrected, worship_in_its_house_is_never_asked_for_an_application) {
  auto n = filed("religious", track::none);
  n.answers["public_place"] = "no";
  const auto possible = notices::corrections_of(n, world());
  EXPECT_EQ(std::find(possible.begin(), possible.end(), track::permit), possible.end());
}

TEST_F(corrected, a_decision_or_a_receipt_of_a_notice_stands) {
  EXPECT_TRUE(notices::corrections_of(filed("opinion", track::expression, state::receipted), world()).empty());
  for (const auto done : {state::approved, state::revoked, state::cancelled, state::finished})
    EXPECT_TRUE(notices::corrections_of(filed("show", track::permit, done), world()).empty());
  EXPECT_FALSE(notices::corrections_of(filed("show", track::permit, state::refused), world()).empty());
}

TEST_F(corrected, it_tells_the_organiser_and_stays_in_the_history) {
  bot::turn t;
  const auto after = correct(filed("religious", track::permit, state::refused), track::none, &t);
  EXPECT_EQ(after.filed.track, track::none);
  EXPECT_EQ(after.filed.state, state::received);
  EXPECT_TRUE(after.settled);
  ASSERT_EQ(t.notice_events.size(), 1U);
  EXPECT_EQ(t.notice_events.front().kind, "track_corrected");
  EXPECT_EQ(t.notice_events.front().actor, 1);
  EXPECT_NE(t.notice_events.front().detail.find("permit -> none"), std::string::npos);
  EXPECT_TRUE(std::any_of(t.notes.begin(), t.notes.end(), [](const auto& note) {
    return note.contact == 2 && note.what.key == "notice.did_track_none";
  }));
}

// An officer may find that a show is none; the article of worship or of a small party does not say so.
TEST_F(corrected, no_article_of_another_kind_of_event_is_quoted) {
  const auto article = [&](const char* purpose, track from, track to) {
    bot::turn t;
    correct(filed(purpose, from), to, &t);
    for (const auto& note : t.notes)
      for (const auto& a : note.what.args)
        if (note.contact == 2 && a.name == "article") return a.value;
    return std::string("-");
  };
  EXPECT_EQ(article("show", track::permit, track::none), "");
  EXPECT_EQ(article("show", track::permit, track::expression), " (UU 9/1998 Pasal 10 ayat (1))");
  EXPECT_EQ(article("show", track::permit, track::political), " (PP 60/2017 (kegiatan politik), Perpol 5/2024)");
  EXPECT_EQ(article("religious", track::none, track::permit),
            " (Perpol 7/2023 (kegiatan keagamaan di tempat terbuka); lain halnya UU 9/1998 Pasal 10 ayat (4))");
}

TEST_F(corrected, only_with_a_reason) {
  bot::turn t;
  bot::facts f;
  f.contact = f.actor = 1;
  t.next.answers = {{"notice", "PK7Q-2M9X"}, {"action", "track"}, {"track", "none"}};
  notices::correction_words(t, "ya", filed("show", track::permit), f, world());
  EXPECT_TRUE(t.notices.empty());
  EXPECT_EQ(t.replies.back().key, "notice_desk.track_why");
}

}  // namespace
