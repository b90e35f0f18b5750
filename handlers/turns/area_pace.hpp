// How many messages a minute one ward may send before its answers slow down. The answers then leave at that rate, later
// and later, at most two minutes; nothing is refused, and what is urgent is not asked. Belongs to one storage thread.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <unordered_map>

#include "bot/moment.hpp"

namespace handlers::turns {

class area_pace {
 public:
  explicit area_pace(double a_minute) : most_(a_minute) {}  // 0: no limit

  // One more message about this ward: how long its answers wait.
  std::chrono::milliseconds delay(const std::string& ward, bot::instant now) {
    using std::chrono::milliseconds;
    if (most_ <= 0 || ward.empty()) return milliseconds{0};
    if (counted_.size() > most_wards) std::erase_if(counted_, [&](const auto& one) { return one.second <= now; });
    bot::instant& until = counted_[ward];
    until = std::max(until, now) + milliseconds(static_cast<std::int64_t>(60000 / most_));
    return std::clamp<milliseconds>(until - now - std::chrono::minutes(1), milliseconds{0}, std::chrono::minutes(2));
  }

 private:
  static constexpr std::size_t most_wards = 1000;
  double most_;
  std::unordered_map<std::string, bot::instant> counted_;  // when the messages so far would be over at the rate
};

}  // namespace handlers::turns
