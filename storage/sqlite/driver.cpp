#include "storage/sqlite/driver.hpp"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "storage/codec.hpp"
#include "storage/ids.hpp"
#include "storage/sql.hpp"
#include "storage/sqlite/contact_cache.hpp"
#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/statement.hpp"

namespace storage::sqlite {
namespace {

constexpr std::size_t cached_contacts = 16384;

// Held for the life of the driver: two services on one file would send everything twice.
class file_lock {
 public:
  explicit file_lock(const std::filesystem::path& file) {
    fd_ = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd_ < 0 || ::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
      if (fd_ >= 0) ::close(fd_);
      throw unavailable("another service holds " + file.string());
    }
  }
  ~file_lock() { ::close(fd_); }
  file_lock(const file_lock&) = delete;
  file_lock& operator=(const file_lock&) = delete;

 private:
  int fd_ = -1;
};

std::string address_key(bot::channel via, const std::string& account, const std::string& address) {
  std::string key;
  key.reserve(account.size() + address.size() + 3);
  key += static_cast<char>('0' + static_cast<int>(via));
  key += ':';
  key += account;
  key += ':';
  key += address;
  return key;
}

std::string outbox_state_name(std::int64_t state) {
  static constexpr std::array names = {"queued", "uncertain", "sent", "delivered", "read", "skipped", "dead"};
  return state >= 0 && state < static_cast<std::int64_t>(names.size()) ? names[static_cast<std::size_t>(state)] : "unknown";
}

class driver final : public store {
 public:
  driver(const options& o, vault v)
      : lock_(o.alone ? std::make_unique<file_lock>(o.file.string() + ".lock") : nullptr),
        db_(o.file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5000),
        run_(db_),
        vault_(std::move(v)),
        ids_(static_cast<std::uint32_t>(random_bits())),
        cache_(cached_contacts),
        alone_(o.alone) {
    db_.exec("PRAGMA journal_mode=WAL");
    db_.exec(o.full_sync ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
    db_.exec("PRAGMA foreign_keys=ON");
    db_.exec("PRAGMA temp_store=MEMORY");
    db_.exec("PRAGMA cache_size=-16384");
    db_.exec("PRAGMA wal_autocheckpoint=4000");
    migrate();
  }

  std::vector<admission> admit(std::span<const bot::inbound> batch, bot::instant now) override {
    return guarded([&] {
      db_.exec("BEGIN IMMEDIATE");
      std::vector<admission> all(batch.size());
      for (std::size_t i = 0; i < batch.size(); ++i) admit_one(batch[i], now, all[i]);
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

  std::vector<std::int64_t> write(const changes& c, std::span<const bot::inbound> batch, bot::instant now) override {
    return guarded([&] {
      std::vector<std::int64_t> known_already;
      for (const auto& row : c.conversations)
        run_.run(sql::conversation_put, row.state.contact, encode(row.state), bot::to_millis(row.state.expires_at),
                 bot::to_millis(row.window_until));
      for (const auto& r : c.reports)
        run_.run(sql::report_put, r.id, r.number, r.reporter, r.category, static_cast<int>(r.level),
                 static_cast<int>(r.state), r.ward, r.unit, r.holder, bot::to_millis(r.created_at),
                 bot::to_millis(r.changed_at), r.version, encode(r));
      for (const auto& e : c.events)
        run_.run(sql::event_add, e.report, bot::to_millis(e.at), new_id(), e.kind, e.actor, e.detail);
      for (const auto& t : c.timers)
        run_.run(sql::timer_add, new_id(), bot::to_millis(t.due), t.kind, t.subject, t.version);
      for (const auto id : c.timers_done) run_.run(sql::timer_drop, id);
      for (const auto& row : c.outbox) {
        const std::string payload = encode(row.what);
        if (row.dedupe.empty())
          run_.run(sql::outbox_add, row.id, row.contact, bot::to_millis(row.due), nullptr, payload);
        else if (run_.run(sql::outbox_add, row.id, row.contact, bot::to_millis(row.due), row.dedupe, payload) == 0)
          known_already.push_back(row.id);
      }
      for (const auto& r : c.results) record(r);
      for (const auto& [contact, reachable] : c.reachable)
        run_.run(sql::contact_reachable, contact, static_cast<int>(reachable));
      for (const auto& [contact, address] : c.moved) move_contact(contact, address);
      for (const auto& f : c.failed) keep_failed(f, batch[f.index], now);
      for (const auto& m : c.bound)
        run_.run(sql::officer_put, m.contact, m.unit, m.role, static_cast<int>(m.group), static_cast<int>(m.on_duty));
      for (const auto& code : c.used_invites) run_.run(sql::invite_use, vault_.hash("invite", code));
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
    take_over_committed();
  }

  void rollback() noexcept override {
    staged_.clear();
    written_ = nullptr;
    if (sqlite3_get_autocommit(db_.getHandle()) == 0) sqlite3_exec(db_.getHandle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

  std::int64_t new_id() override {
    return ids_.next(std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()));
  }

  std::optional<destination> destination_of(std::int64_t contact) override {
    return guarded([&] { return whole(contact).first; });
  }

  std::optional<bot::instant> next_timer() override { return first_time(sql::timer_next); }

  std::vector<bot::inbound> due_timers(bot::instant now, std::size_t limit) override {
    return guarded([&] {
      std::vector<bot::inbound> all;
      auto& s = run_(sql::timer_due, bot::to_millis(now), static_cast<std::int64_t>(limit));
      while (s.executeStep()) {
        bot::inbound in;
        in.sent_at = bot::from_millis(integer_of(s, 4));
        in.what = bot::said::timer{integer_of(s, 0), text_of(s, 1), integer_of(s, 2), integer_of(s, 3)};
        all.push_back(std::move(in));
      }
      s.reset();
      return all;
    });
  }

  std::vector<outbox_item> unsent(std::int64_t after, std::size_t limit) override {
    return guarded([&] {
      std::vector<outbox_item> all;
      auto& s = run_(sql::outbox_unsent, after, static_cast<std::int64_t>(limit));
      while (s.executeStep()) {
        outbox_item item;
        item.row.id = integer_of(s, 0);
        item.row.contact = integer_of(s, 1);
        item.row.due = bot::from_millis(integer_of(s, 2));
        item.row.attempts = static_cast<int>(integer_of(s, 3));
        item.row.dedupe = text_of(s, 4);
        item.row.what = decode_say(text_of(s, 5));
        all.push_back(std::move(item));
      }
      s.reset();
      for (auto& item : all) {
        if (auto to = whole(item.row.contact).first) item.to = std::move(*to);
        if (!item.row.what.edit_of.empty()) item.card_message = card_message(item.row.contact, item.row.what.edit_of);
      }
      return all;
    });
  }

  std::string card_message(std::int64_t contact, const std::string& card) override {
    return guarded([&] {
      auto& s = run_(sql::card_get, contact, card);
      std::string message = s.executeStep() ? text_of(s, 0) : std::string();
      s.reset();
      return message;
    });
  }

  std::map<std::string, std::int64_t> outbox_counts() override {
    return guarded([&] {
      std::map<std::string, std::int64_t> counts;
      auto& s = run_(sql::outbox_counts);
      while (s.executeStep()) counts[outbox_state_name(integer_of(s, 0))] = integer_of(s, 1);
      s.reset();
      return counts;
    });
  }

  std::optional<bot::instant> oldest_unsent() override {
    return guarded([&]() -> std::optional<bot::instant> {
      auto& s = run_(sql::outbox_oldest);
      std::optional<bot::instant> oldest;
      if (s.executeStep()) oldest = time_of_id(integer_of(s, 0));
      s.reset();
      return oldest;
    });
  }

  std::vector<bot::cases::report> list_reports(const report_filter& filter) override {
    return guarded([&] {
      static const std::string newest = std::string(sql::report_columns) + "ORDER BY id DESC LIMIT $1";
      std::vector<bot::cases::report> all;
      collect(run_(newest.c_str(), static_cast<std::int64_t>(filter.limit)), all);
      return all;
    });
  }

  std::vector<bot::cases::report_event> history(std::int64_t report) override {
    return guarded([&] {
      std::vector<bot::cases::report_event> all;
      auto& s = run_(sql::event_list, report);
      while (s.executeStep())
        all.push_back({integer_of(s, 0), text_of(s, 2), integer_of(s, 3), text_of(s, 4), bot::from_millis(integer_of(s, 1))});
      s.reset();
      return all;
    });
  }

  std::vector<bot::cases::invite> open_invites(const std::vector<std::string>& codes, bot::instant now) override {
    return guarded([&] {
      std::vector<bot::cases::invite> all;
      for (const auto& code : codes) {
        const digest key = vault_.hash("invite", code);
        auto& s = run_(sql::invite_find, key, bot::to_millis(now));
        if (s.executeStep()) all.push_back({code, text_of(s, 0), text_of(s, 1)});
        s.reset();
      }
      return all;
    });
  }

  std::int64_t roster_version() override {
    return guarded([&] {
      auto& s = run_(sql::roster_version_get);
      const std::int64_t version = s.executeStep() ? integer_of(s, 0) : 0;
      s.reset();
      return version;
    });
  }

  bot::cases::roster roster() override {
    return guarded([&] {
      bot::cases::roster all;
      auto& s = run_(sql::officer_list);
      while (s.executeStep())
        all.members.push_back({integer_of(s, 0), text_of(s, 1), text_of(s, 2), integer_of(s, 3) != 0, integer_of(s, 4) != 0});
      s.reset();
      return all;
    });
  }

  void add_invite(const bot::cases::invite& i, bot::instant until) override {
    guarded([&] { run_.run(sql::invite_add, vault_.hash("invite", i.code), i.unit, i.role, bot::to_millis(until)); });
  }

  bool revoke(std::int64_t contact) override {
    return guarded([&] {
      const bool was = run_.run(sql::officer_drop, contact) != 0;
      if (was) run_.run(sql::roster_version_grow);
      return was;
    });
  }

  void backup(const std::string& file) override {
    guarded([&] {
      SQLite::Database copy(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      SQLite::Backup(copy, db_).executeStep();
    });
  }

 private:
  // Everything that SQLite throws leaves here as one kind; a bug of ours passes through.
  template <class Work>
  auto guarded(Work&& work) -> decltype(work()) {
    try {
      return work();
    } catch (const SQLite::Exception& e) {
      throw unavailable(std::string("sqlite: ") + e.what());
    }
  }

  void migrate() {
    const int have = db_.execAndGet("PRAGMA user_version").getInt();
    const int newest = static_cast<int>(schema_steps.size());
    if (have > newest) throw unavailable("the database is from a newer version of Kentongan");
    for (int step = have; step < newest; ++step) {
      db_.exec("BEGIN IMMEDIATE");
      db_.exec(schema_steps[static_cast<std::size_t>(step)]);
      db_.exec("PRAGMA user_version=" + std::to_string(step + 1));
      db_.exec("COMMIT");
    }
  }

  void admit_one(const bot::inbound& in, bot::instant now, admission& a) {
    if (const auto* timer = std::get_if<bot::said::timer>(&in.what)) {
      // A timer about a person brings that person's conversation; one about a case has none.
      if (auto [to, conversation] = whole(timer->subject); to) {
        a.chat = std::move(*to);
        a.conversation = std::move(conversation);
      }
      return;
    }
    const digest seen = vault_.hash("inbox", in.provider_id);
    if (run_.run(sql::inbox_add, in.account, in.stamp, seen, bot::to_millis(now)) == 0) {
      a.duplicate = true;
      return;
    }
    if (in.chat.empty()) return;  // about a message of ours, or unreadable: no conversation
    known_contact chat = contact_of(in, in.chat, in.group, now);
    a.actor = chat.chat.contact;
    if (in.group && in.person != in.chat && !in.person.empty()) a.actor = contact_of(in, in.person, false, now).chat.contact;
    a.chat = std::move(chat.chat);
    a.conversation = std::move(chat.conversation);
  }

  known_contact contact_of(const bot::inbound& in, const std::string& address, bool group, bot::instant now) {
    const std::string key = address_key(in.via, in.account, address);
    known_contact found;
    found.key = vault_.hash("contact", key);
    if (const known_contact* cached = cache_.find(found.key)) return *cached;
    for (const auto& one : staged_)
      if (one.key == found.key) return one;

    found.chat.via = in.via;
    found.chat.account = in.account;
    found.chat.address = address;
    found.chat.group = group;
    std::vector<digest> others = vault_.older_hashes("contact", key);
    if (!group && address == in.person && !in.person_alias.empty())
      others.push_back(vault_.hash("contact", address_key(in.via, in.account, in.person_alias)));
    bool known = load_contact(found.key, found);
    for (std::size_t i = 0; i < others.size() && !known; ++i) {
      known = load_contact(others[i], found);
      if (known) run_.run(sql::contact_address_add, found.key, found.chat.contact);
    }
    if (!known) {
      found.chat.contact = new_id();
      found.conversation.contact = found.chat.contact;
      run_.run(sql::contact_add, found.chat.contact, static_cast<int>(in.via), in.account, static_cast<int>(group),
               bot::to_millis(now));
      const std::string sealed = vault_.seal(address);
      run_.run(sql::contact_secret_put, found.chat.contact, statements::bytes(sealed));
      run_.run(sql::contact_address_add, found.key, found.chat.contact);
      for (const auto& other : others) run_.run(sql::contact_address_add, other, found.chat.contact);
    }
    staged_.push_back(found);
    return found;
  }

  bool load_contact(const digest& key, known_contact& into) {
    auto& s = run_(sql::contact_find, key);
    const bool found = s.executeStep();
    if (found) {
      into.chat.contact = integer_of(s, 0);
      into.chat.group = integer_of(s, 1) != 0;
      into.chat.reachable = integer_of(s, 2) != 0;
      into.chat.window_until = bot::from_millis(integer_of(s, 3));
      into.conversation.contact = into.chat.contact;
      if (!s.getColumn(4).isNull()) into.conversation = decode_conversation(text_of(s, 4), into.chat.contact);
      into.chat.language = into.conversation.language;
    }
    s.reset();
    return found;
  }

  std::pair<std::optional<destination>, bot::conversation> whole(std::int64_t contact) {
    auto& s = run_(sql::contact_whole, contact);
    std::optional<destination> to;
    bot::conversation conversation;
    conversation.contact = contact;
    if (s.executeStep()) {
      to.emplace();
      to->contact = contact;
      to->via = static_cast<bot::channel>(integer_of(s, 1));
      to->account = text_of(s, 2);
      to->group = integer_of(s, 3) != 0;
      to->reachable = integer_of(s, 4) != 0;
      to->window_until = bot::from_millis(integer_of(s, 5));
      // A key that is gone leaves the address empty: delivery then says so instead of guessing.
      to->address = vault_.unseal(text_of(s, 6)).value_or("");
      if (!s.getColumn(7).isNull()) conversation = decode_conversation(text_of(s, 7), contact);
      to->language = conversation.language;
    }
    s.reset();
    return {std::move(to), std::move(conversation)};
  }

  static void collect(SQLite::Statement& s, std::vector<bot::cases::report>& into) {
    while (s.executeStep()) {
      bot::cases::report r;
      r.id = integer_of(s, 0);
      r.number = text_of(s, 1);
      r.reporter = integer_of(s, 2);
      r.category = text_of(s, 3);
      r.level = static_cast<bot::cases::level>(integer_of(s, 4));
      r.state = static_cast<bot::cases::state>(integer_of(s, 5));
      r.ward = text_of(s, 6);
      r.unit = text_of(s, 7);
      r.holder = integer_of(s, 8);
      r.created_at = bot::from_millis(integer_of(s, 9));
      r.changed_at = bot::from_millis(integer_of(s, 10));
      r.version = integer_of(s, 11);
      decode_into(r, text_of(s, 12));
      into.push_back(std::move(r));
    }
    s.reset();
  }

  void record(const send_result& r) {
    run_.run(sql::outbox_result, r.id, static_cast<int>(r.state), r.code, bot::to_millis(r.next_attempt));
    if (!r.card.empty() && !r.provider_id.empty()) run_.run(sql::card_put, r.contact, r.card, r.provider_id);
    if (r.unreachable) run_.run(sql::contact_reachable, r.contact, 0);
  }

  void move_contact(std::int64_t contact, const std::string& address) {
    const auto to = whole(contact).first;
    if (!to) return;
    const std::string sealed = vault_.seal(address);
    run_.run(sql::contact_secret_put, contact, statements::bytes(sealed));
    run_.run(sql::contact_address_add, vault_.hash("contact", address_key(to->via, to->account, address)), contact);
  }

  void keep_failed(const failed_inbound& f, const bot::inbound& in, bot::instant now) {
    const std::string sealed = vault_.seal(f.raw);
    run_.run(sql::failed_add, new_id(), in.account, statements::bytes(sealed), f.reason, bot::to_millis(now));
    run_.run(sql::inbox_fate, in.account, in.stamp, vault_.hash("inbox", in.provider_id), static_cast<int>(fate::failed));
  }

  // What this batch made or changed is now true: the cache may know it.
  void take_over_committed() {
    if (alone_) {
      for (auto& one : staged_) cache_.put(std::move(one));
      if (written_ != nullptr) {
        for (const auto& row : written_->conversations)
          cache_.change(row.state.contact, [&](known_contact& k) {
            k.conversation = row.state;
            k.chat.window_until = row.window_until;
            k.chat.language = row.state.language;
          });
        for (const auto& [contact, reachable] : written_->reachable)
          cache_.change(contact, [&](known_contact& k) { k.chat.reachable = reachable; });
        for (const auto& r : written_->results)
          if (r.unreachable) cache_.change(r.contact, [](known_contact& k) { k.chat.reachable = false; });
        for (const auto& [contact, address] : written_->moved) cache_.forget(contact);
      }
    }
    staged_.clear();
    written_ = nullptr;
  }

  std::optional<bot::instant> first_time(const char* text) {
    return guarded([&] {
      auto& s = run_(text);
      std::optional<bot::instant> t;
      if (s.executeStep()) t = bot::from_millis(integer_of(s, 0));
      s.reset();
      return t;
    });
  }

  static bot::instant time_of_id(std::int64_t id) { return bot::from_millis((id >> 21) + 1767225600000); }

  std::unique_ptr<file_lock> lock_;
  SQLite::Database db_;
  statements run_;
  vault vault_;
  id_source ids_;
  contact_cache cache_;
  std::vector<known_contact> staged_;   // found or made in the open batch
  const changes* written_ = nullptr;    // the changes of the open batch, alive until commit by contract of the caller
  bool alone_;
};

}  // namespace

std::unique_ptr<store> open(const options& o, vault v) {
  try {
    if (o.file.has_parent_path()) std::filesystem::create_directories(o.file.parent_path());
    return std::make_unique<driver>(o, std::move(v));
  } catch (const SQLite::Exception& e) {
    throw unavailable("cannot open " + o.file.string() + ": " + e.what());
  } catch (const std::filesystem::filesystem_error& e) {
    throw unavailable(e.what());
  }
}

void restore(const std::filesystem::path& copy, const std::filesystem::path& target) {
  try {
    {
      SQLite::Database source(copy.string(), SQLite::OPEN_READONLY);
      const int version = source.execAndGet("PRAGMA user_version").getInt();
      if (version < 1 || version > static_cast<int>(schema_steps.size()) ||
          source.execAndGet("PRAGMA integrity_check").getString() != "ok")
        throw unavailable(copy.string() + " is not a whole copy made by `kentongan backup`");
    }
    for (const char* side : {"-wal", "-shm"}) std::filesystem::remove(target.string() + side);
    if (std::filesystem::exists(target)) std::filesystem::rename(target, target.string() + ".before-restore");
    std::filesystem::copy_file(copy, target);
  } catch (const SQLite::Exception& e) {
    throw unavailable(copy.string() + ": " + e.what());
  } catch (const std::filesystem::filesystem_error& e) {
    throw unavailable(e.what());
  }
}

std::filesystem::path file_of_url(const std::string& url) {
  constexpr std::string_view scheme = "sqlite:";
  return url.starts_with(scheme) ? std::filesystem::path(url.substr(scheme.size())) : std::filesystem::path();
}

}  // namespace storage::sqlite
