#include "handlers/parsed.hpp"

#include <cmath>

#include "handlers/untrusted_json.hpp"
#include "handlers/utf8.hpp"

namespace handlers {

bool read_body(std::string_view body, nlohmann::json& into, parsed& out) {
  switch (read_json(body, into)) {
    case json_fault::none: return true;
    case json_fault::not_json: out.what = parsed::status::not_json; break;
    default: out.what = parsed::status::unknown_shape;
  }
  return false;
}

bot::instant instant_of_seconds(std::int64_t seconds) {
  constexpr std::int64_t end_of_9999 = 253402300799;
  return seconds > 0 && seconds <= end_of_9999 ? bot::from_millis(seconds * 1000) : bot::instant{};
}

std::optional<bot::said::pin> pin_at(std::optional<double> latitude, std::optional<double> longitude,
                                     std::string_view name, std::string_view address) {
  if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180) return std::nullopt;
  bot::said::pin pin;
  pin.latitude = *latitude;
  pin.longitude = *longitude;
  const std::string both = std::string(name) + (name.empty() || address.empty() ? "" : ", ") + std::string(address);
  pin.title = first_bytes(both, bot::limits::name_bytes);
  return pin;
}

}  // namespace handlers
