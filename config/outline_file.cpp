#include "config/outline_file.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace config {
namespace {

using bot::geography::outline;
using bot::geography::point;
using bot::geography::ring;

// Arrays are told apart by their height above the numbers: a position is 0, a ring 1, a polygon 2.
class reader : public nlohmann::json_sax<nlohmann::json> {
 public:
  reader(std::string_view name, std::vector<std::string>& faults) : x_name(name), x_faults(faults) {}

  std::vector<outline> take() { return std::move(x_outlines); }

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t value) override { return number(static_cast<double>(value)); }
  bool number_unsigned(number_unsigned_t value) override { return number(static_cast<double>(value)); }
  bool number_float(number_float_t value, const string_t&) override { return number(value); }
  bool binary(binary_t&) override { return true; }

  bool string(string_t& value) override {
    if (x_depth == in_part && x_key == "code") x_outline.code = value;
    return true;
  }

  bool start_object(std::size_t) override {
    if (++x_depth == in_feature) x_outline = {};
    return true;
  }

  bool key(string_t& value) override {
    x_key = value;
    if (x_depth == in_part) x_coordinates = value == "coordinates";
    return true;
  }

  bool end_object() override {
    if (x_depth-- == in_feature) finish();
    return true;
  }

  bool start_array(std::size_t) override {
    if (inside_coordinates()) {
      x_heights.push_back(0);
      x_numbers = 0;
    }
    return true;
  }

  bool end_array() override {
    if (!inside_coordinates() || x_heights.empty()) return true;
    const int height = x_heights.back();
    x_heights.pop_back();
    if (!x_heights.empty()) x_heights.back() = height + 1;
    if (height == 0 && x_numbers >= 2) x_ring.push_back(x_point);
    if (height == 1) {
      x_polygon.push_back(std::move(x_ring));
      x_ring.clear();
    }
    if (height == 2) {
      x_outline.polygons.push_back(std::move(x_polygon));
      x_polygon.clear();
    }
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    x_faults.push_back(fmt::format("{}: not JSON at byte {}", x_name, position));
    return false;
  }

 private:
  static constexpr int in_feature = 2;  // depth of objects: the collection, a feature, its geometry or properties
  static constexpr int in_part = 3;

  bool inside_coordinates() const { return x_depth == in_part && x_coordinates; }

  bool number(double value) {
    if (!inside_coordinates()) return true;
    if (x_numbers == 0) x_point.longitude = value;
    if (x_numbers == 1) x_point.latitude = value;
    ++x_numbers;
    return true;
  }

  void finish() {
    if (x_outline.code.empty()) {
      x_faults.push_back(fmt::format("{}: feature {} has no property code", x_name, x_outlines.size() + 1));
    } else if (x_outline.polygons.empty()) {
      x_faults.push_back(fmt::format("{}: {} is no Polygon or MultiPolygon", x_name, x_outline.code));
    }
    x_outlines.push_back(std::move(x_outline));
    x_outline = {};
  }

  std::string_view x_name;
  std::vector<std::string>& x_faults;
  std::vector<outline> x_outlines;
  outline x_outline;
  std::vector<ring> x_polygon;
  ring x_ring;
  point x_point;
  std::vector<int> x_heights;
  int x_numbers = 0;
  int x_depth = 0;
  std::string x_key;
  bool x_coordinates = false;
};

}  // namespace

std::vector<outline> parse_outlines(std::string_view json, std::string_view name, std::vector<std::string>& faults) {
  reader each(name, faults);
  nlohmann::json::sax_parse(json.begin(), json.end(), &each);
  return each.take();
}

}  // namespace config
