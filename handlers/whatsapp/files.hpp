// WhatsApp's way with files: the media id and its short-lived address, and uploads. Pure.
#pragma once

#include <string>
#include <string_view>

#include "handlers/channel.hpp"
#include "handlers/http/client.hpp"
#include "handlers/multipart.hpp"

namespace handlers::whatsapp {

// Where a file lies, as the Graph API answers: "<origin><target>".
struct media_address {
  std::string origin;  // "https://lookaside.fbsbx.com"
  std::string target;  // path and query
};
// Nothing unless it is https, or has scheme, host and port of the API itself (which is then on loopback). The access
// token goes there.
std::optional<media_address> trusted(std::string_view url, std::string_view api_url);

// The answer to "GET /<version>/<media id>": `here` with the URL in place of the bytes.
fetched_file read_media_url(int status, std::string_view body, std::uint64_t most_bytes);
// What the answer to the download itself means when it is no 200.
fetched_file read_refusal(int status);

form_data upload_form(const shown_file&);
// The media id of an upload's answer, empty: refused.
std::string read_media_id(std::string_view body);
// A call of encode() that carries a file of ours, made whole.
call complete_upload(const call&, const shown_file&, const std::string& media_id);

}  // namespace handlers::whatsapp
