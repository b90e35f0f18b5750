#include "storage/sqlite/data_keys.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "storage/store.hpp"

namespace storage::sqlite {
namespace {

struct wrapped_key {
  int number;
  std::string wrapped;
};

std::vector<wrapped_key> wrapped_keys(SQLite::Database& db) {
  std::vector<wrapped_key> all;
  SQLite::Statement row(db, "SELECT id, wrapped FROM data_key ORDER BY id");
  while (row.executeStep()) all.push_back({row.getColumn(0).getInt(), row.getColumn(1).getString()});
  return all;
}

key_bytes opened(const wrapped_key& key, const master_keys& masters) {
  if (const auto bytes = masters.unwrap(key.number, key.wrapped)) return *bytes;
  const int by = master_keys::wrapped_by(key.wrapped);
  throw unavailable(
      masters.has(by)
          ? "key " + std::to_string(by) + " of the key file is not the one of this database: put your copy of it back"
          : "the key file lacks key " + std::to_string(by) + ", which opens this database: put your copy of it back");
}

void put(SQLite::Database& db, const master_keys& masters, int number, const key_bytes& key) {
  SQLite::Statement row(db, "INSERT OR REPLACE INTO data_key (id, wrapped) VALUES (?1, ?2)");
  const std::string wrapped = masters.wrap(number, key);
  row.bind(1, number);
  row.bind(2, wrapped.data(), static_cast<int>(wrapped.size()));
  row.exec();
}

}  // namespace

bool data_keys_are_settled(SQLite::Database& db, const master_keys& masters) {
  const auto keys = wrapped_keys(db);
  const auto by_newest = [&](const wrapped_key& k) { return master_keys::wrapped_by(k.wrapped) == masters.newest(); };
  const auto is_newest = [&](const wrapped_key& k) { return k.number == masters.newest(); };
  return std::all_of(keys.begin(), keys.end(), by_newest) && std::any_of(keys.begin(), keys.end(), is_newest);
}

void settle_data_keys(SQLite::Database& db, const master_keys& masters, bool derived) {
  bool has_newest = derived;
  for (const auto& key : wrapped_keys(db)) {
    put(db, masters, key.number, opened(key, masters));
    has_newest = has_newest || key.number == masters.newest();
  }
  if (derived)
    for (const auto& master : masters.all()) put(db, masters, master.number, master.bytes);
  if (!has_newest) put(db, masters, masters.newest(), random_key());
}

vault open_data_keys(SQLite::Database& db, const master_keys& masters) {
  auto keys = wrapped_keys(db);
  std::stable_partition(keys.begin(), keys.end(), [&](const wrapped_key& k) { return k.number != masters.newest(); });
  vault v;
  for (const auto& key : keys) v.add(key.number, opened(key, masters));
  return v;
}

bool drop_data_key(SQLite::Database& db, int number) {
  SQLite::Statement row(db, "DELETE FROM data_key WHERE id = ?1");
  row.bind(1, number);
  return row.exec() != 0;
}

}  // namespace storage::sqlite
