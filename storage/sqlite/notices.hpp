// Notices of events: rows, history, and the person in charge, sealed apart.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"
#include "storage/vault.hpp"

namespace storage::sqlite {

class notices {
 public:
  // Both outlive this.
  notices(statements& run, const vault& v) : run_(run), vault_(v) {}

  // `new_id` orders events of one moment.
  void write(const changes&, const std::function<std::int64_t()>& new_id);
  std::vector<bot::notices::notice> find(const bot::reads&);
  std::optional<bot::notices::notice> of_code(const std::string& code);
  std::optional<bot::notices::notice> of_recommendation(const std::string& token);
  std::vector<bot::notices::notice> between(const std::vector<std::string>& units, bot::instant from,
                                            bot::instant until, std::size_t limit);
  std::vector<bot::notices::notice> open(const std::string& unit, std::size_t limit);
  std::vector<bot::notices::notice> newest(std::size_t limit);
  std::vector<bot::notices::notice_event> history(std::int64_t notice);
  std::string person_of(std::int64_t notice);
  std::vector<std::string> learned_at(const std::string& place, bot::instant since, std::size_t limit);
  std::optional<bot::notices::kept_draft> draft(const std::string& number);

 private:
  void collect(running, std::vector<bot::notices::notice>& into);

  statements& run_;
  const vault& vault_;
};

}  // namespace storage::sqlite
