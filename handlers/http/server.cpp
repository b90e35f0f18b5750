#include "handlers/http/server.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/post.hpp>
#include <stdexcept>
#include <utility>

#include "handlers/http/session.hpp"
#include "handlers/http/tls.hpp"

namespace handlers::http {
namespace {

using acceptor = asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type>;
using timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                                         asio::io_context::executor_type>;

constexpr std::size_t refused_at_once = 64;             // connections above the cap that still get their 503
constexpr std::chrono::milliseconds accept_pause{100};  // after running out of file descriptors

}  // namespace

struct server::core : session_host, std::enable_shared_from_this<core> {
  core(asio::io_context& context, server_options chosen, router table)
      : session_host(context, std::move(chosen), std::move(table)),
        listener(context.get_executor()),
        pause(context.get_executor()),
        grace(context.get_executor()) {}

  void listen() {
    if (!options.tls_certificate.empty() || !options.tls_key.empty()) {
      const std::string fault = load_tls();
      if (!fault.empty()) throw std::runtime_error(fault);
    }
    const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
    listener.open(endpoint.protocol());
    listener.set_option(asio::socket_base::reuse_address(true));
    listener.bind(endpoint);
    listener.listen(1024);
    port = listener.local_endpoint().port();
    accept();
  }

  std::string load_tls() {
    std::string fault;
    if (auto fresh = server_tls(options.tls_certificate, options.tls_key, fault)) tls = std::move(fresh);
    return fault;
  }

  void accept() {
    listener.async_accept([self = shared_from_this()](error_code error, tcp_socket socket) {
      if (!self->listener.is_open()) return;
      if (!error) {
        self->admit(std::move(socket));
        return self->accept();
      }
      if (error == asio::error::connection_aborted) return self->accept();
      spdlog::warn("http: accept: {}", error.message());
      self->pause.expires_after(accept_pause);
      self->pause.async_wait([self](error_code stopped) {
        if (!stopped && self->listener.is_open()) self->accept();
      });
    });
  }

  void admit(tcp_socket socket) {
    ++counters.accepted;
    const bool over = sessions.size() >= options.max_connections;
    if (over && (tls || sessions.size() >= options.max_connections + refused_at_once)) {
      ++counters.rejected.connections;
      return;
    }
    clock.start([weak = weak_from_this()](instant now) {
      const auto self = weak.lock();
      return self && self->sweep(now);
    });
    const auto joined = std::make_shared<session>(shared_from_this(), std::move(socket));
    if (over) return joined->refuse_connection();
    joined->start(tls);
  }

  template <class Action>
  void for_each(Action action) {
    for (auto it = sessions.begin(); it != sessions.end();) {
      const auto one = (*it++)->shared_from_this();  // it may leave the list
      action(*one);
    }
  }

  bool sweep(instant now) {
    for_each([now](session& s) { s.expire(now); });
    return !sessions.empty();
  }

  void stop_accepting() {
    error_code ignored;
    listener.close(ignored);
    pause.cancel();
  }

  void drain(std::chrono::milliseconds span, std::function<void(bool)> done) {
    stop_accepting();
    draining = true;
    drained = std::move(done);
    emptied = [this] { asio::post(io, [self = shared_from_this()] { self->finish(true); }); };
    grace.expires_after(span);
    grace.async_wait([weak = weak_from_this()](error_code stopped) {
      const auto self = weak.lock();
      if (stopped || !self) return;
      self->emptied = nullptr;
      self->close_all();
      self->finish(false);
    });
    for_each([](session& s) { s.drain(); });
    if (sessions.empty()) emptied();
  }

  void finish(bool clean) {
    grace.cancel();
    if (const auto done = std::exchange(drained, nullptr)) done(clean);
  }

  void close_all() {
    for_each([](session& s) { s.close(); });
  }

  acceptor listener;
  timer pause;
  timer grace;
  std::function<void(bool)> drained;
  std::shared_ptr<asio::ssl::context> tls;
  std::uint16_t port = 0;
};

server::server(asio::io_context& io, server_options options, router routes)
    : core_(std::make_shared<core>(io, std::move(options), std::move(routes))) {
  core_->listen();
}

server::~server() {
  core_->emptied = nullptr;
  core_->drained = nullptr;
  core_->grace.cancel();
  core_->stop_accepting();
  core_->close_all();
  core_->clock.stop();
}

std::uint16_t server::port() const { return core_->port; }
const server_counters& server::counters() const { return core_->counters; }
void server::stop_accepting() { core_->stop_accepting(); }
std::string server::reload_tls() { return core_->load_tls(); }

void server::drain(std::chrono::milliseconds grace, std::function<void(bool)> done) {
  core_->drain(grace, std::move(done));
}

}  // namespace handlers::http
