// Keys and what they protect: contact addresses at rest, and keyed hashes to find a contact without reading its
// address. The master keys stand outside the database in a file of their own; a ciphertext and a hash begin with the
// number of the key they were made with, so a key can be replaced while the old one is still understood, and it can be
// told when nothing needs the old one any more.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

using digest = std::array<std::uint8_t, 16>;  // the number of the key, 120 bits of hash

class vault {
 public:
  // Reads the key file, or makes it with mode 0600. Throws std::runtime_error with a line for a person when others can
  // read it, or it is not a key file: lines of "<number> <64 hex digits>", the newest key last.
  static vault open(const std::filesystem::path& key_file);
  // Adds a key of the next number to the file, which becomes the newest. Returns the number. Throws as open() does.
  static int add_key(const std::filesystem::path& key_file);
  // Takes a key away for good; not the newest. Throws as open() does, and when there is no such key.
  static void drop_key(const std::filesystem::path& key_file, int number);
  // A vault with a random key that is kept nowhere, for a store that is thrown away.
  static vault fleeting();

  // Keyed BLAKE2b of `text` under the newest key. `purpose` parts the hashes of different tables from each other.
  digest hash(std::string_view purpose, std::string_view text) const;
  // The same under every key but the newest, newest first: a row may still carry an older one.
  std::vector<digest> older_hashes(std::string_view purpose, std::string_view text) const;
  std::vector<digest> all_hashes(std::string_view purpose, std::string_view text) const;  // newest first

  int newest() const { return keys_.back().id; }
  std::vector<int> numbers() const;  // of all keys, newest last

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
