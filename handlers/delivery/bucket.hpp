// A token bucket: `rate` a second, at most `burst` at once. Rate 0 never holds anything back.
#pragma once

#include <algorithm>
#include <chrono>

namespace handlers::delivery {

class bucket {
 public:
  using time = std::chrono::steady_clock::time_point;

  bucket(double rate, double burst) : rate_(rate), burst_(std::max(1.0, burst)), tokens_(std::max(1.0, burst)) {}

  // When there is a token.
  time next(time now) {
    if (rate_ <= 0) return now;
    refill(now);
    return tokens_ >= 1 ? now : now + seconds((1 - tokens_) / rate_);
  }
  // Takes it. To be called once next() has come.
  void take(time now) {
    if (rate_ <= 0) return;
    refill(now);
    tokens_ -= 1;
  }
  // When it will have forgotten all that was taken.
  time full_at(time now) {
    if (rate_ <= 0) return now;
    refill(now);
    return now + seconds((burst_ - tokens_) / rate_);
  }

 private:
  static time::duration seconds(double s) {
    return std::chrono::duration_cast<time::duration>(std::chrono::duration<double>(s));
  }
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
