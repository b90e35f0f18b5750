// The HTTP client: kept connections to one origin, for calls whose fate matters. It never follows a redirect.
// All of it lives on the one thread that runs the io_context.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/http/message.hpp"

namespace boost::asio {
class io_context;
}

namespace handlers::http {

struct client_options {
  std::size_t max_connections = 128;
  std::size_t max_queue = 20000;  // calls that wait for a connection; above: not_sent
  std::size_t max_header_bytes = 16384;
  std::uint64_t max_body_bytes = 33554432;           // of an answer
  std::chrono::milliseconds connect_timeout{10000};  // name, TCP and TLS together
  std::chrono::milliseconds call_timeout{30000};     // from send() to the whole answer
  std::chrono::milliseconds idle_timeout{30000};     // an unused connection is closed: shorter than what servers keep
  std::chrono::seconds name_lifetime{60};            // of a resolved name
  std::string authorities;                           // PEM file of certificates to trust beside the system's
};

struct call {
  verb method = verb::post;
  std::string target;  // appended to the path of the base URL; visible ASCII without spaces
  std::string body;
  std::string content_type;  // empty: no Content-Type field
  std::vector<header> headers;
  std::chrono::milliseconds timeout{0};  // 0: the client's
  std::uint64_t max_body_bytes = 0;      // of the answer; 0: the client's
};

enum class fate : std::uint8_t {
  answered,  // a whole response was received, whatever its status
  not_sent,  // nothing of the call left this process: it can be repeated without harm
  unknown,   // it may have been carried out
};

struct outcome {
  fate what = fate::answered;
  // When not answered, a fixed word for logs: "timeout", "connect", "connect timeout", "resolve", "tls", "reset",
  // "malformed", "too large", "queue full", "bad call", "closing".
  std::string_view reason;
  int status = 0;  // of the answer
  std::string body;
  std::string content_type;
  std::optional<std::chrono::seconds> retry_after;  // of the answer, when given in seconds
};

using completion = std::function<void(outcome)>;

struct origin {
  bool secure = false;
  std::string host;  // without the brackets of an IPv6 address
  std::string port;
  std::string prefix;  // path before every target, without a '/' at its end
};
// Nothing when the text is not http(s)://host[:port][/path].
std::optional<origin> parse_origin(std::string_view url);

class pool;

class client {
 public:
  // Throws std::exception with a text for people when the URL is none or the authorities cannot be read.
  client(boost::asio::io_context& io, std::string_view base_url, client_options options = {});
  // Closes everything at once; completions still owed are destroyed without being called.
  ~client();
  client(const client&) = delete;
  client& operator=(const client&) = delete;

  // The completion is called once, never within send(). A call that a kept connection had lost before its first byte,
  // or a GET or HEAD without any byte of an answer, is repeated once by itself.
  void send(call what, completion done);

  // Takes no further calls; finishes those it has, and tells done(true) when all have their outcome. After `grace` the
  // rest end as not_sent or unknown, then done(false). To be called once.
  void drain(std::chrono::milliseconds grace, std::function<void(bool clean)> done);

  std::size_t connections() const;
  std::size_t waiting() const;  // calls without a connection yet

 private:
  std::shared_ptr<pool> pool_;
};

}  // namespace handlers::http
