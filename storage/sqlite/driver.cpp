#include "storage/sqlite/driver.hpp"

#include <sqlite3.h>

#include <array>
#include <limits>

#include "storage/codec.hpp"
#include "storage/hex.hpp"
#include "storage/ids.hpp"
#include "storage/sql.hpp"
#include "storage/sql_casework.hpp"
#include "storage/sqlite/casework.hpp"
#include "storage/sqlite/contacts.hpp"
#include "storage/sqlite/errors.hpp"
#include "storage/sqlite/files.hpp"
#include "storage/sqlite/media.hpp"
#include "storage/sqlite/notices.hpp"
#include "storage/sqlite/outbox.hpp"
#include "storage/sqlite/purge.hpp"
#include "storage/sqlite/rewrap.hpp"
#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/statement.hpp"

namespace storage::sqlite {
namespace {

std::string outbox_state_name(std::int64_t state) {
  static constexpr std::array names = {"queued", "uncertain", "sent", "delivered", "read", "skipped", "dead"};
  return state >= 0 && state < static_cast<std::int64_t>(names.size()) ? names[static_cast<std::size_t>(state)]
                                                                       : "unknown";
}

class driver final : public store {
 public:
  driver(const options& o, vault v)
      : lock_(o.alone ? std::make_unique<file_lock>(o.file) : nullptr),
        db_(o.file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5000),
        run_(db_),
        vault_(std::move(v)),
        ids_(static_cast<std::uint32_t>(random_bits())),
        contacts_(run_, vault_, o.alone),
        outbox_(run_, vault_, contacts_),
        casework_(run_, vault_),
        media_(db_, run_, vault_, [this] { return new_id(); }),
        purge_(db_, run_, contacts_, media_),
        notices_(run_, vault_) {
    db_.exec("PRAGMA journal_mode=WAL");
    db_.exec(o.full_sync ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
    db_.exec("PRAGMA foreign_keys=ON");
    db_.exec("PRAGMA temp_store=MEMORY");
    db_.exec("PRAGMA cache_size=-16384");
    db_.exec("PRAGMA wal_autocheckpoint=4000");
    if (o.most_pages > 0) db_.exec("PRAGMA max_page_count=" + std::to_string(o.most_pages));
    migrate();
    if (auto last = run_(sql::outbox_last); last.next()) ids_.start_after(last.integer(0));
  }

  std::vector<admission> admit(std::span<const bot::inbound> batch, bot::instant now, bool failed_again) override {
    return guarded([&] {
      db_.exec("BEGIN IMMEDIATE");
      std::vector<admission> all(batch.size());
      for (std::size_t i = 0; i < batch.size(); ++i) admit_one(batch[i], now, failed_again, all[i]);
      return all;
    });
  }

  std::vector<bot::cases::report> reports(const bot::reads& wanted) override {
    return guarded([&] {
      static const std::string by_number = std::string(sql::report_columns) + "WHERE number = $1";
      static const std::string by_id = std::string(sql::report_columns) + "WHERE id = $1";
      std::vector<bot::cases::report> all;
      for (const auto& number : wanted.report_numbers) collect(run_(by_number.c_str(), number), all);
      for (const auto id : wanted.report_ids) collect(run_(by_id.c_str(), id), all);
      return all;
    });
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
    return guarded([&] {
      static const std::string open = std::string(sql::report_columns) + sql::report_open;
      std::vector<bot::cases::report> all;
      collect(run_(open.c_str(), unit, static_cast<std::int64_t>(limit)), all);
      return all;
    });
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
      note(system_now(), 0, renew ? "calendar_renewed" : "calendar_shown", unit);
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
      for (const auto& row : c.conversations)
        run_.run(sql::conversation_put, row.state.contact, encode(row.state), bot::to_millis(row.state.expires_at),
                 bot::to_millis(row.window_until));
      for (const auto& r : c.reports)
        run_.run(sql::report_put, r.id, r.number, r.reporter, r.category, static_cast<int>(r.level),
                 static_cast<int>(r.state), r.ward, r.unit, r.holder, bot::to_millis(r.created_at),
                 bot::to_millis(r.changed_at), r.version, encode(r));
      for (const auto& e : c.events) {
        run_.run(sql::event_add, e.report, bot::to_millis(e.at), new_id(), e.kind, e.actor, e.detail);
        // By nobody: what was joined is closed with its lead.
        if (e.actor != 0 && bot::cases::is_act_of_officer(e.kind)) note(now, e.actor, e.kind, std::to_string(e.report));
      }
      for (const auto& a : c.acts) note(now, a.actor, a.kind, "contact " + std::to_string(a.person));
      for (const auto& t : c.timers)
        run_.run(sql::timer_add, new_id(), bot::to_millis(t.due), t.kind, t.subject, t.version);
      for (const auto id : c.timers_done) run_.run(sql::timer_drop, id);
      auto known_already = outbox_.add(c.outbox);
      outbox_.record(c.results, c.receipts);
      casework_.write(c);
      notices_.write(c, [this] { return new_id(); });
      for (const auto& e : c.notice_events)
        if (e.actor != 0 && !bot::notices::is_of_organiser(e.kind))
          note(now, e.actor, e.kind, "notice " + std::to_string(e.notice));
      for (const auto& [contact, reachable] : c.reachable)
        run_.run(sql::contact_reachable, contact, static_cast<int>(reachable));
      for (const auto contact : c.windows_closed) run_.run(sql::window_close, contact);
      for (const auto& [contact, address] : c.moved) contacts_.move(contact, address);
      for (const auto& f : c.failed) keep_failed(f, batch[f.index], now);
      for (const auto& m : c.bound) {
        const bool same = run_(sql::officer_same, m.contact, m.unit, m.role, static_cast<int>(m.group)).next();
        run_.run(sql::officer_put, m.contact, m.unit, m.role, static_cast<int>(m.group), static_cast<int>(m.on_duty));
        note(now, m.contact, !same ? "bound" : m.on_duty ? "on_duty" : "off_duty", m.unit);
      }
      media_.wish(c.media, now);
      media_.file(c.media_filed, now);
      media_.drop(c.media_dropped);
      for (const auto& code : c.used_invites)
        for (const auto& key : vault_.all_hashes("invite", code)) run_.run(sql::invite_use, key);
      if (!c.bound.empty()) run_.run(sql::roster_version_grow);
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
    return guarded([&] {
      std::map<std::string, std::int64_t> counts;
      auto row = run_(sql::outbox_counts);
      while (row.next()) counts[outbox_state_name(row.integer(0))] = row.integer(1);
      return counts;
    });
  }

  std::optional<bot::instant> oldest_unsent() override {
    return guarded([&]() -> std::optional<bot::instant> {
      auto row = run_(sql::outbox_oldest);
      if (!row.next()) return std::nullopt;
      return id_source::time_of(row.integer(0));
    });
  }

  std::vector<bot::cases::report> list_reports(const report_filter& filter) override {
    return guarded([&] {
      static const std::string newest = std::string(sql::report_columns) + "WHERE id < $1 ORDER BY id DESC LIMIT $2";
      constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
      std::vector<bot::cases::report> all;
      collect(run_(newest.c_str(), filter.before == 0 ? last : filter.before, static_cast<std::int64_t>(filter.limit)),
              all);
      return all;
    });
  }

  std::vector<bot::cases::report_event> history(std::int64_t report) override {
    return guarded([&] {
      std::vector<bot::cases::report_event> all;
      auto row = run_(sql::event_list, report);
      while (row.next())
        all.push_back({row.integer(0), row.text(2), row.integer(3), row.text(4), bot::from_millis(row.integer(1))});
      return all;
    });
  }

  std::vector<bot::cases::invite> open_invites(const std::vector<std::string>& codes, bot::instant now) override {
    return guarded([&] {
      std::vector<bot::cases::invite> all;
      for (const auto& code : codes)
        for (const auto& key : vault_.all_hashes("invite", code))
          if (auto row = run_(sql::invite_find, key, bot::to_millis(now)); row.next())
            all.push_back({code, row.text(0), row.text(1)});
      return all;
    });
  }

  std::int64_t roster_version() override {
    static const std::string name = "roster";
    return counter(name);
  }

  bot::cases::roster roster() override {
    return guarded([&] {
      bot::cases::roster all;
      auto row = run_(sql::officer_list);
      while (row.next())
        all.members.push_back({row.integer(0), row.text(1), row.text(2), row.integer(3) != 0, row.integer(4) != 0});
      return all;
    });
  }

  void add_invite(const bot::cases::invite& i, bot::instant until) override {
    guarded([&] {
      SQLite::Transaction whole(db_, SQLite::TransactionBehavior::IMMEDIATE);
      run_.run(sql::invite_add, vault_.hash("invite", i.code), i.unit, i.role, bot::to_millis(until));
      note(system_now(), 0, "invited", i.unit);
      whole.commit();
    });
  }

  bool revoke(std::int64_t contact) override {
    return guarded([&] {
      SQLite::Transaction whole(db_, SQLite::TransactionBehavior::IMMEDIATE);
      const bool was = run_.run(sql::officer_drop, contact) != 0;
      if (was) {
        run_.run(sql::roster_version_grow);
        note(system_now(), 0, "revoked", std::to_string(contact));
      }
      whole.commit();
      return was;
    });
  }

  std::vector<kept_inbound> failed(std::int64_t after, std::size_t limit) override {
    return guarded([&] { return kept(run_(sql::failed_list, after, static_cast<std::int64_t>(limit))); });
  }

  bool order_replay(std::int64_t id) override {
    return guarded([&] { return run_.run(sql::failed_order, id) != 0; });
  }

  std::vector<kept_inbound> ordered_replays(std::size_t limit) override {
    return guarded([&] { return kept(run_(sql::failed_ordered, static_cast<std::int64_t>(limit))); });
  }

  void end_replay(std::int64_t id, const std::string& why_not) override {
    guarded([&] { why_not.empty() ? run_.run(sql::failed_over, id) : run_.run(sql::failed_again, id, why_not); });
  }

  purged purge(const bot::retention& keep, bot::instant now) override {
    return guarded([&] { return purge_.slice(keep, now); });
  }

  std::vector<not_sent> given_up(std::int64_t after, std::size_t limit) override {
    return guarded([&] {
      std::vector<not_sent> all;
      auto row = run_(sql::outbox_given_up, after, static_cast<std::int64_t>(limit));
      while (row.next()) {
        not_sent one{row.integer(0),
                     row.integer(1),
                     {},
                     outbox_state_name(row.integer(2)),
                     row.text(3),
                     id_source::time_of(row.integer(0))};
        try {
          one.key = decode_say(row.text(4)).key;
        } catch (const refused&) {  // erased, or broken: its state and code are told all the same
        }
        all.push_back(std::move(one));
      }
      return all;
    });
  }

  bool send_again(std::int64_t id, bot::instant now) override {
    return guarded([&] { return run_.run(sql::outbox_again, id, bot::to_millis(now)) != 0; });
  }

  std::vector<audit_entry> audit(std::int64_t after, std::size_t limit) override {
    return guarded([&] {
      std::vector<audit_entry> all;
      auto row = run_(sql::audit_list, after, static_cast<std::int64_t>(limit));
      while (row.next())
        all.push_back(
            {row.integer(0), bot::from_millis(row.integer(1)), row.integer(2), row.text(3), row.text(4), row.text(5)});
      return all;
    });
  }

  std::string audit_head() override {
    return guarded([&] {
      auto row = run_(sql::audit_last);
      return row.next() ? in_hex(row.text(1)) : std::string();
    });
  }

  key_uses uses_of_keys() override {
    return guarded([&] { return sqlite::uses_of_keys(run_); });
  }

  std::int64_t rewrap() override {
    return guarded([&] { return sqlite::rewrap(db_, run_, vault_); });
  }

  media_table& media() override { return media_; }

  void backup(const std::string& file) override {
    guarded([&] { copy_to(db_, file); });
  }

 private:
  void migrate() {
    constexpr int newest = static_cast<int>(schema_steps.size());
    if (version() == newest) return;
    db_.exec(
        "BEGIN IMMEDIATE");  // a command beside the service may be here too: the version counts once we hold the file
    const int have = version();
    if (have > newest) throw unavailable("the database is from a newer version of Kentongan");
    for (int step = have; step < newest; ++step) db_.exec(schema_steps[static_cast<std::size_t>(step)]);
    db_.exec("PRAGMA user_version=" + std::to_string(newest));
    db_.exec("COMMIT");
  }
  int version() { return db_.execAndGet("PRAGMA user_version").getInt(); }

  void admit_one(const bot::inbound& in, bot::instant now, bool failed_again, admission& a) {
    if (const auto* timer = std::get_if<bot::said::timer>(&in.what)) {
      // A timer about a person brings that person's conversation; one about a case has none.
      if (auto known = contacts_.whole(timer->subject)) put_into(a, std::move(*known));
      return;
    }
    if (std::holds_alternative<bot::said::receipt>(in.what)) return;
    const digest seen = vault_.hash("inbox", in.provider_id);
    a.duplicate = run_.run(sql::inbox_add, in.account, in.stamp, seen, bot::to_millis(now)) == 0;
    if (a.duplicate && failed_again) a.duplicate = run_.run(sql::inbox_again, in.account, in.stamp, seen) == 0;
    for (const auto& older : vault_.older_hashes("inbox", in.provider_id))
      if (!a.duplicate) a.duplicate = run_(sql::inbox_find, in.account, in.stamp, older).next();
    if (a.duplicate || in.chat.empty()) return;  // no chat: about a message of ours, or unreadable
    const auto draw = [this] { return new_id(); };
    known_contact chat = contacts_.of(in, in.chat, in.group, now, draw);
    a.actor = chat.chat.contact;
    if (in.group && in.person != in.chat && !in.person.empty())
      a.actor = contacts_.of(in, in.person, false, now, draw).chat.contact;
    put_into(a, std::move(chat));
  }

  static void put_into(admission& a, known_contact&& k) {
    a.chat = std::move(k.chat);
    a.conversation = std::move(k.conversation);
    a.fault = std::move(k.fault);
  }

  static void collect(running row, std::vector<bot::cases::report>& into) {
    while (row.next()) {
      bot::cases::report r;
      r.id = row.integer(0);
      r.number = row.text(1);
      r.reporter = row.integer(2);
      r.category = row.text(3);
      r.level = static_cast<bot::cases::level>(row.integer(4));
      r.state = static_cast<bot::cases::state>(row.integer(5));
      r.ward = row.text(6);
      r.unit = row.text(7);
      r.holder = row.integer(8);
      r.created_at = bot::from_millis(row.integer(9));
      r.changed_at = bot::from_millis(row.integer(10));
      r.version = row.integer(11);
      decode_into(r, row.text(12));
      into.push_back(std::move(r));
    }
  }

  static bot::instant system_now() {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }

  // Within a transaction that holds the file, so that no other process adds in between.
  void note(bot::instant at, std::int64_t actor, const std::string& action, const std::string& subject) {
    audit_entry entry{0, at, actor, action, subject, {}};
    std::string previous;
    if (auto last = run_(sql::audit_last); last.next()) {
      entry.id = last.integer(0);
      previous = last.text(1);
    }
    ++entry.id;
    entry.link = audit_link(previous, entry);
    run_.run(sql::audit_add, entry.id, bot::to_millis(at), actor, action, subject, statements::blob{entry.link});
  }

  std::vector<kept_inbound> kept(running row) const {
    std::vector<kept_inbound> all;
    while (row.next())
      all.push_back({row.integer(0), static_cast<bot::channel>(row.integer(1)), row.text(2),
                     vault_.unseal(row.text(3)).value_or(""), row.text(4), bot::from_millis(row.integer(5)),
                     row.integer(6) != 0});
    return all;
  }

  void keep_failed(const failed_inbound& f, const bot::inbound& in, bot::instant now) {
    if (f.replays == 0 || run_.run(sql::failed_again, f.replays, f.reason) == 0)
      run_.run(sql::failed_add, new_id(), static_cast<int>(in.via), in.account, statements::blob{vault_.seal(f.raw)},
               f.reason, bot::to_millis(now));
    run_.run(sql::inbox_fate, in.account, in.stamp, vault_.hash("inbox", in.provider_id),
             static_cast<int>(fate::failed));
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
  outbox outbox_;
  casework casework_;
  sqlite::media media_;
  sqlite::purge purge_;
  sqlite::notices notices_;
  const changes* written_ = nullptr;  // the changes of the open batch, alive until commit by contract of the caller
};

}  // namespace

std::unique_ptr<store> open(const options& o, vault v) {
  try {
    if (o.file != ":memory:") {
      if (o.file.has_parent_path()) std::filesystem::create_directories(o.file.parent_path());
      make_private(o.file);
    }
    return std::make_unique<driver>(o, std::move(v));
  } catch (const SQLite::Exception& e) {
    throw unavailable("cannot open " + o.file.string() + ": " + e.what());
  } catch (const std::filesystem::filesystem_error& e) {
    throw unavailable(e.what());
  }
}

}  // namespace storage::sqlite
