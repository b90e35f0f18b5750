// The page behind the QR code of a paper: "/n/<code>-<version>" says whether its number holds, and nothing private. Who
// guesses learns nothing: unknown names get one answer, every answer waits for the same time, and few are given. Lives
// on the IO thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "bot/conversation/world.hpp"
#include "bot/notices/paper.hpp"
#include "handlers/delivery/bucket.hpp"
#include "handlers/http/router.hpp"
#include "handlers/turns/service.hpp"

namespace handlers {

struct notice_page_options {
  std::chrono::milliseconds answer_after{150};  // the arrival: what the store took does not show
  double per_second = 20, burst = 100;          // of all visitors
  double visitor_per_second = 1, visitor_burst = 30;
  std::size_t most_visitors = 10000;  // remembered; above it those that are rested are forgotten
};

class notice_page {
 public:
  using steady = std::chrono::steady_clock;
  struct surroundings {
    turns::service::poster post;
    std::function<steady::time_point()> now = steady::now;
    std::function<void(steady::time_point)> wake_at;  // call wake() at that time, replacing an earlier wish
  };

  // The references outlive the page, which must be gone before the io_context of its server is.
  notice_page(surroundings, turns::service&, const bot::handbook&, notice_page_options = {});
  void add_to(http::router&);  // the routes live no longer than the page
  void wake();                 // sends the answers whose time has come

 private:
  struct visit {
    steady::time_point due{};
    std::optional<http::response> answer;  // once the store has said
    http::responder to;
  };

  void take(const http::request&, http::responder);
  bool may_ask(const std::string& peer);
  void came(std::uint64_t visit, http::response);
  http::response as_page(const bot::notices::page&) const;
  http::response as_page(int status, std::string_view standing, const bot::notices::page&) const;

  surroundings around_;
  turns::service& service_;
  const bot::handbook& book_;
  notice_page_options options_;
  std::string policy_;  // Content-Security-Policy: the page's own style and nothing else
  delivery::bucket all_;
  std::unordered_map<std::string, delivery::bucket> visitors_;
  std::map<std::uint64_t, visit> waiting_;  // in the order of arrival, and so of `due`
  std::uint64_t last_ = 0;
  std::shared_ptr<bool> here_ = std::make_shared<bool>(true);
};

}  // namespace handlers
