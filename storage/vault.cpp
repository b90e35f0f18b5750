#include "storage/vault.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include "storage/sodium.hpp"

namespace storage {
namespace {

digest keyed_hash(std::uint8_t number, const key_bytes& key, std::string_view purpose, std::string_view text) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.data(), key.size(), sizeof(digest));
  const auto update = [&](std::string_view part) {
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  };
  update(purpose);
  update(std::string_view("\0", 1));
  update(text);
  digest out{};
  crypto_generichash_final(&state, out.data(), out.size());
  out[0] = number;
  return out;
}

}  // namespace

void vault::add(int number, const key_bytes& bytes) {
  start_sodium();
  key k;
  k.number = static_cast<std::uint8_t>(number);
  crypto_kdf_derive_from_key(k.for_hash.data(), k.for_hash.size(), 1, "ktghash_", bytes.data());
  crypto_kdf_derive_from_key(k.for_box.data(), k.for_box.size(), 2, "ktgbox__", bytes.data());
  keys_.push_back(k);
}

vault vault::fleeting() {
  vault v;
  v.add(1, random_key());
  return v;
}

std::vector<int> vault::numbers() const {
  std::vector<int> all;
  for (const auto& k : keys_) all.push_back(k.number);
  return all;
}

digest vault::hash(std::string_view purpose, std::string_view text) const {
  return keyed_hash(keys_.back().number, keys_.back().for_hash, purpose, text);
}

std::vector<digest> vault::older_hashes(std::string_view purpose, std::string_view text) const {
  std::vector<digest> all;
  for (auto k = keys_.rbegin() + 1; k != keys_.rend(); ++k)
    all.push_back(keyed_hash(k->number, k->for_hash, purpose, text));
  return all;
}

std::vector<digest> vault::all_hashes(std::string_view purpose, std::string_view text) const {
  std::vector<digest> all = older_hashes(purpose, text);
  all.insert(all.begin(), hash(purpose, text));
  return all;
}

std::string vault::seal(std::string_view plain) const {
  const key& k = keys_.back();
  constexpr std::size_t head = 1 + crypto_secretbox_NONCEBYTES;
  std::string out(head + crypto_secretbox_MACBYTES + plain.size(), '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(out.data());
  bytes[0] = k.number;
  randombytes_buf(bytes + 1, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(bytes + head, reinterpret_cast<const unsigned char*>(plain.data()), plain.size(), bytes + 1,
                        k.for_box.data());
  return out;
}

std::optional<std::string> vault::unseal(std::string_view sealed) const {
  constexpr std::size_t head = 1 + crypto_secretbox_NONCEBYTES;
  if (sealed.size() < head + crypto_secretbox_MACBYTES) return std::nullopt;
  const auto* bytes = reinterpret_cast<const unsigned char*>(sealed.data());
  const auto k = std::find_if(keys_.begin(), keys_.end(), [&](const key& one) { return one.number == bytes[0]; });
  if (k == keys_.end()) return std::nullopt;
  std::string plain(sealed.size() - head - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(plain.data()), bytes + head, sealed.size() - head,
                                 bytes + 1, k->for_box.data()) != 0)
    return std::nullopt;
  return plain;
}

// Some are drawn at once: each draw asks the kernel, and every turn needs several.
std::uint64_t random_bits() {
  thread_local std::array<std::uint64_t, 64> drawn{};
  thread_local std::size_t left = 0;
  if (left == 0) {
    start_sodium();
    randombytes_buf(drawn.data(), sizeof drawn);
    left = drawn.size();
  }
  return std::exchange(drawn[--left], 0);
}

}  // namespace storage
