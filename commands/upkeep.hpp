// What keeps a database alive over the years: copies, what they bring back, the keys, messages that were given up.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "bot/moment.hpp"
#include "storage/master_keys.hpp"
#include "storage/media_files.hpp"
#include "storage/store.hpp"
#include "storage/vault.hpp"

namespace commands {

// Says what the copy holds and what must be copied besides: the files of reports, in the folder `media`. 1 when the
// file exists already.
int backup(storage::store&, const std::filesystem::path& media, const std::string& file, std::ostream& out,
           std::ostream& errors);

// Says what a restored copy holds and lacks, its files on disk included. 1 when `keys` do not open its addresses.
int tell_restored(const storage::restored&, const storage::media_files&, const storage::vault& keys, std::ostream& out,
                  std::ostream& errors);

struct again_order {
  bool all = false;
  std::vector<std::int64_t> ids;  // neither: only list
};
// Messages that were given up, a line each: id, time, contact, text key, state, code. Then queues again what was asked
// for, of those that a restore held back. 1 when an id is none of those.
int unsent(storage::store&, const again_order&, bot::instant now, std::ostream& out, std::ostream& errors);

// Which data keys there are, what still names each, and which older master keys are still in the file.
int list_keys(storage::store&, const storage::media_files&, const storage::master_keys&, std::ostream& out);
// Brings all that can be to the newest data key.
int rewrap(storage::store&, storage::media_files&, std::ostream& out);
// Takes an older master key out of the file, if it is there, and the data key of that number out of the database: the
// latter not while anything names it, which is answered with 1, unless `anyway`.
int drop_key(storage::store&, const storage::media_files&, const std::filesystem::path& key_file, int number,
             bool anyway, std::ostream& out, std::ostream& errors);

}  // namespace commands
