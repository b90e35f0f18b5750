#include "handlers/http/client.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "handlers/http/pool.hpp"

namespace handlers::http {

std::optional<origin> parse_origin(std::string_view url) {
  origin result;
  if (url.starts_with("https://")) {
    result.secure = true;
    url.remove_prefix(8);
  } else if (url.starts_with("http://")) {
    url.remove_prefix(7);
  } else {
    return std::nullopt;
  }
  const bool plain = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 127; });
  if (!plain || url.find_first_of("?#@") != url.npos) return std::nullopt;
  auto authority = url.substr(0, url.find('/'));
  result.prefix = url.substr(authority.size());
  while (result.prefix.ends_with('/')) result.prefix.pop_back();
  result.port = result.secure ? "443" : "80";
  const auto bracket = authority.find(']');
  const auto colon = authority.find(':', authority.starts_with('[') && bracket != authority.npos ? bracket : 0);
  if (colon != authority.npos) {
    result.port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
    const bool digits =
        std::all_of(result.port.begin(), result.port.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || result.port.empty() || result.port.size() > 5 || std::stoi(result.port) > 65535) return std::nullopt;
  }
  if (authority.starts_with('[')) {
    if (!authority.ends_with(']')) return std::nullopt;
    authority = authority.substr(1, authority.size() - 2);
  }
  result.host = authority;
  if (result.host.empty()) return std::nullopt;
  return result;
}

client::client(asio::io_context& io, std::string_view base_url, client_options options) {
  auto to = parse_origin(base_url);
  if (!to) throw std::invalid_argument("not an http or https address: " + std::string(base_url));
  pool_ = std::make_shared<pool>(io, std::move(*to), std::move(options));
}

client::~client() { pool_->close(); }

void client::send(call what, completion done) { pool_->send(std::move(what), std::move(done)); }
void client::drain(std::chrono::milliseconds grace, std::function<void(bool)> done) {
  pool_->drain(grace, std::move(done));
}
std::size_t client::connections() const { return pool_->connections(); }
std::size_t client::waiting() const { return pool_->waiting(); }

}  // namespace handlers::http
