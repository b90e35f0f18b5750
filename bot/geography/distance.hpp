// Between two places that were sent as pins. Flat is good enough within a city.
#pragma once

#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>

#include "bot/geography/area.hpp"

namespace bot::geography {

inline double metres(const point& a, const point& b) {
  constexpr double per_degree = 111320;
  return per_degree * std::hypot((a.longitude - b.longitude) * std::cos(a.latitude * 3.14159265358979 / 180),
                                 a.latitude - b.latitude);
}

// "-7.645000,112.907000", as answers keep a pin; none: it is no pin.
inline std::optional<point> read_pin(const std::string& answer) {
  const auto comma = answer.find(',');
  if (comma == std::string::npos) return std::nullopt;
  return point{.longitude = std::atof(answer.c_str() + comma + 1), .latitude = std::atof(answer.c_str())};
}

}  // namespace bot::geography
