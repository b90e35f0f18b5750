// The kept connections of one client and the calls that wait for one. Not part of the seam: only client.cpp, pool.cpp
// and connection.cpp include it.
#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/http/client.hpp"
#include "handlers/http/connection.hpp"
#include "handlers/http/ticker.hpp"

namespace handlers::http {

class pool : public std::enable_shared_from_this<pool> {
 public:
  pool(asio::io_context& io, origin to, client_options options);

  void send(call what, completion done);
  void drain(std::chrono::milliseconds grace, std::function<void(bool clean)> done);
  void close();  // at once and for good: no completion is called any more
  std::size_t connections() const { return connections_.size(); }
  std::size_t waiting() const { return queue_.size(); }

  // What a connection tells.
  void connected(const std::shared_ptr<connection>& ready);
  void connect_failed(std::string_view reason);
  void release(const std::shared_ptr<connection>& ready);  // has its answer and can be used again
  void repeat(job lost);
  void leave(const connection& closed);

  const client_options options;
  const origin to;
  const std::string fields;                       // Host and User-Agent, ready to send
  const std::shared_ptr<asio::ssl::context> tls;  // null: plain

 private:
  using endpoints = std::vector<asio::ip::tcp::endpoint>;
  using resolver = asio::ip::basic_resolver<asio::ip::tcp, asio::io_context::executor_type>;
  using timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                                           asio::io_context::executor_type>;

  void decline(completion done, std::string_view reason);
  void pump();
  void settle();
  void settle_soon();
  void with_endpoints(const std::shared_ptr<connection>& opened);
  void resolved(error_code error, const resolver::results_type& found);
  bool sweep(instant now);
  void end_drain();

  asio::io_context& io_;
  resolver names_;
  timer grace_;
  ticker clock_;
  std::deque<job> queue_;
  std::vector<std::shared_ptr<connection>> connections_;
  std::vector<std::shared_ptr<connection>> idle_;
  std::vector<std::shared_ptr<connection>> unresolved_;  // wait for the name
  std::size_t connecting_ = 0;
  endpoints known_;
  instant known_until_ = instant::min();
  bool closing_ = false;  // takes no further calls
  bool closed_ = false;
  std::function<void(bool)> drained_;
};

}  // namespace handlers::http
