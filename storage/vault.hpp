// The data keys, open, and what they protect: contact addresses at rest, and keyed hashes to find a contact without
// reading its address. A ciphertext and a hash begin with the number of the key they were made with, so a key can be
// replaced while the old one is still understood, and it can be told when nothing needs the old one any more.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/master_keys.hpp"

namespace storage {

using digest = std::array<std::uint8_t, 16>;  // the number of the key, 120 bits of hash

class vault {
 public:
  // `number`: 1 to 255, none that is there already. What comes last is the newest; until then nothing can be sealed.
  void add(int number, const key_bytes& key);
  // A vault with a random key that is kept nowhere.
  static vault fleeting();

  // Keyed BLAKE2b of `text` under the newest key. `purpose` parts the hashes of different tables from each other.
  digest hash(std::string_view purpose, std::string_view text) const;
  // The same under every key but the newest, newest first: a row may still carry an older one.
  std::vector<digest> older_hashes(std::string_view purpose, std::string_view text) const;
  std::vector<digest> all_hashes(std::string_view purpose, std::string_view text) const;  // newest first

  int newest() const { return keys_.back().number; }
  std::vector<int> numbers() const;  // of all keys, newest last

  std::string seal(std::string_view plain) const;                    // key id, nonce, ciphertext
  std::optional<std::string> unseal(std::string_view sealed) const;  // nothing when the key is gone or it was changed

 private:
  struct key {
    std::uint8_t number = 0;
    key_bytes for_hash{};
    key_bytes for_box{};
  };
  std::vector<key> keys_;  // newest last
};

// Uniform random bits from the operating system.
std::uint64_t random_bits();

}  // namespace storage
