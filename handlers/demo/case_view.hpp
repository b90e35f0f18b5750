// The inner life of cases, for the panel beside the chats: what the store knows, in words for people.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bot/conversation/world.hpp"
#include "handlers/demo/cast.hpp"
#include "storage/store.hpp"

namespace handlers::demo {

struct inner_life {
  struct one {
    bot::cases::report report;
    std::vector<bot::cases::report_event> events;
  };
  std::vector<one> cases;  // newest first
  std::map<std::string, std::int64_t> outbox;
  std::map<std::int64_t, std::string> addresses;  // of the contacts that act in the cases
  std::optional<bot::instant> next_timer;
};

inner_life read_inner_life(storage::store&);  // on the storage thread

// JSON for the page: {"cases": […], "outbox": {…}, "next": ms or null}. The reporter is nobody in particular in it.
std::string describe(const inner_life&, const bot::handbook&, const cast&);

}  // namespace handlers::demo
