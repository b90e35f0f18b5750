// `kentongan telegram register`: tells Telegram where this bot listens and what it offers.
#pragma once

#include <iosfwd>
#include <string>

#include "config/settings.hpp"

namespace commands {

// `url`: the public https address of the webhook. 0 when every call was accepted, 1 otherwise; what Telegram answered
// to a refused call is printed, the token never is.
int telegram_register(const config::settings&, const std::string& url, std::ostream& out, std::ostream& errors);

}  // namespace commands
