// JSON written straight into text, for what is written with every message: to build the library's tree first costs more
// than the rest of the row or of the call.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace storage {

class json_text {
 public:
  // '{' or '['.
  json_text& open(char bracket);
  // The bracket that ends it.
  json_text& close(char bracket);
  json_text& name(std::string_view key);

  // A broken character becomes U+FFFD: words may have been cut inside one.
  json_text& add(std::string_view text);
  json_text& add(std::int64_t number);
  json_text& add(std::same_as<bool> auto truth) {
    begin();
    text_ += truth ? "true" : "false";
    return *this;
  }

  template <class T>
  json_text& put(std::string_view key, const T& value) {
    return name(key).add(value);
  }

  // What was written; nothing is to be added afterwards.
  std::string take() { return std::move(text_); }

 private:
  void begin() {
    if (!fresh_) text_ += ',';
    fresh_ = false;
  }

  std::string text_;
  bool fresh_ = true;  // nothing stands before what comes: no comma
};

}  // namespace storage
