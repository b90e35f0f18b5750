// Erases what has had its time, in slices of a few milliseconds. A round walks through all kinds of rows, one after the
// other; where it stands is kept in memory only, and a new start begins a new round.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <functional>
#include <string>

#include "bot/retention.hpp"
#include "storage/sqlite/contacts.hpp"
#include "storage/sqlite/media.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"

namespace storage::sqlite {

class purge {
 public:
  // The references outlive this. Between two batches only.
  purge(SQLite::Database& db, statements& run, contacts& people, media& files)
      : db_(db), run_(run), people_(people), files_(files) {}

  purged slice(const bot::retention&, bot::instant now);

 private:
  // One kind of rows: works on the next few, says whether there are more.
  bool inbox(const bot::retention&, bot::instant now, purged&);
  bool failed(const bot::retention&, bot::instant now, purged&);
  bool invites(const bot::retention&, bot::instant now, purged&);
  bool audit(const bot::retention&, bot::instant now, purged&);
  bool outbox(const bot::retention&, bot::instant now, purged&);
  bool positions(const bot::retention&, bot::instant now, purged&);
  bool reports(const bot::retention&, bot::instant now, purged&);
  bool notices(const bot::retention&, bot::instant now, purged&);
  bool lessons(const bot::retention&, bot::instant now, purged&);
  bool notice_drafts(const bot::retention&, bot::instant now, purged&);
  bool organisers(const bot::retention&, bot::instant now, purged&);
  bool persons(const bot::retention&, bot::instant now, purged&);
  bool files(const bot::retention&, bot::instant now, purged&);
  bool unfiled(const bot::retention&, bot::instant now, purged&);
  bool people(const bot::retention&, bot::instant now, purged&);

  void begin();  // a transaction, when the slice is the first time about to write
  // Every table that tells something of a case. A new one is added here.
  void forget_report(std::int64_t id, const std::string& number, const std::string& figures, purged&);
  // Every table that tells something of a notice. A new one is added here.
  void forget_notice(std::int64_t id, const std::string& number, const std::string& figures);
  // Every table that leads to a person. A new one is added here.
  void forget_contact(std::int64_t id);

  SQLite::Database& db_;
  statements& run_;
  contacts& people_;
  media& files_;
  bool writes_ = false;
  std::size_t kind_ = 0;
  std::int64_t after_ = 0;  // the last id that was looked at, of the kind
  struct {
    std::string account, digest;
    std::int64_t stamp = 0;
  } after_inbox_;
  std::int64_t after_end_ = 0;  // of files: the end of the case `after_`
};

}  // namespace storage::sqlite
