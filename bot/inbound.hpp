// What can come in, from whichever platform: plain values, made by the channels' parsers and by the timers.
// Nothing in here has been believed yet; sizes are bounded by the parsers (see `limits`).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bot/moment.hpp"

namespace bot {

enum class channel : std::uint8_t { telegram = 1, whatsapp = 2 };

// Upper bounds that every parser enforces by cutting (text) or by dropping the element (ids).
namespace limits {
inline constexpr std::size_t text_bytes = 16384;  // 4096 characters of four bytes
inline constexpr std::size_t id_bytes = 256;
inline constexpr std::size_t name_bytes = 256;
}  // namespace limits

// What a person sent. One `inbound` holds exactly one of these.
namespace said {

struct text {
  std::string body;  // valid UTF-8, no NUL
};

// A button of ours. `data` comes from the client and may name a button that was never offered.
struct tap {
  std::string data;
  std::string title;         // the label, where the platform tells it (WhatsApp)
  std::string query_id;      // Telegram: answered by the webhook at once, else empty
  std::string card_message;  // provider's id of the message that the button sat on, may be empty
};

struct pin {
  double latitude = 0;   // WGS84 degrees; -90..90, checked by the parser
  double longitude = 0;  // -180..180
  std::optional<double> accuracy_m;
  std::string title;  // a venue's name or address, may be empty
  bool live = false;  // live location: refused, only its first point is seen
};

struct media {
  enum class kind : std::uint8_t { photo, video, voice, audio, document, sticker };
  kind what = kind::photo;
  std::string file_id;     // how the platform hands it out
  std::string unique_id;   // stable for duplicates, may be empty
  std::string mime;        // as claimed
  std::string name;        // as claimed, never used as a path
  std::int64_t bytes = 0;  // as claimed, 0 = unknown
  std::string album;       // one item sent as several messages, else empty
  std::string caption;     // text that came with it
};

// A shared contact. `own` only when the platform vouches that it is the sender's own number.
struct contact_card {
  std::string phone;
  bool own = false;
};

struct edited {
  std::string body;        // the new text of an earlier message
  std::string message_id;  // provider's id of that message
};

// The person or group can no longer (or again) be written to.
struct reach {
  enum class change : std::uint8_t { blocked, unblocked, joined_group, left_group };
  change what = change::blocked;
};

// The same person or group under a new address.
struct moved {
  std::string new_address;
};

// What became of a message of ours.
struct receipt {
  enum class state : std::uint8_t { sent, delivered, read, failed };
  std::string message_id;  // the provider's id of our message
  state what = state::sent;
  int error_code = 0;  // the provider's, 0 = none
};

// A kind that we do not use (sticker reactions, orders, polls …): answered politely once, or not at all.
struct unsupported {
  std::string type;
  bool silent = false;  // true where an answer would be odd (a reaction)
};

// Authentic, but of no shape that we know: the body is kept as a dead letter for staff.
struct unreadable {
  std::string place;  // of the element in its body, never its content
};

// A due timer of our own.
struct timer {
  std::int64_t id = 0;
  std::string kind;          // "unfinished", "escalate", …: the words of bot/cases/timers.hpp
  std::int64_t subject = 0;  // the contact or report that it is about
  std::int64_t version = 0;  // a timer of an older version is ignored
};

}  // namespace said

using payload = std::variant<said::text, said::tap, said::pin, said::media, said::contact_card, said::edited,
                             said::reach, said::moved, said::receipt, said::unsupported, said::unreadable, said::timer>;

struct inbound {
  channel via = channel::telegram;
  std::string account;      // which of our accounts it came to (bot id, phone_number_id)
  std::string provider_id;  // unique within the account; the inbox counts a message once by it
  std::int64_t stamp =
      0;               // provider's own sort key of the message (update id, Unix seconds): equal in every redelivery
  std::string chat;    // the address to answer to
  std::string person;  // who sent it; equals `chat` in a private chat
  std::string person_alias;  // another id of the same person (WhatsApp: phone beside BSUID), may be empty
  bool group = false;        // chat is a group of people
  bool forwarded = false;
  std::string quoted;         // provider's id of the message this one answers, may be empty
  std::string language_hint;  // the client's language, may be empty
  instant sent_at{};          // the platform's clock, clamped to [now - 8 d, now + 5 min] on admission
  payload what;
};

}  // namespace bot
