// A coarse clock that wakes up at a fixed pace. One of it watches all deadlines of a server or client: arming a timer
// for every read would cost more than the read. It rests while nothing needs it, so that io_context::run() can end.
#pragma once

#include <algorithm>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <initializer_list>

namespace handlers::http {

using instant = std::chrono::steady_clock::time_point;
inline constexpr instant never = instant::max();

class ticker {
 public:
  // A quarter of the shortest deadline, between 2 ms and 500 ms.
  static std::chrono::milliseconds pace(std::initializer_list<std::chrono::milliseconds> deadlines) {
    return std::clamp(std::min(deadlines) / 4, std::chrono::milliseconds(2), std::chrono::milliseconds(500));
  }

  ticker(boost::asio::io_context& io, std::chrono::milliseconds pace) : timer_(io.get_executor()), pace_(pace) {}

  // A deadline `span` from now; met up to two ticks late, never early.
  instant after(std::chrono::milliseconds span) const { return now_ + pace_ + span; }

  // Calls `tick(now)` at every tick until it returns false. Nothing happens when it is running already.
  template <class Tick>
  void start(Tick tick) {
    if (running_) return;
    running_ = true;
    now_ = std::chrono::steady_clock::now();
    wait(std::move(tick));
  }
  void stop() { timer_.cancel(); }

 private:
  template <class Tick>
  void wait(Tick tick) {
    timer_.expires_after(pace_);
    timer_.async_wait([this, tick = std::move(tick)](boost::system::error_code error) mutable {
      if (error) return;  // the owner may be gone
      now_ = std::chrono::steady_clock::now();
      running_ = tick(now_);
      if (running_) wait(std::move(tick));
    });
  }

  boost::asio::basic_waitable_timer<std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>,
                                    boost::asio::io_context::executor_type>
      timer_;
  std::chrono::milliseconds pace_;
  instant now_{};
  bool running_ = false;
};

}  // namespace handlers::http
