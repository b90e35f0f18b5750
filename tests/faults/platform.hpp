// Both platforms on loopback: take every message, remember it in order of arrival, answer as the real ones do. And the
// way in: one webhook call on a connection of its own.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/wire.hpp"

namespace faults {

// One message of HTTP with a Content-Length, cut off the front of `pending`; empty when the connection has ended.
inline std::string read_message(int fd, std::string& pending) {
  auto head = pending.find("\r\n\r\n");
  while (head == pending.npos) {
    if (!support::receive(fd, pending)) return {};
    head = pending.find("\r\n\r\n");
  }
  std::size_t length = 0;
  if (const auto at = pending.find("Content-Length: "); at < head) length = std::stoul(pending.substr(at + 16));
  while (pending.size() < head + 4 + length)
    if (!support::receive(fd, pending)) return {};
  std::string message = pending.substr(0, head + 4 + length);
  pending.erase(0, message.size());
  return message;
}

// The status of a POST; 0 when no answer came.
inline int post(std::uint16_t port, const std::string& path, const std::string& header, const std::string& body) {
  const int fd = support::connect_to(port);
  if (fd < 0) return 0;
  int status = 0;
  std::string pending;
  if (support::send_all(fd, "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header +
                                "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body)) {
    const std::string answer = read_message(fd, pending);
    if (answer.size() > 12) status = std::stoi(answer.substr(9, 3));
  }
  ::close(fd);
  return status;
}

class platform {
 public:
  platform() : fd_(support::listen_anywhere(port_, 256)) {
    acceptor_ = std::thread([this] {
      for (int fd = 0; (fd = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
        const std::lock_guard lock(mutex_);
        open_.push_back(fd);
        threads_.emplace_back([this, fd] { serve(fd); });
      }
    });
  }
  ~platform() {
    hold_downloads(false);
    ::shutdown(fd_, SHUT_RDWR);
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
    }
    for (auto& t : threads_) t.join();
    for (const int fd : open_) ::close(fd);
    ::close(fd_);
  }
  platform(const platform&) = delete;
  platform& operator=(const platform&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  // What a chat was sent so far, in order of arrival.
  std::vector<std::string> texts_to(const std::string& chat) {
    const std::lock_guard lock(mutex_);
    return texts_[chat];
  }

  bool wait_for(const std::string& chat, const std::string& part, std::chrono::seconds patience) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] {
      for (const auto& text : texts_[chat])
        if (text.find(part) != text.npos) return true;
      return false;
    });
  }

  // Hands out this file: under its id, and below "secretpath/". Before it is asked for.
  void keep_file(const std::string& id, int status, std::string bytes) {
    const std::lock_guard lock(mutex_);
    files_[id] = {status, std::move(bytes)};
  }
  // Downloads wait until they are let go.
  void hold_downloads(bool hold) {
    const std::lock_guard lock(mutex_);
    holding_ = hold;
    changed_.notify_all();
  }
  bool wait_for_downloads(int count, std::chrono::seconds patience) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return downloads_ >= count; });
  }
  // The bodies of the uploads so far.
  std::vector<std::string> uploads() {
    const std::lock_guard lock(mutex_);
    return uploads_;
  }

  // Answers this chat with that status and body instead. Before anything is sent.
  void refuse(const std::string& chat, int status, std::string body) { refusals_[chat] = {status, std::move(body)}; }

 private:
  void serve(int fd) {
    std::string pending;
    for (std::string m = read_message(fd, pending); !m.empty(); m = read_message(fd, pending)) {
      const auto answer = take(m);
      if (!support::send_all(fd, "HTTP/1.1 " + std::to_string(answer.first) +
                                     " X\r\nContent-Type: application/json\r\nContent-Length: " +
                                     std::to_string(answer.second.size()) + "\r\n\r\n" + answer.second))
        break;
    }
    ::shutdown(fd, SHUT_RDWR);
  }

  // What a call about files is answered; nothing when it is about something else.
  std::optional<std::pair<int, std::string>> take_file_call(const std::string& message) {
    const std::string path = message.substr(message.find(' ') + 1, message.find(' ', 6) - message.find(' ') - 1);
    const std::string last = path.substr(path.rfind('/') + 1);
    std::unique_lock lock(mutex_);
    if (last == "getFile") {
      const auto body = nlohmann::json::parse(message.substr(message.find("\r\n\r\n") + 4), nullptr, false);
      return {{200, R"({"ok":true,"result":{"file_path":"secretpath/)" + body.value("file_id", "") + "\"}}"}};
    }
    if (message.find("multipart/form-data") < message.find("\r\n\r\n")) {
      uploads_.push_back(message);
      changed_.notify_all();
      return {{200, R"({"ok":true,"id":"uploaded","result":{"message_id":1}})"}};
    }
    if (!message.starts_with("GET ")) return std::nullopt;
    if (path.find("/secretpath/") == path.npos) return {{200, R"({"url":")" + url() + "/secretpath/" + last + "\"}"}};
    ++downloads_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return !holding_; });
    const auto file = files_.find(last);
    return file == files_.end() ? std::pair<int, std::string>{404, "{}"} : file->second;
  }

  std::pair<int, std::string> take(const std::string& message) {
    if (auto answer = take_file_call(message)) return *std::move(answer);
    const auto body = nlohmann::json::parse(message.substr(message.find("\r\n\r\n") + 4), nullptr, false);
    const bool telegram = message.find(" /bot") < message.find("\r\n");
    std::string chat, text;
    if (telegram && body.contains("chat_id")) {
      chat = body["chat_id"].is_string() ? body["chat_id"].get<std::string>() : body["chat_id"].dump();
      text = body.value("text", "");
    } else if (body.contains("callback_query_id")) {  // an answer to a tap, under the tap's own id
      chat = body.value("callback_query_id", "");
      text = body.dump();
    } else if (body.contains("to")) {
      chat = body.value("to", "");
      text = body.dump();
    }
    const std::lock_guard lock(mutex_);
    if (const auto no = refusals_.find(chat); no != refusals_.end()) return no->second;
    if (!text.empty()) texts_[chat].push_back(text);
    changed_.notify_all();
    const auto id = std::to_string(++message_id_);
    return {200, telegram ? R"({"ok":true,"result":{"message_id":)" + id + "}}"
                          : R"({"messages":[{"id":"wamid.OUT)" + id + "\"}]}"};
  }

  std::uint16_t port_ = 0;
  int fd_;
  std::thread acceptor_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<std::thread> threads_;
  std::vector<int> open_;
  std::map<std::string, std::vector<std::string>> texts_;
  std::map<std::string, std::pair<int, std::string>> refusals_, files_;
  std::vector<std::string> uploads_;
  int downloads_ = 0;
  bool holding_ = false;
  std::int64_t message_id_ = 0;
};

}  // namespace faults
