#include "commands/demo.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>

#include "handlers/app.hpp"
#include "handlers/demo/map.hpp"
#include "handlers/demo/page.hpp"
#include "handlers/demo/stage.hpp"
#include "handlers/http/server.hpp"
#include "storage/vault.hpp"

namespace commands {
namespace {

namespace asio = boost::asio;
namespace http = handlers::http;

bool can_listen(asio::io_context& io, const std::string& address, std::uint16_t port) {
  http::server_options o;
  o.address = address;
  o.port = port;
  try {
    const http::server attempt(io, o, {});
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

// How this machine reaches what listens there.
std::string host_of(const std::string& address) {
  if (address == "0.0.0.0") return "127.0.0.1";
  if (address == "::") return "[::1]";
  return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

}  // namespace

temporary_folder::temporary_folder()
    : path_(std::filesystem::temp_directory_path() / fmt::format("kentongan-demo-{:016x}", storage::random_bits())) {
  std::filesystem::create_directory(path_);
  std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
}

temporary_folder::~temporary_folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

int demo(config::settings settings, const config::loaded_handbook& loaded, storage::store& store,
         storage::media_files& files) {
  asio::io_context io(1);
  asio::signal_set stop(io, SIGINT, SIGTERM);
  try {
    handlers::demo::stage stage(io, *loaded.book,
                                [&io](std::function<void()> work) { asio::post(io, std::move(work)); });
    stage.configure(settings);
    settings.http.tls_certificate.clear();
    settings.http.tls_key.clear();
    if (settings.http.port != 0 && !can_listen(io, settings.http.address, settings.http.port)) {
      std::cout << fmt::format("Port {} is taken, the demo chooses another.\n", settings.http.port);
      settings.http.port = 0;
    }

    if (settings.http.public_url.empty() && settings.http.port != 0)
      settings.http.public_url = fmt::format("http://{}:{}", host_of(settings.http.address), settings.http.port);

    handlers::app_options options;
    options.now = [&stage] { return stage.now(); };
    options.drain_budget = std::chrono::seconds(3);
    options.media = &files;
    options.more_routes = [&](http::router& routes) {
      add_page(routes, stage, handlers::demo::draw_map(settings.areas.dir, loaded.packs, loaded.book->atlas));
    };
    handlers::app app(io, settings, *loaded.book, store, std::move(options));
    const std::string url = fmt::format("http://{}:{}", host_of(settings.http.address), app.port());
    stage.open(app.turns(), url);
    std::cout << "Demo: " << url << "/demo" << std::endl;
    stop.async_wait([&](const boost::system::error_code& ec, int) {
      if (!ec) app.stop([&io] { io.stop(); });
    });
    io.run();
  } catch (const std::exception& e) {
    spdlog::critical("cannot show the demo: {}", e.what());
    return 1;
  }
  spdlog::info("stopped");
  return 0;
}

}  // namespace commands
