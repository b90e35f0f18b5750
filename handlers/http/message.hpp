// What the rest of the program knows of HTTP: plain values. Nothing here includes Asio or Beast.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace handlers::http {

enum class verb : std::uint8_t { get, head, post, put, patch, remove, options, other };

std::string_view name_of(verb method);       // "GET" …; remove is "DELETE", other is empty
std::string_view reason_phrase(int status);  // "OK" …; empty for a status without one

// The header fields of one message in two allocations: most are never looked at.
class header_fields {
 public:
  // Value of the first field of that name, compared without case; empty when absent.
  std::string_view operator[](std::string_view name) const;
  void add(std::string_view name, std::string_view value);

 private:
  struct field {
    std::uint32_t name, value, end;  // offsets in text_
  };
  std::string text_;
  std::vector<field> fields_;
};

struct request {
  verb method = verb::other;
  std::string target;  // as sent, in origin form: path and query, not decoded
  header_fields fields;
  std::string body;  // empty while a route's authorise() looks at the head
  std::string peer;  // address of the other end, without port

  std::string_view path() const;
  std::string_view query() const;  // after the '?'; empty when there is none
};

// Value of a query parameter, percent-decoded; nothing when it is absent.
std::optional<std::string> parameter(std::string_view query, std::string_view name);

struct header {
  std::string name;
  std::string value;  // a header with CR, LF or NUL in it is not sent
};

struct response {
  int status = 200;
  std::string body;
  std::string content_type;  // empty: no Content-Type field
  std::vector<header> headers;
};

// Where answers go: a connection, or a test. `exchange` names the request among those of the target.
class answer_target {
 public:
  virtual ~answer_target() = default;
  // `self` owns the target: an implementation may hand it on to another thread.
  virtual void answer(std::shared_ptr<answer_target> self, std::uint64_t exchange, response answer) = 0;
};

// The right to answer one request, once. May be called later and from any thread, after the connection was lost too.
// Destroyed unanswered it answers 500. It must be gone before the io_context of its server is.
class responder {
 public:
  responder(std::shared_ptr<answer_target> target, std::uint64_t exchange)
      : target_(std::move(target)), exchange_(exchange) {}
  responder(responder&&) noexcept = default;
  responder& operator=(responder&& other) noexcept;
  responder(const responder&) = delete;
  responder& operator=(const responder&) = delete;
  ~responder();

  void operator()(response answer);  // the second call does nothing

 private:
  std::shared_ptr<answer_target> target_;
  std::uint64_t exchange_;
};

}  // namespace handlers::http
