// Which areas hold a point. Immutable after construction; const calls are safe from any thread.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "bot/geography/area.hpp"

namespace bot::geography {

struct area_at {
  area_id where = no_area;
  double metres = 0;  // distance from the point to the outline; 0: the point is inside
};

class outlines {
 public:
  struct shape {
    area_id where = no_area;
    std::vector<std::vector<ring>> polygons;
  };

  explicit outlines(std::span<const shape> shapes);
  outlines(outlines&&) noexcept;
  outlines& operator=(outlines&&) noexcept;
  ~outlines();

  // Areas that hold the point, then those within `reach_m` of it, nearest first. Empty for a point that is not finite
  // or not on the globe. Distances are flat-earth, good to a few centimetres at this range.
  std::vector<area_at> around(point where, double reach_m) const;

  // Other areas whose outlines come within `reach_m` of this one's, in order; empty for an area without an outline.
  std::vector<area_id> beside(area_id, double reach_m) const;

 private:
  struct tree;
  std::unique_ptr<tree> tree_;
};

// The first fault of a polygon's rings for a person, empty when it is sound: too few points, coordinates off the globe,
// a border that crosses itself.
std::string fault_of(const std::vector<ring>& polygon);

}  // namespace bot::geography
