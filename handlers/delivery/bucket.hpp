// A token bucket: `rate` a second, at most `burst` at once. Rate 0 never holds anything back.
#pragma once

#include <algorithm>
#include <chrono>

namespace handlers::delivery {

class bucket {
 public:
  using time = std::chrono::steady_clock::time_point;

  bucket(double rate, double burst) : rate_(rate), burst_(std::max(1.0, burst)), tokens_(std::max(1.0, burst)) {}

  // Takes one token, or says when there will be one.
  bool take(time now) {
    if (rate_ <= 0) return true;
    refill(now);
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }
  time next(time now) {
    if (rate_ > 0) refill(now);
    const double missing = 1 - tokens_;
    return rate_ <= 0 || missing <= 0
               ? now
               : now + std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(missing / rate_));
  }
  // When it will have forgotten all that was taken.
  time full_at(time now) {
    if (rate_ > 0) refill(now);
    return rate_ <= 0 ? now : now + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                        std::chrono::duration<double>(std::max(0.0, burst_ - tokens_) / rate_));
  }

 private:
  void refill(time now) {
    if (last_ != time{} && now > last_)
      tokens_ = std::min(burst_, tokens_ + rate_ * std::chrono::duration<double>(now - last_).count());
    last_ = std::max(last_, now);
  }
  double rate_;
  double burst_;
  double tokens_;
  time last_{};
};

}  // namespace handlers::delivery
