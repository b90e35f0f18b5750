#include "handlers/multipart.hpp"

#include <algorithm>

namespace handlers {
namespace {

constexpr std::string_view form_type = "multipart/form-data; boundary=";
constexpr std::string_view line_end = "\r\n";

std::string_view quoted_after(std::string_view head, std::string_view mark) {
  const auto at = head.find(mark);
  if (at == head.npos) return {};
  head.remove_prefix(at + mark.size());
  return head.substr(0, head.find('"'));
}

}  // namespace

form_data write_form(const std::vector<form_part>& parts) {
  std::string boundary = "kentongan-part";
  const auto stands_in = [&](const form_part& p) { return p.content.find(boundary) != std::string::npos; };
  while (std::any_of(parts.begin(), parts.end(), stands_in)) boundary += "-x";
  form_data form;
  form.content_type = std::string(form_type) + boundary;
  std::size_t size = 64;
  for (const auto& p : parts) size += p.content.size() + 256;
  form.body.reserve(size);
  for (const auto& p : parts) {
    form.body.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"").append(p.name) += '"';
    if (!p.file.empty()) form.body.append("; filename=\"").append(p.file).append("\"\r\nContent-Type: ").append(p.type);
    form.body.append("\r\n\r\n").append(p.content).append(line_end);
  }
  form.body.append("--").append(boundary).append("--\r\n");
  return form;
}

std::optional<std::vector<form_part>> read_form(std::string_view content_type, std::string_view body) {
  if (!content_type.starts_with(form_type)) return std::nullopt;
  const std::string mark = "--" + std::string(content_type.substr(form_type.size()));
  if (!body.starts_with(mark)) return std::nullopt;
  body.remove_prefix(mark.size());
  const std::string next = std::string(line_end) + mark;
  std::vector<form_part> parts;
  while (body.starts_with(line_end)) {
    body.remove_prefix(line_end.size());
    const auto head_end = body.find("\r\n\r\n");
    const auto end = head_end == body.npos ? body.npos : body.find(next, head_end + 2);
    if (end == body.npos) return std::nullopt;
    const std::string_view head = body.substr(0, head_end);
    form_part p;
    p.name = quoted_after(head, " name=\"");
    p.file = quoted_after(head, " filename=\"");
    if (const auto type = head.find("Content-Type: "); type != head.npos)
      p.type = head.substr(type + 14, head.find(line_end, type) - type - 14);
    p.content = body.substr(std::min(head_end + 4, end), end - std::min(head_end + 4, end));
    parts.push_back(std::move(p));
    body.remove_prefix(end + next.size());
  }
  if (!body.starts_with("--")) return std::nullopt;
  return parts;
}

}  // namespace handlers
