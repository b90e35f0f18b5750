#include "storage/sqlite/inbox.hpp"

#include <variant>

#include "storage/sql.hpp"

namespace storage::sqlite {
namespace {

constexpr const char* provider_hash = "inbox";

void put_into(admission& a, known_contact&& k) {
  a.chat = std::move(k.chat);
  a.conversation = std::move(k.conversation);
  a.fault = std::move(k.fault);
}

}  // namespace

admission inbox::admit(const bot::inbound& in, bot::instant now, bool failed_again) {
  admission a;
  if (const auto* timer = std::get_if<bot::said::timer>(&in.what)) {
    // A timer about a person brings that person's conversation; one about a case has none.
    if (auto known = contacts_.whole(timer->subject)) put_into(a, std::move(*known));
    return a;
  }
  if (std::holds_alternative<bot::said::receipt>(in.what)) return a;
  const digest seen = vault_.hash(provider_hash, in.provider_id);
  a.duplicate = run_.run(sql::inbox_add, in.account, in.stamp, seen, bot::to_millis(now)) == 0;
  if (a.duplicate && failed_again) a.duplicate = run_.run(sql::inbox_again, in.account, in.stamp, seen) == 0;
  for (const auto& older : vault_.older_hashes(provider_hash, in.provider_id))
    if (!a.duplicate) a.duplicate = run_(sql::inbox_find, in.account, in.stamp, older).next();
  if (a.duplicate || in.chat.empty()) return a;  // no chat: about a message of ours, or unreadable
  known_contact chat = contacts_.of(in, in.chat, in.group, now, new_id_);
  a.actor = chat.chat.contact;
  if (in.group && in.person != in.chat && !in.person.empty())
    a.actor = contacts_.of(in, in.person, false, now, new_id_).chat.contact;
  put_into(a, std::move(chat));
  return a;
}

void inbox::keep(const failed_inbound& f, const bot::inbound& in, bot::instant now) {
  if (f.replays == 0 || run_.run(sql::failed_again, f.replays, f.reason) == 0)
    run_.run(sql::failed_add, new_id_(), static_cast<int>(in.via), in.account, statements::blob{vault_.seal(f.raw)},
             f.reason, bot::to_millis(now));
  run_.run(sql::inbox_fate, in.account, in.stamp, vault_.hash(provider_hash, in.provider_id),
           static_cast<int>(fate::failed));
}

std::vector<kept_inbound> inbox::failed(std::int64_t after, std::size_t limit) {
  return read(run_(sql::failed_list, after, static_cast<std::int64_t>(limit)));
}

std::vector<kept_inbound> inbox::ordered(std::size_t limit) {
  return read(run_(sql::failed_ordered, static_cast<std::int64_t>(limit)));
}

bool inbox::order(std::int64_t id) { return run_.run(sql::failed_order, id) != 0; }

void inbox::end_replay(std::int64_t id, const std::string& why_not) {
  why_not.empty() ? run_.run(sql::failed_over, id) : run_.run(sql::failed_again, id, why_not);
}

std::vector<kept_inbound> inbox::read(running row) const {
  std::vector<kept_inbound> all;
  while (row.next())
    all.push_back({row.integer(0), static_cast<bot::channel>(row.integer(1)), row.text(2),
                   vault_.unseal(row.text(3)).value_or(""), row.text(4), bot::from_millis(row.integer(5)),
                   row.integer(6) != 0});
  return all;
}

}  // namespace storage::sqlite
