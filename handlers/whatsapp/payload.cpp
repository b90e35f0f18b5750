#include "handlers/whatsapp/payload.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "handlers/untrusted_json.hpp"
#include "handlers/utf8.hpp"

namespace handlers::whatsapp {
namespace {

using bot::inbound;
using nlohmann::json;
namespace said = bot::said;
using bot::limits::name_bytes;
using bot::limits::text_bytes;

enum class fate : std::uint8_t { taken, ignored, broken };

struct media_key {
  const char* type;
  said::media::kind what;
};
constexpr media_key media_keys[] = {
    {"image", said::media::kind::photo},       {"video", said::media::kind::video},
    {"audio", said::media::kind::audio},       {"voice", said::media::kind::voice},
    {"document", said::media::kind::document}, {"sticker", said::media::kind::sticker},
};

// Kinds after which an answer would be odd.
constexpr std::string_view silent_kinds[] = {"reaction", "order"};

struct state_word {
  std::string_view word;
  said::receipt::state what;
};
constexpr state_word state_words[] = {
    {"sent", said::receipt::state::sent},
    {"delivered", said::receipt::state::delivered},
    {"read", said::receipt::state::read},
    {"failed", said::receipt::state::failed},
};

std::int64_t seconds_of(const json& value) {
  if (const auto seconds = integer_of(value)) return *seconds;
  const std::string digits = text_of(value, 20);
  std::int64_t seconds = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  return seconds;
}

int error_code(const json& errors) {
  if (!errors.is_array() || errors.empty()) return 0;
  const auto code = integer_of(field(errors.front(), "code"));
  return code && *code > 0 && *code < 10'000'000 ? static_cast<int>(*code) : 0;
}

// The list of contacts of a delivery as pairs, both ways: phone number <-> business-scoped user id.
using id_pairs = std::map<std::string, std::string>;

id_pairs read_contacts(const json& contacts) {
  id_pairs pairs;
  if (!contacts.is_array()) return pairs;
  for (const json& contact : contacts) {
    const std::string phone = id_of(field(contact, "wa_id"));
    const std::string scoped = id_of(field(contact, "user_id"));
    if (phone.empty() || scoped.empty()) continue;
    pairs[phone] = scoped;
    pairs[scoped] = phone;
  }
  return pairs;
}

// Fills who it is; a missing id is looked up. False when nobody is named.
bool read_person(std::string phone, std::string scoped, const id_pairs& known, inbound& in) {
  if (phone.empty() != scoped.empty()) {
    const auto pair = known.find(phone.empty() ? scoped : phone);
    if (pair != known.end()) (phone.empty() ? phone : scoped) = pair->second;
  }
  in.person = scoped.empty() ? phone : scoped;
  in.person_alias = scoped.empty() ? std::string() : phone;
  in.chat = in.person;
  return !in.person.empty();
}

said::tap make_tap(const json& reply, const char* data, const char* title) {
  return {text_of(field(reply, data), bot::limits::id_bytes), text_of(field(reply, title), name_bytes), {}, {}};
}

// A filled-in Flow comes as JSON within a string; its words are taken as one message, a line each.
std::optional<bot::payload> read_flow(const json& reply) {
  json answers;
  if (read_json(text_of(field(reply, "response_json"), text_bytes), answers) != json_fault::none) return std::nullopt;
  std::string lines;
  for (const auto& [name, answer] : answers.items()) {
    const std::string words = text_of(answer, text_bytes);
    if (words.empty() || name == "flow_token") continue;
    if (!lines.empty()) lines += '\n';
    lines += words;
  }
  if (lines.empty()) return std::nullopt;
  return said::text{std::string(first_bytes(lines, text_bytes))};
}

std::optional<bot::payload> read_interactive(const json& interactive) {
  for (const char* kind : {"button_reply", "list_reply"}) {
    if (const json& reply = field(interactive, kind); reply.is_object()) return make_tap(reply, "id", "title");
  }
  return read_flow(field(interactive, "nfm_reply"));
}

std::optional<bot::payload> read_pin(const json& location) {
  return pin_at(number_of(field(location, "latitude")), number_of(field(location, "longitude")),
                text_of(field(location, "name"), name_bytes), text_of(field(location, "address"), name_bytes));
}

std::optional<bot::payload> read_media(const json& file, said::media::kind what) {
  said::media media;
  media.what = is_true(field(file, "voice")) ? said::media::kind::voice : what;
  media.file_id = id_of(field(file, "id"));
  if (media.file_id.empty()) return std::nullopt;
  media.unique_id = id_of(field(file, "sha256"));
  media.mime = text_of(field(file, "mime_type"), name_bytes);
  media.name = text_of(field(file, "filename"), name_bytes);
  media.caption = text_of(field(file, "caption"), text_bytes);
  return media;
}

std::optional<bot::payload> read_contact_card(const json& cards, const std::string& sender_phone) {
  const json& card = cards.is_array() && !cards.empty() ? cards.front() : cards;
  const json& phones = field(card, "phones");
  const json& phone = phones.is_array() && !phones.empty() ? phones.front() : phones;
  const std::string wa_id = id_of(field(phone, "wa_id"));
  said::contact_card out{text_of(field(phone, "phone"), name_bytes), !wa_id.empty() && wa_id == sender_phone};
  if (out.phone.empty()) out.phone = wa_id;
  if (out.phone.empty()) return std::nullopt;
  return out;
}

std::optional<bot::payload> read_content(const json& message, const std::string& type, const std::string& phone) {
  const json& content = field(message, type.c_str());
  if (type == "text") {
    std::string body = text_of(field(content, "body"), text_bytes);
    if (body.empty()) return std::nullopt;
    return said::text{std::move(body)};
  }
  if (type == "interactive") return read_interactive(content);
  if (type == "button") return make_tap(content, "payload", "text");
  if (type == "location") return read_pin(content);
  if (type == "contacts") return read_contact_card(content, phone);
  for (const auto& [name, what] : media_keys) {
    if (type == name) return read_media(content, what);
  }
  return std::nullopt;
}

// "This person is now known as": the old address goes into `chat`, where the contact is known by it.
fate read_system(const json& message, inbound& in) {
  const json& system = field(message, "system");
  const std::string type = text_of(field(system, "type"), name_bytes);
  const std::string phone = id_of(field(message, "from"));
  if (type == "user_changed_number") {
    const std::string now = id_of(field(system, "wa_id"));
    const std::string scoped = id_of(field(message, "from_user_id"));
    if (now.empty() || (phone.empty() && scoped.empty())) return fate::broken;
    in.chat = in.person = phone.empty() ? scoped : phone;
    in.person_alias = phone.empty() ? std::string() : scoped;
    in.what = said::moved{now};
    return fate::taken;
  }
  if (type == "user_changed_user_id") {
    const std::string now = id_of(field(system, "user_id"));
    const std::string before = id_of(field(system, "previous_user_id"));
    if (now.empty() || (phone.empty() && before.empty())) return fate::broken;
    in.chat = in.person = before.empty() ? phone : before;
    in.person_alias = before.empty() ? std::string() : phone;
    in.what = said::moved{now};
    return fate::taken;
  }
  return fate::ignored;
}

fate read_message(const json& message, const id_pairs& contacts, inbound& in) {
  in.provider_id = id_of(field(message, "id"));
  if (in.provider_id.empty()) return fate::broken;
  in.stamp = seconds_of(field(message, "timestamp"));
  in.sent_at = instant_of_seconds(in.stamp);
  const std::string type = text_of(field(message, "type"), name_bytes);
  if (type == "system") return read_system(message, in);
  if (!field(message, "group_id").is_null()) return fate::ignored;

  const std::string phone = id_of(field(message, "from"));
  if (!read_person(phone, id_of(field(message, "from_user_id")), contacts, in)) return fate::broken;
  const json& context = field(message, "context");
  in.quoted = id_of(field(context, "id"));
  in.forwarded = is_true(field(context, "forwarded")) || is_true(field(context, "frequently_forwarded"));
  if (auto content = read_content(message, type, phone)) {
    in.what = std::move(*content);
    if (auto* tap = std::get_if<said::tap>(&in.what)) tap->card_message = in.quoted;
  } else {
    const bool silent = std::find(std::begin(silent_kinds), std::end(silent_kinds), type) != std::end(silent_kinds);
    in.what = said::unsupported{type.empty() ? "unknown" : type, silent};
  }
  return fate::taken;
}

fate read_status(const json& status, const id_pairs& contacts, inbound& in) {
  said::receipt receipt;
  receipt.message_id = id_of(field(status, "id"));
  const std::string word = text_of(field(status, "status"), name_bytes);
  if (receipt.message_id.empty() || word.empty()) return fate::broken;
  const auto* state = std::find_if(std::begin(state_words), std::end(state_words),
                                   [&](const state_word& known) { return known.word == word; });
  if (state == std::end(state_words)) return fate::ignored;
  receipt.what = state->what;
  receipt.error_code = error_code(field(status, "errors"));
  in.provider_id = receipt.message_id + '/' + word;
  in.stamp = seconds_of(field(status, "timestamp"));
  in.sent_at = instant_of_seconds(in.stamp);
  read_person(id_of(field(status, "recipient_id")), id_of(field(status, "recipient_user_id")), contacts, in);
  in.what = std::move(receipt);
  return fate::taken;
}

class reader {
 public:
  reader(const account& us, parsed& out) : us_(us), out_(out) {}

