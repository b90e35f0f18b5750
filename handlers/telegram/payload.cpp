#include "handlers/telegram/payload.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "handlers/same_secret.hpp"
#include "handlers/untrusted_json.hpp"
#include "handlers/utf8.hpp"

namespace handlers::telegram {
namespace {

using bot::inbound;
using nlohmann::json;
namespace said = bot::said;
using bot::limits::name_bytes;
using bot::limits::text_bytes;

enum class fate : std::uint8_t { taken, ignored, broken };

struct media_key {
  const char* key;
  said::media::kind what;
};
// In this order: an animation also fills `document`, a live photo also `photo`.
constexpr media_key media_keys[] = {
    {"photo", said::media::kind::photo},     {"animation", said::media::kind::video},
    {"video", said::media::kind::video},     {"video_note", said::media::kind::video},
    {"voice", said::media::kind::voice},     {"audio", said::media::kind::audio},
    {"sticker", said::media::kind::sticker}, {"document", said::media::kind::document},
};

// What people send that we have no use for; anything else unknown counts as "unknown".
constexpr const char* other_kinds[] = {"poll",      "dice",       "story",   "game",
                                       "checklist", "paid_media", "invoice", "giveaway"};
// Notes of the platform in a chat: an answer to them would be odd.
constexpr const char* service_kinds[] = {
    "pinned_message",
    "message_auto_delete_timer_changed",
    "users_shared",
    "chat_shared",
    "write_access_allowed",
    "connected_website",
    "successful_payment",
    "chat_background_set",
    "gift",
    "boost_added",
};

constexpr std::size_t most_entities = 100;  // Telegram's own limit

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// "/lapor@kentongan_bot" becomes "/lapor". False when the text begins by calling another bot.
bool strip_bot_names(std::string& text, const json& entities, const account& us) {
  if (!entities.is_array() || entities.size() > most_entities) return true;
  for (auto entity = entities.rbegin(); entity != entities.rend(); ++entity) {
    if (text_of(field(*entity, "type"), 16) != "bot_command") continue;
    const auto offset = integer_of(field(*entity, "offset"));
    const auto length = integer_of(field(*entity, "length"));
    if (!offset || !length || *offset < 0 || *length <= 0) continue;
    const std::size_t begin = offset_of_utf16(text, static_cast<std::size_t>(*offset));
    if (begin == std::string::npos) continue;
    const std::size_t span =
        first_utf16(std::string_view(text).substr(begin), static_cast<std::size_t>(*length)).size();
    const std::string_view command = std::string_view(text).substr(begin, span);
    const std::size_t at = command.find('@');
    if (!command.starts_with('/') || at == std::string_view::npos) continue;
    const std::string_view name = command.substr(at + 1);
    const bool ours =
        us.username.empty() || std::equal(name.begin(), name.end(), us.username.begin(), us.username.end(),
                                          [](char a, char b) { return lower(a) == lower(b); });
    if (ours) {
      text.erase(begin + at, command.size() - at);
    } else if (begin == 0) {
      return false;
    }
  }
  return true;
}

std::optional<bot::payload> read_pin(const json& message) {
  const json& location = field(message, "location");
  const json& venue = field(message, "venue");
  auto pin = pin_at(number_of(field(location, "latitude")), number_of(field(location, "longitude")),
                    text_of(field(venue, "title"), name_bytes), text_of(field(venue, "address"), name_bytes));
  if (!pin) return std::nullopt;
  pin->accuracy_m = number_of(field(location, "horizontal_accuracy"));
  pin->live = !field(location, "live_period").is_null();
  return pin;
}

const json& largest(const json& sizes) {
  const auto area = [](const json& size) {
    return number_of(field(size, "width")).value_or(0) * number_of(field(size, "height")).value_or(0);
  };
  return *std::max_element(sizes.begin(), sizes.end(), [&](const json& a, const json& b) { return area(a) < area(b); });
}

std::optional<bot::payload> read_media(const json& message) {
  for (const auto& [key, what] : media_keys) {
    const json* file = &field(message, key);
    if (file->is_array() && !file->empty()) file = &largest(*file);
    said::media media;
    media.what = what;
    media.file_id = id_of(field(*file, "file_id"));
    if (media.file_id.empty()) continue;
    media.unique_id = id_of(field(*file, "file_unique_id"));
    media.mime = text_of(field(*file, "mime_type"), name_bytes);
    media.name = text_of(field(*file, "file_name"), name_bytes);
    media.bytes = std::max<std::int64_t>(0, integer_of(field(*file, "file_size")).value_or(0));
    media.album = id_of(field(message, "media_group_id"));
    media.caption = text_of(field(message, "caption"), text_bytes);
    return media;
  }
  return std::nullopt;
}

std::optional<bot::payload> read_contact_card(const json& contact, std::int64_t sender) {
  std::string phone = text_of(field(contact, "phone_number"), name_bytes);
  if (phone.empty()) return std::nullopt;
  return said::contact_card{std::move(phone), integer_of(field(contact, "user_id")) == sender};
}

said::unsupported name_the_rest(const json& message) {
  for (const char* kind : service_kinds) {
    if (message.contains(kind)) return {kind, true};
  }
  for (const char* kind : other_kinds) {
    if (message.contains(kind)) return {kind, false};
  }
  return {"unknown", false};
}

fate read_content(const json& message, std::int64_t sender, const account& us, inbound& in) {
  std::string text = text_of(field(message, "text"), text_bytes);
  if (!text.empty()) {
    if (!strip_bot_names(text, field(message, "entities"), us)) return fate::ignored;
    in.what = said::text{std::move(text)};
  } else if (auto pin = read_pin(message)) {
    in.what = std::move(*pin);
  } else if (auto media = read_media(message)) {
    in.what = std::move(*media);
  } else if (auto card = read_contact_card(field(message, "contact"), sender)) {
    in.what = std::move(*card);
  } else {
    said::unsupported other = name_the_rest(message);
    other.silent = other.silent || in.group;
    in.what = std::move(other);
  }
  return fate::taken;
}

fate read_edit(const json& message, const account& us, inbound& in) {
  const bool captioned = field(message, "text").is_null();
  std::string text = text_of(field(message, captioned ? "caption" : "text"), text_bytes);
  // A live location moves by edits: without words there is nothing new for us.
  if (text.empty()) return fate::ignored;
  if (!strip_bot_names(text, field(message, captioned ? "caption_entities" : "entities"), us)) return fate::ignored;
  in.what = said::edited{std::move(text), id_of(field(message, "message_id"))};
  return fate::taken;
}

// The chat of a message, a tap or a membership: fills chat and group. Channels are never answered.
fate read_chat(const json& holder, inbound& in) {
  const json& chat = field(holder, "chat");
  const auto id = integer_of(field(chat, "id"));
  if (!id) return fate::broken;
  if (text_of(field(chat, "type"), 16) == "channel") return fate::ignored;
  in.group = *id < 0;
  in.chat = std::to_string(*id);
  if (is_true(field(holder, "is_topic_message"))) {
    if (const auto topic = integer_of(field(holder, "message_thread_id"))) in.chat += '/' + std::to_string(*topic);
  }
  return fate::taken;
}

// The person behind an update; nullopt for bots, us among them.
std::optional<std::int64_t> read_person(const json& holder, const account& us, inbound& in) {
  const json& from = field(holder, "from");
  const auto id = integer_of(field(from, "id"));
  if (!id || is_true(field(from, "is_bot")) || std::to_string(*id) == us.id) return std::nullopt;
  in.person = std::to_string(*id);
  in.language_hint = text_of(field(from, "language_code"), 16);
  return id;
}

void read_quoted(const json& message, inbound& in) {
  const json& quoted = field(field(message, "reply_to_message"), "message_id");
  // In a topic, a message that answers nothing "replies" to the topic's first one.
  if (is_true(field(message, "is_topic_message")) && quoted == field(message, "message_thread_id")) return;
  in.quoted = id_of(quoted);
}

fate read_message(const json& message, bool edited, const account& us, inbound& in) {
  if (const fate chat = read_chat(message, in); chat != fate::taken) return chat;
  const auto edit_date = integer_of(field(message, "edit_date"));
  in.sent_at = instant_of_seconds((edited && edit_date ? edit_date : integer_of(field(message, "date"))).value_or(0));
  const auto person = read_person(message, us, in);

  const std::string to = id_of(field(message, "migrate_to_chat_id"));
  const std::string from = id_of(field(message, "migrate_from_chat_id"));
  if (!to.empty() || !from.empty()) {
    in.what = said::moved{to.empty() ? in.chat : to};
    if (!from.empty()) in.chat = from;
    if (in.person.empty()) in.person = in.chat;
    return fate::taken;
  }
  if (message.contains("sender_chat")) return fate::ignored;
  if (!person) return in.group || field(message, "from").is_object() ? fate::ignored : fate::broken;

  in.forwarded = message.contains("forward_origin") || message.contains("forward_date");
  read_quoted(message, in);
  return edited ? read_edit(message, us, in) : read_content(message, *person, us, in);
}

fate read_tap(const json& query, const account& us, inbound& in) {
  said::tap tap;
  tap.query_id = id_of(field(query, "id"));
  if (tap.query_id.empty() || !read_person(query, us, in)) return fate::broken;
  tap.data = text_of(field(query, "data"), bot::limits::id_bytes);
  // Absent when the card was sent inline; a stub without content when it is old.
  const json& card = field(query, "message");
  if (read_chat(card, in) == fate::taken) {
    tap.card_message = id_of(field(card, "message_id"));
  } else {
    in.chat = in.person;
  }
  in.what = std::move(tap);
  return fate::taken;
}

fate read_membership(const json& change, const account& us, inbound& in) {
  if (const fate chat = read_chat(change, in); chat != fate::taken) return chat;
  if (!read_person(change, us, in)) in.person = in.chat;
  in.sent_at = instant_of_seconds(integer_of(field(change, "date")).value_or(0));
  const auto inside = [](const json& member) {
    const std::string status = text_of(field(member, "status"), 16);
    if (status == "restricted") return is_true(field(member, "is_member"));
    return status == "member" || status == "administrator" || status == "creator";
  };
  const json& now = field(change, "new_chat_member");
  if (!now.is_object()) return fate::broken;
  using how = said::reach::change;
  const bool before = inside(field(change, "old_chat_member"));
  const bool after = inside(now);
  if (before == after) return fate::ignored;
  in.what =
      said::reach{in.group ? (after ? how::joined_group : how::left_group) : (after ? how::unblocked : how::blocked)};
  return fate::taken;
}

fate read_update(const json& update, const account& us, inbound& in) {
  if (const json& message = field(update, "message"); !message.is_null()) return read_message(message, false, us, in);
  if (const json& query = field(update, "callback_query"); !query.is_null()) return read_tap(query, us, in);
  if (const json& message = field(update, "edited_message"); !message.is_null()) {
    return read_message(message, true, us, in);
  }
  if (const json& change = field(update, "my_chat_member"); !change.is_null()) return read_membership(change, us, in);
  return fate::ignored;
}

}  // namespace

parsed parse(std::string_view body, const account& us) {
  parsed out;
  json update;
  if (!read_body(body, update, out)) return out;
  const auto id = integer_of(field(update, "update_id"));
  inbound in;
  const fate fate = id ? read_update(update, us, in) : fate::broken;
  if (fate == fate::broken) out.what = parsed::status::unknown_shape;
  if (fate == fate::taken) {
    in.via = bot::channel::telegram;
    in.account = us.id;
    in.provider_id = std::to_string(*id);
    in.stamp = *id;
    out.items.push_back(std::move(in));
  }
  return out;
}

bool secret_ok(std::string_view header, std::string_view secret) { return same_secret(header, secret); }

}  // namespace handlers::telegram
