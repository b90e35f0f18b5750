// A messaging platform as the demo plays it: it answers what the service sends, and it turns what people do into the
// webhook calls that the real one would make. Two are played: Telegram and WhatsApp. Lives on the IO thread.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "bot/conversation/world.hpp"
#include "bot/moment.hpp"
#include "handlers/demo/cast.hpp"
#include "handlers/demo/chats.hpp"
#include "handlers/http/client.hpp"
#include "handlers/http/message.hpp"

namespace handlers::demo {

// The longest text that either platform takes, in UTF-16 units.
inline constexpr std::size_t most_text = 4096;

http::response answer_with(int status, const nlohmann::json& body);

// What both platforms share; all of it outlives them.
struct scenery {
  const cast& people;
  chats& phones;
  shelf& files;
  const bot::handbook& book;
  std::function<bot::instant()> now;
};

// What a person has done: it stands in their chat already, the service hears of it by `webhook`.
struct deed {
  std::string person;   // whose chat
  std::string message;  // its id there, empty: nothing to see (a Telegram tap)
  http::call webhook;
};

class platform {
 public:
  virtual ~platform() = default;

  // A call of the service.
  virtual http::response answer(const http::request&) = 0;

  virtual deed say(const person&, const std::string& text) = 0;
  // Nothing when that message has no such button.
  virtual std::optional<deed> tap(const person&, std::string_view message, std::string_view data) = 0;
  virtual deed pin(const person&, double latitude, double longitude) = 0;
  virtual deed send_file(const person&, const std::string& file, const std::string& caption) = 0;

  // What the platform wants to tell by itself: receipts.
  virtual std::vector<http::call> take_news() { return {}; }
};

}  // namespace handlers::demo
