// Kentongan. What the program can do, in the order of `kentongan --help`; each command stands in commands/.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <iostream>
#include <thread>

#include "commands/audit.hpp"
#include "commands/chat.hpp"
#include "commands/check.hpp"
#include "commands/demo.hpp"
#include "commands/nearest.hpp"
#include "commands/plan.hpp"
#include "commands/replay.hpp"
#include "commands/route.hpp"
#include "commands/serve.hpp"
#include "commands/staff.hpp"
#include "commands/telegram_register.hpp"
#include "commands/understand.hpp"
#include "commands/upkeep.hpp"
#include "commands/yearly.hpp"
#include "config/handbook.hpp"
#include "config/settings.hpp"
#include "handlers/label_check.hpp"
#include "storage/sqlite/driver.hpp"

namespace {

constexpr int failed = 1;
constexpr int wrong_usage = 2;

bot::instant now() { return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

void set_up_log(const std::string& level) {
  auto log = spdlog::stderr_logger_mt("kentongan");
  log->set_pattern("time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc);
  log->set_level(spdlog::level::from_str(level == "warn" ? "warning" : level));
  log->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(log));
}

// Everything that was found wrong, at once.
struct faulty {
  std::vector<std::string> faults;
};

config::loaded_handbook open_book(const config::settings& s) {
  std::vector<std::string> faults;
  auto loaded = config::load_handbook(s, faults);
  if (loaded.book) faults = handlers::check_labels(*loaded.book, loaded.places);
  if (!faults.empty()) throw faulty{std::move(faults)};
  return loaded;
}

enum class use { service, beside_it };

std::unique_ptr<storage::store> open_store(const config::settings& s, use how) {
  storage::sqlite::options o;
  o.file = storage::sqlite::file_of_url(s.storage.url);
  // A new key beside an old database would open none of its addresses, and hide that the old key is missing.
  std::error_code ignored;
  if (std::filesystem::file_size(o.file, ignored) > 0 && !ignored && !std::filesystem::exists(s.secrets.key_file))
    throw faulty{{"there is a database, " + o.file.string() + ", but its key file " + s.secrets.key_file +
                  " is missing: put your copy of it back"}};
  o.full_sync = s.storage.synchronous == "full";
  o.alone = how == use::service;
  return storage::sqlite::open(o, storage::master_keys::open(s.secrets.key_file));
}

std::filesystem::path media_folder(const config::settings& s) {
  return s.media.dir.empty() ? storage::sqlite::file_of_url(s.storage.url).string() + ".media" : s.media.dir;
}

storage::media_files open_files(const config::settings& s, const storage::store& store) {
  return {media_folder(s), store.keys(), s.media.max_total_bytes};
}

int serve(const config::settings& s) {
  if (!s.telegram_on() && !s.whatsapp_on())
    throw faulty{
        {"no channel is configured: set KENTONGAN_TELEGRAM_TOKEN and _SECRET or the KENTONGAN_WHATSAPP_… keys, or "
         "start "
         "the demo, which needs none: kentongan demo"}};
  const auto loaded = open_book(s);
  const auto store = open_store(s, use::service);
  auto files = open_files(s, *store);
  return commands::serve(s, *loaded.book, *store, files);
}

// The key of a database that is thrown away is kept nowhere; one that is to be kept has its key beside it.
int demo(config::settings s, const std::string& kept_database) {
  const auto loaded = open_book(s);
  const commands::temporary_folder folder;
  storage::sqlite::options o;
  o.file = kept_database.empty() ? folder.path() / "demo.db" : std::filesystem::path(kept_database);
  const auto store = storage::sqlite::open(
      o, kept_database.empty() ? storage::master_keys::fleeting() : storage::master_keys::open(kept_database + ".key"));
  storage::media_files files(o.file.string() + ".media", store->keys(), s.media.max_total_bytes);
  return commands::demo(std::move(s), loaded, *store, files);
}

int chat(const config::settings& s, bool apart) {
  const auto loaded = open_book(s);
  if (!apart) {
    const auto store = open_store(s, use::beside_it);
    return commands::chat(*loaded.book, *store, storage::sqlite::file_of_url(s.storage.url).string(), std::cin,
                          std::cout);
  }
  const commands::temporary_folder folder;
  storage::sqlite::options o;
  o.file = folder.path() / "chat.db";
  const auto store = storage::sqlite::open(o, storage::master_keys::fleeting());
  return commands::chat(*loaded.book, *store, "", std::cin, std::cout);
}

int replay(const config::settings& s, const commands::replay_order& order) {
  const bool is_served = storage::sqlite::is_held(storage::sqlite::file_of_url(s.storage.url));
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(15);
  std::function<bool()> wait;
  if (is_served)
    wait = [until] {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      return std::chrono::steady_clock::now() < until;
    };
  return commands::replay(*open_store(s, use::beside_it), order, wait, std::cout, std::cerr);
}

int restore(const config::settings& s, const std::string& file) {
  if (!std::filesystem::exists(file)) throw std::runtime_error("there is no " + file);
  if (!std::filesystem::exists(s.secrets.key_file))
    throw faulty{{"the key file " + s.secrets.key_file + " is missing: put your copy of it back first"}};
  storage::master_keys::open(s.secrets.key_file);  // a file that is none is told before anything is replaced
  const auto result = storage::sqlite::restore(file, storage::sqlite::file_of_url(s.storage.url), now());
  const auto store = open_store(s, use::service);
  return commands::tell_restored(result, open_files(s, *store), store->keys(), std::cout, std::cerr);
}

// The service knows only the keys that it started with: they change while it is stopped.
int rewrap(const config::settings& s) {
  const auto store = open_store(s, use::service);
  auto files = open_files(s, *store);
  return commands::rewrap(*store, files, std::cout);
}

int list_keys(const config::settings& s) {
  const auto store = open_store(s, use::beside_it);
  return commands::list_keys(*store, open_files(s, *store), storage::master_keys::open(s.secrets.key_file), std::cout);
}

int drop_key(const config::settings& s, int number, bool anyway) {
  const auto store = open_store(s, use::service);
  return commands::drop_key(*store, open_files(s, *store), s.secrets.key_file, number, anyway, std::cout, std::cerr);
}

int rotate_key(const config::settings& s) {
  open_store(s, use::service);
  const int number = storage::master_keys::add_to(s.secrets.key_file);
  std::cout << "key " << number << " added to " << s.secrets.key_file << "; copy the file to where you keep its copy\n";
  return rewrap(s);
}

std::string with_example(std::string help, const std::string& line, const std::string& command) {
  return help + "  echo '" + line + "' | kentongan " + command;
}

// CLI11 says only that a command is missing when the one that stands there is none.
std::string misspelt_command(const CLI::App& program) {
  auto words = program.remaining(true);
  std::erase_if(words, [](const std::string& each) { return each.starts_with('-'); });
  const CLI::App* of = &program;
  while (!of->get_subcommands().empty()) of = of->get_subcommands().front();
  const auto known = of->get_subcommands([](const CLI::App*) { return true; });
  if (words.empty() || known.empty()) return {};
  std::vector<std::string> names;
  for (const auto* each : known) names.push_back(each->get_name());
  const auto meant = commands::nearest(words.front(), names);
  return "there is no command \"" + words.front() + "\"" +
         (meant.empty() ? std::string() : ", did you mean \"" + std::string(meant) + "\"?") +
         " (kentongan --help names all)";
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{"Kentongan: reports and notices of public order, over WhatsApp and Telegram"};
  program.require_subcommand(1);
  program.fallthrough();
  std::string config_file = "config/kentongan.toml";
  program.add_option("--config", config_file, "settings file")->capture_default_str();

  auto* serve_command = program.add_subcommand("serve", "run the service");
  auto* demo_command =
      program.add_subcommand("demo", "the whole service with both platforms played, and a page to try it on");
  std::uint16_t demo_port = 0;
  std::string demo_database;
  auto* port_option =
      demo_command->add_option("--port", demo_port, "of the page; else that of the settings, 0: any that is free");
  demo_command->add_option("--db", demo_database, "keep the database in this file");
  auto* check_command = program.add_subcommand("check", "validate settings, forms, texts, areas and rules");
  auto* chat_command =
      program.add_subcommand("chat", "a conversation in the terminal, over the database of the settings");
  bool apart = false;
  chat_command->add_flag("--apart", apart, "over a database of its own that is thrown away at the end");
  auto* understand_command = program.add_subcommand("understand", "dry run of understanding: JSON lines in and out");
  auto* route_command = program.add_subcommand("route", "dry run of routing: JSON lines in and out");
  auto* plan_command = program.add_subcommand("plan", "dry run of the event rules: JSON lines in and out");
  bool documents = false;
  plan_command->add_flag("--documents", documents, "after each answer what is to be brought, as text");
  understand_command->footer(with_example(commands::understand_help, commands::understand_example, "understand"));
  route_command->footer(with_example(commands::route_help, commands::route_example, "route"));
  plan_command->footer(with_example(commands::plan_help, commands::plan_example, "plan"));

  auto* cases_command = program.add_subcommand("cases", "list the cases");
  bool as_json = false;
  cases_command->add_flag("--json", as_json, "one JSON object a line");

  auto* activity_command = program.add_subcommand(
      "activity", "how often lawful meetings were told of, by day and unit, for a week; nothing else of them is kept");

  auto* yearly_command = program.add_subcommand(
      "yearly",
      "the year's notices of events in figures: receipts and their hours, late ones, complaints; for the "
      "public, small numbers hidden");
  int year = 0;
  yearly_command->add_option("--year", year, "2026")->required()->check(CLI::Range(2020, 2100));

  auto* officer_command = program.add_subcommand("officer", "bind officers and groups to units");
  officer_command->require_subcommand(1);
  std::string unit, role = "petugas", name;
  std::int64_t contact = 0;
  auto* invite_command = officer_command->add_subcommand("invite", "print a one-time code");
  invite_command->add_option("--unit", unit, "code of stations.csv")->required();
  invite_command->add_option("--role", role, "petugas, pimpinan, bhabinkamtibmas …")->capture_default_str();
  invite_command->add_option("--name", name, "for your own note; it is not stored");
  auto* list_command = officer_command->add_subcommand("list", "who is bound, and which units have nobody");
  auto* revoke_command = officer_command->add_subcommand("revoke", "unbind a person or group");
  revoke_command->add_option("contact", contact, "as `officer list` prints it")->required();

  bool renew = false;
  auto* calendar_command = officer_command->add_subcommand("calendar", "print the secret address of a unit's calendar");
  calendar_command->add_option("--unit", unit, "code of stations.csv")->required();
  calendar_command->add_flag("--renew", renew, "another address from now on; the one before ends");

  auto* telegram_command = program.add_subcommand("telegram", "the bot's account");
  telegram_command->require_subcommand(1);
  std::string url;
  auto* register_command =
      telegram_command->add_subcommand("register", "set webhook, secret, commands and description");
  register_command->add_option("--url", url, "public address of the webhook: https://…/webhook/telegram")->required();

  auto* replay_command =
      program.add_subcommand("replay", "give failed messages a second chance; without an id or --all: list them");
  commands::replay_order again;
  bool only_list = false;
  replay_command->add_flag("--list", only_list, "id, time, channel and reason, no text");
  replay_command->add_flag("--all", again.all, "all of them")->excludes("--list");
  replay_command->add_option("id", again.ids, "as the list prints it")->excludes("--list");

  std::string file;
  auto* backup_command = program.add_subcommand("backup", "a consistent copy of the database, while the service runs");
  backup_command->add_option("file", file)->required();
  auto* restore_command = program.add_subcommand("restore", "put a copy in the place of the database");
  restore_command->add_option("file", file)->required();

  auto* unsent_command =
      program.add_subcommand("unsent", "list messages that were given up; send what a restore held back");
  commands::again_order send;
  unsent_command->add_flag("--all", send.all, "send all that a restore held back (with the service stopped)");
  unsent_command->add_option("id", send.ids, "send these of them (with the service stopped)");

  auto* audit_command =
      program.add_subcommand("audit", "what officers and operators did; says whether the chain holds");
  bool only_verify = false;
  audit_command->add_flag("--verify", only_verify, "only whether the chain holds");

  auto* key_command =
      program.add_subcommand("key", "the keys that seal addresses; change them with the service stopped");
  key_command->require_subcommand(1);
  auto* keys_command = key_command->add_subcommand("list", "the keys, and what names each");
  auto* rotate_command = key_command->add_subcommand("rotate", "add a new key and bring to it all that can be");
  auto* rewrap_command = key_command->add_subcommand("rewrap", "bring to the newest key all that can be");
  auto* drop_command = key_command->add_subcommand("drop", "take away an older key that nothing needs any more");
  int number = 0;
  bool anyway = false;
  drop_command->add_option("number", number)->required();
  drop_command->add_flag("--anyway", anyway, "even what it still opens");

  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (const auto wrong = e.get_exit_code() == 0 ? std::string() : misspelt_command(program); !wrong.empty()) {
      std::cerr << "kentongan: " << wrong << "\n";
      return wrong_usage;
    }
    return program.exit(e) == 0 ? 0 : wrong_usage;
  }

  try {
    std::vector<std::string> faults;
    auto settings = config::load_settings(config_file, config::environment(), faults);
    if (*check_command) {
      const auto database = storage::sqlite::file_of_url(settings.storage.url);
      const auto store = std::filesystem::exists(database) ? open_store(settings, use::beside_it) : nullptr;
      return commands::check(settings, std::move(faults), store.get(), std::cout);
    }
    if (!faults.empty()) throw faulty{std::move(faults)};
    set_up_log(settings.log.level);

    if (*serve_command) return serve(settings);
    if (*demo_command) {
      if (*port_option) settings.http.port = demo_port;
      return demo(settings, demo_database);
    }
    if (*understand_command) return commands::understand(settings, std::cin, std::cout, std::cerr, now());
    if (*route_command) return commands::route(settings, std::cin, std::cout, std::cerr);
    if (*plan_command) return commands::plan(settings, documents, std::cin, std::cout, std::cerr, now());
    if (*chat_command) return chat(settings, apart);
    if (*cases_command) return commands::cases(*open_store(settings, use::beside_it), as_json, std::cout);
    if (*activity_command) return commands::activity(*open_store(settings, use::beside_it), std::cout);
    if (*yearly_command)
      return commands::yearly(*open_store(settings, use::beside_it), year, open_book(settings).book->utc_offset,
                              std::cout);
    if (*invite_command)
      return commands::invite_officer(*open_store(settings, use::beside_it), *open_book(settings).book, unit, role,
                                      now(), std::cout, std::cerr);
    if (*list_command)
      return commands::list_officers(*open_store(settings, use::beside_it), *open_book(settings).book, std::cout);
    if (*revoke_command)
      return commands::revoke_officer(*open_store(settings, use::beside_it), contact, std::cout, std::cerr);
    if (*calendar_command)
      return commands::calendar_address(*open_store(settings, use::beside_it), *open_book(settings).book, unit, renew,
                                        std::cout, std::cerr);
    if (*register_command) return commands::telegram_register(settings, url, std::cout, std::cerr);
    if (*replay_command) return replay(settings, again);
    if (*backup_command)
      return commands::backup(*open_store(settings, use::beside_it), media_folder(settings), file, std::cout,
                              std::cerr);
    if (*restore_command) return restore(settings, file);
    if (*unsent_command) {
      const bool writes = send.all || !send.ids.empty();
      return commands::unsent(*open_store(settings, writes ? use::service : use::beside_it), send, now(), std::cout,
                              std::cerr);
    }
    if (*audit_command)
      return commands::audit(*open_store(settings, use::beside_it), !only_verify, std::cout, std::cerr);
    if (*rotate_command) return rotate_key(settings);
    if (*keys_command) return list_keys(settings);
    if (*rewrap_command) return rewrap(settings);
    if (*drop_command) return drop_key(settings, number, anyway);
  } catch (const faulty& all) {
    for (const auto& fault : all.faults) std::cerr << "kentongan: " << fault << "\n";
    return wrong_usage;
  } catch (const std::exception& e) {
    std::cerr << "kentongan: " << e.what() << "\n";
    return failed;
  }
  return wrong_usage;
}
