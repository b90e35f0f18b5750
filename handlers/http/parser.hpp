// Beast's parser, filling our plain values without its field containers. Not part of the seam: only handlers/http
// includes it.
#pragma once

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "handlers/http/message.hpp"

namespace handlers::http {

namespace beast = boost::beast;
namespace beast_http = boost::beast::http;

// What request and response parsing share: limits that hold however the bytes arrive.
// Beast's header limit counts one read's worth of fields only, and its body limit speaks before the fields can be
// judged.
template <bool is_request>
class limited_parser : public beast_http::basic_parser<is_request> {
 public:
  limited_parser(std::size_t max_header, std::uint64_t max_body) : max_header_(max_header), max_body_(max_body) {
    this->header_limit(static_cast<std::uint32_t>(max_header));
    this->body_limit(boost::none);
  }

 protected:
  using error_code = boost::system::error_code;
  using text = beast::string_view;

  void count_header(std::size_t bytes, error_code& error) {
    header_bytes_ += bytes;
    if (header_bytes_ > max_header_) error = beast_http::error::header_limit;
  }

  std::size_t take(std::string& body, text piece, error_code& error) {
    if (body.size() + piece.size() > max_body_) {
      error = beast_http::error::body_limit;
      return 0;
    }
    body.append(piece.data(), piece.size());
    return piece.size();
  }

  // A length is only a claim: what is reserved for it is bounded.
  static void reserve(std::string& body, const boost::optional<std::uint64_t>& length) {
    body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(length.value_or(0), 65536)));
  }

 private:
  void on_chunk_header_impl(std::uint64_t, text, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  std::size_t max_header_;
  std::uint64_t max_body_;
  std::size_t header_bytes_ = 0;
};

class request_parser final : public limited_parser<true> {
 public:
  using limited_parser::limited_parser;
  request& get() { return request_; }
  bool modern() const { return version_ >= 11; }  // HTTP/1.1, not 1.0

 private:
  void on_request_impl(beast_http::verb method, text, text target, int version, error_code& error) override {
    version_ = version;
    request_.method = known(method);
    request_.target.assign(origin_form({target.data(), target.size()}));
    count_header(target.size(), error);
  }
  void on_response_impl(int, text, int, error_code&) override {}
  void on_field_impl(beast_http::field, text name, text value, error_code& error) override {
    count_header(name.size() + value.size() + 4, error);
    if (!error && !this->is_header_done())
      request_.fields.add({name.data(), name.size()}, {value.data(), value.size()});
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    reserve(request_.body, length);
  }
  std::size_t on_body_impl(text piece, error_code& error) override { return take(request_.body, piece, error); }
  std::size_t on_chunk_body_impl(std::uint64_t, text piece, error_code& error) override {
    return take(request_.body, piece, error);
  }

  static verb known(beast_http::verb method) {
    switch (method) {
      case beast_http::verb::get: return verb::get;
      case beast_http::verb::head: return verb::head;
      case beast_http::verb::post: return verb::post;
      case beast_http::verb::put: return verb::put;
      case beast_http::verb::patch: return verb::patch;
      case beast_http::verb::delete_: return verb::remove;
      case beast_http::verb::options: return verb::options;
      default: return verb::other;
    }
  }

  // A proxy may send "http://host/path": only the part from the path on matters here.
  static std::string_view origin_form(std::string_view target) {
    if (target.starts_with('/')) return target;
    const auto scheme = target.find("://");
    if (scheme == target.npos) return target;
    const auto path = target.find_first_of("/?", scheme + 3);
    return path == target.npos ? std::string_view("/") : target.substr(path);
  }

  request request_;
  int version_ = 11;
};

struct parsed_response {
  int status = 0;
  std::string body;
  std::string content_type;
  std::optional<std::chrono::seconds> retry_after;  // given in seconds; a date is not read
};

class response_parser final : public limited_parser<false> {
 public:
  using limited_parser::limited_parser;
  parsed_response& get() { return response_; }

 private:
  void on_request_impl(beast_http::verb, text, text, int, error_code&) override {}
  void on_response_impl(int status, text, int, error_code&) override { response_.status = status; }
  void on_field_impl(beast_http::field field, text name, text value, error_code& error) override {
    count_header(name.size() + value.size() + 4, error);
    if (this->is_header_done()) return;
    if (field == beast_http::field::content_type) response_.content_type.assign(value.data(), value.size());
    if (field == beast_http::field::retry_after) {
      unsigned seconds = 0;
      const auto read = std::from_chars(value.data(), value.data() + value.size(), seconds);
      if (read.ec == std::errc{} && read.ptr == value.data() + value.size())
        response_.retry_after = std::chrono::seconds(seconds);
    }
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    reserve(response_.body, length);
  }
  std::size_t on_body_impl(text piece, error_code& error) override { return take(response_.body, piece, error); }
  std::size_t on_chunk_body_impl(std::uint64_t, text piece, error_code& error) override {
    return take(response_.body, piece, error);
  }

  parsed_response response_;
};

}  // namespace handlers::http
