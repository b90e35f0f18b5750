// What is known of an event that an organiser tells of, and the words in which the rules speak of events. Absent = not
// known; nothing here is guessed.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/moment.hpp"

namespace bot::notices {

// A day on the area's calendar.
using local_day = std::chrono::local_days;

// What the event is for. It decides the track; the kind of event ("a concert") alone never does.
enum class purpose : std::uint8_t {
  opinion,    // a demand or opinion told to the public: UU 9/1998
  political,  // campaign, party: PP 60/2017, Perpol 5/2024
  show,
  sports,
  procession,
  market,
  family,
  religious,
  campus_science,
  community,
  fireworks
};

// Where those who take part come from; for political activity, over what it stretches.
enum class reach : std::uint8_t { one_kecamatan, several_kecamatan, several_kabupaten, several_provinces, foreign };

// none: no duty, voluntary information. There is no word for a refused notice.
enum class track : std::uint8_t { none, expression, political, permit };
enum class tier : std::uint8_t { small, large };

// Beside any track, with deadlines of their own.
enum class extra : std::uint8_t { fireworks, road_use };

enum class addressee : std::uint8_t { polsek, polres, polda, mabes };

// By whom a road is kept: lanes and roads of a village, of a city or kabupaten, of the province or the nation.
enum class road_class : std::uint8_t { village, city, province };

// What can be asked of the organiser, in the order in which it is asked.
enum class slot : std::uint8_t {
  start,
  end,
  purpose,
  attendance,
  participants_from,
  scope,
  wards,
  public_place,
  public_road,
  fireworks,
  on_campus
};

struct people {
  std::int64_t min = 0, max = 0;  // 0 <= min <= max
  bool operator==(const people&) const = default;
};

// A start or end: the minute, or only the day where the hour was not said.
struct event_time {
  local_day day{};
  std::optional<instant> at;  // lies on `day` of the area's clock
  bool operator==(const event_time&) const = default;
};

struct event {
  std::optional<event_time> start, end;
  std::vector<purpose> purposes;  // several for a mixed event, the main one first
  std::optional<people> attendance;
  std::optional<reach> participants_from;
  std::optional<reach> scope;      // else taken from `wards`
  std::vector<std::string> wards;  // codes of the place or, in order, of the route
  std::optional<bool> public_place, public_road, fireworks, on_campus;
};

// The code of its first place; empty: not known.
inline std::string_view place_of(const event& e) { return e.wards.empty() ? std::string_view() : e.wards.front(); }

// The moment on the area's clock, `utc_offset` ahead of UTC.
event_time time_at(instant, std::chrono::minutes utc_offset);

// Names as `kentongan plan` reads and writes them.
std::string_view name_of(purpose);
std::string_view name_of(reach);
std::string_view name_of(track);
std::string_view name_of(tier);
std::string_view name_of(extra);
std::string_view name_of(addressee);
std::string_view name_of(road_class);
std::string_view name_of(slot);
std::optional<purpose> purpose_named(std::string_view);
std::optional<reach> reach_named(std::string_view);
std::optional<track> track_named(std::string_view);
std::optional<tier> tier_named(std::string_view);
std::optional<extra> extra_named(std::string_view);
std::optional<addressee> addressee_named(std::string_view);
std::optional<road_class> road_class_named(std::string_view);

}  // namespace bot::notices
