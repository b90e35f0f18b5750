// Every setting of the service, with its default. Read once at start: file, then KENTONGAN_<SECTION>_<KEY>.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace config {

// A value that must not be printed: it has no operator<<, and its only way out is reveal().
class secret {
 public:
  secret() = default;
  explicit secret(std::string value) : value_(std::move(value)) {}
  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

struct settings {
  std::filesystem::path dir;  // folder of the settings file: forms/, messages/, rules/, language/ stand beside it

  struct {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    std::string tls_certificate;  // PEM file; with tls_key: TLS in the process, read again on SIGHUP
    std::string tls_key;
    std::string public_url;  // where people reach us, "https://host": for the QR codes of papers; empty: none are drawn
    std::uint64_t max_body_bytes = 4194304;  // larger: 413 (Meta sends up to 3 MB)
    std::string metrics_address = "127.0.0.1";
    std::uint16_t metrics_port = 9464;  // 0 = off
    std::uint32_t max_connections = 1024;
  } http;

  struct {
    std::string url = "sqlite:data/kentongan.db";
    std::string synchronous = "full";  // SQLite only: full or normal
  } storage;

  struct {
    std::string dir;  // of the files that people send, sealed; empty: beside the database, "<its file>.media"
    std::uint64_t max_file_bytes = 20971520;  // larger ones are not fetched: Telegram's own limit
    std::uint64_t max_total_bytes = 10737418240;
  } media;

  struct {
    std::string key_file = "data/kentongan.key";  // made with mode 0600 at the first start
  } secrets;

  struct {
    secret token;         // the channel is on when it is set
    secret secret_token;  // TELEGRAM_SECRET
    std::string api_url = "https://api.telegram.org";
    double rate_global = 25, rate_chat = 1, chat_burst = 3, rate_group = 0.3;  // messages a second; 0 = no limit
    std::string bot_name;                  // without "@"; empty: officers get no link to the private chat
    std::int64_t leave_groups_after = 60;  // minutes: a group that no unit has bound by then is left; 0 = never
  } telegram;

  struct {
    secret token;
    std::string phone_number_id;
    secret app_secret;
    secret verify_token;
    std::string api_url = "https://graph.facebook.com";
    std::string api_version = "v25.0";
    double rate_global = 80, rate_pair = 0.166, pair_burst = 10;
    std::int64_t monthly_budget = 0;    // paid messages; used up: templates only for what cannot wait; 0 = no limit
    std::int64_t free_messages = 1000;  // of a month: free text that is not charged
    double read_marks = 20;             // a second; what is more goes unmarked; 0 = none
  } whatsapp;

  struct {
    double chat_per_minute = 20;  // what one chat may send before answers slow down; 0 = no limit
    double area_per_minute = 600;
  } limits;

  struct {
    std::filesystem::path dir = "areas";
  } areas;

  struct {
    std::string level = "info";
  } log;

  bool telegram_on() const { return !telegram.token.empty(); }
  bool whatsapp_on() const { return !whatsapp.token.empty(); }
};

// Reads the file and the environment. Every fault found is appended to `faults`, each a line for a person; the settings
// are usable only when it stays empty. Does not look at the files that paths name.
settings load_settings(const std::filesystem::path& file, const std::map<std::string, std::string>& environment,
                       std::vector<std::string>& faults);

// The process's own variables that begin with KENTONGAN_.
std::map<std::string, std::string> environment();

}  // namespace config
