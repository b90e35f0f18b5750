#include "storage/sqlite/rewrap.hpp"

#include <functional>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "storage/codec.hpp"
#include "storage/hex.hpp"
#include "storage/sql.hpp"
#include "storage/sql_keys.hpp"
#include "storage/sqlite/contacts.hpp"

namespace storage::sqlite {
namespace {

constexpr std::int64_t page = 1000;

int key_of(const std::string& bytes) { return bytes.empty() ? 0 : static_cast<unsigned char>(bytes[0]); }

// Calls `some` in a transaction each, until it says that nothing is left.
void in_pages(SQLite::Database& db, const std::function<bool()>& some) {
  for (bool more = true; more;) {
    SQLite::Transaction whole(db);
    more = some();
    whole.commit();
  }
}

std::optional<bot::say> readable(const std::string& payload) {
  try {
    return decode_say(payload);
  } catch (const refused&) {
    return std::nullopt;  // broken, or a newer program's: it is not rewritten
  }
}

class rewrapping {
 public:
  rewrapping(SQLite::Database& db, statements& run, const vault& v) : db_(db), run_(run), vault_(v) {}

  std::int64_t all() {
    in_pages(db_, [this] { return addresses(); });
    in_pages(db_, [this] { return cards(); });
    for (const auto& [find, put] : {std::pair{sql::rewrap_failed, sql::rewrap_failed_put},
                                    {sql::rewrap_callbacks, sql::rewrap_callbacks_put},
                                    {sql::rewrap_persons, sql::rewrap_persons_put},
                                    {sql::rewrap_wanted, sql::rewrap_wanted_put}}) {
      after_ = 0;
      in_pages(db_, [this, find = find, put = put] { return sealed_column(find, put); });
    }
    after_ = 0;
    in_pages(db_, [this] { return messages(); });
    return changed_;
  }

 private:
  // The newest ciphertext of what `sealed` says; empty: it is the newest, or nobody can read it.
  std::string renewed(const std::string& sealed) {
    if (key_of(sealed) == vault_.newest()) return {};
    const auto plain = vault_.unseal(sealed);
    if (!plain) return {};
    ++changed_;
    return vault_.seal(*plain);
  }

  bool addresses() {
    struct person {
      std::int64_t contact;
      std::string sealed, account;
      bot::channel via;
    };
    std::vector<person> some;
    {
      auto row = run_(sql::rewrap_addresses, after_, page);
      while (row.next())
        some.push_back({row.integer(0), row.text(1), row.text(3), static_cast<bot::channel>(row.integer(2))});
    }
    for (const auto& one : some) {
      after_ = one.contact;
      const auto plain = vault_.unseal(one.sealed);
      if (!plain) continue;
      if (const auto fresh = renewed(one.sealed); !fresh.empty())
        run_.run(sql::contact_secret_put, one.contact, statements::blob{fresh});
      const std::string name = address_name(one.via, one.account, *plain);
      run_.run(sql::contact_address_add, vault_.hash("contact", name), one.contact);
      for (const auto& older : vault_.older_hashes("contact", name))
        changed_ += run_.run(sql::rewrap_lookup_drop, older, one.contact);
    }
    return static_cast<std::int64_t>(some.size()) == page;
  }

  bool cards() {
    struct card {
      std::int64_t contact;
      std::string subject, sealed;
    };
    std::vector<card> some;
    {
      auto row = run_(sql::rewrap_cards, after_card_, after_subject_, page);
      while (row.next()) some.push_back({row.integer(0), row.text(1), row.text(2)});
    }
    for (const auto& one : some) {
      after_card_ = one.contact;
      after_subject_ = one.subject;
      if (const auto fresh = renewed(one.sealed); !fresh.empty())
        run_.run(sql::card_put, one.contact, one.subject, statements::blob{fresh});
    }
    return static_cast<std::int64_t>(some.size()) == page;
  }

  // `find`: id and ciphertext of the rows behind an id; `put`: a new ciphertext for an id.
  bool sealed_column(const char* find, const char* put) {
    const auto some = rows(find);
    for (const auto& [id, sealed] : some)
      if (const auto fresh = renewed(sealed); !fresh.empty()) run_.run(put, id, statements::blob{fresh});
    return static_cast<std::int64_t>(some.size()) == page;
  }

  bool messages() {
    const auto some = rows(sql::key_messages);
    for (const auto& [id, payload] : some) {
      auto message = readable(payload);
      if (!message) continue;
      const auto before = changed_;
      for (auto& a : message->args)
        if (a.secret)
          if (const auto fresh = renewed(from_hex(a.value)); !fresh.empty()) a.value = in_hex(fresh);
      if (changed_ != before) run_.run(sql::rewrap_messages_put, id, encode(*message));
    }
    return static_cast<std::int64_t>(some.size()) == page;
  }

  std::vector<std::pair<std::int64_t, std::string>> rows(const char* find) {
    std::vector<std::pair<std::int64_t, std::string>> some;
    auto row = run_(find, after_, page);
    while (row.next()) some.emplace_back(after_ = row.integer(0), row.text(1));
    return some;
  }

  SQLite::Database& db_;
  statements& run_;
  const vault& vault_;
  std::int64_t after_ = 0, after_card_ = 0, changed_ = 0;
  std::string after_subject_;
};

}  // namespace

key_uses uses_of_keys(statements& run) {
  key_uses all;
  auto row = run(sql::key_uses);
  while (row.next()) all[key_of(row.text(1))][row.text(0)] += row.integer(2);
  auto report = run(sql::key_pins);
  while (report.next()) {
    bot::cases::report r;
    try {
      decode_into(r, report.text(0));
    } catch (const refused&) {
      continue;
    }
    if (r.pin_hash.size() >= 2) ++all[std::stoi(r.pin_hash.substr(0, 2), nullptr, 16)]["PINs of cases"];
  }
  constexpr auto whole = std::numeric_limits<std::int64_t>::max();
  auto message = run(sql::key_messages, std::int64_t{0}, whole);
  while (message.next())
    if (const auto what = readable(message.text(1)))
      for (const auto& a : what->args)
        if (a.secret) ++all[key_of(from_hex(a.value))]["secrets of messages"];
  return all;
}

std::int64_t rewrap(SQLite::Database& db, statements& run, const vault& v) { return rewrapping(db, run, v).all(); }

}  // namespace storage::sqlite
