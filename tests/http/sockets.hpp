// The other end of the wire for these tests: blocking loopback sockets that say exactly the bytes a test wants, and the
// IO thread under test.
#pragma once

#include <gtest/gtest.h>

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

#include "tests/support/wire.hpp"

namespace http_test {

// A connection of the test. Every read fails the test after ten seconds instead of hanging.
class peer {
 public:
  explicit peer(int fd) : fd_(fd) { support::limit_reads(fd_); }
  peer(peer&& other) noexcept : fd_(std::exchange(other.fd_, -1)), pending_(std::move(other.pending_)) {}
  peer& operator=(peer&&) = delete;
  ~peer() { close(); }

  static peer connect(std::uint16_t port) {
    const int fd = support::connect_to(port);
    if (fd < 0) throw std::runtime_error("connect");
    return peer(fd);
  }

  // The other end may have refused: what it answered can still be read.
  void send(std::string_view bytes) { support::send_all(fd_, bytes); }

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
    if (support::receive(fd_, pending_)) return true;
    if (errno == EAGAIN || errno == EWOULDBLOCK) ADD_FAILURE() << "nothing came for ten seconds";
    return false;
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
  origin_server() : fd_(support::listen_anywhere(port_, 64)) { support::limit_reads(fd_); }
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
  std::uint16_t port_ = 0;
  int fd_;
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
