// The keys that seal rows and files, in the database itself, each wrapped by the newest master key. A master key and
// the data key that came with it bear the same number.
#pragma once

#include "storage/master_keys.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/vault.hpp"

namespace storage::sqlite {

// Whether the newest master key has its data key and wraps all of them.
bool data_keys_are_settled(statements&, const master_keys&);

// Makes it so. In the caller's transaction. `derived`: the database is of a version that knew no data keys; its masters
// sealed the rows, and become its data keys. Throws storage::unavailable as open_data_keys() does.
void settle_data_keys(statements&, const master_keys&, bool derived);

// Throws storage::unavailable, with a line for a person, when the masters do not open one of them.
vault open_data_keys(statements&, const master_keys&);

// For good: what it sealed can never be read again. False: there is no such key.
bool drop_data_key(statements&, int number);

}  // namespace storage::sqlite
