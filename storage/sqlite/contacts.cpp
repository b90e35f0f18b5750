#include "storage/sqlite/contacts.hpp"

#include <algorithm>

#include "storage/codec.hpp"
#include "storage/sql.hpp"

namespace storage::sqlite {
namespace {

// A conversation that cannot be read any more must not be overwritten, and must cost only its own contact.
void decode_conversation_into(known_contact& k, const running& row, int column) {
  k.conversation.contact = k.chat.contact;
  if (row.is_null(column)) return;
  try {
    k.conversation = decode_conversation(row.text(column), k.chat.contact);
  } catch (const refused& e) {
    k.fault = e.what();
  }
  k.chat.language = k.conversation.language;
}

}  // namespace

std::string address_name(bot::channel via, const std::string& account, const std::string& address) {
  std::string name;
  name.reserve(account.size() + address.size() + 3);
  name += static_cast<char>('0' + static_cast<int>(via));
  name += ':';
  name += account;
  name += ':';
  name += address;
  return name;
}

known_contact contacts::of(const bot::inbound& in, const std::string& address, bool group, bot::instant now,
                           const std::function<std::int64_t()>& new_id) {
  const std::string name = address_name(in.via, in.account, address);
  known_contact found;
  found.key = vault_.hash("contact", name);
  if (const known_contact* cached = cache_.find(found.key)) return *cached;
  for (const auto& one : staged_)
    if (one.key == found.key) return one;

  found.chat.via = in.via;
  found.chat.account = in.account;
  found.chat.address = address;
  found.chat.group = group;
  std::optional<digest> alias;
  std::vector<digest> others = vault_.older_hashes("contact", name);
  if (!group && address == in.person && !in.person_alias.empty()) {
    const std::string other_name = address_name(in.via, in.account, in.person_alias);
    alias = vault_.hash("contact", other_name);
    others.push_back(*alias);
    for (const auto& older : vault_.older_hashes("contact", other_name)) others.push_back(older);
  }

  if (!load(found.key, found)) {
    if (std::any_of(others.begin(), others.end(), [&](const digest& d) { return load(d, found); })) {
      // Under the newest key from now on, so that the old one can go.
      run_.run(sql::contact_secret_put, found.chat.contact, statements::blob{vault_.seal(address)});
    } else {
      make(found, in, now, new_id());
    }
    run_.run(sql::contact_address_add, found.key, found.chat.contact);
  }
  if (alias) run_.run(sql::contact_address_add, *alias, found.chat.contact);
  staged_.push_back(found);
  return found;
}

void contacts::make(known_contact& fresh, const bot::inbound& in, bot::instant now, std::int64_t id) {
  fresh.chat.contact = id;
  fresh.conversation.contact = id;
  run_.run(sql::contact_add, id, static_cast<int>(in.via), in.account, static_cast<int>(fresh.chat.group),
           bot::to_millis(now));
  run_.run(sql::contact_secret_put, id, statements::blob{vault_.seal(fresh.chat.address)});
}

bool contacts::load(const digest& key, known_contact& into) {
  auto row = run_(sql::contact_find, key);
  if (!row.next()) return false;
  into.chat.contact = row.integer(0);
  into.chat.group = row.integer(1) != 0;
  into.chat.reachable = row.integer(2) != 0;
  into.chat.window_until = bot::from_millis(row.integer(3));
  decode_conversation_into(into, row, 4);
  return true;
}

std::optional<known_contact> contacts::whole(std::int64_t contact) {
  auto row = run_(sql::contact_whole, contact);
  if (!row.next()) return std::nullopt;
  known_contact k;
  k.chat.contact = contact;
  k.chat.via = static_cast<bot::channel>(row.integer(1));
  k.chat.account = row.text(2);
  k.chat.group = row.integer(3) != 0;
  k.chat.reachable = row.integer(4) != 0;
  k.chat.window_until = bot::from_millis(row.integer(5));
  // A key that is gone leaves the address empty: delivery then says so instead of guessing.
  k.chat.address = vault_.unseal(row.text(6)).value_or("");
  decode_conversation_into(k, row, 7);
  return k;
}

void contacts::write(const changes& c) {
  for (const auto& row : c.conversations)
    run_.run(sql::conversation_put, row.state.contact, encode(row.state), bot::to_millis(row.state.expires_at),
             bot::to_millis(row.window_until));
  for (const auto& [contact, reachable] : c.reachable)
    run_.run(sql::contact_reachable, contact, static_cast<int>(reachable));
  for (const auto contact : c.windows_closed) run_.run(sql::window_close, contact);
  for (const auto& [contact, address] : c.moved) move(contact, address);
}

void contacts::move(std::int64_t contact, const std::string& address) {
  const auto known = whole(contact);
  if (!known) return;
  const digest key = vault_.hash("contact", address_name(known->chat.via, known->chat.account, address));
  run_.run(sql::contact_secret_put, contact, statements::blob{vault_.seal(address)});
  run_.run(sql::contact_address_move, key, contact);
  moved_to_.push_back(key);
}

void contacts::committed(const changes* written) {
  if (caching_) {
    for (auto& one : staged_)
      if (one.fault.empty()) cache_.put(std::move(one));
    if (written != nullptr) {
      for (const auto& row : written->conversations)
        cache_.change(row.state.contact, [&](known_contact& k) {
          k.conversation = row.state;
          k.chat.window_until = row.window_until;
          k.chat.language = row.state.language;
        });
      for (const auto contact : written->windows_closed)
        cache_.change(contact, [](known_contact& k) { k.chat.window_until = {}; });
      for (const auto& [contact, reachable] : written->reachable)
        cache_.change(contact, [&](known_contact& k) { k.chat.reachable = reachable; });
      for (const auto& r : written->results) {
        if (r.unreachable) cache_.change(r.contact, [](known_contact& k) { k.chat.reachable = false; });
        if (!r.moved_to.empty()) cache_.forget(r.contact);
      }
      for (const auto& [contact, address] : written->moved) cache_.forget(contact);
    }
    for (const auto& key : moved_to_) cache_.forget(key);
  }
  rolled_back();
}

void contacts::rolled_back() noexcept {
  staged_.clear();
  moved_to_.clear();
}

}  // namespace storage::sqlite
