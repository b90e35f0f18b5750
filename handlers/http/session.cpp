#include "handlers/http/session.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <iterator>
#include <typeinfo>

#include "handlers/http/bytes.hpp"

namespace handlers::http {
namespace {

constexpr std::size_t read_piece = 4096;         // holds a webhook's usual request
constexpr std::size_t large_read_piece = 65536;  // within a large body
constexpr std::size_t max_thrown_away = 1048576;
constexpr std::size_t kept_capacity = 65536;  // of buffers that a quiet connection may keep

response plain(int status) { return {status, {}, {}, {}}; }
response busy() { return {503, {}, {}, {{"Retry-After", "1"}}}; }

}  // namespace

session_host::session_host(asio::io_context& context, server_options chosen, router table)
    : io(context),
      options(std::move(chosen)),
      routes(std::move(table)),
      clock(context, ticker::pace({options.header_timeout, options.body_timeout, options.idle_timeout,
                                   options.write_timeout, options.linger_timeout})) {}

std::list<session*>::iterator session_host::join(session& joining) {
  sessions.push_back(&joining);
  counters.open = sessions.size();
  return std::prev(sessions.end());
}

void session_host::leave(std::list<session*>::iterator place) {
  sessions.erase(place);
  counters.open = sessions.size();
  if (sessions.empty() && emptied) emptied();
}

session::session(std::shared_ptr<session_host> host, tcp_socket socket)
    : host_(std::move(host)), wire_(std::move(socket)), in_(host_->options.max_header_bytes + 2 * large_read_piece) {
  error_code ignored;
  const auto other = wire_.socket().remote_endpoint(ignored);
  if (!ignored) peer_ = other.address().to_string();
  wire_.prepare();
  place_ = host_->join(*this);
}

session::~session() {
  close();
  for (const slot& s : slots_) host_->counters.bytes_in_flight -= s.body_bytes;
}

void session::start(std::shared_ptr<asio::ssl::context> tls) {
  read_deadline_ = host_->clock.after(host_->options.header_timeout);
  if (!tls) return read();
  wire_.secure(*tls);
  shaking_hands_ = true;
  auto shaken = [self = shared_from_this()](error_code error) {
    self->shaking_hands_ = false;
    if (error) return self->close();
    self->read();
  };
  wire_.handshake(asio::ssl::stream_base::server, std::move(shaken));
}

void session::refuse_connection() {
  refuse(host_->counters.rejected.connections, busy());
  read();
}

// ---- reading ----

void session::read() {
  if (reading_ || !open_) return;
  reading_ = true;
  const bool large = parser_ && head_judged_ && parser_->content_length_remaining().value_or(0) > read_piece;
  const std::size_t room = in_.max_size() - in_.size();
  const auto space = in_.prepare(std::min(room, large ? large_read_piece : read_piece));
  wire_.read_some(space,
                  [self = shared_from_this()](error_code error, std::size_t bytes) { self->on_read(error, bytes); });
}

void session::on_read(error_code error, std::size_t bytes) {
  reading_ = false;
  if (!open_) return;
  if (error) {
    // Half closed: whoever has sent all that he wants may still wait for the answers.
    if (error == asio::error::eof && !lingering_) return stop_reading();
    return close();
  }
  if (no_more_) {
    thrown_away_ += bytes;
    if (thrown_away_ > max_thrown_away) return close();
    return read();
  }
  in_.commit(bytes);
  parse();
}

// Takes requests out of the buffer until it is empty, the pipeline is full or the connection takes no more.
void session::parse() {
  if (parsing_) return;  // an answer given within a handler: the loop below goes on by itself
  parsing_ = true;
  while (open_ && !no_more_ && in_.size() > 0 && slots_.size() < host_->options.max_pipelined && parse_some()) {
  }
  parsing_ = false;
  if (!open_) return;
  if (no_more_) {
    in_.consume(in_.size());
  } else {
    if (in_.size() == 0 && in_.capacity() > kept_capacity && !parser_) in_.shrink_to_fit();
    set_idle_deadline();
    if (!parser_ && slots_.size() >= host_->options.max_pipelined) return;  // read on when answers have left
  }
  read();
}

// One step of the parser; false when it needs more bytes.
bool session::parse_some() {
  if (!parser_) {
    parser_.emplace(host_->options.max_header_bytes, host_->options.max_body_bytes);
    head_judged_ = false;
    if (received_) read_deadline_ = host_->clock.after(host_->options.header_timeout);
    received_ = true;
  }
  error_code error;
  const std::size_t used = parser_->put(in_.data(), error);
  in_.consume(used);
  account_body();
  auto& rejected = host_->counters.rejected;
  if (error == beast_http::error::need_more) {
    error = {};
    const bool stuck = used == 0 && in_.size() == in_.max_size();
    if (stuck) refuse(rejected.malformed, plain(400));
    if (used == 0) return false;
  }
  if (error == beast_http::error::header_limit) {
    refuse(rejected.malformed, plain(431));
  } else if (error == beast_http::error::body_limit) {
    refuse(rejected.too_large, plain(413));
  } else if (error) {
    refuse(rejected.malformed, plain(400));
  } else if (parser_->is_header_done() && !head_judged_) {
    judge_head();
  }
  if (!parser_) return true;  // it has its answer
  if (body_accounted_ > 0 && host_->counters.bytes_in_flight > host_->options.max_bytes_in_flight) {
    refuse(rejected.bytes, busy());
  } else if (parser_->is_done()) {
    dispatch();
  }
  return true;
}

// Everything that can be said about a request before its body.
void session::judge_head() {
  head_judged_ = true;
  auto& rejected = host_->counters.rejected;
  request& head = parser_->get();
  if (parser_->modern() && head.fields["Host"].empty()) return refuse(rejected.malformed, plain(400));
  if (!head.fields["Transfer-Encoding"].empty() && !parser_->chunked()) return refuse(rejected.malformed, plain(501));

  const auto match = host_->routes.find(head.method, head.path());
  if (!match.found) {
    response answer = plain(match.allowed.empty() ? 404 : 405);
    if (!match.allowed.empty()) answer.headers.push_back({"Allow", match.allowed});
    return reject(rejected.unrouted, std::move(answer));
  }
  route_ = match.found;
  head.peer = peer_;
  if (auto refusal = authorise(head)) return reject(rejected.unauthorised, std::move(*refusal));
  if (!parser_->is_done()) expect_body(head);
}

std::optional<response> session::authorise(const request& head) {
  if (!route_->authorise) return std::nullopt;
  try {
    return route_->authorise(head);
  } catch (const std::exception& failure) {
    spdlog::error("http: authorising {} failed: {}", route_->path, typeid(failure).name());
    ++host_->counters.handler_failures;
    return plain(500);
  }
}

void session::expect_body(const request& head) {
  const auto& options = host_->options;
  auto& counters = host_->counters;
  const std::uint64_t length = parser_->content_length().value_or(0);
  if (length > options.max_body_bytes) return refuse(counters.rejected.too_large, plain(413));
  if (counters.bytes_in_flight + length > options.max_bytes_in_flight) return refuse(counters.rejected.bytes, busy());
  read_deadline_ = host_->clock.after(options.body_timeout);
  const auto expectation = head.fields["Expect"];
  if (expectation.empty() || !parser_->modern()) return;
  if (!beast::iequals({expectation.data(), expectation.size()}, "100-continue"))
    return refuse(counters.rejected.malformed, plain(417));
  continue_due_ = in_.size() == 0;  // with the body already here nobody waits
  flush();
}

void session::dispatch() {
  slot& asked = push_slot();
  asked.handled_by = route_;
  if (host_->options.timed) asked.since = std::chrono::steady_clock::now();
  const std::uint64_t exchange = asked.exchange;
  request taken = std::move(parser_->get());
  parser_.reset();
  ++host_->counters.requests;
  responder respond(shared_from_this(), exchange);
  // The responder answers 500 on its way out. Only the type is logged: a failure's text may quote what a resident
  // wrote.
  try {
    route_->handle(std::move(taken), std::move(respond));
  } catch (const std::exception& failure) {
    spdlog::error("http: {} failed: {}", route_->path, typeid(failure).name());
    ++host_->counters.handler_failures;
  } catch (...) {
    spdlog::error("http: {} failed", route_->path);
    ++host_->counters.handler_failures;
  }
}

// Answers the request that is being read. The connection is kept when nothing of the request is left unread.
void session::reject(std::uint64_t& counter, response answer) {
  if (!parser_->is_done()) return refuse(counter, std::move(answer));
  ++counter;
  const std::uint64_t exchange = push_slot().exchange;
  parser_.reset();
  settle(exchange, std::move(answer));
}

// Answers, and takes nothing more from this connection.
void session::refuse(std::uint64_t& counter, response answer) {
  ++counter;
  slot& last = push_slot();
  last.keep_alive = false;
  no_more_ = true;
  continue_due_ = false;
  parser_.reset();
  read_deadline_ = never;
  settle(last.exchange, std::move(answer));
}

session::slot& session::push_slot() {
  slot added{next_exchange_++, body_accounted_, true, false, false};
  body_accounted_ = 0;
  if (parser_ && parser_->is_header_done()) {
    added.keep_alive = parser_->keep_alive();
    added.old_version = !parser_->modern();
    added.head = parser_->get().method == verb::head;
  }
  if (host_->draining) added.keep_alive = false;
  if (!added.keep_alive) no_more_ = true;
  return slots_.emplace_back(std::move(added));
}

void session::account_body() {
  const std::uint64_t now = parser_->get().body.size();
  host_->counters.bytes_in_flight += now - body_accounted_;
  body_accounted_ = now;
}

void session::release_body() {
  host_->counters.bytes_in_flight -= body_accounted_;
  body_accounted_ = 0;
}

void session::set_idle_deadline() {
  if (parser_) return;
  if (!slots_.empty()) {
    read_deadline_ = never;
  } else if (received_) {
    read_deadline_ = host_->clock.after(host_->options.idle_timeout);
  }
}

// ---- answering ----

void session::answer(std::shared_ptr<answer_target> self, std::uint64_t exchange, response answer) {
  if (host_->io.get_executor().running_in_this_thread()) return settle(exchange, std::move(answer));
  auto later = [this, self = std::move(self), exchange, answer = std::move(answer)]() mutable {
    settle(exchange, std::move(answer));
  };
  asio::post(host_->io, std::move(later));
}

void session::settle(std::uint64_t exchange, response answer) {
  const auto found = std::find_if(slots_.begin(), slots_.end(), [&](const slot& s) { return s.exchange == exchange; });
  if (found == slots_.end()) return;
  host_->counters.bytes_in_flight -= found->body_bytes;
  found->body_bytes = 0;
  found->ready = true;
  found->answer = std::move(answer);
  if (const auto& timed = host_->options.timed; timed && found->handled_by != nullptr)
    timed(*found->handled_by,
          std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - found->since));
  flush();
}

