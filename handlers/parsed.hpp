// What a channel's parser makes of one webhook body.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/inbound.hpp"

namespace handlers {

struct parsed {
  enum class status : std::uint8_t {
    ok,             // read; `items` may well be empty: what nobody needs is left out
    not_json,       // answer 400
    unknown_shape,  // authentic JSON that cannot be read at all: keep the bytes as a dead letter, answer 200
  };
  status what = status::ok;
  std::vector<bot::inbound> items;  // in the order of the body
  std::vector<std::string> dead;    // places of elements that cannot be read ("entry[0].changes[1]"); the caller keeps
                                    // the bytes of the body and answers 200
  std::vector<int> errors;          // codes of the platform's complaints about the account itself
};

// Reads a body as JSON; false: it is none that can be read, and out.what says so.
bool read_body(std::string_view body, nlohmann::json& into, parsed& out);

// Seconds since 1970 as the platforms send them; instant{} (1970) stands for "not told": take the time of arrival.
bot::instant instant_of_seconds(std::int64_t seconds);

// A place with the title "name, address"; nullopt when it is not on the globe.
std::optional<bot::said::pin> pin_at(std::optional<double> latitude, std::optional<double> longitude,
                                     std::string_view name, std::string_view address);

}  // namespace handlers
