// Keys and what they protect: contact addresses at rest, and keyed hashes to find a contact without reading its
// address. The master key stands outside the database in a file of its own; a ciphertext and a hash name the key they
// were made with, so a key can be replaced while the old one is still understood.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

using digest = std::array<std::uint8_t, 16>;

class vault {
 public:
  // Reads the key file, or makes it with mode 0600. Throws std::runtime_error with a line for a person when others can
  // read it, or it is not a key file: lines of "<number> <64 hex digits>", the newest key last.
  static vault open(const std::filesystem::path& key_file);
  // A vault with a random key that is kept nowhere, for a store that is thrown away.
  static vault fleeting();

  // Keyed BLAKE2b of `text` under the newest key. `purpose` parts the hashes of different tables from each other.
  digest hash(std::string_view purpose, std::string_view text) const;
  // The same under every key but the newest, newest first: a row may still carry an older one.
  std::vector<digest> older_hashes(std::string_view purpose, std::string_view text) const;
  std::vector<digest> all_hashes(std::string_view purpose, std::string_view text) const;  // newest first

  std::string seal(std::string_view plain) const;                    // key id, nonce, ciphertext
  std::optional<std::string> unseal(std::string_view sealed) const;  // nothing when the key is gone or it was changed

 private:
  struct key {
    std::uint8_t id = 0;
    std::array<std::uint8_t, 32> for_hash{};
    std::array<std::uint8_t, 32> for_box{};
  };
  vault() = default;
  void add(std::uint8_t id, const std::array<std::uint8_t, 32>& master);
  std::vector<key> keys_;  // newest last, never empty
};

// Uniform random bits from the operating system.
std::uint64_t random_bits();

}  // namespace storage
