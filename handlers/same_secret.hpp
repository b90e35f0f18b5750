// Comparing what a stranger sent with a secret of ours.
#pragma once

#include <openssl/crypto.h>

#include <string_view>

namespace handlers {

// The time depends on the lengths only. An empty secret equals nothing.
inline bool same_secret(std::string_view given, std::string_view ours) {
  return !ours.empty() && given.size() == ours.size() && CRYPTO_memcmp(given.data(), ours.data(), ours.size()) == 0;
}

}  // namespace handlers
