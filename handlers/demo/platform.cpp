#include "handlers/demo/platform.hpp"

#include <nlohmann/json.hpp>

namespace handlers::demo {

http::response answer_with(int status, const nlohmann::json& body) {
  http::response r;
  r.status = status;
  r.content_type = "application/json";
  r.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return r;
}

}  // namespace handlers::demo
