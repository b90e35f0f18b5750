// The running service: webhooks, turns, delivery, metrics, put together and taken apart in order. Everything but the
// storage thread lives on the thread that runs the io_context.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "bot/conversation/world.hpp"
#include "config/settings.hpp"
#include "handlers/turns/service.hpp"
#include "storage/media_files.hpp"
#include "storage/store.hpp"

namespace boost::asio {
class io_context;
}

namespace handlers {

namespace http {
class router;
}

struct app_options {
  turns::service::clock now;                       // empty: the system's clock
  std::function<void(http::router&)> more_routes;  // beside the webhooks: the demo's pages
  std::chrono::milliseconds drain_budget{15000};   // of a stop, for everything
  storage::media_files* media = nullptr;           // outlives the app; null: files that people send stay wished for
};

class app {
 public:
  // Opens the listeners last: when this returns, the service is ready. Throws std::exception with a text for people.
  // All references outlive the app.
  app(boost::asio::io_context&, const config::settings&, const bot::handbook&, storage::store&, app_options = {});
  ~app();
  app(const app&) = delete;
  app& operator=(const app&) = delete;

  std::uint16_t port() const;
  turns::service& turns();

  // Not ready, stop accepting, answer what was accepted, send what can be sent, join the storage thread. `done` is
  // called on the IO thread once all is over; within the budget, however slow the platforms are.
  void stop(std::function<void()> done);
  void reload_tls();

 private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace handlers
