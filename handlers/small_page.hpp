// A page for people who came by a link or a QR code: one card, without scripts, pictures or anything from elsewhere.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "handlers/http/message.hpp"

namespace handlers {

struct small_page {
  int status = 200;
  std::string_view look;                   // class of the card's head: "valid", "changed", …
  std::string title, heading, text, note;  // plain words
  std::string body;                        // HTML, may be empty
  bool has_form = false;                   // it may be sent back to this service, and nowhere else
};

http::response as_response(const small_page&);
std::string escaped(std::string_view text);  // what stands between tags or quotes
std::string rows_of(std::initializer_list<std::pair<std::string_view, std::string_view>>);  // without the empty ones

}  // namespace handlers
