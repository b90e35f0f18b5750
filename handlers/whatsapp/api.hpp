// handlers::rendered -> bodies for WhatsApp's /messages, and the meaning of its answers. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/rendered.hpp"
#include "handlers/send_result.hpp"

namespace handlers::whatsapp {

enum class window : std::uint8_t { open, closed };  // the 24 hours since the person last wrote

// The calls in the order in which they must be made. `address` is inbound::chat: a phone number or a business-scoped
// id. In the open window, one message where the limits allow it:
// - no buttons: text (at most 4096 UTF-16 units each); with ask_location a location request
// - up to three buttons with different labels of at most 20 characters: reply buttons, else a list of at most ten rows;
//   a label over 24 characters is shortened and told whole in the row's description; more than ten: numbered in plain
//   text
// - beside buttons or a location request a text holds 1024 units: what is longer goes ahead in texts of its own
// Buttons take precedence over ask_location. Buttons without label or with data over 200 bytes are left out.
// In the closed window: the template, or nothing when the message has none.
std::vector<call> encode(std::string_view address, const rendered& message, window state);

// Marks the message and those before it as read; `typing` shows "typing…" until the next message, at most 25 seconds.
call mark_read(std::string_view message_id, bool typing);

// `status` is HTTP's, 0 when no answer came (the message may have gone out). `sent` means accepted; whether it arrives
// is told by receipts, whose error_code decide_code judges.
send_result decide(int status, std::string_view body);
send_result decide_code(int code);

// What buttons and lists of at most three and ten entries show whole.
enum class label : std::uint8_t { button, row, list_button };
bool label_fits(std::string_view text, label where);

}  // namespace handlers::whatsapp
