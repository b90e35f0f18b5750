// The other end of the wire for these tests: blocking loopback sockets that say exactly the bytes a test wants, and the
// IO thread under test.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <cstdint>
#include <future>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>

namespace http_test {

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// A connection of the test. Every read fails the test after ten seconds instead of hanging.
class peer {
 public:
  explicit peer(int fd) : fd_(fd) {
    const timeval limit{10, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  peer(peer&& other) noexcept : fd_(std::exchange(other.fd_, -1)), pending_(std::move(other.pending_)) {}
  peer& operator=(peer&&) = delete;
  ~peer() { close(); }

  static peer connect(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(port);
    peer made(fd);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("connect");
    return made;
  }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;  // the other end has refused: what it answered can still be read
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  // Everything up to and including `mark`; what came so far when the connection ended before.
  std::string read_to(std::string_view mark) {
    auto at = pending_.find(mark);
    while (at == pending_.npos && receive()) at = pending_.find(mark);
    return take(at == pending_.npos ? pending_.size() : at + mark.size());
  }

  // One message: its head, and the body that its Content-Length announces.
  std::string read_message() {
    std::string message = read_to("\r\n\r\n");
    const auto field = message.find("Content-Length: ");
    if (field == message.npos) return message;
    const auto length = std::stoul(message.substr(field + 16));
    while (pending_.size() < length && receive()) {
    }
    return message + take(std::min(length, pending_.size()));
  }

  // What comes until the other end closes.
  std::string read_rest() {
    while (receive()) {
    }
    return take(pending_.size());
  }

  void half_close() { ::shutdown(fd_, SHUT_WR); }
  void reset() {
    const linger hard{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close();
  }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  bool receive() {
    char piece[65536];
    const auto got = ::recv(fd_, piece, sizeof piece, 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) ADD_FAILURE() << "nothing came for ten seconds";
    if (got <= 0) return false;
    pending_.append(piece, static_cast<std::size_t>(got));
    return true;
  }
  std::string take(std::size_t bytes) {
    std::string taken = pending_.substr(0, bytes);
    pending_.erase(0, bytes);
    return taken;
  }

  int fd_;
  std::string pending_;
};

// A listening socket whose connections the test plays by hand.
class origin_server {
 public:
  origin_server() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    auto address = loopback(0);
    socklen_t size = sizeof address;
    const timeval limit{10, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (::bind(fd_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(fd_, 64) != 0)
      throw std::runtime_error("listen");
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  origin_server(const origin_server&) = delete;
  origin_server& operator=(const origin_server&) = delete;
  ~origin_server() { close(); }

  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  peer accept() {
    const int fd = ::accept(fd_, nullptr, nullptr);
    if (fd < 0) throw std::runtime_error("nobody connected");
    return peer(fd);
  }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_;
  std::uint16_t port_ = 0;
};

// The IO thread. What is under test is made, used and destroyed on it.
class io_thread {
 public:
  io_thread() : work_(boost::asio::make_work_guard(io)), thread_([this] { io.run(); }) {}
  ~io_thread() { stop(); }
  io_thread(const io_thread&) = delete;
  io_thread& operator=(const io_thread&) = delete;

  template <class F>
  auto on(F f) {
    std::packaged_task<std::invoke_result_t<F&>()> task(std::move(f));
    auto result = task.get_future();
    boost::asio::post(io, std::move(task));
    return result.get();
  }

  // Waits until the condition, judged on the IO thread, holds.
  template <class F>
  bool until(F condition) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!on(condition)) {
      if (std::chrono::steady_clock::now() > limit) return false;
      std::this_thread::yield();
    }
    return true;
  }

  void stop() {
    work_.reset();
    if (thread_.joinable()) thread_.join();
  }

  boost::asio::io_context io{1};

 private:
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

}  // namespace http_test
