// One kept connection of the client. Not part of the seam: only pool.hpp and connection.cpp include it.
// Callbacks for the reason given in session.hpp; it is always being read, so that its end is noticed while it is idle.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "handlers/http/client.hpp"
#include "handlers/http/parser.hpp"
#include "handlers/http/ticker.hpp"
#include "handlers/http/wire.hpp"

namespace handlers::http {

struct job {
  call what;
  completion done;
  instant deadline = never;
  bool repeated = false;
};

class pool;

class connection : public std::enable_shared_from_this<connection> {
 public:
  connection(std::shared_ptr<pool> owner, asio::io_context& io, instant connect_deadline);

  void connect(std::vector<asio::ip::tcp::endpoint> endpoints);
  void start(job next);
  void rest(instant deadline) { deadline_ = deadline; }  // idle until then
  void expire(instant now);
  void abandon(std::string_view reason);  // ends with whatever fate its call has, closes
  void close();

 private:
  void try_next();
  void shake_hands();
  void fail_connect(std::string_view reason);
  void established();
  void on_write_failed(std::size_t written);
  void read();
  void on_read(error_code error, std::size_t bytes);
  void parse();
  void lost(std::string_view reason);
  void expect_answer();
  void finish();
  void fail(fate what, std::string_view reason);

  std::shared_ptr<pool> pool_;
  wire wire_;
  std::vector<asio::ip::tcp::endpoint> endpoints_;
  std::size_t next_endpoint_ = 0;
  std::optional<job> job_;
  std::optional<response_parser> parser_;
  beast::flat_buffer in_;
  std::string out_;
  instant deadline_;
  bool open_ = true;
  bool connecting_ = true;
  bool used_ = false;  // has carried a call before this one
  bool reading_ = false;
  bool writing_ = false;
  bool broken_ = false;     // writing failed half-way; an early answer may still come
  bool answering_ = false;  // a byte of the answer was seen
};

}  // namespace handlers::http
