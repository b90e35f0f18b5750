// The HTTP server: HTTP/1.0 and 1.1, kept connections, pipelining, TLS in the process, every resource bounded.
// All of it lives on the one thread that runs the io_context, and only a responder may be used from another thread.
//
// What a request may meet before its handler: 400 malformed, 404, 405 with Allow, what the route's authorise() says,
// 408 too slow, 413 body too large, 417 unknown expectation, 431 header too large, 501 unknown transfer coding, 503
// with Retry-After too many connections or bytes. Those that leave a part of the request unread close the connection.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "handlers/http/router.hpp"

namespace boost::asio {
class io_context;
}

namespace handlers::http {

struct server_options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;    // 0: the system chooses, see server::port()
  std::string tls_certificate;  // PEM files; both or none
  std::string tls_key;

  std::size_t max_header_bytes = 16384;  // request line and fields together
  std::uint64_t max_body_bytes = 4194304;
  std::uint64_t max_bytes_in_flight = 67108864;  // bodies received and not yet answered, over all connections
  std::size_t max_connections = 1024;
  std::size_t max_pipelined = 16;  // requests of one connection that wait for their answer

  // Header: from its first byte to its end; for the first one from the connect on, with the TLS handshake. Body: from
  // the end of the header to its own. Idle: between two requests. Write: for the other end to take an answer. Linger:
  // for the other end to close after our last answer.
  std::chrono::milliseconds header_timeout{10000};
  std::chrono::milliseconds body_timeout{30000};
  std::chrono::milliseconds idle_timeout{75000};
  std::chrono::milliseconds write_timeout{30000};
  std::chrono::milliseconds linger_timeout{2000};

  // Called on the IO thread for each request that reached a handler: from its last byte to its answer. May be empty.
  std::function<void(const route&, std::chrono::microseconds)> timed;
};

struct server_counters {
  std::uint64_t accepted = 0;
  std::uint64_t open = 0;             // connections now
  std::uint64_t requests = 0;         // that reached a handler
  std::uint64_t bytes_in_flight = 0;  // now
  std::uint64_t handler_failures = 0;
  struct {
    std::uint64_t malformed = 0;     // 400, 417, 431, 501
    std::uint64_t unrouted = 0;      // 404, 405
    std::uint64_t unauthorised = 0;  // by a route's authorise()
    std::uint64_t too_large = 0;     // 413
    std::uint64_t too_slow = 0;      // 408, or closed within handshake or write
    std::uint64_t connections = 0;   // 503, above max_connections
    std::uint64_t bytes = 0;         // 503, above max_bytes_in_flight
  } rejected;
};

class server {
 public:
  // Listens and accepts from now on. Throws std::exception with a text for people when the address cannot be taken or
  // TLS cannot be set up.
  server(boost::asio::io_context& io, server_options options, router routes);
  // Closes everything at once. Responders that are still held become harmless.
  ~server();
  server(const server&) = delete;
  server& operator=(const server&) = delete;

  std::uint16_t port() const;
  const server_counters& counters() const;

  void stop_accepting();
  // Stops accepting, closes idle connections, and the others after their answers. Calls done(true) once all are closed,
  // or done(false) after `grace`, having closed the rest. To be called once.
  void drain(std::chrono::milliseconds grace, std::function<void(bool clean)> done);

  // Reads the PEM files again, for connections to come. Returns what is wrong with them and keeps the old ones, or "".
  std::string reload_tls();

 private:
  struct core;
  std::shared_ptr<core> core_;
};

}  // namespace handlers::http
