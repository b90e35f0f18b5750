// handlers::rendered -> calls of Telegram's Bot API, and the meaning of its answers. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/rendered.hpp"
#include "handlers/send_result.hpp"

namespace handlers::telegram {

// How a message is written; anything but `normal` is a second try that send_differently asked for.
struct style {
  bool plain = false;          // without bold
  bool outside_topic = false;  // to the chat, not to the topic that the address names
};

// The calls in the order in which they must be made; each waits for the one before. `address` is inbound::chat.
// - attachments first; then the text, cut on paragraph borders into messages of at most 4096
//   UTF-16 units (an edited message keeps the first part only); buttons hang on the last
// - buttons for a location or the reader's own number only in private chats, and only when there are no other buttons:
// Telegram shows one keyboard
// - buttons whose data is not 1 to 64 bytes, or without label, are left out: one would make the whole message fail
// - a file of ours goes alone, its call completed by complete_upload once its kind is known
// Empty when there is nothing to say.
std::vector<call> encode(std::string_view address, const rendered& message, style how = {});

// Ends the spinner on the button; `query_id` is tap::query_id.
call answer_tap(const std::string& query_id);

// `status` is HTTP's, 0 when no answer came (the message may have gone out).
send_result decide(int status, std::string_view body);

// A label that is shown whole on a phone: at most 40 characters (Telegram itself has no limit).
bool label_fits(std::string_view label);

}  // namespace handlers::telegram
