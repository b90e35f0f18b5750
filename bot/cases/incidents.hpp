// Several reports of one event. The first is the lead; others that look like it are offered to officers, who join them
// or keep them apart. Joining only inserts: the lead is counted anew by a timer that many joins share, so that a
// thousand reports of one fire do not fight for one row.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bot/cases/report.hpp"
#include "bot/geography/area.hpp"
#include "bot/inbound.hpp"

namespace bot {
struct facts;
struct turn;
struct world;
}  // namespace bot

namespace bot::cases {

// What counts as near (rules/incidents.toml).
struct incident_rules {
  std::chrono::minutes window{90};              // from the lead's filing
  double near_m = 700;                          // two pins farther apart are two events
  std::vector<std::vector<std::string>> kinds;  // categories that people use for one event
  std::vector<std::string> never;               // categories that say too little to compare
};

// A case of late as the comparison needs it.
struct recent_case {
  std::int64_t id = 0;
  std::string number;
  std::int64_t reporter = 0;
  std::string category;
  cases::state state = state::filed;
  std::string ward;
  std::string unit;  // whose people were told of it
  instant at{};
  bool follows = false;  // belongs to another, or is sealed: leads nothing
  std::optional<geography::point> pin;
};

// The cases of the last hours by ward, in memory. One owner, one thread.
class recent_cases {
 public:
  void put(const report&);  // new or changed
  void put(recent_case&&);
  // The oldest open case that may be the same event; null: none.
  const recent_case* lead_for(const report&, const incident_rules&, instant now) const;
  // When the reports of a lead are next counted; what is past counts as never.
  instant count_due(std::int64_t lead) const;
  void counts_at(std::int64_t lead, instant due);
  std::size_t waiting(const std::string& unit) const;  // cases that nobody has taken yet
  // When the list of what waits next goes to that person or group; what is past counts as never.
  instant digest_due(std::int64_t contact) const;
  void digest_at(std::int64_t contact, instant due) { digest_due_[contact] = due; }
  std::int64_t newest() const { return newest_; }  // the highest id seen
  std::size_t size() const { return ward_of_.size(); }

  static constexpr std::chrono::hours kept{12};

 private:
  // Oldest first: a thousand reports of one fire must not be looked at for each of them.
  using bucket = std::map<std::pair<instant, std::int64_t>, recent_case>;
  void take(bucket&, bucket::iterator);
  void count(const recent_case&, bool more);

  std::unordered_map<std::string, bucket> by_ward_;
  std::unordered_map<std::int64_t, std::string> ward_of_;
  std::unordered_map<std::int64_t, instant> count_due_;
  std::unordered_map<std::int64_t, instant> digest_due_;
  std::unordered_map<std::string, std::size_t> waiting_;
  std::int64_t newest_ = 0;
};

// The report belongs to an incident or not any more.
struct membership {
  std::int64_t incident = 0, report = 0;
  bool joined = true;
};

// Compares a new or newly placed case with those of late. A high one counts with the lead at once and stays open all
// the same: only an officer's tap ends that.
void link(turn&, report&, const world&);
void join(turn&, report&, const report& lead, std::int64_t actor, const world&);
void keep_apart(turn&, report&, std::int64_t actor, const world&);
// The lead has changed hands or is closed: those who joined hear of it, some at a time.
void tell_followers(turn&, const report& lead, const world&);
// What was added to a joined report goes to whoever has the lead.
void pass_on_news(turn&, const report&, const world&);
// Timers "incident_count", "incident_follow", "incident_news". False: another kind.
bool incident_timer(turn&, const said::timer&, const facts&, const world&);

inline constexpr std::size_t followers_at_once = 50;

}  // namespace bot::cases
