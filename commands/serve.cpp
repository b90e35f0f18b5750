#include "commands/serve.hpp"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include "handlers/app.hpp"

namespace commands {
namespace {

namespace asio = boost::asio;

// Ends the process hard when a stop hangs, before whoever sent the signal loses patience and kills without a reason.
class watchdog {
 public:
  void start(std::chrono::seconds budget) {
    thread_ = std::thread([this, budget] {
      std::unique_lock lock(mutex_);
      if (done_.wait_for(lock, budget, [this] { return over_; })) return;
      spdlog::critical("the stop took longer than {} s, ending hard", budget.count());
      spdlog::default_logger()->flush();
      ::_exit(1);
    });
  }
  ~watchdog() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    done_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  bool over_ = false;
  std::thread thread_;
};

void on_reload(asio::signal_set& reload, handlers::app& app) {
  reload.async_wait([&](const boost::system::error_code& ec, int) {
    if (ec) return;
    app.reload_tls();
    on_reload(reload, app);
  });
}

}  // namespace

int serve(const config::settings& settings, const bot::handbook& book, storage::store& store,
          storage::media_files& files) {
  asio::io_context io(1);
  watchdog dog;
  asio::signal_set stop(io, SIGINT, SIGTERM), reload(io, SIGHUP);
  try {
    handlers::app app(io, settings, book, store, {.media = &files});
    spdlog::info("ready on {}:{}", settings.http.address, app.port());
    stop.async_wait([&](const boost::system::error_code& ec, int) {
      if (ec) return;
      dog.start(std::chrono::seconds(19));
      reload.cancel();
      app.stop([&io] { io.stop(); });
    });
    on_reload(reload, app);
    io.run();
  } catch (const std::exception& e) {
    spdlog::critical("cannot serve: {}", e.what());
    return 1;
  }
  spdlog::info("stopped");
  return 0;
}

}  // namespace commands
