// One TCP connection, plain or under TLS, for the server and the client alike. Not part of the seam: only handlers/http
// includes it.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <utility>

namespace handlers::http {

namespace asio = boost::asio;
using boost::system::error_code;
// The concrete executor spares every operation a virtual call.
using tcp_socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;

class wire {
 public:
  explicit wire(tcp_socket socket) : socket_(std::move(socket)) {}

  tcp_socket& socket() { return socket_; }
  asio::ssl::stream<tcp_socket&>& secure(asio::ssl::context& context) { return tls_.emplace(socket_, context); }

  // To be called once connected: small messages leave at once, and write_now() does not wait.
  void prepare() {
    error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
  }

  template <class Handler>
  void handshake(asio::ssl::stream_base::handshake_type side, Handler handler) {
    tls_->async_handshake(side, std::move(handler));
  }

  template <class Handler>
  void read_some(asio::mutable_buffer into, Handler handler) {
    if (tls_) return tls_->async_read_some(into, std::move(handler));
    socket_.async_read_some(into, std::move(handler));
  }

  // Writes what the kernel takes at once and returns the number of bytes; a full send buffer is not an error. Mostly
  // that is all of it, and no handler has to be queued. Under TLS it writes nothing.
  std::size_t write_now(asio::const_buffer from, error_code& error) {
    error = {};
    if (tls_) return 0;
    const std::size_t written = socket_.write_some(from, error);
    if (error == asio::error::would_block || error == asio::error::try_again) error = {};
    return written;
  }

  // Writes all of it; the handler gets the error and the number of bytes.
  template <class Handler>
  void write(asio::const_buffer from, Handler handler) {
    if (tls_) return asio::async_write(*tls_, from, std::move(handler));
    asio::async_write(socket_, from, std::move(handler));
  }

  // Tells the other end that nothing more comes; the handler is called when TLS has said good-bye too.
  template <class Handler>
  void finish(Handler handler) {
    if (tls_) return tls_->async_shutdown(std::move(handler));
    error_code ignored;
    socket_.shutdown(tcp_socket::shutdown_send, ignored);
  }

  void close() {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  tcp_socket socket_;
  std::optional<asio::ssl::stream<tcp_socket&>> tls_;
};

}  // namespace handlers::http
