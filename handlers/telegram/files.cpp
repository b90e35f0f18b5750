#include "handlers/telegram/files.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "handlers/telegram/api.hpp"
#include "handlers/untrusted_json.hpp"

namespace handlers::telegram {
namespace {

using nlohmann::json;

constexpr std::size_t largest_photo = 10 * 1000 * 1000;  // sendPhoto takes no more

// "photos/file_7.jpg": below the bot's own folder, and nothing that would change the address.
bool is_plain_path(std::string_view path) {
  const auto fine = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || c == '/';
  };
  return !path.empty() && path.size() <= 512 && path[0] != '/' && path.find("..") == path.npos &&
         std::all_of(path.begin(), path.end(), fine);
}

struct way {
  const char* method;
  const char* field;
};

way way_of(const shown_file& file) {
  switch (file.what) {
    case attachment::kind::photo:
      if (file.bytes.size() <= largest_photo && file.type != "image/webp") return {"sendPhoto", "photo"};
      break;
    case attachment::kind::video: return {"sendVideo", "video"};
    case attachment::kind::voice:
      if (file.type == "audio/ogg") return {"sendVoice", "voice"};
      [[fallthrough]];
    case attachment::kind::audio:
      if (file.type == "audio/mpeg" || file.type == "audio/mp4") return {"sendAudio", "audio"};
      break;
    case attachment::kind::document:
    case attachment::kind::sticker: break;
  }
  return {"sendDocument", "document"};
}

}  // namespace

call ask_for_file(std::string_view file_id) {
  const json body = {{"file_id", file_id}};
  return {"getFile", body.dump(-1, ' ', false, json::error_handler_t::replace)};
}

fetched_file read_file_path(int status, std::string_view body, std::uint64_t most_bytes) {
  using fate = fetched_file::fate;
  json answer;
  if (read_json(body, answer) != json_fault::none) answer = nullptr;
  if (is_true(field(answer, "ok"))) {
    const json& file = field(answer, "result");
    if (integer_of(field(file, "file_size")).value_or(0) > static_cast<std::int64_t>(most_bytes))
      return not_here(fate::never, "too_large");
    fetched_file found;
    found.bytes = text_of(field(file, "file_path"), 1024);
    if (!is_plain_path(found.bytes)) return not_here(fate::never, "bad_address");
    found.what = fate::here;
    return found;
  }
  if (status == 400) {
    const std::string words = text_of(field(answer, "description"), 512);
    // "file is too big" is for ever; "temporarily unavailable" may pass, and an id that is wrong stays wrong.
    if (words.find("too big") != std::string::npos) return not_here(fate::never, "too_large");
    if (words.find("wrong file_id") != std::string::npos && words.find("temporarily") == std::string::npos)
      return not_here(fate::never, "not_found");
    return not_here(fate::later, "not_found");
  }
  if (status == 429) {
    const auto wait = integer_of(field(field(answer, "parameters"), "retry_after")).value_or(0);
    return not_here(fate::later, "too_fast", std::chrono::seconds(std::clamp<std::int64_t>(wait, 0, 3600)));
  }
  if (status == 401 || status == 404) return not_here(fate::later, "account_refused", std::chrono::minutes(10));
  return not_here(fate::later, "platform_fails");
}

file_upload complete_upload(const call& what, const shown_file& file) {
  json fields = json::parse(what.body, nullptr, false);
  const way by = way_of(file);
  std::vector<form_part> parts;
  for (const auto& [name, value] : fields.items())
    parts.push_back({name, value.is_string() ? value.get<std::string>() : value.dump(), "", ""});
  parts.push_back({by.field, file.bytes, file.name, file.type});
  return {by.method, write_form(parts)};
}

}  // namespace handlers::telegram
