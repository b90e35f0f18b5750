#include "storage/sqlite/files.hpp"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "storage/sqlite/driver.hpp"
#include "storage/sqlite/schema.hpp"

namespace storage::sqlite {
namespace {

namespace fs = std::filesystem;

fs::path beside(const fs::path& file, const char* ending) { return fs::path(file.string() + ending); }

[[noreturn]] void fail(const char* what, const fs::path& file) {
  throw unavailable(std::string(what) + " " + file.string() + ": " + std::strerror(errno));
}

}  // namespace

file_lock::file_lock(const fs::path& database) {
  const fs::path file = beside(database, ".lock");
  fd_ = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (fd_ < 0) fail("cannot write", file);
  if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd_);
    throw unavailable("another service holds " + database.string());
  }
}

file_lock::~file_lock() { ::close(fd_); }

void make_private(const fs::path& file) {
  const int fd = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0) fail("cannot write", file);
  ::close(fd);
}

void copy_to(SQLite::Database& source, const fs::path& target) {
  const fs::path part = beside(target, ".part");
  fs::remove(part);
  make_private(part);
  {
    SQLite::Database copy(part.string(), SQLite::OPEN_READWRITE);
    SQLite::Backup backup(copy, source);
    // All pages in one step are one moment of the database; "busy" and "locked" are answers, not exceptions.
    if (backup.executeStep() != SQLITE_DONE) throw unavailable("the copy could not be finished: the database is busy");
  }
  fs::rename(part, target);
}

void restore(const fs::path& copy, const fs::path& target) {
  try {
    {
      SQLite::Database source(copy.string(), SQLite::OPEN_READONLY);
      const int version = source.execAndGet("PRAGMA user_version").getInt();
      if (version < 1 || version > static_cast<int>(schema_steps.size()) ||
          source.execAndGet("PRAGMA integrity_check").getString() != "ok")
        throw unavailable(copy.string() + " is not a whole copy made by `kentongan backup`");
    }
    if (target.has_parent_path()) fs::create_directories(target.parent_path());
    const file_lock alone(target);
    const fs::path part = beside(target, ".part");
    fs::remove(part);
    make_private(part);
    fs::copy_file(copy, part, fs::copy_options::overwrite_existing);
    {
      // Whether a message that was queued when the copy was made went out since, nobody knows: it waits for staff.
      SQLite::Database restored(part.string(), SQLite::OPEN_READWRITE);
      restored.exec("UPDATE outbox SET state = 5, code = 'before_restore' WHERE state < 2");
    }
    // What was not checkpointed yet stands in the log, and belongs to the old file.
    for (const char* end : {"", "-wal", "-shm"}) {
      const fs::path old = beside(target, end);
      const fs::path kept = beside(target, (std::string(".before-restore") + end).c_str());
      fs::remove(kept);
      if (fs::exists(old)) fs::rename(old, kept);
    }
    fs::rename(part, target);
  } catch (const SQLite::Exception& e) {
    throw unavailable(copy.string() + ": " + e.what());
  } catch (const fs::filesystem_error& e) {
    throw unavailable(e.what());
  }
}

bool is_held(const fs::path& database) {
  if (!fs::exists(beside(database, ".lock"))) return false;
  try {
    const file_lock free(database);
    return false;
  } catch (const unavailable&) {
    return true;
  }
}

fs::path file_of_url(const std::string& url) {
  constexpr std::string_view scheme = "sqlite:";
  return url.starts_with(scheme) ? fs::path(url.substr(scheme.size())) : fs::path();
}

}  // namespace storage::sqlite