  void read_entry(const json& entry, const std::string& place) {
    each(entry, "changes", place, [this](const json& change, const std::string& at) { read_change(change, at); });
  }

 private:
  // Every element of a list that must be there.
  template <typename Visit>
  void each(const json& holder, const char* name, const std::string& place, Visit visit) {
    const json& list = field(holder, name);
    if (!list.is_array()) return out_.dead.push_back(place + '.' + name);
    for (std::size_t i = 0; i < list.size(); ++i) {
      visit(list[i], place + '.' + name + '[' + std::to_string(i) + ']');
    }
  }

  void read_change(const json& change, const std::string& place) {
    const json& topic = field(change, "field");
    if (topic.is_string() && topic != "messages") return;
    const json& value = field(change, "value");
    const std::string number = id_of(field(field(value, "metadata"), "phone_number_id"));
    if (number.empty()) return out_.dead.push_back(place);
    if (number != us_.phone_number_id) return;

    const id_pairs contacts = read_contacts(field(value, "contacts"));
    if (value.contains("messages")) {
      each(value, "messages", place, [&](const json& message, const std::string& at) {
        take(at, [&](inbound& in) { return read_message(message, contacts, in); });
      });
    }
    if (value.contains("statuses")) {
      each(value, "statuses", place, [&](const json& status, const std::string& at) {
        take(at, [&](inbound& in) { return read_status(status, contacts, in); });
      });
    }
    if (const int code = error_code(field(value, "errors")); code != 0) out_.errors.push_back(code);
  }

  template <typename Read>
  void take(const std::string& place, Read read) {
    inbound in;
    in.via = bot::channel::whatsapp;
    in.account = us_.phone_number_id;
    switch (read(in)) {
      case fate::taken: out_.items.push_back(std::move(in)); break;
      case fate::broken: out_.dead.push_back(place); break;
      case fate::ignored: break;
    }
  }

  const account& us_;
  parsed& out_;
};

}  // namespace

parsed parse(std::string_view body, const account& us) {
  parsed out;
  json delivery;
  if (!read_body(body, delivery, out)) return out;
  const json& object = field(delivery, "object");
  if (object.is_string() && object != "whatsapp_business_account") return out;
  const json& entries = field(delivery, "entry");
  if (!object.is_string() || !entries.is_array()) {
    out.what = parsed::status::unknown_shape;
    return out;
  }
  reader read(us, out);
  for (std::size_t i = 0; i < entries.size(); ++i) read.read_entry(entries[i], "entry[" + std::to_string(i) + ']');
  return out;
}

}  // namespace handlers::whatsapp
