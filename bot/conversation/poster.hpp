// The QR poster of a kelurahan: a deep link whose text names the ward before anything is written.
#pragma once

#include <string>
#include <string_view>

namespace bot {

struct poster {
  std::string ward;   // "35.75.01.1002", empty: no poster
  std::string words;  // of the person, behind the code
};

// What stands behind "/start" where a group's button led somebody to the private chat.
inline constexpr std::string_view from_group = "grup";

// "/start kel-3575011002" (Telegram), or the same without the command (WhatsApp).
poster poster_in(std::string_view text);

}  // namespace bot
