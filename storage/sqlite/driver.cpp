#include "storage/sqlite/driver.hpp"

#include <sqlite3.h>

#include "storage/hex.hpp"
#include "storage/ids.hpp"
#include "storage/sql.hpp"
#include "storage/sql_casework.hpp"
#include "storage/sqlite/audit_log.hpp"
#include "storage/sqlite/casework.hpp"
#include "storage/sqlite/contacts.hpp"
#include "storage/sqlite/data_keys.hpp"
#include "storage/sqlite/errors.hpp"
#include "storage/sqlite/files.hpp"
#include "storage/sqlite/inbox.hpp"
#include "storage/sqlite/media.hpp"
#include "storage/sqlite/notices.hpp"
#include "storage/sqlite/outbox.hpp"
#include "storage/sqlite/purge.hpp"
#include "storage/sqlite/reports.hpp"
#include "storage/sqlite/rewrap.hpp"
#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/staff.hpp"
#include "storage/sqlite/statement.hpp"

namespace storage::sqlite {
namespace {

class driver final : public store {
 public:
  driver(const options& o, const master_keys& masters)
      : lock_(o.alone ? std::make_unique<file_lock>(o.file) : nullptr),
        db_(o.file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5000),
        run_(db_),
        ids_(static_cast<std::uint32_t>(random_bits())),
        contacts_(run_, vault_, o.alone),
        audit_(run_),
        inbox_(run_, vault_, contacts_, [this] { return new_id(); }),
        outbox_(run_, vault_, contacts_),
        reports_(run_, audit_, [this] { return new_id(); }),
        casework_(run_, vault_),
        notices_(run_, vault_),
        staff_(run_, vault_, audit_),
        media_(db_, run_, vault_, [this] { return new_id(); }),
        purge_(db_, run_, contacts_, media_) {
    db_.exec("PRAGMA journal_mode=WAL");
    db_.exec(o.full_sync ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
    db_.exec("PRAGMA foreign_keys=ON");
    db_.exec("PRAGMA temp_store=MEMORY");
    db_.exec("PRAGMA cache_size=-16384");
    db_.exec("PRAGMA wal_autocheckpoint=4000");
    if (o.most_pages > 0) db_.exec("PRAGMA max_page_count=" + std::to_string(o.most_pages));
    make_ready(masters);
    vault_ = open_data_keys(run_, masters);
    if (auto last = run_(sql::outbox_last); last.next()) ids_.start_after(last.integer(0));
  }

  std::vector<admission> admit(std::span<const bot::inbound> batch, bot::instant now, bool failed_again) override {
    return guarded([&] {
      db_.exec("BEGIN IMMEDIATE");
      std::vector<admission> all;
      all.reserve(batch.size());
      for (const auto& in : batch) all.push_back(inbox_.admit(in, now, failed_again));
      return all;
    });
  }

  std::vector<bot::cases::report> reports(const bot::reads& wanted) override {
    return guarded([&] { return reports_.find(wanted); });
  }

  std::vector<bot::cases::report> followers(std::int64_t incident, std::int64_t after, std::size_t limit) override {
    return guarded([&] {
      bot::reads wanted;
      wanted.report_ids = casework_.followers(incident, after, limit);
      return reports(wanted);
    });
  }

  std::size_t incident_size(std::int64_t incident) override {
    return guarded([&] { return casework_.incident_size(incident); });
  }

  std::vector<bot::cases::report> open_reports(const std::string& unit, std::size_t limit) override {
    return guarded([&] { return reports_.open(unit, limit); });
  }

  std::vector<bot::cases::recent_case> recent(std::int64_t after, bot::instant since) override {
    return guarded([&] { return casework_.recent(after, since); });
  }

  std::vector<bot::notices::notice> notices(const bot::reads& wanted) override {
    return guarded([&] { return notices_.find(wanted); });
  }

  std::vector<bot::notices::notice> notices_between(const std::vector<std::string>& units, bot::instant from,
                                                    bot::instant until, std::size_t limit) override {
    return guarded([&] { return notices_.between(units, from, until, limit); });
  }

  std::vector<std::string> calendar_keys(const std::string& unit) override {
    return keyed_hashes("calendar", unit + ":" + std::to_string(counter("calendar:" + unit)));
  }

  std::string hand_out_calendar(const std::string& unit, bool renew) override {
    guarded([&] {
      SQLite::Transaction whole(db_, SQLite::TransactionBehavior::IMMEDIATE);
      if (renew) run_.run(sql::counter_add, "calendar:" + unit, std::int64_t{1});
      audit_.note(system_now(), 0, renew ? "calendar_renewed" : "calendar_shown", unit);
      whole.commit();
    });
    return calendar_keys(unit).front();
  }

  std::string person_of(std::int64_t notice) override {
    return guarded([&] { return notices_.person_of(notice); });
  }

  std::optional<bot::notices::notice> notice_of_code(const std::string& code) override {
    return guarded([&] { return notices_.of_code(code); });
  }

  std::optional<bot::notices::notice> notice_of_recommendation(const std::string& token) override {
    return guarded([&] { return notices_.of_recommendation(token); });
  }

  std::vector<bot::notices::notice> open_notices(const std::string& unit, std::size_t limit) override {
    return guarded([&] { return notices_.open(unit, limit); });
  }

  std::vector<std::string> learned_at(const std::string& place, bot::instant since, std::size_t limit) override {
    return guarded([&] { return notices_.learned_at(place, since, limit); });
  }

  std::optional<bot::notices::kept_draft> draft(const std::string& number) override {
    return guarded([&] { return notices_.draft(number); });
  }

  std::vector<bot::notices::notice> list_notices(std::size_t limit) override {
    return guarded([&] { return notices_.newest(limit); });
  }

  std::vector<bot::notices::notice_event> notice_history(std::int64_t notice) override {
    return guarded([&] { return notices_.history(notice); });
  }

  std::string callback_of(std::int64_t contact) override {
    return guarded([&] { return casework_.callback_of(contact); });
  }

  bool has_written(std::int64_t contact) override {
    return guarded([&] { return casework_.has_written(contact); });
  }

  std::vector<counted> tallies() override {
    return guarded([&] { return casework_.tallies(); });
  }

  std::vector<std::int64_t> write(const changes& c, std::span<const bot::inbound> batch, bot::instant now) override {
    return guarded([&] {
      reports_.write(c, now);
      for (const auto& a : c.acts) audit_.note(now, a.actor, a.kind, "contact " + std::to_string(a.person));
      for (const auto& t : c.timers)
        run_.run(sql::timer_add, new_id(), bot::to_millis(t.due), t.kind, t.subject, t.version);
      for (const auto id : c.timers_done) run_.run(sql::timer_drop, id);
      auto known_already = outbox_.add(c.outbox);
      outbox_.record(c.results, c.receipts);
      contacts_.write(c);
      casework_.write(c);
      notices_.write(c, [this] { return new_id(); });
      for (const auto& e : c.notice_events)
        if (e.actor != 0 && !bot::notices::is_of_organiser(e.kind))
          audit_.note(now, e.actor, e.kind, "notice " + std::to_string(e.notice));
      for (const auto& f : c.failed) inbox_.keep(f, batch[f.index], now);
      staff_.write(c, now);
      media_.wish(c.media, now);
      media_.file(c.media_filed, now);
      media_.drop(c.media_dropped);
      written_ = &c;
      return known_already;
    });
  }

  void commit() override {
    guarded([&] {
      // A full disk ends SQLite's transaction by itself, and a COMMIT then would succeed with nothing in it.
      if (sqlite3_get_autocommit(db_.getHandle()) != 0) throw unavailable("the transaction was ended by the store");
      db_.exec("COMMIT");
    });
    contacts_.committed(written_);
    written_ = nullptr;
  }

  void rollback() noexcept override {
    contacts_.rolled_back();
    written_ = nullptr;
    if (sqlite3_get_autocommit(db_.getHandle()) == 0)
      sqlite3_exec(db_.getHandle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

  std::vector<std::string> keyed_hashes(const std::string& purpose, const std::string& text) override {
    std::vector<std::string> all;
    for (const auto& hash : vault_.all_hashes(purpose, text)) all.push_back(in_hex(hash));
    return all;
  }

  std::int64_t new_id() override { return ids_.next(system_now()); }

  std::optional<destination> destination_of(std::int64_t contact) override {
    return guarded([&]() -> std::optional<destination> {
      if (auto known = contacts_.whole(contact)) return std::move(known->chat);
      return std::nullopt;
    });
  }

  std::optional<bot::instant> next_timer() override { return first_time(sql::timer_next); }

  std::vector<bot::inbound> due_timers(bot::instant now, std::size_t limit) override {
    return guarded([&] {
      std::vector<bot::inbound> all;
      auto row = run_(sql::timer_due, bot::to_millis(now), static_cast<std::int64_t>(limit));
      while (row.next()) {
        bot::inbound in;
        in.sent_at = bot::from_millis(row.integer(4));
        in.what = bot::said::timer{row.integer(0), row.text(1), row.integer(2), row.integer(3)};
        all.push_back(std::move(in));
      }
      return all;
    });
  }

  std::int64_t row_of(const std::string& provider_id) override {
    return guarded([&] { return outbox_.row_of(provider_id); });
  }

  std::optional<outbox_item> undelivered(std::int64_t row) override {
    return guarded([&] { return outbox_.undelivered(row); });
  }

  std::int64_t counter(const std::string& name) override {
    return guarded([&] {
      auto row = run_(sql::counter_get, name);
      return row.next() ? row.integer(0) : std::int64_t{0};
    });
  }

  std::vector<outbox_item> unsent(std::int64_t after, std::size_t limit) override {
    return guarded([&] { return outbox_.unsent(after, limit); });
  }

  std::string card_message(std::int64_t contact, const std::string& card) override {
    return guarded([&] { return outbox_.card_message(contact, card); });
  }

  std::map<std::string, std::int64_t> outbox_counts() override {
    return guarded([&] { return outbox_.counts(); });
  }

  std::optional<bot::instant> oldest_unsent() override {
    return guarded([&] { return outbox_.oldest_unsent(); });
  }

  std::vector<bot::cases::report> list_reports(const report_filter& filter) override {
    return guarded([&] { return reports_.newest(filter); });
  }

  std::vector<bot::cases::report_event> history(std::int64_t report) override {
    return guarded([&] { return reports_.history(report); });
  }

  std::vector<bot::cases::invite> open_invites(const std::vector<std::string>& codes, bot::instant now) override {
    return guarded([&] { return staff_.open_invites(codes, now); });
  }

  std::int64_t roster_version() override {
    static const std::string name = "roster";
    return counter(name);
  }

  bot::cases::roster roster() override {
    return guarded([&] { return staff_.roster(); });
  }

  void add_invite(const bot::cases::invite& i, bot::instant until) override {
    guarded([&] {
      SQLite::Transaction whole(db_, SQLite::TransactionBehavior::IMMEDIATE);
      staff_.invite(i, until, system_now());
      whole.commit();
    });
  }

  bool revoke(std::int64_t contact) override {
    return guarded([&] {
      SQLite::Transaction whole(db_, SQLite::TransactionBehavior::IMMEDIATE);
      const bool was = staff_.revoke(contact, system_now());
      whole.commit();
      return was;
    });
  }

  std::vector<kept_inbound> failed(std::int64_t after, std::size_t limit) override {
    return guarded([&] { return inbox_.failed(after, limit); });
  }

  bool order_replay(std::int64_t id) override {
    return guarded([&] { return inbox_.order(id); });
  }

  std::vector<kept_inbound> ordered_replays(std::size_t limit) override {
    return guarded([&] { return inbox_.ordered(limit); });
  }

  void end_replay(std::int64_t id, const std::string& why_not) override {
    guarded([&] { inbox_.end_replay(id, why_not); });
  }

  purged purge(const bot::retention& keep, bot::instant now) override {
    return guarded([&] { return purge_.slice(keep, now); });
  }

  std::vector<not_sent> given_up(std::int64_t after, std::size_t limit) override {
    return guarded([&] { return outbox_.given_up(after, limit); });
  }

  bool send_again(std::int64_t id, bot::instant now) override {
    return guarded([&] { return outbox_.send_again(id, now); });
  }

  std::vector<audit_entry> audit(std::int64_t after, std::size_t limit) override {
    return guarded([&] { return audit_.after(after, limit); });
  }

  std::string audit_head() override {
    return guarded([&] { return audit_.head(); });
  }

  const vault& keys() const override { return vault_; }

  key_uses uses_of_keys() override {
    return guarded([&] { return sqlite::uses_of_keys(run_); });
  }

  std::int64_t rewrap() override {
    return guarded([&] { return sqlite::rewrap(db_, run_, vault_); });
  }

  bool drop_key(int number) override {
    return guarded([&] { return number != vault_.newest() && drop_data_key(run_, number); });
  }

  media_table& media() override { return media_; }

  void backup(const std::string& file) override {
    guarded([&] { copy_to(db_, file); });
  }

 private:
  // The newest schema, and data keys that the newest master key wraps.
  void make_ready(const master_keys& masters) {
    constexpr int newest = static_cast<int>(schema_steps.size());
    if (version() == newest && data_keys_are_settled(run_, masters)) return;
    // A command beside the service may be here too: the version counts once we hold the file.
    SQLite::Transaction whole(db_, SQLite::TransactionBehavior::IMMEDIATE);
    const int have = version();
    if (have > newest) throw unavailable("the database is from a newer version of Kentongan");
    const bool derived = have > 0 && !db_.tableExists("data_key");
    for (int step = have; step < newest; ++step) db_.exec(schema_steps[static_cast<std::size_t>(step)]);
    settle_data_keys(run_, masters, derived);
    db_.exec("PRAGMA user_version=" + std::to_string(newest));
    whole.commit();
  }
  int version() { return db_.execAndGet("PRAGMA user_version").getInt(); }

  static bot::instant system_now() {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }

  std::optional<bot::instant> first_time(const char* text) {
    return guarded([&]() -> std::optional<bot::instant> {
      auto row = run_(text);
      if (!row.next()) return std::nullopt;
      return bot::from_millis(row.integer(0));
    });
  }

  std::unique_ptr<file_lock> lock_;
  SQLite::Database db_;
  statements run_;
  vault vault_;
  id_source ids_;
  contacts contacts_;
  audit_log audit_;
  inbox inbox_;
  outbox outbox_;
  sqlite::reports reports_;
  casework casework_;
  sqlite::notices notices_;
  staff staff_;
  sqlite::media media_;
  sqlite::purge purge_;
  const changes* written_ = nullptr;  // the changes of the open batch, alive until commit by contract of the caller
};

}  // namespace

std::unique_ptr<store> open(const options& o, const master_keys& masters) {
  try {
    if (o.file != ":memory:") {
      if (o.file.has_parent_path()) std::filesystem::create_directories(o.file.parent_path());
      make_private(o.file);
    }
    return std::make_unique<driver>(o, masters);
  } catch (const SQLite::Exception& e) {
    throw unavailable("cannot open " + o.file.string() + ": " + e.what());
  } catch (const std::filesystem::filesystem_error& e) {
    throw unavailable(e.what());
  }
}

}  // namespace storage::sqlite
