// The database as files: who holds it, a copy of it, a copy in its place.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>

namespace storage::sqlite {

// Held for the life of a service: two on one file would send everything twice. Throws storage::unavailable when it is
// held already or cannot be made.
class file_lock {
 public:
  explicit file_lock(const std::filesystem::path& database);  // locks "<database>.lock"
  ~file_lock();
  file_lock(const file_lock&) = delete;
  file_lock& operator=(const file_lock&) = delete;

 private:
  int fd_ = -1;
};

// Makes an empty file that only its owner can read, unless there is one already. Throws storage::unavailable.
void make_private(const std::filesystem::path&);

// A consistent copy of an open database, in the place of `target` once it is whole.
void copy_to(SQLite::Database& source, const std::filesystem::path& target);

}  // namespace storage::sqlite
