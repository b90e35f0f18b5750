#include "storage/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace storage {
namespace {

bool stands_as_it_is(char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; }

}  // namespace

json_text& json_text::open(char bracket) {
  begin();
  text_ += bracket;
  fresh_ = true;
  return *this;
}

json_text& json_text::close(char bracket) {
  text_ += bracket;
  fresh_ = false;
  return *this;
}

json_text& json_text::name(std::string_view key) {
  add(key);
  text_ += ':';
  fresh_ = true;
  return *this;
}

json_text& json_text::add(std::string_view text) {
  begin();
  if (std::all_of(text.begin(), text.end(), stands_as_it_is)) {
    text_ += '"';
    text_ += text;
    text_ += '"';
  } else {
    text_ += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
  return *this;
}

json_text& json_text::add(std::int64_t number) {
  begin();
  char digits[20];
  const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), number);
  text_.append(digits, end);
  return *this;
}

}  // namespace storage
