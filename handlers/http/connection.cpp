#include "handlers/http/connection.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <utility>

#include "handlers/http/bytes.hpp"
#include "handlers/http/pool.hpp"

namespace handlers::http {
namespace {

constexpr std::size_t read_piece = 4096;
constexpr std::size_t large_read_piece = 65536;
constexpr std::size_t kept_capacity = 65536;

}  // namespace

connection::connection(std::shared_ptr<pool> owner, asio::io_context& io, instant connect_deadline)
    : pool_(std::move(owner)),
      wire_(tcp_socket(io.get_executor())),
      in_(pool_->options.max_header_bytes + 2 * large_read_piece),
      deadline_(connect_deadline) {}

// ---- connecting ----

void connection::connect(std::vector<asio::ip::tcp::endpoint> endpoints) {
  endpoints_ = std::move(endpoints);
  try_next();
}

void connection::try_next() {
  if (!open_) return;
  if (next_endpoint_ == endpoints_.size()) return fail_connect("connect");
  const auto endpoint = endpoints_[next_endpoint_++];
  wire_.close();
  auto connected = [self = shared_from_this()](error_code error) {
    if (!self->open_) return;
    if (error) return self->try_next();
    self->shake_hands();
  };
  wire_.socket().async_connect(endpoint, std::move(connected));
}

void connection::shake_hands() {
  wire_.prepare();
  if (!pool_->tls) return established();
  auto& stream = wire_.secure(*pool_->tls);
  const std::string& name = pool_->to.host;
  error_code not_an_address;
  asio::ip::make_address(name, not_an_address);
  if (not_an_address) {  // SSL_set_tlsext_host_name is this with an old-style cast; OpenSSL copies the name
    SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(name.c_str()));
  }
  stream.set_verify_callback(asio::ssl::host_name_verification(name));
  auto shaken = [self = shared_from_this()](error_code error) {
    if (!self->open_) return;
    if (error) return self->fail_connect("tls");
    self->established();
  };
  wire_.handshake(asio::ssl::stream_base::client, std::move(shaken));
}

void connection::established() {
  connecting_ = false;
  pool_->connected(shared_from_this());
  read();
}

void connection::fail_connect(std::string_view reason) {
  const auto self = shared_from_this();
  close();
  pool_->connect_failed(reason);
}

// ---- one call ----

void connection::start(job next) {
  job_ = std::move(next);
  deadline_ = job_->deadline;
  answering_ = false;
  expect_answer();
  out_.clear();
  append_call(out_, job_->what, pool_->to.prefix, pool_->fields);
  error_code error;
  const std::size_t written = wire_.write_now(asio::buffer(out_), error);
  if (error) return on_write_failed(written);
  if (written == out_.size()) return;
  writing_ = true;
  auto done = [self = shared_from_this(), written](error_code failed, std::size_t more) {
    self->writing_ = false;
    if (failed && self->open_) self->on_write_failed(written + more);
  };
  wire_.write(asio::buffer(out_) + written, std::move(done));
}

void connection::expect_answer() {
  const call& what = job_->what;
  parser_.emplace(pool_->options.max_header_bytes,
                  what.max_body_bytes > 0 ? what.max_body_bytes : pool_->options.max_body_bytes);
  parser_->skip(what.method == verb::head);
}

// The other end may have answered before it stopped reading: then the reading side tells.
void connection::on_write_failed(std::size_t written) {
  broken_ = true;
  if (written > 0 || !job_) return;
  auto lost_job = std::move(*job_);
  job_.reset();
  const auto self = shared_from_this();
  close();
  pool_->repeat(std::move(lost_job));
}

void connection::read() {
  if (reading_ || !open_) return;
  reading_ = true;
  const bool large = parser_ && parser_->is_header_done();
  const std::size_t room = in_.max_size() - in_.size();
  const auto space = in_.prepare(std::min(room, large ? large_read_piece : read_piece));
  wire_.read_some(space,
                  [self = shared_from_this()](error_code error, std::size_t bytes) { self->on_read(error, bytes); });
}

void connection::on_read(error_code error, std::size_t bytes) {
  reading_ = false;
  if (!open_) return;
  if (!job_) return close();  // the other end gave up an idle connection, or speaks without being asked
  if (error) {
    error_code end;
    // Without a length the answer ends with the connection; under TLS only a proper good-bye counts.
    if (error == asio::error::eof && parser_->is_header_done() && parser_->need_eof()) parser_->put_eof(end);
    if (!end && parser_->is_done()) return finish();
    return lost("reset");
  }
  answering_ = true;
  in_.commit(bytes);
  parse();
}

void connection::parse() {
  while (in_.size() > 0 && !parser_->is_done()) {
    error_code error;
    const std::size_t used = parser_->put(in_.data(), error);
    in_.consume(used);
    if (error == beast_http::error::need_more) {
      if (used == 0 && in_.size() == in_.max_size()) return fail(fate::unknown, "malformed");
      if (used == 0) break;
    } else if (error == beast_http::error::body_limit || error == beast_http::error::header_limit) {
      return fail(fate::unknown, "too large");
    } else if (error) {
      return fail(fate::unknown, "malformed");
    }
    const bool interim = parser_->is_done() && parser_->get().status / 100 == 1;
    if (interim) {
      expect_answer();
    }
  }
  if (parser_->is_done()) return finish();
  read();
}

void connection::lost(std::string_view reason) {
  const bool harmless = job_->what.method == verb::get || job_->what.method == verb::head;
  if (!harmless || !used_ || answering_ || job_->repeated) return fail(fate::unknown, reason);
  auto lost_job = std::move(*job_);
  job_.reset();
  const auto self = shared_from_this();
  close();
  pool_->repeat(std::move(lost_job));
}

void connection::finish() {
  const auto self = shared_from_this();
  auto& answer = parser_->get();
  outcome result{fate::answered,    {}, answer.status, std::move(answer.body), std::move(answer.content_type),
                 answer.retry_after};
  const auto done = std::move(job_->done);
  const bool reusable = parser_->keep_alive() && !parser_->need_eof() && !writing_ && !broken_ && in_.size() == 0;
  job_.reset();
  parser_.reset();
  used_ = true;
  if (!writing_ && out_.capacity() > kept_capacity) std::string().swap(out_);
  if (in_.capacity() > kept_capacity) in_.shrink_to_fit();
  if (reusable) {
    pool_->release(self);
  } else {
    close();
  }
  done(std::move(result));
  read();
}

void connection::fail(fate what, std::string_view reason) {
  const auto self = shared_from_this();
  const auto done = std::move(job_->done);
  job_.reset();
  close();
  outcome result;
  result.what = what;
  result.reason = reason;
  done(std::move(result));
}

// ---- ending ----

void connection::expire(instant now) {
  if (now < deadline_) return;
  abandon(connecting_ ? "connect timeout" : "timeout");
}

void connection::abandon(std::string_view reason) {
  if (!open_) return;
  if (connecting_) return fail_connect(reason);
  if (job_) return fail(fate::unknown, reason);
  close();
}

void connection::close() {
  if (!open_) return;
  open_ = false;
  wire_.close();
  pool_->leave(*this);
}

}  // namespace handlers::http
