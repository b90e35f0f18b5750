// One connection of the server. Not part of the seam: only server.cpp and session.cpp include it.
//
// Callbacks instead of the house's coroutines: reading, answers from elsewhere, writing and closing overlap here
// (pipelining, late answers, a client that leaves). Coroutines would need two of them for each connection and a wake-up
// for each answer.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "handlers/http/parser.hpp"
#include "handlers/http/server.hpp"
#include "handlers/http/ticker.hpp"
#include "handlers/http/wire.hpp"

namespace handlers::http {

class session;

// What the connections of one server share. Outlives the server while a responder holds a connection.
struct session_host {
  session_host(asio::io_context& context, server_options chosen, router table);
  std::list<session*>::iterator join(session& joining);
  void leave(std::list<session*>::iterator place);

  asio::io_context& io;
  const server_options options;
  const router routes;
  server_counters counters;
  ticker clock;
  std::list<session*> sessions;
  bool draining = false;
  std::function<void()> emptied;  // called when the last connection is closed
};

class session final : public answer_target, public std::enable_shared_from_this<session> {
 public:
  session(std::shared_ptr<session_host> host, tcp_socket socket);
  ~session() override;

  void start(std::shared_ptr<asio::ssl::context> tls);  // null: plain
  void refuse_connection();  // 503, over the cap; plain connections only, under TLS it just closes
  void answer(std::shared_ptr<answer_target> self, std::uint64_t exchange, response answer) override;
  void drain();
  void expire(instant now);
  void close();

 private:
  // A request whose answer is not yet written, in the order of arrival.
  struct slot {
    std::uint64_t exchange;
    std::uint64_t body_bytes;
    bool keep_alive;
    bool old_version;  // HTTP/1.0
    bool head;
    bool ready = false;
    response answer{};
    const route* handled_by = nullptr;  // null: it was refused before a handler saw it
    instant since = never;
  };

  void read();
  void on_read(error_code error, std::size_t bytes);
  void parse();
  bool parse_some();
  void judge_head();
  std::optional<response> authorise(const request& head);
  void expect_body(const request& head);
  void dispatch();
  void reject(std::uint64_t& counter, response answer);
  void refuse(std::uint64_t& counter, response answer);
  slot& push_slot();
  void settle(std::uint64_t exchange, response answer);
  void flush();
  void on_written();
  void begin_linger();
  void stop_reading();
  void account_body();
  void release_body();
  void set_idle_deadline();

  std::shared_ptr<session_host> host_;
  wire wire_;
  std::list<session*>::iterator place_;
  std::string peer_;

  beast::flat_buffer in_;
  std::optional<request_parser> parser_;  // there is one while a request is partly read
  const route* route_ = nullptr;
  std::uint64_t body_accounted_ = 0;  // of the request that is being read
  bool head_judged_ = false;
  bool continue_due_ = false;  // 100 Continue is to be sent once earlier answers are written

  std::vector<slot> slots_;
  std::uint64_t next_exchange_ = 0;
  std::string out_;

  bool open_ = true;
  bool reading_ = false;
  bool parsing_ = false;
  bool writing_ = false;
  bool no_more_ = false;  // no further request is taken; what still comes is thrown away
  bool last_ = false;     // what is being written is the last answer
  bool lingering_ = false;
  bool shaking_hands_ = false;
  bool received_ = false;  // at least one request began
  std::size_t thrown_away_ = 0;
  instant read_deadline_ = never;
  instant write_deadline_ = never;
};

}  // namespace handlers::http
