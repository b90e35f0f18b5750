// Who of the officers and operators did or read what: a chain in which every entry holds a hash of itself and of the
// one before. An entry that was changed, put in or taken out breaks it, unless all that follows was made anew; against
// that the newest link is written to the log from time to time, which lies elsewhere. No content, no address: ids and
// words of ours.
#pragma once

#include <cstdint>
#include <string>

#include "bot/moment.hpp"

namespace storage {

struct audit_entry {
  std::int64_t id = 0;  // 1, 2, 3 …: a gap is an entry that is missing
  bot::instant at{};
  std::int64_t actor = 0;  // contact id, 0: an operator at the machine
  std::string action;      // "opened", "taken", "invited" …
  std::string subject;     // a case's id, a unit, a contact id
  std::string link;        // 32 bytes
};

// The link of `entry` (whose own is not read) behind `previous`, which is empty for the first.
std::string audit_link(const std::string& previous, const audit_entry& entry);

}  // namespace storage
