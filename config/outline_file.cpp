#include "config/outline_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace config {
namespace {

using bot::geography::outline;
using bot::geography::point;
using bot::geography::ring;

// Arrays are told apart by their height above the numbers: a position is 0, a ring 1, a polygon 2.
class outline_reader : public nlohmann::json_sax<nlohmann::json> {
 public:
  outline_reader(std::string_view json, std::string_view name, std::vector<std::string>& faults)
      : json_(json), name_(name), faults_(faults) {}

  std::optional<std::vector<outline>> take() { return broken_ ? std::nullopt : std::optional(std::move(outlines_)); }

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t value) override { return number(static_cast<double>(value)); }
  bool number_unsigned(number_unsigned_t value) override { return number(static_cast<double>(value)); }
  bool number_float(number_float_t value, const string_t&) override { return number(value); }
  bool binary(binary_t&) override { return true; }

  bool string(string_t& value) override {
    if (depth_ == in_part && key_ == "code") outline_.code = value;
    return true;
  }

  bool start_object(std::size_t) override {
    if (++depth_ == in_feature) outline_ = {};
    return true;
  }

  bool key(string_t& value) override {
    key_ = value;
    if (depth_ == in_part) coordinates_ = value == "coordinates";
    return true;
  }

  bool end_object() override {
    if (depth_-- == in_feature) finish();
    return true;
  }

  bool start_array(std::size_t) override {
    if (inside_coordinates()) {
      heights_.push_back(0);
      numbers_ = 0;
    }
    return true;
  }

  bool end_array() override {
    if (!inside_coordinates() || heights_.empty()) return true;
    const int height = heights_.back();
    heights_.pop_back();
    if (!heights_.empty()) heights_.back() = height + 1;
    if (height == 0 && numbers_ >= 2) ring_.push_back(point_);
    if (height == 1) {
      polygon_.push_back(std::move(ring_));
      ring_.clear();
    }
    if (height == 2) {
      outline_.polygons.push_back(std::move(polygon_));
      polygon_.clear();
    }
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    const auto line =
        1 +
        std::count(json_.begin(), json_.begin() + static_cast<std::ptrdiff_t>(std::min(position, json_.size())), '\n');
    faults_.push_back(fmt::format("{}:{}: not JSON at byte {} of the file", name_, line, position));
    broken_ = true;
    return false;
  }

 private:
  static constexpr int in_feature = 2;  // depth of objects: the collection, a feature, its geometry or properties
  static constexpr int in_part = 3;

  bool inside_coordinates() const { return depth_ == in_part && coordinates_; }

  bool number(double value) {
    if (!inside_coordinates()) return true;
    if (numbers_ == 0) point_.longitude = value;
    if (numbers_ == 1) point_.latitude = value;
    ++numbers_;
    return true;
  }

  void finish() {
    if (outline_.code.empty()) {
      faults_.push_back(fmt::format("{}: feature {} has no property code", name_, outlines_.size() + 1));
    } else if (outline_.polygons.empty()) {
      faults_.push_back(fmt::format("{}: {} is no Polygon or MultiPolygon", name_, outline_.code));
    }
    outlines_.push_back(std::move(outline_));
    outline_ = {};
  }

  std::string_view json_, name_;
  std::vector<std::string>& faults_;
  bool broken_ = false;
  std::vector<outline> outlines_;
  outline outline_;
  std::vector<ring> polygon_;
  ring ring_;
  point point_;
  std::vector<int> heights_;
  int numbers_ = 0;
  int depth_ = 0;
  std::string key_;
  bool coordinates_ = false;
};

}  // namespace

std::optional<std::vector<outline>> parse_outlines(std::string_view json, std::string_view name,
                                                   std::vector<std::string>& faults) {
  outline_reader each(json, name, faults);
  nlohmann::json::sax_parse(json.begin(), json.end(), &each);
  return each.take();
}

}  // namespace config
