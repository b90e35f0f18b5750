// The cases and what happened to each.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "storage/sqlite/audit_log.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"

namespace storage::sqlite {

class reports {
 public:
  // The references outlive this. `new_id` draws the places of events within a history.
  reports(statements& run, audit_log& audit, std::function<std::int64_t()> new_id)
      : run_(run), audit_(audit), new_id_(std::move(new_id)) {}

  void write(const changes&, bot::instant now);  // within a batch

  // --- at any time; as the port's
  std::vector<bot::cases::report> find(const bot::reads&);
  std::vector<bot::cases::report> open(const std::string& unit, std::size_t limit);
  std::vector<bot::cases::report> newest(const report_filter&);
  std::vector<bot::cases::report_event> history(std::int64_t report);

 private:
  statements& run_;
  audit_log& audit_;
  std::function<std::int64_t()> new_id_;
};

}  // namespace storage::sqlite
