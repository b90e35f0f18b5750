#include "handlers/http/message.hpp"

#include <algorithm>
#include <utility>

namespace handlers::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace

std::string_view name_of(verb method) {
  switch (method) {
    case verb::get: return "GET";
    case verb::head: return "HEAD";
    case verb::post: return "POST";
    case verb::put: return "PUT";
    case verb::patch: return "PATCH";
    case verb::remove: return "DELETE";
    case verb::options: return "OPTIONS";
    case verb::other: break;
  }
  return {};
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    default: return {};
  }
}

std::string_view header_fields::operator[](std::string_view name) const {
  const std::string_view text = text_;
  for (const field& f : fields_) {
    if (same_name(text.substr(f.name, f.value - f.name), name)) return text.substr(f.value, f.end - f.value);
  }
  return {};
}

void header_fields::add(std::string_view name, std::string_view value) {
  if (fields_.empty()) {
    text_.reserve(512);
    fields_.reserve(16);
  }
  field added{};
  added.name = static_cast<std::uint32_t>(text_.size());
  text_ += name;
  added.value = static_cast<std::uint32_t>(text_.size());
  text_ += value;
  added.end = static_cast<std::uint32_t>(text_.size());
  fields_.push_back(added);
}

std::string_view request::path() const {
  const std::string_view whole = target;
  return whole.substr(0, whole.find('?'));
}

std::string_view request::query() const {
  const std::string_view whole = target;
  const auto mark = whole.find('?');
  return mark == whole.npos ? std::string_view{} : whole.substr(mark + 1);
}

std::optional<std::string> parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const auto equals = pair.find('=');
    if (decoded(pair.substr(0, equals)) != name) continue;
    return equals == pair.npos ? std::string{} : decoded(pair.substr(equals + 1));
  }
  return std::nullopt;
}

responder& responder::operator=(responder&& other) noexcept {
  std::swap(target_, other.target_);
  std::swap(exchange_, other.exchange_);
  return *this;
}

responder::~responder() {
  if (target_) (*this)(response{500, {}, {}, {}});
}

void responder::operator()(response answer) {
  if (!target_) return;
  auto* target = target_.get();
  target->answer(std::move(target_), exchange_, std::move(answer));
}

}  // namespace handlers::http
