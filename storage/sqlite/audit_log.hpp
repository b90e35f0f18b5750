// Who did or read what, chained by hashes; see storage/audit.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"

namespace storage::sqlite {

class audit_log {
 public:
  explicit audit_log(statements& run) : run_(run) {}  // outlives this

  // Within a transaction that holds the file, so that no other process adds in between. `actor`: a contact; 0: an
  // operator.
  void note(bot::instant at, std::int64_t actor, const std::string& action, const std::string& subject);
  std::vector<audit_entry> after(std::int64_t id, std::size_t limit);
  std::string head();

 private:
  statements& run_;
};

}  // namespace storage::sqlite
