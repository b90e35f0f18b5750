// Telegram, played: the Bot API's answers and updates as the real ones look (Bot API 10.1).
#pragma once

#include <memory>
#include <string>

#include "handlers/demo/platform.hpp"

namespace handlers::demo {

// Answers "/bot<token>/<method>"; its webhook calls carry `secret`.
std::unique_ptr<platform> make_telegram(scenery, std::string token, std::string secret);

}  // namespace handlers::demo
