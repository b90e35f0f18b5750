// Contacts and conversations of late, written through: what the store holds, without asking it. Only what was committed
// comes in here, so a rollback has nothing to undo.
#pragma once

#include <cstring>
#include <list>
#include <unordered_map>

#include "storage/store.hpp"
#include "storage/vault.hpp"

namespace storage::sqlite {

struct known_contact {
  digest key{};
  destination chat;
  bot::conversation conversation;
  std::string fault;  // as in `admission`
};

class contact_cache {
 public:
  explicit contact_cache(std::size_t most) : most_(most) {}

  const known_contact* find(const digest& key) {
    const auto at = by_key_.find(key);
    if (at == by_key_.end()) return nullptr;
    order_.splice(order_.begin(), order_, at->second);
    return &*at->second;
  }

  void put(known_contact contact) {
    forget(contact.chat.contact);
    order_.push_front(std::move(contact));
    by_key_[order_.front().key] = order_.begin();
    by_contact_[order_.front().chat.contact] = order_.begin();
    if (order_.size() > most_) forget(order_.back().chat.contact);
  }

  // Changes what is known of a contact, if anything is.
  template <class Change>
  void change(std::int64_t contact, Change&& change) {
    if (const auto at = by_contact_.find(contact); at != by_contact_.end()) change(*at->second);
  }

  void forget(const digest& key) {
    if (const auto at = by_key_.find(key); at != by_key_.end()) forget(at->second->chat.contact);
  }

  void forget(std::int64_t contact) {
    const auto at = by_contact_.find(contact);
    if (at == by_contact_.end()) return;
    by_key_.erase(at->second->key);
    order_.erase(at->second);
    by_contact_.erase(at);
  }

 private:
  struct hasher {
    std::size_t operator()(const digest& d) const {
      std::size_t h = 0;
      std::memcpy(&h, d.data(), sizeof h);  // a keyed hash is random already
      return h;
    }
  };
  using place = std::list<known_contact>::iterator;
  std::size_t most_;
  std::list<known_contact> order_;  // most recent first
  std::unordered_map<digest, place, hasher> by_key_;
  std::unordered_map<std::int64_t, place> by_contact_;
};

}  // namespace storage::sqlite
