// What is to be sent, what became of it, and which message of the platform shows which card.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/sqlite/contacts.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"
#include "storage/vault.hpp"

namespace storage::sqlite {

class outbox {
 public:
  // The references outlive this.
  outbox(statements& run, const vault& v, contacts& people) : run_(run), vault_(v), contacts_(people) {}

  // --- within a batch
  std::vector<std::int64_t> add(const std::vector<outbox_row>&);  // the ids that were not taken: their key exists
  // Results first: a receipt may be about one of them.
  void record(const std::vector<send_result>&, const std::vector<receipt>&);

  // --- at any time; as the port's
  std::int64_t row_of(const std::string& provider_id);
  std::optional<outbox_item> undelivered(std::int64_t row);
  std::vector<outbox_item> unsent(std::int64_t after, std::size_t limit);
  std::string card_message(std::int64_t contact, const std::string& card);
  std::map<std::string, std::int64_t> counts();
  std::optional<bot::instant> oldest_unsent();
  std::vector<not_sent> given_up(std::int64_t after, std::size_t limit);
  bool send_again(std::int64_t id, bot::instant now);

 private:
  void record(const send_result&);
  void complete(outbox_item&);

  statements& run_;
  const vault& vault_;
  contacts& contacts_;
};

}  // namespace storage::sqlite
