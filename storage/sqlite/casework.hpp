// What officers' work needs beyond the cases themselves: who joined which incident, who may be called, daily counts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"
#include "storage/vault.hpp"

namespace storage::sqlite {

class casework {
 public:
  // Both outlive this.
  casework(statements& run, const vault& v) : run_(run), vault_(v) {}

  void write(const changes&);
  std::vector<std::int64_t> followers(std::int64_t incident, std::int64_t after, std::size_t limit);
  std::size_t incident_size(std::int64_t incident);
  std::vector<bot::cases::recent_case> recent(std::int64_t after, bot::instant since);
  std::string callback_of(std::int64_t contact);
  bool has_written(std::int64_t contact);
  std::vector<counted> tallies();

 private:
  statements& run_;
  const vault& vault_;
};

}  // namespace storage::sqlite
