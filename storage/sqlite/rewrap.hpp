// What a new key takes over from an older one: ciphertexts are sealed again, lookups of addresses hashed again. Hashes
// whose text nobody keeps (PINs, counted messages, receipts, one-time codes, second addresses of a person) stay as they
// are until their rows go. Files on disk: storage/media_files.hpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <string>

#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"
#include "storage/vault.hpp"

namespace storage::sqlite {

// Rows by the number of the key that they name, and by what they are.
key_uses uses_of_keys(statements&);

// Brings all that can be to the newest key, in transactions of a thousand rows: what breaks off in between is finished
// by the next call. What no key opens stays. The number of rows that changed.
std::int64_t rewrap(SQLite::Database&, statements&, const vault&);

}  // namespace storage::sqlite
