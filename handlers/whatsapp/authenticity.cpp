// Who is calling: the signature of a delivery and the verification handshake (declared in payload.hpp).
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <new>

#include "handlers/same_secret.hpp"
#include "handlers/whatsapp/payload.hpp"

namespace handlers::whatsapp {
namespace {

constexpr std::size_t digest_bytes = 32;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The text between percent signs and pluses; nullopt when an escape is broken.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace

struct signature::key {
  EVP_MAC* method = nullptr;
  EVP_MAC_CTX* state = nullptr;
  bool empty = true;

  key() = default;
  key(const key&) = delete;
  key& operator=(const key&) = delete;
  ~key() {
    EVP_MAC_CTX_free(state);
    EVP_MAC_free(method);
  }
};

signature::signature(std::string_view app_secret) : key_(std::make_unique<key>()) {
  key_->method = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  key_->state = key_->method == nullptr ? nullptr : EVP_MAC_CTX_new(key_->method);
  if (key_->state == nullptr) throw std::bad_alloc();
  key_->empty = app_secret.empty();
  if (key_->empty) return;
  std::array<char, 7> digest{"SHA256"};
  const std::array<OSSL_PARAM, 2> parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0), OSSL_PARAM_construct_end()};
  const std::string secret(app_secret);
  if (EVP_MAC_init(key_->state, reinterpret_cast<const unsigned char*>(secret.data()), secret.size(),
                   parameters.data()) != 1) {
    throw std::bad_alloc();
  }
}

signature::~signature() = default;
signature::signature(signature&&) noexcept = default;
signature& signature::operator=(signature&&) noexcept = default;

bool signature::matches(std::string_view raw_body, std::string_view header) const {
  constexpr std::string_view scheme = "sha256=";
  if (key_->empty || header.size() != scheme.size() + 2 * digest_bytes || header.substr(0, scheme.size()) != scheme) {
    return false;
  }
  std::array<char, digest_bytes> claimed{};
  for (std::size_t i = 0; i < digest_bytes; ++i) {
    const int high = hex_digit(header[scheme.size() + 2 * i]);
    const int low = hex_digit(header[scheme.size() + 2 * i + 1]);
    if (high < 0 || low < 0) return false;
    claimed[i] = static_cast<char>(high * 16 + low);
  }
  std::array<char, digest_bytes> ours{};
  std::size_t written = 0;
  // Without a key the prepared one is used again.
  const bool summed =
      EVP_MAC_init(key_->state, nullptr, 0, nullptr) == 1 &&
      EVP_MAC_update(key_->state, reinterpret_cast<const unsigned char*>(raw_body.data()), raw_body.size()) == 1 &&
      EVP_MAC_final(key_->state, reinterpret_cast<unsigned char*>(ours.data()), &written, ours.size()) == 1;
  return summed && written == digest_bytes && same_secret({claimed.data(), claimed.size()}, {ours.data(), ours.size()});
}

bool signature_ok(std::string_view app_secret, std::string_view raw_body, std::string_view header) {
  return signature(app_secret).matches(raw_body, header);
}

std::optional<std::string> handshake(std::string_view query, std::string_view verify_token) {
  std::optional<std::string> mode, token, challenge;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto name = percent_decoded(pair.substr(0, equals));
    const auto value = percent_decoded(pair.substr(std::min(pair.size(), equals + 1)));
    if (!name || !value) return std::nullopt;
    if (*name == "hub.mode") mode = value;
    if (*name == "hub.verify_token") token = value;
    if (*name == "hub.challenge") challenge = value;
  }
  const bool ours = mode == "subscribe" && token && same_secret(*token, verify_token);
  // Digits as documented: a stranger who knows the token still cannot make us print a page.
  const bool digits = challenge && !challenge->empty() && challenge->size() <= 64 &&
                      challenge->find_first_not_of("0123456789") == std::string::npos;
  return ours && digits ? challenge : std::nullopt;
}

}  // namespace handlers::whatsapp
