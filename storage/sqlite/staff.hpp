// Officers: the codes that invite them, the accounts that took one, who is on duty.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/sqlite/audit_log.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"
#include "storage/vault.hpp"

namespace storage::sqlite {

class staff {
 public:
  // The references outlive this.
  staff(statements& run, const vault& v, audit_log& audit) : run_(run), vault_(v), audit_(audit) {}

  // --- within a transaction
  void write(const changes&, bot::instant now);
  void invite(const bot::cases::invite&, bot::instant until, bot::instant now);
  bool revoke(std::int64_t contact, bot::instant now);

  // --- at any time; as the port's
  std::vector<bot::cases::invite> open_invites(const std::vector<std::string>& codes, bot::instant now);
  bot::cases::roster roster();

 private:
  statements& run_;
  const vault& vault_;
  audit_log& audit_;
};

}  // namespace storage::sqlite
