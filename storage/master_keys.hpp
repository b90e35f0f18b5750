// The master keys, which stand outside the database in a file of their own. They seal nothing but the data keys:
// whoever has only the database, or only the file, can read nothing, and a master key is replaced without touching a
// row.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

using key_bytes = std::array<std::uint8_t, 32>;

key_bytes random_key();

class master_keys {
 public:
  // Reads the key file, or makes it with mode 0600. Throws std::runtime_error with a line for a person when others can
  // read it, or it is not a key file: lines of "<number> <64 hex digits>", the newest key last.
  static master_keys open(const std::filesystem::path& key_file);
  // Adds a key of the next number to the file, which becomes the newest. Returns the number. Throws as open() does.
  static int add_to(const std::filesystem::path& key_file);
  // Takes a key away for good; not the newest. Throws as open() does, and when there is no such key.
  static void drop_from(const std::filesystem::path& key_file, int number);
  // A random key that is kept nowhere, for a store that is thrown away.
  static master_keys fleeting();

  struct numbered {
    int number;  // 1 to 255
    key_bytes bytes;
  };
  const std::vector<numbered>& all() const { return keys_; }  // newest last, never empty
  int newest() const { return keys_.back().number; }
  bool has(int number) const;

  // A data key and its number, sealed under the newest master key, whose number comes first.
  std::string wrap(int number, const key_bytes& data_key) const;
  // Nothing when the master key is not in the file, or what was wrapped was changed or bore another number.
  std::optional<key_bytes> unwrap(int number, std::string_view wrapped) const;
  static int wrapped_by(std::string_view wrapped);  // number of the master key; 0: none

 private:
  master_keys() = default;
  std::vector<numbered> keys_;
};

}  // namespace storage
