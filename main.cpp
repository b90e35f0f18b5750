// Kentongan. What the program can do, in the order of `kentongan --help`; each command is a file in commands/.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <optional>

#include "commands/route.hpp"
#include "commands/serve.hpp"
#include "config/handbook.hpp"
#include "config/settings.hpp"
#include "storage/sqlite/driver.hpp"

namespace {

constexpr int wrong_usage = 2;

void set_up_log(const std::string& level) {
  auto log = spdlog::stderr_logger_mt("kentongan");
  log->set_pattern("time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc);
  log->set_level(spdlog::level::from_str(level == "warn" ? "warning" : level));
  log->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(log));
}

int report(const std::vector<std::string>& faults) {
  for (const auto& fault : faults) std::cerr << "kentongan: " << fault << "\n";
  return wrong_usage;
}

std::unique_ptr<storage::store> open_store(const config::settings& s, bool alone) {
  storage::sqlite::options o;
  o.file = storage::sqlite::file_of_url(s.storage.url);
  o.full_sync = s.storage.synchronous == "full";
  o.alone = alone;
  return storage::sqlite::open(o, storage::vault::open(s.secrets.key_file));
}

int serve(const config::settings& s) {
  if (!s.telegram_on() && !s.whatsapp_on()) {
    std::cerr << "kentongan: no channel is configured. Set KENTONGAN_TELEGRAM_TOKEN and _SECRET or the KENTONGAN_WHATSAPP_… keys,\n"
                 "or start the demo, which needs none: kentongan demo\n";
    return wrong_usage;
  }
  std::vector<std::string> faults;
  const auto book = config::load_handbook(s, faults);
  if (!faults.empty()) return report(faults);
  const auto store = open_store(s, true);
  return commands::serve(s, *book.book, *store);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{"Kentongan: reports and notices of public order, over WhatsApp and Telegram"};
  program.require_subcommand(1);
  program.fallthrough();
  std::string config_file = "config/kentongan.toml";
  program.add_option("--config", config_file, "settings file")->capture_default_str();
  auto* serve_command = program.add_subcommand("serve", "run the service");
  auto* route_command = program.add_subcommand("route", "dry run of routing: JSON lines in, JSON lines out");

  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    const int code = program.exit(e);
    return code == 0 ? 0 : wrong_usage;
  }

  std::vector<std::string> faults;
  const auto settings = config::load_settings(config_file, config::environment(), faults);
  if (!faults.empty()) return report(faults);
  set_up_log(settings.log.level);
  try {
    if (*serve_command) return serve(settings);
    if (*route_command) return commands::route(settings, std::cin, std::cout, std::cerr);
  } catch (const std::exception& e) {
    spdlog::critical("{}", e.what());
    return 1;
  }
  return wrong_usage;
}
