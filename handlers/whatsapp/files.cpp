#include "handlers/whatsapp/files.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "handlers/untrusted_json.hpp"
#include "handlers/whatsapp/api.hpp"

namespace handlers::whatsapp {
namespace {

using nlohmann::json;

bool is_digest(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

const char* type_of(const shown_file& file) {
  switch (file.what) {
    case attachment::kind::photo: return file.type == "image/webp" ? "document" : "image";
    case attachment::kind::video: return "video";
    case attachment::kind::voice:
    case attachment::kind::audio: return "audio";
    case attachment::kind::document:
    case attachment::kind::sticker: break;
  }
  return "document";
}

}  // namespace

std::optional<media_address> trusted(std::string_view url, std::string_view api_url) {
  url = url.substr(0, url.find('#'));
  const auto host = url.find("://");
  if (host == url.npos) return std::nullopt;
  const auto end = std::min(url.find_first_of("/?", host + 3), url.size());
  media_address found{std::string(url.substr(0, end)), std::string(url.substr(end))};
  if (!found.target.starts_with('/')) found.target.insert(0, "/");
  const auto to = http::parse_origin(found.origin), api = http::parse_origin(api_url);
  if (!to || !api) return std::nullopt;
  const bool ours = to->secure == api->secure && to->host == api->host && to->port == api->port;
  if (!to->secure && !ours) return std::nullopt;
  return found;
}

fetched_file read_media_url(int status, std::string_view body, std::uint64_t most_bytes) {
  json answer;
  if (read_json(body, answer) != json_fault::none) answer = nullptr;
  if (status == 200) {
    if (integer_of(field(answer, "file_size")).value_or(0) > static_cast<std::int64_t>(most_bytes))
      return not_here(fetched_file::fate::never, "too_large");
    fetched_file found;
    found.bytes = text_of(field(answer, "url"), 4096);
    found.sha256 = text_of(field(answer, "sha256"), 64);
    // Webhooks write it in base64, this answer in hex; anything else is no promise that could be kept.
    if (!is_digest(found.sha256)) found.sha256.clear();
    found.what = found.bytes.empty() ? fetched_file::fate::later : fetched_file::fate::here;
    if (found.bytes.empty()) found.reason = "platform_fails";
    return found;
  }
  const auto code = integer_of(field(field(answer, "error"), "code")).value_or(0);
  // 100 with subcode 33 and 404: the id is older than seven days, or never was ours.
  if (status == 404 || code == 100 || code == 131052) return not_here(fetched_file::fate::never, "expired");
  return read_refusal(status);
}

fetched_file read_refusal(int status) {
  if (status == 401 || status == 403)
    return not_here(fetched_file::fate::later, "account_refused", std::chrono::minutes(10));
  // Too many failed downloads block all of them for half an hour.
  if (status == 429) return not_here(fetched_file::fate::later, "too_fast", std::chrono::minutes(30));
  if (status == 404 || status == 410) return not_here(fetched_file::fate::later, "address_expired");
  if (status >= 300 && status < 500) return not_here(fetched_file::fate::never, "not_found");
  return not_here(fetched_file::fate::later, "platform_fails");
}

form_data upload_form(const shown_file& file) {
  return write_form({{"messaging_product", "whatsapp", "", ""},
                     {"type", file.type, "", ""},
                     {"file", file.bytes, file.name, file.type}});
}

std::string read_media_id(std::string_view body) {
  json answer;
  if (read_json(body, answer) != json_fault::none) return {};
  return id_of(field(answer, "id"));
}

call complete_upload(const call& what, const shown_file& file, const std::string& media_id) {
  json body = json::parse(what.body, nullptr, false);
  const char* type = type_of(file);
  const json caption = body["caption"];
  body.erase("caption");
  body["type"] = type;
  body[type]["id"] = media_id;
  if (std::string_view(type) != "audio" && caption.is_string() && !caption.get_ref<const std::string&>().empty())
    body[type]["caption"] = caption;
  if (std::string_view(type) == "document") body[type]["filename"] = file.name;
  return {what.method, body.dump(-1, ' ', false, json::error_handler_t::replace)};
}

}  // namespace handlers::whatsapp
