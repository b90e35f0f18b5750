// Reading JSON that nobody has vouched for: nothing here throws, whatever the bytes are, and a value of the wrong type
// reads like one that is not there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace handlers {

inline constexpr std::size_t deepest_json = 64;  // four times what the platforms send

enum class json_fault : std::uint8_t { none, not_json, too_deep };

// Parses `bytes` into `value`. What a strict parser would refuse though the platform meant it is mended first: invalid
// UTF-8, lone surrogate escapes and NUL become U+FFFD, numbers beyond a double become null.
json_fault read_json(std::string_view bytes, nlohmann::json& value);

// The member, or null: `from` may be anything.
const nlohmann::json& field(const nlohmann::json& from, const char* name);

// "" unless a string. NUL becomes U+FFFD; cut to whole characters within `most_bytes`.
std::string text_of(const nlohmann::json& value, std::size_t most_bytes);

// An id is a non-empty string of at most bot::limits::id_bytes, or an integer (then in decimal); else "".
std::string id_of(const nlohmann::json& value);

std::optional<std::int64_t> integer_of(const nlohmann::json& value);
std::optional<double> number_of(const nlohmann::json& value);
bool is_true(const nlohmann::json& value);

}  // namespace handlers
