#include "storage/sqlite/outbox.hpp"

#include <algorithm>
#include <array>

#include "storage/codec.hpp"
#include "storage/hex.hpp"
#include "storage/ids.hpp"
#include "storage/sql.hpp"

namespace storage::sqlite {
namespace {

constexpr const char* receipt_hash = "receipt";

// The columns contact, due_at, attempts, dedupe and payload, from `column` on.
outbox_item read_item(const running& row, std::int64_t id, int column, const vault& v) {
  outbox_item item;
  item.row.id = id;
  item.row.contact = row.integer(column);
  item.row.due = bot::from_millis(row.integer(column + 1));
  item.row.attempts = static_cast<int>(row.integer(column + 2));
  item.row.dedupe = row.text(column + 3);
  try {
    item.row.what = decode_say(row.text(column + 4));
    for (auto& a : item.row.what.args)
      if (a.secret) a.value = v.unseal(from_hex(a.value)).value_or("");
  } catch (const refused&) {
    item.unreadable = true;  // one broken row must not hold back all that follow it
  }
  return item;
}

std::string state_name(std::int64_t state) {
  static constexpr std::array names = {"queued", "uncertain", "sent", "delivered", "read", "skipped", "dead"};
  return state >= 0 && state < static_cast<std::int64_t>(names.size()) ? names[static_cast<std::size_t>(state)]
                                                                       : "unknown";
}

// As it is kept: secret arguments sealed.
std::string sealed(const bot::say& what, const vault& v) {
  const auto secret = [](const bot::argument& a) { return a.secret; };
  if (std::none_of(what.args.begin(), what.args.end(), secret)) return encode(what);
  bot::say copy = what;
  for (auto& a : copy.args)
    if (a.secret) a.value = in_hex(v.seal(a.value));
  return encode(copy);
}

}  // namespace

std::vector<std::int64_t> outbox::add(const std::vector<outbox_row>& rows) {
  std::vector<std::int64_t> known_already;
  for (const auto& row : rows) {
    const std::string payload = sealed(row.what, vault_);
    if (row.dedupe.empty())
      run_.run(sql::outbox_add, row.id, row.contact, bot::to_millis(row.due), row.attempts, nullptr, payload);
    else if (run_.run(sql::outbox_add, row.id, row.contact, bot::to_millis(row.due), row.attempts, row.dedupe,
                      payload) == 0)
      known_already.push_back(row.id);
  }
  return known_already;
}

void outbox::record(const std::vector<send_result>& results, const std::vector<receipt>& receipts) {
  std::map<std::string, std::int64_t> counted;
  for (const auto& r : results) {
    record(r);
    if (!r.counter.empty()) counted[r.counter] += r.counted;
  }
  for (const auto& [name, by] : counted) run_.run(sql::counter_add, name, by);
  for (const auto& r : receipts) run_.run(sql::outbox_receipt, r.row, static_cast<int>(r.state), r.code);
}

void outbox::record(const send_result& r) {
  if (r.has_receipts && r.state == send_state::sent)
    run_.run(sql::outbox_sent, r.id, vault_.hash(receipt_hash, r.provider_id));
  else
    run_.run(sql::outbox_result, r.id, static_cast<int>(r.state), r.code, bot::to_millis(r.next_attempt));
  if (!r.card.empty() && !r.provider_id.empty())
    run_.run(sql::card_put, r.contact, r.card, statements::blob{vault_.seal(r.provider_id)});
  if (r.unreachable) run_.run(sql::contact_reachable, r.contact, 0);
  if (!r.moved_to.empty()) contacts_.move(r.contact, r.moved_to);
}

std::int64_t outbox::row_of(const std::string& provider_id) {
  for (const auto& key : vault_.all_hashes(receipt_hash, provider_id))
    if (auto row = run_(sql::outbox_of_receipt, key); row.next()) return row.integer(0);
  return 0;
}

std::optional<outbox_item> outbox::undelivered(std::int64_t id) {
  std::optional<outbox_item> item;
  if (auto row = run_(sql::outbox_undelivered, id); row.next()) item = read_item(row, id, 0, vault_);
  if (item) complete(*item);
  return item;
}

std::vector<outbox_item> outbox::unsent(std::int64_t after, std::size_t limit) {
  std::vector<outbox_item> all;
  {
    auto row = run_(sql::outbox_unsent, after, static_cast<std::int64_t>(limit));
    while (row.next()) all.push_back(read_item(row, row.integer(0), 1, vault_));
  }
  for (auto& item : all) complete(item);
  return all;
}

void outbox::complete(outbox_item& item) {
  if (auto known = contacts_.whole(item.row.contact)) item.to = std::move(known->chat);
  if (!item.row.what.edit_of.empty()) item.card_message = card_message(item.row.contact, item.row.what.edit_of);
}

std::string outbox::card_message(std::int64_t contact, const std::string& card) {
  auto row = run_(sql::card_get, contact, card);
  return row.next() ? vault_.unseal(row.text(0)).value_or("") : std::string();
}

std::map<std::string, std::int64_t> outbox::counts() {
  std::map<std::string, std::int64_t> all;
  auto row = run_(sql::outbox_counts);
  while (row.next()) all[state_name(row.integer(0))] = row.integer(1);
  return all;
}

std::optional<bot::instant> outbox::oldest_unsent() {
  auto row = run_(sql::outbox_oldest);
  if (!row.next()) return std::nullopt;
  return id_source::time_of(row.integer(0));
}

std::vector<not_sent> outbox::given_up(std::int64_t after, std::size_t limit) {
  std::vector<not_sent> all;
  auto row = run_(sql::outbox_given_up, after, static_cast<std::int64_t>(limit));
  while (row.next()) {
    not_sent one{row.integer(0),
                 row.integer(1),
                 {},
                 state_name(row.integer(2)),
                 row.text(3),
                 id_source::time_of(row.integer(0))};
    try {
      one.key = decode_say(row.text(4)).key;
    } catch (const refused&) {  // erased, or broken: its state and code are told all the same
    }
    all.push_back(std::move(one));
  }
  return all;
}

bool outbox::send_again(std::int64_t id, bot::instant now) {
  return run_.run(sql::outbox_again, id, bot::to_millis(now)) != 0;
}

}  // namespace storage::sqlite
