// A server with routes for every kind of handler, and clients that say what a test wants.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

#include "handlers/http/server.hpp"
#include "tests/http/sockets.hpp"

namespace http_test {

using namespace handlers::http;

inline std::string post(std::string_view path, std::string_view body, std::string_view more = {}) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n" + std::string(more) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

inline std::string get(std::string_view path) { return "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n"; }

class HttpServer : public testing::Test {
 protected:
  HttpServer() { options.port = 0; }
  ~HttpServer() override {
    thread.on([this] {
      held.clear();
      served.reset();
    });
  }

  // /echo answers at once, /hold when the test says so, /secret needs its header.
  void serve() {
    router routes;
    auto echo = [](request r, responder answer) {
      answer({200, std::move(r.body), "text/plain", {{"X-Target", r.target}, {"X-Peer", r.peer}}});
    };
    auto hold = [this](request, responder answer) {
      held.push_back(std::move(answer));
      most_held = std::max(most_held, held.size());
    };
    auto secret = [](const request& head) -> std::optional<response> {
      if (head.fields["x-secret"] == "s3cret") return std::nullopt;
      return response{401, "no", {}, {}};
    };
    auto fail = [](request r, responder) -> void { throw std::runtime_error("cannot read " + r.body); };
    auto forget = [](request, responder) {};
    auto twice = [](request, responder answer) {
      answer({200, "first", {}, {}});
      answer({200, "second", {}, {}});
    };
    routes.add({verb::get, "/echo", echo});
    routes.add({verb::post, "/echo", echo});
    routes.add({verb::post, "/hold", hold});
    routes.add({verb::post, "/secret", echo, secret});
    routes.add({verb::post, "/fail", fail});
    routes.add({verb::post, "/forget", forget});
    routes.add({verb::post, "/twice", twice});
    routes.add({verb::get, "/files/*", echo});
    thread.on([&] { served.emplace(thread.io, options, std::move(routes)); });
  }

  peer connect() { return peer::connect(served->port()); }
  server_counters counters() {
    return thread.on([this] { return served->counters(); });
  }
  bool holding(std::size_t count) {
    return thread.until([this, count] { return held.size() == count; });
  }
  void answer_held(std::size_t which, std::string body) {
    thread.on([&] { held.at(which)({200, std::move(body), {}, {}}); });
  }
  std::string ask(std::string_view bytes) {
    auto asking = connect();
    asking.send(bytes);
    return asking.read_message();
  }

  io_thread thread;
  server_options options;
  std::optional<server> served;
  std::vector<responder> held;  // on the IO thread only
  std::size_t most_held = 0;
};

}  // namespace http_test
