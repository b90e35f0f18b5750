// Values to and from the JSON that both drivers keep in their text columns. Each carries "v"; an older one is upgraded
// on reading; what is broken or from a newer program throws storage::refused, so that nothing is overwritten by halves.
#pragma once

#include <string>
#include <string_view>

#include "bot/cases/report.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/notices/notice.hpp"
#include "bot/outgoing.hpp"

namespace storage {

std::string encode(const bot::conversation&);
bot::conversation decode_conversation(std::string_view, std::int64_t contact);

// What has no column of its own.
std::string encode(const bot::cases::report&);
void decode_into(bot::cases::report&, std::string_view);

std::string encode(const bot::notices::notice&);
std::string encode(const bot::notices::kept_draft&);
void decode_into(bot::notices::notice&, std::string_view);
void decode_into(bot::notices::kept_draft&, std::string_view);

std::string encode(const bot::say&);
bot::say decode_say(std::string_view);

}  // namespace storage
