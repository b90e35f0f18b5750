// Who writes to us: contacts found by keyed hashes of their addresses, made when they are new, with their
// conversations. Keeps those of late in memory, written through.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "storage/sqlite/contact_cache.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/store.hpp"
#include "storage/vault.hpp"

namespace storage::sqlite {

// What the lookup hash of an address is made of.
std::string address_name(bot::channel via, const std::string& account, const std::string& address);

class contacts {
 public:
  // `caching`: nobody else writes to the file. The references outlive this.
  contacts(statements& run, const vault& v, bool caching) : run_(run), vault_(v), caching_(caching) {}

  // --- within a batch
  // The contact behind `address`, which is in.chat or in.person. `new_id` is drawn for one that was not known.
  known_contact of(const bot::inbound& in, const std::string& address, bool group, bot::instant now,
                   const std::function<std::int64_t()>& new_id);
  std::optional<known_contact> whole(std::int64_t contact);
  void write(const changes&);  // after the results of the batch: what the turns say counts
  // From now on the contact is written to at `address`, and what comes from there is its.
  void move(std::int64_t contact, const std::string& address);

  // --- its end
  void committed(const changes*);  // what the batch wrote, null: nothing
  void rolled_back() noexcept;

  void forget(std::int64_t contact) { cache_.forget(contact); }  // what is in memory, not what is stored

 private:
  bool load(const digest& key, known_contact& into);
  void make(known_contact&, const bot::inbound&, bot::instant now, std::int64_t id);

  statements& run_;
  const vault& vault_;
  bool caching_;
  contact_cache cache_{16384};
  std::vector<known_contact> staged_;  // found or made in the open batch
  std::vector<digest> moved_to_;       // addresses that changed their owner in the open batch
};

}  // namespace storage::sqlite
