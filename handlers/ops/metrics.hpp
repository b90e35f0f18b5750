// Figures for Prometheus. Counts and durations only: no label ever holds a contact, a number or a text.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "handlers/delivery/worker.hpp"
#include "handlers/http/server.hpp"
#include "handlers/media/keeper.hpp"
#include "handlers/turns/service.hpp"

namespace handlers::ops {

class metrics {
 public:
  metrics();
  ~metrics();

  void batch(std::size_t messages, std::chrono::microseconds took);  // from the storage thread
  void submission(std::chrono::microseconds took);                   // from the storage thread
  void request(const http::route&, std::chrono::microseconds took);  // from the IO thread
  // The Prometheus text, with the counters of the other parts as they are now.
  std::string text(const turns::service_figures&, const delivery::worker_figures&, const delivery::budget_figures&,
                   const http::server_counters&, const media::keeper_figures&);

 private:
  struct families;
  std::unique_ptr<families> families_;
};

}  // namespace handlers::ops
