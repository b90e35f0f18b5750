#include "config/settings.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>
#include <sstream>

extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace config {
namespace {

// One setting: where it stands in the file, and how a text becomes its value. A fault is the text after the name.
struct entry {
  std::string section, key;
  std::function<std::optional<std::string>(settings&, const std::string&)> take;
};

template <class T>
std::optional<T> number_of(const std::string& text) {
  std::istringstream in(text);
  double value = 0;
  in >> value;
  if (in.fail() || !in.eof() || !std::isfinite(value)) return std::nullopt;
  return static_cast<T>(value);
}

auto text_into(std::string& (*place)(settings&)) {
  return [place](settings& s, const std::string& v) -> std::optional<std::string> {
    place(s) = v;
    return std::nullopt;
  };
}

auto secret_into(secret& (*place)(settings&)) {
  return [place](settings& s, const std::string& v) -> std::optional<std::string> {
    place(s) = secret(v);
    return std::nullopt;
  };
}

template <class T>
auto number_into(T& (*place)(settings&), double least, double most) {
  return [place, least, most](settings& s, const std::string& v) -> std::optional<std::string> {
    const auto n = number_of<double>(v);
    if (!n || *n < least || *n > most) return fmt::format("must be a number from {} to {}", least, most);
    place(s) = static_cast<T>(*n);
    return std::nullopt;
  };
}

auto word_into(std::string& (*place)(settings&), std::vector<std::string> words) {
  return [place, words](settings& s, const std::string& v) -> std::optional<std::string> {
    for (const auto& w : words)
      if (v == w) {
        place(s) = v;
        return std::nullopt;
      }
    return fmt::format("must be one of {}", fmt::join(words, ", "));
  };
}

const std::vector<entry>& entries() {
  static const std::vector<entry> all = {
      {"http", "address", text_into([](settings& s) -> std::string& { return s.http.address; })},
      {"http", "port", number_into<std::uint16_t>([](settings& s) -> std::uint16_t& { return s.http.port; }, 0, 65535)},
      {"http", "tls_certificate", text_into([](settings& s) -> std::string& { return s.http.tls_certificate; })},
      {"http", "tls_key", text_into([](settings& s) -> std::string& { return s.http.tls_key; })},
      {"http", "public_url",
       [](settings& s, const std::string& v) -> std::optional<std::string> {
         s.http.public_url = v;
         while (s.http.public_url.ends_with('/')) s.http.public_url.pop_back();
         return std::nullopt;
       }},
      {"http", "max_body_bytes",
       number_into<std::uint64_t>([](settings& s) -> std::uint64_t& { return s.http.max_body_bytes; }, 1024, 67108864)},
      {"http", "max_connections",
       number_into<std::uint32_t>([](settings& s) -> std::uint32_t& { return s.http.max_connections; }, 1, 100000)},
      {"http", "metrics_address", text_into([](settings& s) -> std::string& { return s.http.metrics_address; })},
      {"http", "metrics_port",
       number_into<std::uint16_t>([](settings& s) -> std::uint16_t& { return s.http.metrics_port; }, 0, 65535)},
      {"storage", "url", text_into([](settings& s) -> std::string& { return s.storage.url; })},
      {"storage", "synchronous",
       word_into([](settings& s) -> std::string& { return s.storage.synchronous; }, {"full", "normal"})},
      {"media", "dir", text_into([](settings& s) -> std::string& { return s.media.dir; })},
      {"media", "max_file_bytes",
       number_into<std::uint64_t>([](settings& s) -> std::uint64_t& { return s.media.max_file_bytes; }, 1024,
                                  33554432)},
      {"media", "max_total_bytes",
       number_into<std::uint64_t>([](settings& s) -> std::uint64_t& { return s.media.max_total_bytes; }, 1024, 1e15)},
      {"secrets", "key_file", text_into([](settings& s) -> std::string& { return s.secrets.key_file; })},
      {"telegram", "token", secret_into([](settings& s) -> secret& { return s.telegram.token; })},
      {"telegram", "secret", secret_into([](settings& s) -> secret& { return s.telegram.secret_token; })},
      {"telegram", "api_url", text_into([](settings& s) -> std::string& { return s.telegram.api_url; })},
      {"telegram", "rate_global",
       number_into<double>([](settings& s) -> double& { return s.telegram.rate_global; }, 0, 10000)},
      {"telegram", "rate_chat",
       number_into<double>([](settings& s) -> double& { return s.telegram.rate_chat; }, 0, 10000)},
      {"telegram", "chat_burst",
       number_into<double>([](settings& s) -> double& { return s.telegram.chat_burst; }, 1, 10000)},
      {"telegram", "rate_group",
       number_into<double>([](settings& s) -> double& { return s.telegram.rate_group; }, 0, 10000)},
      {"telegram", "bot_name", text_into([](settings& s) -> std::string& { return s.telegram.bot_name; })},
      {"telegram", "leave_groups_after",
       number_into<std::int64_t>([](settings& s) -> std::int64_t& { return s.telegram.leave_groups_after; }, 0, 43200)},
      {"whatsapp", "token", secret_into([](settings& s) -> secret& { return s.whatsapp.token; })},
      {"whatsapp", "phone_number_id",
       text_into([](settings& s) -> std::string& { return s.whatsapp.phone_number_id; })},
      {"whatsapp", "app_secret", secret_into([](settings& s) -> secret& { return s.whatsapp.app_secret; })},
      {"whatsapp", "verify_token", secret_into([](settings& s) -> secret& { return s.whatsapp.verify_token; })},
      {"whatsapp", "api_url", text_into([](settings& s) -> std::string& { return s.whatsapp.api_url; })},
      {"whatsapp", "api_version", text_into([](settings& s) -> std::string& { return s.whatsapp.api_version; })},
      {"whatsapp", "rate_global",
       number_into<double>([](settings& s) -> double& { return s.whatsapp.rate_global; }, 0, 10000)},
      {"whatsapp", "rate_pair",
       number_into<double>([](settings& s) -> double& { return s.whatsapp.rate_pair; }, 0, 10000)},
      {"whatsapp", "pair_burst",
       number_into<double>([](settings& s) -> double& { return s.whatsapp.pair_burst; }, 1, 10000)},
      {"whatsapp", "monthly_budget",
       number_into<std::int64_t>([](settings& s) -> std::int64_t& { return s.whatsapp.monthly_budget; }, 0, 1e12)},
      {"whatsapp", "free_messages",
       number_into<std::int64_t>([](settings& s) -> std::int64_t& { return s.whatsapp.free_messages; }, 0, 1e12)},
      {"whatsapp", "read_marks",
       number_into<double>([](settings& s) -> double& { return s.whatsapp.read_marks; }, 0, 1000)},
      {"limits", "chat_per_minute",
       number_into<double>([](settings& s) -> double& { return s.limits.chat_per_minute; }, 0, 1000000)},
      {"limits", "area_per_minute",
       number_into<double>([](settings& s) -> double& { return s.limits.area_per_minute; }, 0, 1000000)},
      {"areas", "dir",
       [](settings& s, const std::string& v) -> std::
                                                 optional<std::string> {
                                                   s.areas.dir = v;
                                                   return std::nullopt;
                                                 }},
      {"log", "level",
       word_into([](settings& s) -> std::string& { return s.log.level; },
                 {"trace", "debug", "info", "warn", "error", "critical", "off"})},
  };
  return all;
}

const entry* find(std::string_view section, std::string_view key) {
  for (const auto& e : entries())
    if (e.section == section && e.key == key) return &e;
  return nullptr;
}

std::string variable_of(const entry& e) {
  std::string name = "KENTONGAN_" + e.section + "_" + e.key;
  for (char& c : name)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return name;
}

std::optional<std::string> text_of(const toml::node& node) {
  if (const auto v = node.value<std::string>(); v && node.is_string()) return *v;
  if (node.is_integer()) return std::to_string(*node.value<std::int64_t>());
  if (node.is_floating_point()) return fmt::format("{}", *node.value<double>());
  return std::nullopt;
}

bool is_web_address(const std::string& url) { return url.starts_with("http://") || url.starts_with("https://"); }

// What only shows when all values are known.
void check_together(const settings& s, std::vector<std::string>& faults) {
  std::error_code absent;
  const auto key = std::filesystem::status(s.secrets.key_file, absent);
  constexpr auto by_others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
  if (!absent && std::filesystem::is_regular_file(key) &&
      (key.permissions() & by_others) != std::filesystem::perms::none)
    faults.push_back(fmt::format("the key file {} can be read by others: chmod 600 it", s.secrets.key_file));
  if (s.http.tls_certificate.empty() != s.http.tls_key.empty())
    faults.push_back("http.tls_certificate and http.tls_key belong together: set both or none");
  if (s.telegram_on() && s.telegram.secret_token.empty())
    faults.push_back(
        "telegram.token is set without telegram.secret: anybody could then send messages in a resident's name");
  for (const char c : s.telegram.secret_token.reveal())
    if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-')) {
      faults.push_back("telegram.secret may hold only A-Z a-z 0-9 _ -");
      break;
    }
  if (s.whatsapp_on()) {
    if (s.whatsapp.phone_number_id.empty()) faults.push_back("whatsapp.token is set without whatsapp.phone_number_id");
    if (s.whatsapp.app_secret.empty()) faults.push_back("whatsapp.token is set without whatsapp.app_secret");
    if (s.whatsapp.verify_token.empty()) faults.push_back("whatsapp.token is set without whatsapp.verify_token");
  }
  if (!is_web_address(s.telegram.api_url)) faults.push_back("telegram.api_url must begin with https:// or http://");
  if (!is_web_address(s.whatsapp.api_url)) faults.push_back("whatsapp.api_url must begin with https:// or http://");
  const auto no_part_of_address = [](char c) { return c <= ' ' || c == '"' || c == '<' || c == '?' || c == '#'; };
  if (const std::string& url = s.http.public_url;
      !url.empty() &&
      (!is_web_address(url) || url.size() > 200 || std::any_of(url.begin(), url.end(), no_part_of_address)))
    faults.push_back("http.public_url must begin with https:// or http:// and hold no more than host, port and path");
  if (!s.storage.url.starts_with("sqlite:"))
    faults.push_back("storage.url must be sqlite:PATH (postgresql:// comes with the driver for a province)");
}

}  // namespace

