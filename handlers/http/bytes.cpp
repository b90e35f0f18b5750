#include "handlers/http/bytes.hpp"

#include <fmt/format.h>

#include <iterator>

namespace handlers::http {
namespace {

bool safe(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) == text.npos; }

void append_header(std::string& out, std::string_view name, std::string_view value) {
  if (safe(name) && safe(value)) out.append(name).append(": ").append(value).append("\r\n");
}

void append_length(std::string& out, std::size_t bytes) {
  const fmt::format_int digits(bytes);
  out.append("Content-Length: ").append(digits.data(), digits.size()).append("\r\n");
}

}  // namespace

void append_answer(std::string& out, const response& answer, bool to_head, std::string_view connection) {
  if (answer.status == 200) {
    out += "HTTP/1.1 200 OK\r\n";
  } else {
    fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", answer.status, reason_phrase(answer.status));
  }
  if (!answer.content_type.empty()) append_header(out, "Content-Type", answer.content_type);
  for (const header& h : answer.headers) append_header(out, h.name, h.value);
  out += connection;
  const bool bodiless = answer.status == 204 || answer.status == 304;
  if (!bodiless) append_length(out, answer.body.size());
  out += "\r\n";
  if (!bodiless && !to_head) out += answer.body;
}

void append_call(std::string& out, const call& what, std::string_view prefix, std::string_view fields) {
  out.append(name_of(what.method)).append(" ").append(prefix).append(what.target).append(" HTTP/1.1\r\n");
  out += fields;
  if (!what.content_type.empty()) append_header(out, "Content-Type", what.content_type);
  for (const header& h : what.headers) append_header(out, h.name, h.value);
  const bool usual = what.method == verb::post || what.method == verb::put || what.method == verb::patch;
  if (usual || !what.body.empty()) append_length(out, what.body.size());
  out += "\r\n";
  out += what.body;
}

}  // namespace handlers::http
