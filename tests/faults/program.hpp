// The real `kentongan serve` as a child process: started, asked where it listens, ended in every way.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace faults {

using steady = std::chrono::steady_clock;
using variables = std::vector<std::pair<std::string, std::string>>;

class program {
 public:
  // Starts it with these variables of its environment beside ours, and waits until it is ready.
  explicit program(const variables& environment) {
    std::vector<std::string> words;
    for (char** one = environ; *one != nullptr; ++one)
      if (!std::string(*one).starts_with("KENTONGAN_")) words.emplace_back(*one);
    for (const auto& [name, value] : environment) words.push_back(name + "=" + value);
    std::vector<char*> env;
    for (auto& w : words) env.push_back(w.data());
    env.push_back(nullptr);
    std::string path = KENTONGAN_PROGRAM, command = "serve", option = "--config",
                config = PROJECT_DIR "/config/kentongan.toml";
    char* const arguments[] = {path.data(), command.data(), option.data(), config.data(), nullptr};

    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    const auto began = steady::now();
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("fork");
    if (pid_ == 0) {
      ::dup2(ends[1], 2);
      ::execve(path.c_str(), arguments, env.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    reader_ = std::thread([this, from = ends[0]] { read_log(from); });
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(60), [&] { return port_ != 0 || ended_; });
    if (port_ == 0) {
      const std::string said = log_;
      lock.unlock();
      kill();
      throw std::runtime_error("the program did not start:\n" + said);
    }
    start_time = std::chrono::duration_cast<std::chrono::milliseconds>(steady::now() - began);
  }
  ~program() { kill(); }
  program(const program&) = delete;
  program& operator=(const program&) = delete;

  std::uint16_t port() const { return port_; }

  void kill() { end(SIGKILL); }

  // Asks it to stop. Its exit code; -1 when it had to be killed after `patience`.
  int stop(std::chrono::seconds patience) {
    if (pid_ <= 0) return -1;
    ::kill(pid_, SIGTERM);
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, patience, [&] { return ended_; });  // its standard error closes with it
      if (!ended_) {
        lock.unlock();
        kill();
        return -1;
      }
    }
    return end(0);
  }

  std::string log() {
    const std::lock_guard lock(mutex_);
    return log_;
  }

  std::chrono::milliseconds start_time{};

 private:
  int end(int signal) {
    int status = 0;
    if (pid_ > 0) {
      if (signal != 0) ::kill(pid_, signal);
      ::waitpid(pid_, &status, 0);
      pid_ = -1;
    }
    if (reader_.joinable()) reader_.join();
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  void read_log(int from) {
    char piece[4096];
    for (;;) {
      const auto got = ::read(from, piece, sizeof piece);
      const std::lock_guard lock(mutex_);
      if (got <= 0) {
        ended_ = true;
        changed_.notify_all();
        ::close(from);
        return;
      }
      log_.append(piece, static_cast<std::size_t>(got));
      if (port_ != 0) continue;
      const auto ready = log_.find("ready on ");
      const auto line = ready == log_.npos ? ready : log_.find('\n', ready);
      if (line == log_.npos) continue;
      const auto colon = log_.rfind(':', line);
      port_ = static_cast<std::uint16_t>(std::stoi(log_.substr(colon + 1, line - colon - 1)));
      changed_.notify_all();
    }
  }

  pid_t pid_ = -1;
  std::thread reader_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string log_;
  std::atomic<std::uint16_t> port_{0};
  bool ended_ = false;
};

}  // namespace faults
