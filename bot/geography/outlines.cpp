#include "bot/geography/outlines.hpp"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/register/point.hpp>
#include <boost/geometry/geometries/register/ring.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <cmath>
#include <numbers>

BOOST_GEOMETRY_REGISTER_POINT_2D(bot::geography::point, double, boost::geometry::cs::cartesian, longitude, latitude)
BOOST_GEOMETRY_REGISTER_RING(bot::geography::ring)

namespace bot::geography {
namespace {

namespace bg = boost::geometry;

using box = bg::model::box<point>;
using entry = std::pair<box, std::uint32_t>;

constexpr double metres_a_degree = 111320.0;

bool on_the_globe(point p) {
  return std::isfinite(p.latitude) && std::isfinite(p.longitude) && std::abs(p.latitude) <= 90 &&
         std::abs(p.longitude) <= 180;
}

// Even-odd rule over all rings, so that holes need no special case.
bool holds(const std::vector<ring>& polygon, point p) {
  bool inside = false;
  for (const ring& each : polygon) {
    for (std::size_t i = 0, j = each.size() - 1; i < each.size(); j = i++) {
      const point a = each[i];
      const point b = each[j];
      if ((a.latitude > p.latitude) == (b.latitude > p.latitude)) continue;
      const double crossing =
          (b.longitude - a.longitude) * (p.latitude - a.latitude) / (b.latitude - a.latitude) + a.longitude;
      if (p.longitude < crossing) inside = !inside;
    }
  }
  return inside;
}

double metres_to_border(const std::vector<ring>& polygon, point p) {
  const double across = metres_a_degree * std::cos(p.latitude * std::numbers::pi / 180);
  double least = std::numeric_limits<double>::infinity();
  for (const ring& each : polygon) {
    for (std::size_t i = 0; i + 1 < each.size(); ++i) {
      const double ax = (each[i].longitude - p.longitude) * across;
      const double ay = (each[i].latitude - p.latitude) * metres_a_degree;
      const double dx = (each[i + 1].longitude - each[i].longitude) * across;
      const double dy = (each[i + 1].latitude - each[i].latitude) * metres_a_degree;
      const double length = dx * dx + dy * dy;
      const double along = length > 0 ? std::clamp(-(ax * dx + ay * dy) / length, 0.0, 1.0) : 0.0;
      least = std::min(least, std::hypot(ax + along * dx, ay + along * dy));
    }
  }
  return least;
}

}  // namespace

struct outlines::tree {
  struct part {
    area_id where;
    std::vector<ring> rings;
  };
  std::vector<part> parts;
  bg::index::rtree<entry, bg::index::rstar<16>> boxes;
};

outlines::outlines(std::span<const shape> shapes) : tree_(std::make_unique<tree>()) {
  std::vector<entry> boxes;
  for (const shape& each : shapes) {
    for (const std::vector<ring>& polygon : each.polygons) {
      if (polygon.empty() || polygon.front().empty()) continue;
      boxes.emplace_back(bg::return_envelope<box>(polygon.front()), static_cast<std::uint32_t>(tree_->parts.size()));
      tree_->parts.push_back({each.where, polygon});
    }
  }
  tree_->boxes = decltype(tree_->boxes)(boxes.begin(), boxes.end());
}

outlines::outlines(outlines&&) noexcept = default;
outlines& outlines::operator=(outlines&&) noexcept = default;
outlines::~outlines() = default;

std::vector<area_at> outlines::around(point where, double reach_m) const {
  std::vector<area_at> found;
  if (!on_the_globe(where)) return found;
  const double up = reach_m / metres_a_degree;
  const double across = up / std::max(0.1, std::cos(where.latitude * std::numbers::pi / 180));
  const box reach{{where.longitude - across, where.latitude - up}, {where.longitude + across, where.latitude + up}};
  for (auto at = tree_->boxes.qbegin(bg::index::intersects(reach)); at != tree_->boxes.qend(); ++at) {
    const tree::part& part = tree_->parts[at->second];
    const double metres = holds(part.rings, where) ? 0 : metres_to_border(part.rings, where);
    if (metres > reach_m) continue;
    const auto same = std::find_if(found.begin(), found.end(), [&](const area_at& f) { return f.where == part.where; });
    if (same == found.end()) {
      found.push_back({part.where, metres});
    } else {
      same->metres = std::min(same->metres, metres);
    }
  }
  std::sort(found.begin(), found.end(), [](const area_at& a, const area_at& b) {
    return a.metres != b.metres ? a.metres < b.metres : a.where < b.where;
  });
  return found;
}

std::vector<area_id> outlines::beside(area_id where, double reach_m) const {
  std::vector<area_id> found;
  for (const tree::part& own : tree_->parts) {
    if (own.where != where) continue;
    box reach = bg::return_envelope<box>(own.rings.front());
    const double up = reach_m / metres_a_degree;
    const double across = up / std::max(0.1, std::cos(reach.min_corner().latitude * std::numbers::pi / 180));
    reach = {{reach.min_corner().longitude - across, reach.min_corner().latitude - up},
             {reach.max_corner().longitude + across, reach.max_corner().latitude + up}};
    for (auto at = tree_->boxes.qbegin(bg::index::intersects(reach)); at != tree_->boxes.qend(); ++at) {
      const tree::part& other = tree_->parts[at->second];
      if (other.where == where || std::find(found.begin(), found.end(), other.where) != found.end()) continue;
      // Neighbours share a border, so the first corners already tell; a corner of either may be the nearest.
      const auto comes_near = [&](const tree::part& a, const tree::part& b) {
        return std::any_of(a.rings.front().begin(), a.rings.front().end(), [&](point corner) {
          return holds(b.rings, corner) || metres_to_border(b.rings, corner) <= reach_m;
        });
      };
      if (comes_near(own, other) || comes_near(other, own)) found.push_back(other.where);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string fault_of(const std::vector<ring>& polygon) {
  if (polygon.empty()) return "no ring";
  bg::model::polygon<point> whole;
  for (const ring& each : polygon) {
    if (each.size() < 4) return "a ring of fewer than four points";
    if (!std::all_of(each.begin(), each.end(), on_the_globe)) return "a coordinate that is not on the globe";
  }
  whole.outer().assign(polygon.front().begin(), polygon.front().end());
  for (std::size_t i = 1; i < polygon.size(); ++i) whole.inners().emplace_back(polygon[i].begin(), polygon[i].end());
  bg::correct(whole);
  std::string reason;
  bg::validity_failure_type failure{};
  if (bg::is_valid(whole, failure) || failure == bg::failure_duplicate_points) return {};
  return bg::validity_failure_type_message(failure);
}

}  // namespace bot::geography