settings load_settings(const std::filesystem::path& file, const std::map<std::string, std::string>& environment,
                       std::vector<std::string>& faults) {
  settings s;
  s.dir = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  toml::table whole;
  try {
    whole = toml::parse_file(file.string());
  } catch (const toml::parse_error& e) {
    faults.push_back(fmt::format("{}:{}: {}", file.string(), e.source().begin.line, e.description()));
    s.areas.dir = s.dir / s.areas.dir;  // what else is wrong is looked for where it usually stands
    return s;
  }
  for (const auto& [section, inner] : whole) {
    const toml::table* keys = inner.as_table();
    if (keys == nullptr) {
      faults.push_back(fmt::format("{}: {} is not a section", file.string(), section.str()));
      continue;
    }
    for (const auto& [key, node] : *keys) {
      const entry* e = find(section.str(), key.str());
      const std::string place =
          fmt::format("{}:{}: {}.{}", file.string(), node.source().begin.line, section.str(), key.str());
      if (e == nullptr) {
        faults.push_back(place + " is not a setting");
      } else if (const auto text = text_of(node)) {
        if (const auto fault = e->take(s, *text)) faults.push_back(place + " " + *fault);
      } else {
        faults.push_back(place + " must be a text or a number");
      }
    }
  }
  // Paths of the file are relative to the file's folder, but for data/…; those of the environment to the working
  // directory.
  if (s.areas.dir.is_relative()) s.areas.dir = s.dir / s.areas.dir;
  for (const auto& e : entries()) {
    const auto at = environment.find(variable_of(e));
    if (at == environment.end()) continue;
    if (const auto fault = e.take(s, at->second)) faults.push_back(at->first + " " + *fault);
  }
  for (const auto& [name, value] : environment) {
    bool known = false;
    for (const auto& e : entries()) known = known || variable_of(e) == name;
    if (!known) faults.push_back(name + " is not a setting");
  }
  check_together(s, faults);
  return s;
}

std::map<std::string, std::string> environment() {
  std::map<std::string, std::string> ours;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string line(*one);
    const auto equals = line.find('=');
    if (line.starts_with("KENTONGAN_") && equals != std::string::npos)
      ours[line.substr(0, equals)] = line.substr(equals + 1);
  }
  return ours;
}

}  // namespace config
