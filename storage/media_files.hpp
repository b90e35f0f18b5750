// The files that people sent, on disk: one sealed file each, named after its content. A file is whole and synced before
// its name is told. Any thread; every call blocks.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "storage/vault.hpp"

namespace storage {

class media_files {
 public:
  // Makes the folder, with mode 0700. `most_bytes`: of all files together. Throws storage::unavailable.
  media_files(std::filesystem::path folder, vault v, std::uint64_t most_bytes);

  struct receipt {
    std::string file;    // keyed hash of the content: nobody can ask the folder whether it holds a known picture
    std::string sha256;  // of the content, 32 bytes
  };
  // Nothing when there is no room: our own limit, or the disk's. Throws storage::unavailable for any other reason.
  std::optional<receipt> put(std::string_view content);
  std::optional<std::string> get(const std::string& file) const;  // nothing: gone, changed, or its key is gone
  bool has(const std::string& file) const;
  void remove(const std::string& file);
  // At the start, before anything is put: removes what no row stands for and what a crash left half-written. Files that
  // do not look like ours are left alone. Returns how many went.
  std::size_t sweep(const std::set<std::string>& known);

  std::set<std::string> names() const;  // of the files that are there

  // --- a key's replacement, with the service stopped
  std::map<int, std::int64_t> uses_of_keys() const;  // files by the number of the key that seals them
  // Seals again under the newest key, one whole file after the other; what no key opens stays. How many changed. Throws
  // storage::unavailable when there is no room.
  std::int64_t rewrap();

  std::uint64_t used() const { return used_; }  // bytes, as far as sweep() and put() have counted

  static std::string sha256(std::string_view content);

 private:
  std::filesystem::path path_of(const std::string& file) const { return folder_ / file; }
  std::optional<std::string> sealed(const std::string& file) const;
  // In the place of `file` once it is whole and synced. False: there is no room.
  bool write_whole(const std::string& file, const std::string& sealed);

  std::filesystem::path folder_;
  vault vault_;
  std::uint64_t most_bytes_;
  std::atomic<std::uint64_t> used_{0};
};

}  // namespace storage