// Writes all answers whose turn it is, in one piece.
void session::flush() {
  if (writing_ || !open_ || lingering_) return;
  out_.clear();
  std::size_t taken = 0;
  for (; taken < slots_.size() && slots_[taken].ready && !last_ && out_.size() < kept_capacity; ++taken) {
    const slot& s = slots_[taken];
    last_ = !s.keep_alive;
    append_answer(out_, s.answer, s.head,
                  last_           ? "Connection: close\r\n"
                  : s.old_version ? "Connection: keep-alive\r\n"
                                  : "");
  }
  slots_.erase(slots_.begin(), slots_.begin() + static_cast<std::ptrdiff_t>(taken));
  if (continue_due_ && slots_.empty()) {
    continue_due_ = false;
    out_ += "HTTP/1.1 100 Continue\r\n\r\n";
  }
  if (out_.empty()) return;
  error_code error;
  const std::size_t written = wire_.write_now(asio::buffer(out_), error);
  if (error) return close();
  if (written == out_.size()) return on_written();
  writing_ = true;
  write_deadline_ = host_->clock.after(host_->options.write_timeout);
  auto done = [self = shared_from_this()](error_code failed, std::size_t) {
    self->writing_ = false;
    self->write_deadline_ = never;
    if (failed) return self->close();
    if (self->open_) self->on_written();
  };
  wire_.write(asio::buffer(out_) + written, std::move(done));
}

