// Rule 3 of the house, as far as the rules go: whatever an organiser says, the answer is a plan or a question.
#include <gmock/gmock.h>

#include <algorithm>

#include "support.hpp"

namespace bot::notices {
namespace {

constexpr int purposes = static_cast<int>(purpose::fireworks) + 1;

// Every combination of purpose, size, reach, flags, place and hour that makes a difference, several thousand.
template <class Use>
void each_event(Use use) {
  const std::optional<bool> flags[] = {std::nullopt, false, true};
  const std::optional<people> crowds[] = {std::nullopt, people{0, 0}, people{299, 300}, people{501, 10'000'000}};
  const std::optional<reach> reaches[] = {std::nullopt, reach::one_kecamatan, reach::several_kabupaten, reach::foreign};
  const std::vector<std::string> places[] = {
      {}, {"35.75.01.1001"}, {"35.75.04"}, {"35.14.14.1003", "35.75.02.1002"}, {"99.99.99.9999"}};
  const std::optional<event_time> starts[] = {std::nullopt, event_time{on(2026, 12, 20), std::nullopt},
                                              moment("2026-11-21T10:10:00+07:00"), moment("2028-02-29T00:00:00+07:00")};
  for (int p = -1; p < purposes; ++p) {
    for (const auto& place : flags) {
      for (const auto& road : flags) {
        for (const auto& crowd : crowds) {
          for (const auto& from : reaches) {
            for (const auto& wards : places) {
              for (const auto& start : starts) {
                event e;
                if (p >= 0) e.purposes = {static_cast<purpose>(p)};
                e.public_place = place;
                e.public_road = road;
                e.on_campus = road;
                e.fireworks = place;
                e.attendance = crowd;
                e.participants_from = from;
                e.wards = wards;
                e.start = start;
                use(e);
              }
            }
          }
        }
      }
    }
  }
}

bool known(const event& e, slot what) {
  switch (what) {
    case slot::start: return e.start && e.start->at;
    case slot::end: return e.end.has_value();
    case slot::purpose: return !e.purposes.empty();
    case slot::attendance: return e.attendance.has_value();
    case slot::participants_from: return e.participants_from.has_value();
    case slot::scope: return e.scope.has_value();
    case slot::wards: return e.wards.size() == 1 && e.wards.front().size() == 13;
    case slot::public_place: return e.public_place.has_value();
    case slot::public_road: return e.public_road.has_value();
    case slot::fireworks: return e.fireworks.has_value();
    case slot::on_campus: return e.on_campus.has_value();
  }
  return false;
}

void answer(event& e, slot what) {
  switch (what) {
    case slot::start: e.start = moment("2026-12-20T19:00:00+07:00"); break;
    case slot::end: e.end = e.start; break;
    case slot::purpose: e.purposes = {purpose::family}; break;
    case slot::attendance: e.attendance = people{400, 400}; break;
    case slot::participants_from: e.participants_from = reach::one_kecamatan; break;
    case slot::scope: e.scope = reach::one_kecamatan; break;
    case slot::wards: e.wards = {"35.75.01.1001"}; break;
    case slot::public_place: e.public_place = false; break;
    case slot::public_road: e.public_road = true; break;
    case slot::fireworks: e.fireworks = false; break;
    case slot::on_campus: e.on_campus = true; break;
  }
}

TEST(never_refused, every_event_has_a_plan_or_a_question) {
  each_event([](const event& e) {
    const plan p = planned(e);
    const bool whole = p.track && p.to;
    ASSERT_TRUE(whole || !p.ask.empty());
    for (const slot each : p.ask) ASSERT_FALSE(known(e, each)) << name_of(each);
    ASSERT_TRUE(std::is_sorted(p.ask.begin(), p.ask.end()));
    // Lateness is known exactly when the last moment is, or when there is none.
    if (p.track && p.track != track::none) {
      ASSERT_EQ(p.late.has_value(), p.latest.has_value());
    }
  });
}

TEST(never_refused, few_answers_are_enough) {
  each_event([](event e) {
    int rounds = 0;
    for (plan p = planned(e); !p.ask.empty(); p = planned(e)) {
      ASSERT_LE(++rounds, 5);
      for (const slot each : p.ask) answer(e, each);
    }
    const plan p = planned(e);
    ASSERT_TRUE(p.track && p.to);
    if (p.track != track::none) {
      ASSERT_TRUE(p.latest);
    }
    if (*p.to <= addressee::polres) {
      ASSERT_NE(p.unit, "");
    }
  });
}

// Being late changes the remark and nothing else: not the track, not the addressee, not what is asked.
TEST(never_refused, a_late_notice_is_the_same_notice) {
  each_event([](const event& e) {
    const plan early = planned(e, "2026-10-01T00:00:00+07:00");
    const plan late = planned(e, "2028-03-01T00:00:00+07:00");
    ASSERT_EQ(early.track, late.track);
    ASSERT_EQ(early.to, late.to);
    ASSERT_EQ(early.unit, late.unit);
    ASSERT_EQ(early.ask, late.ask);
    ASSERT_EQ(early.latest, late.latest);
  });
}

// An opinion is told of, whatever else is known; nothing can move it to the track of permits.
TEST(never_refused, an_opinion_never_needs_a_permit) {
  each_event([](event e) {
    e.purposes = {purpose::opinion};
    ASSERT_EQ(planned(e).track, track::expression);
  });
}

}  // namespace
}  // namespace bot::notices
