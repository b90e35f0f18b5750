#include "storage/sqlite/data_keys.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "storage/sql_keys.hpp"
#include "storage/store.hpp"

namespace storage::sqlite {
namespace {

struct wrapped_key {
  int number;
  std::string wrapped;
};

std::vector<wrapped_key> wrapped_keys(statements& run) {
  std::vector<wrapped_key> all;
  auto row = run(sql::data_keys);
  while (row.next()) all.push_back({static_cast<int>(row.integer(0)), row.text(1)});
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

void put(statements& run, const master_keys& masters, int number, const key_bytes& key) {
  const std::string wrapped = masters.wrap(number, key);
  run.run(sql::data_key_put, number, statements::blob{wrapped});
}

}  // namespace

bool data_keys_are_settled(statements& run, const master_keys& masters) {
  const auto keys = wrapped_keys(run);
  const auto by_newest = [&](const wrapped_key& k) { return master_keys::wrapped_by(k.wrapped) == masters.newest(); };
  const auto is_newest = [&](const wrapped_key& k) { return k.number == masters.newest(); };
  return std::all_of(keys.begin(), keys.end(), by_newest) && std::any_of(keys.begin(), keys.end(), is_newest);
}

void settle_data_keys(statements& run, const master_keys& masters, bool derived) {
  bool has_newest = derived;
  for (const auto& key : wrapped_keys(run)) {
    put(run, masters, key.number, opened(key, masters));
    has_newest = has_newest || key.number == masters.newest();
  }
  if (derived)
    for (const auto& master : masters.all()) put(run, masters, master.number, master.bytes);
  if (!has_newest) put(run, masters, masters.newest(), random_key());
}

vault open_data_keys(statements& run, const master_keys& masters) {
  auto keys = wrapped_keys(run);
  std::stable_partition(keys.begin(), keys.end(), [&](const wrapped_key& k) { return k.number != masters.newest(); });
  vault v;
  for (const auto& key : keys) v.add(key.number, opened(key, masters));
  return v;
}

bool drop_data_key(statements& run, int number) { return run.run(sql::data_key_drop, number) != 0; }

}  // namespace storage::sqlite
