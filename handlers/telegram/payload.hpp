// Telegram's updates (Bot API 10.1) -> bot::inbound. Pure: bytes in, values out; nothing throws.
#pragma once

#include <string>
#include <string_view>

#include "handlers/parsed.hpp"

namespace handlers::telegram {

struct account {
  std::string id;        // the number before the colon of the token
  std::string username;  // without "@", any case; empty: unknown, then every "@bot" behind a command counts as ours
};

// An update holds at most one item. Of the item:
// - provider_id and stamp are the update id; sent_at is instant{} for a tap, which Telegram does not date;
// - chat is "<chat id>", in a forum topic "<chat id>/<topic id>" (see telegram::encode); person is the sender's id;
// - events of a whole group (moved, left_group …) carry the chat as person when no person stands behind them;
// - `moved` always has the old address in `chat`, whichever of the two service messages told it.
// Left out: channels, other bots, anonymous administrators, commands for other bots, unknown kinds of updates.
parsed parse(std::string_view body, const account& us);

// The header X-Telegram-Bot-Api-Secret-Token, compared in constant time. Never true for an empty secret.
bool secret_ok(std::string_view header, std::string_view secret);

}  // namespace handlers::telegram