void session::on_written() {
  if (out_.capacity() > kept_capacity) std::string().swap(out_);
  if (last_) return begin_linger();
  const bool more = !slots_.empty() && slots_.front().ready;
  if (more) return flush();
  if (!parsing_ && !no_more_) parse();
}

// Closing with unread bytes would reset the connection and might destroy the answer on its way: half-close, and wait a
// little for the other end.
void session::begin_linger() {
  lingering_ = true;
  no_more_ = true;
  read_deadline_ = host_->clock.after(host_->options.linger_timeout);
  wire_.finish([self = shared_from_this()](error_code) { self->close(); });
  if (!parsing_) read();
}

// ---- ending ----

// Takes no further request; closes when nothing is owed.
void session::stop_reading() {
  no_more_ = true;
  continue_due_ = false;
  parser_.reset();
  release_body();
  read_deadline_ = never;
  if (!slots_.empty()) {
    slots_.back().keep_alive = false;
  } else if (writing_) {
    last_ = true;
  } else {
    close();
  }
}

void session::drain() {
  if (lingering_ || no_more_ || parser_) return;  // a request that is being read becomes the last one: see push_slot
  stop_reading();
}

void session::expire(instant now) {
  if (now >= write_deadline_) {
    ++host_->counters.rejected.too_slow;
    return close();
  }
  if (now < read_deadline_) return;
  if (parser_ && !lingering_) return refuse(host_->counters.rejected.too_slow, plain(408));
  if (shaking_hands_) ++host_->counters.rejected.too_slow;
  close();
}

void session::close() {
  if (!open_) return;
  open_ = false;
  release_body();
  parser_.reset();
  wire_.close();
  host_->leave(place_);
}

}  // namespace handlers::http
