// Telegram's way with files: getFile and its answer, and uploads. Pure. The address of a file holds the bot's token.
#pragma once

#include <string>
#include <string_view>

#include "handlers/channel.hpp"
#include "handlers/multipart.hpp"

namespace handlers::telegram {

call ask_for_file(std::string_view file_id);

// The answer to ask_for_file: `here` with the path below "<api>/file/bot<token>/" in place of the bytes.
fetched_file read_file_path(int status, std::string_view body, std::uint64_t most_bytes);

// A call of encode() that carries a file of ours, made whole.
struct file_upload {
  std::string method;  // "sendPhoto"
  form_data form;
};
file_upload complete_upload(const call&, const shown_file&);

}  // namespace handlers::telegram
