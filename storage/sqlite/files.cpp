#include "storage/sqlite/files.hpp"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "storage/sqlite/driver.hpp"
#include "storage/sqlite/schema.hpp"

namespace storage::sqlite {
namespace {

namespace fs = std::filesystem;

fs::path beside(const fs::path& file, const char* ending) { return fs::path(file.string() + ending); }

[[noreturn]] void fail(const char* what, const fs::path& file) {
  throw unavailable(std::string(what) + " " + file.string() + ": " + std::strerror(errno));
}

void put_counter(SQLite::Database& db, const char* name, std::int64_t value) {
  SQLite::Statement put(
      db, "INSERT INTO counter (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2");
  put.bind(1, name);
  put.bind(2, value);
  put.exec();
}

std::optional<std::int64_t> counter(SQLite::Database& db, const char* name) {
  SQLite::Statement get(db, "SELECT value FROM counter WHERE name = ?1");
  get.bind(1, name);
  if (!get.executeStep()) return std::nullopt;
  return get.getColumn(0).getInt64();
}

// How often the database that is being replaced was restored; 0 when it is gone or broken, as it may well be.
std::int64_t generation_of(const fs::path& database) {
  try {
    if (!fs::exists(database) || fs::file_size(database) == 0) return 0;
    SQLite::Database db(database.string(), SQLite::OPEN_READONLY);
    return counter(db, "generation").value_or(0);
  } catch (const SQLite::Exception&) {
    return 0;
  }
}

// The last commit shows in the time of the log, a checkpoint in that of the file.
std::optional<bot::instant> last_change(const fs::path& database) {
  std::optional<bot::instant> last;
  for (const char* end : {"", "-wal"}) {
    struct stat info {};
    const fs::path file = beside(database, end);
    if (::stat(file.c_str(), &info) != 0 || info.st_size == 0) continue;
    const bot::instant at = bot::from_millis(info.st_mtim.tv_sec * 1000LL + info.st_mtim.tv_nsec / 1000000);
    last = last ? std::max(*last, at) : at;
  }
  return last;
}

// Makes a copy fit to be gone on with, in one transaction.
restored made_ready(const fs::path& copy, std::int64_t generation_before, bot::instant now) {
  restored all;
  SQLite::Database db(copy.string(), SQLite::OPEN_READWRITE);
  SQLite::Transaction whole(db);
  all.generation = std::max(generation_before, counter(db, "generation").value_or(0)) + 1;
  put_counter(db, "generation", all.generation);
  if (const auto at = counter(db, "copied_at")) all.copied_at = bot::from_millis(*at);
  // Whether a message that was queued when the copy was made went out since, nobody knows: it waits for staff.
  all.waiting = db.exec("UPDATE outbox SET state = 5, code = 'before_restore' WHERE state < 2");
  // A night's worth of reminders at once would bury what happens now.
  SQLite::Statement overdue(db, "SELECT count(*) FROM timer WHERE due_at <= ?1");
  overdue.bind(1, bot::to_millis(now));
  overdue.executeStep();
  all.timers = overdue.getColumn(0).getInt64();
  if (all.timers > 0) {
    constexpr std::int64_t each = 500, most = 30LL * 60 * 1000;  // milliseconds
    const std::int64_t step = std::clamp<std::int64_t>(most / all.timers, 1, each);
    SQLite::Statement spread(
        db,
        "UPDATE timer SET due_at = ?1 + one.place * ?2 FROM (SELECT id, row_number() OVER (ORDER BY "
        "due_at, id) AS place FROM timer WHERE due_at <= ?1) AS one WHERE timer.id = one.id");
    spread.bind(1, bot::to_millis(now));
    spread.bind(2, step);
    spread.exec();
    all.timers_take = std::chrono::milliseconds(step * all.timers);
  }
  SQLite::Statement keys(db, "SELECT address FROM contact_secret GROUP BY substr(address, 1, 1)");
  while (keys.executeStep()) all.samples.push_back(keys.getColumn(0).getString());
  if (db.tableExists("media")) {  // a copy may be older than they are
    SQLite::Statement files(db, "SELECT file FROM media WHERE file IS NOT NULL");
    while (files.executeStep()) all.media.insert(files.getColumn(0).getString());
  }
  whole.commit();
  return all;
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
    const auto began = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    {
      SQLite::Backup backup(copy, source);
      // All pages in one step are one moment of the database; "busy" and "locked" are answers, not exceptions.
      if (backup.executeStep() != SQLITE_DONE)
        throw unavailable("the copy could not be finished: the database is busy");
    }
    copy.exec("PRAGMA journal_mode=DELETE");  // one file, that holds all of it
    put_counter(copy, "copied_at", bot::to_millis(began));
  }
  fs::rename(part, target);
}

restored restore(const fs::path& copy, const fs::path& target, bot::instant now) {
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
    const auto last_written = last_change(target);
    const fs::path part = beside(target, ".part");
    fs::remove(part);
    make_private(part);
    fs::copy_file(copy, part, fs::copy_options::overwrite_existing);
    restored all = made_ready(part, generation_of(target), now);
    all.last_written = last_written;
    // What was not checkpointed yet stands in the log, and belongs to the old file.
    for (const char* end : {"", "-wal", "-shm"}) {
      const fs::path old = beside(target, end);
      const fs::path kept = beside(target, (std::string(".before-restore") + end).c_str());
      fs::remove(kept);
      if (fs::exists(old)) fs::rename(old, kept);
    }
    fs::rename(part, target);
    return all;
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
