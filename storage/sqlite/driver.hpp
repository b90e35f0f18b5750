// The memory of one city on one machine: SQLite in WAL mode, one writer connection on the storage thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "storage/master_keys.hpp"
#include "storage/store.hpp"

namespace storage::sqlite {

struct options {
  std::filesystem::path file;
  bool full_sync = true;  // false: synchronous=NORMAL, the last commits can be lost when the power fails
  // The service holds the file alone; a command beside it (cases, officer invite) reads and writes a little through
  // its own connection.
  bool alone = true;
  std::int64_t most_pages = 0;  // of 4 KiB each, in the file; 0: as many as the disk holds
};

// Opens or makes the file, migrates its schema. Throws storage::unavailable with a line for a person: locked by
// another service, from a newer program, not a database, a folder that cannot be written, keys that the masters do not
// open. A newest master key that is new to the database gets a data key of its own, and wraps the older ones.
std::unique_ptr<store> open(const options&, const master_keys&);

// Puts a copy made by `backup` in the place of `target`, whose old file stays beside it as "<target>.before-restore".
// What was queued in the copy is not sent again: it becomes `skipped`, with the code "before_restore". Timers that came
// due since are spread from `now` on, in their order. Nobody may have the target open. Throws storage::unavailable when
// the copy is not one of ours.
restored restore(const std::filesystem::path& copy, const std::filesystem::path& target, bot::instant now);

// Whether a service holds the database now.
bool is_held(const std::filesystem::path& database);

// The database file of a "sqlite:PATH" URL, empty when the URL is another kind.
std::filesystem::path file_of_url(const std::string& url);

}  // namespace storage::sqlite
