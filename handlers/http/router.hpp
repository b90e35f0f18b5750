// Which handler a request goes to. Filled at start, constant afterwards.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/http/message.hpp"

namespace handlers::http {

struct route {
  verb method = verb::get;  // get serves HEAD as well
  std::string path;         // compared as a whole; with a '*' at its end: as a prefix
  // Answers now or later; what it throws is logged by type only and answered 500.
  std::function<void(request, responder)> handle;
  // Judges the head before the body is read: an answer refuses the request and closes the connection. Empty: everybody
  // may.
  std::function<std::optional<response>(const request& head)> authorise = nullptr;
};

class router {
 public:
  void add(route added) { routes_.push_back(std::move(added)); }

  struct match {
    const route* found = nullptr;
    std::string allowed;  // when nothing was found: the methods that this path knows ("GET, HEAD"), empty if none
  };
  match find(verb method, std::string_view path) const;

 private:
  std::vector<route> routes_;
};

}  // namespace handlers::http
