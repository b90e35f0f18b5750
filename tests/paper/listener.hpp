// Takes the answer of a handler, as the server would.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "handlers/http/message.hpp"

namespace paper_test {

struct listener final : handlers::http::answer_target {
  void answer(std::shared_ptr<handlers::http::answer_target>, std::uint64_t, handlers::http::response a) override {
    got = std::move(a);
    came = true;
  }
  handlers::http::response got;
  bool came = false;
};

}  // namespace paper_test
