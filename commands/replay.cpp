#include "commands/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>

#include "bot/written_moment.hpp"

namespace commands {
namespace {

std::map<std::int64_t, storage::kept_inbound> all_of(storage::store& store) {
  constexpr std::size_t page = 500;
  std::map<std::int64_t, storage::kept_inbound> all;
  for (bool more = true; more;) {
    auto some = store.failed(all.empty() ? 0 : all.rbegin()->first, page);
    more = some.size() == page;
    for (auto& one : some) all.emplace(one.id, std::move(one));
  }
  return all;
}

void list(const std::map<std::int64_t, storage::kept_inbound>& kept, std::ostream& out) {
  for (const auto& [id, one] : kept)
    out << fmt::format("{}  {}  {:8}  {}{}\n", id, bot::written_utc(one.received_at),
                       one.via == bot::channel::telegram ? "telegram" : "whatsapp", one.reason,
                       one.ordered ? "  (ordered)" : "");
  if (kept.empty()) out << "nothing has failed\n";
}

}  // namespace

int replay(storage::store& store, const replay_order& order, const std::function<bool()>& wait, std::ostream& out,
           std::ostream& errors) {
  const auto before = all_of(store);
  list(before, out);
  auto ids = order.ids;
  if (order.all)
    for (const auto& [id, one] : before) ids.push_back(id);
  int answer = 0;
  std::erase_if(ids, [&](std::int64_t id) {
    if (store.order_replay(id)) return false;
    errors << "kentongan: there is no " << id << "\n";
    answer = 1;
    return true;
  });
  if (ids.empty()) return answer;
  if (!wait) {
    out << ids.size() << " ordered; the service does them when it starts\n";
    return answer;
  }
  const auto is_open = [&](std::int64_t id) {
    const auto row = store.failed(id - 1, 1);
    return !row.empty() && row[0].id == id && row[0].ordered;
  };
  while (std::any_of(ids.begin(), ids.end(), is_open) && wait()) {
  }
  for (const auto id : ids) {
    const auto row = store.failed(id - 1, 1);
    const bool is_there = !row.empty() && row[0].id == id;
    out << id << "  "
        << (!is_there        ? "done"
            : row[0].ordered ? "not done yet"
                             : "failed again: " + row[0].reason)
        << "\n";
    if (is_there) answer = 1;
  }
  return answer;
}

}  // namespace commands
