#include "storage/sqlite/media.hpp"

#include <SQLiteCpp/Transaction.h>

#include <chrono>

#include "storage/sql.hpp"
#include "storage/sqlite/errors.hpp"

namespace storage::sqlite {
namespace {

using bot::cases::media_fact;
using kind = bot::said::media::kind;

enum class state : std::int64_t { wanted = 0, kept = 1, lost = 2 };

kind kind_of(std::int64_t number) {
  return number >= 0 && number <= static_cast<std::int64_t>(kind::sticker) ? static_cast<kind>(number) : kind::document;
}

media_fact::state fact_of(std::int64_t number, bool shown) {
  if (number == static_cast<std::int64_t>(state::wanted)) return media_fact::state::wanted;
  if (number != static_cast<std::int64_t>(state::kept)) return media_fact::state::lost;
  return shown ? media_fact::state::shown : media_fact::state::unshown;
}

// Several statements, one commit; within a batch they belong to its.
class together {
 public:
  explicit together(SQLite::Database& db) {
    if (sqlite3_get_autocommit(db.getHandle()) != 0) own_.emplace(db);
  }
  void done() {
    if (own_) own_->commit();
  }

 private:
  std::optional<SQLite::Transaction> own_;
};

}  // namespace

// --- within a batch ------------------------------------------------------------------------------------------------

void media::wish(const std::vector<media_wish>& all, bot::instant now) {
  for (const auto& w : all)
    run_.run(sql::media_add, w.id, w.report, static_cast<int>(w.via), w.account, static_cast<int>(w.what.what),
             bot::to_millis(now), statements::blob{vault_.seal(w.what.file_id)}, w.what.bytes);
}

void media::file(const std::vector<std::pair<std::int64_t, std::int64_t>>& file_and_report, bot::instant now) {
  for (const auto& [id, report] : file_and_report) {
    run_.run(sql::media_file, id, report);
    if (run_(sql::media_is_lost, id).next()) tell_of_loss(id, report, now);  // nobody could be told before
  }
}

void media::tell_of_loss(std::int64_t id, std::int64_t report, bot::instant now) {
  static const std::string kind = "media";
  run_.run(sql::timer_add, new_id_(), bot::to_millis(now), kind, report, id);
}

void media::drop(const std::vector<std::int64_t>& ids) {
  for (const auto id : ids) {
    run_.run(sql::media_trash_add, id);
    run_.run(sql::media_drop, id);
  }
}

// --- what there is -------------------------------------------------------------------------------------------------

std::vector<media_fact> media::of_report(std::int64_t report) {
  return guarded([&] {
    std::vector<media_fact> all;
    auto row = run_(sql::media_of_report, report);
    while (row.next())
      all.push_back(
          {fact_of(row.integer(2), row.integer(3) != 0), {kind_of(row.integer(1)), row.integer(0)}, row.text(4)});
    return all;
  });
}

std::vector<wanted_media> media::wanted(bot::instant now, std::size_t limit) {
  return guarded([&] {
    std::vector<wanted_media> all;
    auto row = run_(sql::media_wanted, bot::to_millis(now), static_cast<std::int64_t>(limit));
    while (row.next()) {
      wanted_media w;
      w.id = row.integer(0);
      w.via = static_cast<bot::channel>(row.integer(1));
      w.account = row.text(2);
      w.what = kind_of(row.integer(3));
      w.file_id = vault_.unseal(row.text(4)).value_or("");
      w.claimed = row.integer(5);
      w.attempts = static_cast<int>(row.integer(6));
      w.wished_at = bot::from_millis(row.integer(7));
      all.push_back(std::move(w));
    }
    return all;
  });
}

std::optional<bot::instant> media::next_wanted() {
  return guarded([&]() -> std::optional<bot::instant> {
    auto row = run_(sql::media_next);
    if (!row.next()) return std::nullopt;
    return bot::from_millis(row.integer(0));
  });
}

std::optional<kept_media> media::kept(std::int64_t id) {
  return guarded([&]() -> std::optional<kept_media> {
    auto row = run_(sql::media_kept, id);
    if (!row.next()) return std::nullopt;
    kept_media k;
    k.what = kind_of(row.integer(0));
    k.type = row.text(1);
    k.sha256 = row.text(2);
    k.file = row.text(3);
    k.bytes = row.integer(4);
    k.shown = row.integer(5) != 0;
    return k;
  });
}

std::vector<std::string> media::files() {
  return guarded([&] {
    std::vector<std::string> all;
    auto row = run_(sql::media_files);
    while (row.next()) all.push_back(row.text(0));
    return all;
  });
}

// --- what became of them -------------------------------------------------------------------------------------------

void media::settle(const media_result& r, bot::instant now) {
  guarded([&] {
    together all(db_);
    switch (r.what) {
      case media_result::outcome::later: run_.run(sql::media_later, r.id, bot::to_millis(r.again), r.reason); break;
      case media_result::outcome::kept:
        // The row went while its file was being fetched: nobody wants it any more.
        if (run_.run(sql::media_keep, r.id, static_cast<int>(r.file.what), r.file.type, statements::blob{r.file.sha256},
                     r.file.file, r.file.bytes, static_cast<int>(r.file.shown)) == 0)
          run_.run(sql::media_trash_name, r.file.file);
        break;
      case media_result::outcome::lost:
        if (run_.run(sql::media_lose, r.id, r.reason) == 0) break;
        std::int64_t report = 0;
        if (auto row = run_(sql::media_report_of, r.id); row.next()) report = row.integer(0);
        if (report != 0) tell_of_loss(r.id, report, now);
        break;
    }
    all.done();
  });
}

// --- their end -----------------------------------------------------------------------------------------------------

std::size_t media::drop_of_report(std::int64_t report) {
  return guarded([&] {
    together all(db_);
    run_.run(sql::media_trash_report, report);
    const int gone = run_.run(sql::media_drop_report, report);
    all.done();
    return static_cast<std::size_t>(gone);
  });
}

std::size_t media::drop_unfiled(bot::instant wished_before, std::size_t limit) {
  return guarded([&] {
    together all(db_);
    std::vector<std::int64_t> ids;
    {
      auto row = run_(sql::media_unfiled, bot::to_millis(wished_before), static_cast<std::int64_t>(limit));
      while (row.next()) ids.push_back(row.integer(0));
    }
    drop(ids);
    all.done();
    return ids.size();
  });
}

std::vector<std::string> media::trash(std::size_t limit) {
  return guarded([&] {
    run_.run(sql::media_trash_spare);  // the same content came in again
    std::vector<std::string> all;
    auto row = run_(sql::media_trash, static_cast<std::int64_t>(limit));
    while (row.next()) all.push_back(row.text(0));
    return all;
  });
}

void media::removed(const std::vector<std::string>& names) {
  guarded([&] {
    together all(db_);
    for (const auto& name : names) run_.run(sql::media_trash_drop, name);
    all.done();
  });
}

}  // namespace storage::sqlite
