// One message on its way to a platform. For worker.cpp and outcome.cpp alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "handlers/delivery/worker.hpp"

namespace handlers::delivery {

struct worker::attempt {
  storage::outbox_item item;
  rendered message;
  std::vector<call> calls;
  std::size_t at = 0;
  bool changed_once = false;  // send_differently is followed once
  std::string moved_to;       // and so is moved_away
  std::string provider_id;    // of the last message that came into being
  price costs = price::free;  // of the call that is under way
  std::string counter;        // what the calls that were taken have counted
  std::int64_t counted = 0;
  line* of = nullptr;
};

}  // namespace handlers::delivery
