// What platforms delivered: counted once, with what is known of its chat, and kept when it failed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "storage/sqlite/contacts.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"
#include "storage/vault.hpp"

namespace storage::sqlite {

class inbox {
 public:
  // The references outlive this. `new_id` draws ids of contacts and of what failed.
  inbox(statements& run, const vault& v, contacts& people, std::function<std::int64_t()> new_id)
      : run_(run), vault_(v), contacts_(people), new_id_(std::move(new_id)) {}

  // --- within a batch
  admission admit(const bot::inbound&, bot::instant now, bool failed_again);
  void keep(const failed_inbound&, const bot::inbound&, bot::instant now);

  // --- at any time; as the port's
  std::vector<kept_inbound> failed(std::int64_t after, std::size_t limit);
  std::vector<kept_inbound> ordered(std::size_t limit);
  bool order(std::int64_t id);
  void end_replay(std::int64_t id, const std::string& why_not);

 private:
  std::vector<kept_inbound> read(running row) const;

  statements& run_;
  const vault& vault_;
  contacts& contacts_;
  std::function<std::int64_t()> new_id_;
};

}  // namespace storage::sqlite
