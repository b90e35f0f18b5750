// Answers of public pages with random addresses, so that who guesses learns nothing: every answer waits for the same
// time, and few are given. Lives on the IO thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "handlers/delivery/bucket.hpp"
#include "handlers/http/message.hpp"
#include "handlers/turns/service.hpp"

namespace handlers {

struct even_answer_options {
  std::chrono::milliseconds answer_after{150};  // the arrival: what the store took does not show
  double per_second = 20, burst = 100;          // of all visitors
  double visitor_per_second = 1, visitor_burst = 30;
  std::size_t most_visitors = 10000;  // remembered; above it those that are rested are forgotten
};

class even_answers {
 public:
  using steady = std::chrono::steady_clock;
  struct surroundings {
    turns::service::poster post;
    std::function<steady::time_point()> now = steady::now;
    std::function<void(steady::time_point)> wake_at;  // call wake() at that time, replacing an earlier wish
  };

  even_answers(surroundings, even_answer_options);

  std::uint64_t arrive(http::responder);           // to be answered by came()
  bool may_ask(const std::string& peer);           // false: too often; counts the asking
  void came(std::uint64_t visit, http::response);  // leaves when its time has come
  void wake();                                     // sends the answers whose time has come
  const turns::service::poster& post() const { return around_.post; }

 private:
  struct visit {
    steady::time_point due{};
    std::optional<http::response> answer;  // once the store has said
    http::responder to;
  };

  surroundings around_;
  even_answer_options options_;
  delivery::bucket all_;
  std::unordered_map<std::string, delivery::bucket> visitors_;
  std::map<std::uint64_t, visit> waiting_;  // in the order of arrival, and so of `due`
  std::uint64_t last_ = 0;
};

}  // namespace handlers
