#include "bot/notices/event.hpp"

#include <array>

namespace bot::notices {
namespace {

constexpr std::array<std::string_view, 11> purposes = {"opinion",        "political", "show",     "sports",
                                                       "procession",     "market",    "family",   "religious",
                                                       "campus_science", "community", "fireworks"};
constexpr std::array<std::string_view, 5> reaches = {"one_kecamatan", "several_kecamatan", "several_kabupaten",
                                                     "several_provinces", "foreign"};
constexpr std::array<std::string_view, 4> tracks = {"none", "expression", "political", "permit"};
constexpr std::array<std::string_view, 2> tiers = {"small", "large"};
constexpr std::array<std::string_view, 2> extras = {"fireworks", "road_use"};
constexpr std::array<std::string_view, 4> addressees = {"polsek", "polres", "polda", "mabes"};
constexpr std::array<std::string_view, 3> road_classes = {"village", "city", "province"};
constexpr std::array<std::string_view, 11> slots = {
    "start", "end",          "purpose",     "attendance", "participants_from", "scope",
    "wards", "public_place", "public_road", "fireworks",  "on_campus"};

template <class T, std::size_t N>
std::optional<T> named(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<T>(i);
  }
  return std::nullopt;
}

}  // namespace

event_time time_at(instant at, std::chrono::minutes utc_offset) {
  const auto local = std::chrono::floor<std::chrono::days>(at + utc_offset).time_since_epoch();
  return {local_day{local}, at};
}

std::string_view name_of(purpose p) { return purposes[static_cast<std::size_t>(p)]; }
std::string_view name_of(reach r) { return reaches[static_cast<std::size_t>(r)]; }
std::string_view name_of(track t) { return tracks[static_cast<std::size_t>(t)]; }
std::string_view name_of(tier t) { return tiers[static_cast<std::size_t>(t)]; }
std::string_view name_of(extra e) { return extras[static_cast<std::size_t>(e)]; }
std::string_view name_of(addressee a) { return addressees[static_cast<std::size_t>(a)]; }
std::string_view name_of(road_class r) { return road_classes[static_cast<std::size_t>(r)]; }
std::string_view name_of(slot s) { return slots[static_cast<std::size_t>(s)]; }

std::optional<purpose> purpose_named(std::string_view name) { return named<purpose>(purposes, name); }
std::optional<reach> reach_named(std::string_view name) { return named<reach>(reaches, name); }
std::optional<track> track_named(std::string_view name) { return named<track>(tracks, name); }
std::optional<tier> tier_named(std::string_view name) { return named<tier>(tiers, name); }
std::optional<extra> extra_named(std::string_view name) { return named<extra>(extras, name); }
std::optional<addressee> addressee_named(std::string_view name) { return named<addressee>(addressees, name); }
std::optional<road_class> road_class_named(std::string_view name) { return named<road_class>(road_classes, name); }

}  // namespace bot::notices
