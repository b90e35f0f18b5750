// WhatsApp's webhook (Cloud API v25) -> bot::inbound. Pure: bytes in, values out; nothing throws on any input.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "handlers/parsed.hpp"

namespace handlers::whatsapp {

struct account {
  std::string phone_number_id;
};

// Reads every message and status of a delivery, in order; a broken one is named in parsed::dead and loses no other.
// - provider_id is the wamid, "<wamid>/<status>" for a receipt; stamp is the timestamp in seconds
// - person and chat are the business-scoped user id where one is told, else the phone number; person_alias is the other
// - `moved` has the old address in `chat`; receipts without a recipient have an empty one
// - names of profiles are never read
// Left out: other objects, fields and phone numbers, groups, unknown states of a message.
parsed parse(std::string_view body, const account& us);

// Checks X-Hub-Signature-256 over the raw bytes. Holds the prepared key; matches() is for one thread at a time.
class signature {
 public:
  explicit signature(std::string_view app_secret);
  ~signature();
  signature(signature&&) noexcept;
  signature& operator=(signature&&) noexcept;

  // `header` is "sha256=" and 64 hex digits. Compared in constant time; never true for an empty secret.
  bool matches(std::string_view raw_body, std::string_view header) const;

 private:
  struct key;
  std::unique_ptr<key> key_;
};

// The same for a single check.
bool signature_ok(std::string_view app_secret, std::string_view raw_body, std::string_view header);

// The verification GET: the challenge to be answered as plain text, nullopt for 403. `query` is the part of the target
// behind "?", still percent-encoded.
std::optional<std::string> handshake(std::string_view query, std::string_view verify_token);

}  // namespace handlers::whatsapp
