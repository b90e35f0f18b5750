// Time as the whole project counts it: UTC, in milliseconds. Local time exists only where people read or write it.
#pragma once

#include <chrono>
#include <cstdint>

namespace bot {

using instant = std::chrono::sys_time<std::chrono::milliseconds>;

inline std::int64_t to_millis(instant t) { return t.time_since_epoch().count(); }
inline instant from_millis(std::int64_t ms) { return instant{std::chrono::milliseconds{ms}}; }

}  // namespace bot
