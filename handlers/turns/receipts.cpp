#include "handlers/turns/receipts.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <set>
namespace handlers::turns {
namespace {

using namespace std::chrono_literals;
using storage::send_state;
using told_state = bot::said::receipt::state;

constexpr int most_attempts = 4;  // of one message, each accepted and failed later

// What a failure means for the message and its reader.
struct aftermath {
  send_state state = send_state::dead;
  std::string code;
  std::optional<std::chrono::milliseconds> again;  // in so long
  bool closes_window = false;
  bool unreachable = false;
};

struct judge {
  int code;

  aftermath once_more(std::chrono::milliseconds after, bool closes_window = false) const {
    return {send_state::skipped, "again_" + std::to_string(code), after, closes_window, false};
  }
  aftermath operator()(const sent&) const { return over(); }
  aftermath operator()(const moved_away&) const { return over(); }
  aftermath operator()(const needless&) const { return over(); }
  aftermath operator()(const retry_later& r) const {
    return once_more(std::max<std::chrono::milliseconds>(r.after, 1min));
  }
  aftermath operator()(const send_differently&) const { return once_more(0ms, true); }
  aftermath operator()(const unreachable&) const {
    return {send_state::skipped, "unreachable_" + std::to_string(code), std::nullopt, false, true};
  }
  aftermath operator()(const rejected& r) const {
    if (r.alarm) spdlog::error("a message that was taken failed with code {}", code);
    return over();
  }
  // The next attempt is refused at once and stops the channel, or goes through because somebody has looked.
  aftermath operator()(const stop_channel&) const {
    spdlog::critical("a message that was taken failed with code {}: somebody must look at the account", code);
    return once_more(10min);
  }
  aftermath over() const { return {send_state::dead, "failed_" + std::to_string(code), std::nullopt, false, false}; }
};

aftermath judged(int code, const code_table& meaning) {
  if (code == 0 || !meaning) return judge{code}.over();  // no reason was given, or nobody knows what it says
  return std::visit(judge{code}, meaning(code));
}

}  // namespace

std::vector<storage::outbox_item> receipts::settle(storage::store& store, std::span<const bot::said::receipt> told,
                                                   std::span<const storage::send_result> results,
                                                   storage::changes& changes, bot::instant now) {
  rolled_back();
  std::vector<storage::outbox_item> again;
  if (told.empty() && early_.empty()) return again;

  std::map<std::int64_t, send_state> reached;
  std::map<std::int64_t, int> failures;
  const auto note = [&](std::int64_t row, const bot::said::receipt& r) {
    if (r.what == told_state::failed) return void(failures.emplace(row, r.error_code));
    const auto state = r.what == told_state::read ? send_state::read : send_state::delivered;
    auto& known = reached.emplace(row, state).first->second;
    known = std::max(known, state);
  };

  std::map<std::string, std::int64_t> sent_now;
  for (const auto& r : results) {
    if (!r.has_receipts || r.state != send_state::sent) continue;
    sent_now.emplace(r.provider_id, r.id);
    const auto early = early_.find(r.provider_id);
    if (early == early_.end()) continue;
    for (const auto& one : early->second) note(r.id, one);
    found_.push_back(r.provider_id);
  }
  for (const auto& r : told) {
    if (r.what == told_state::sent) continue;  // the answer to the call has said it
    const auto now_known = sent_now.find(r.message_id);
    const auto row = now_known != sent_now.end() ? now_known->second : store.row_of(r.message_id);
    if (row != 0)
      note(row, r);
    else
      fresh_.push_back(r);
  }

  for (const auto& [row, state] : reached) changes.receipts.push_back({row, state, {}});
  for (const auto& [row, code] : failures)
    if (!reached.contains(row)) failed(store, row, code, changes, now, again);
  return again;
}

void receipts::failed(storage::store& store, std::int64_t row, int code, storage::changes& changes, bot::instant now,
                      std::vector<storage::outbox_item>& again) {
  auto item = store.undelivered(row);
  if (!item) return;  // told before
  aftermath what = judged(code, meaning_);
  if (what.again && (item->unreadable || item->row.attempts >= most_attempts)) what = judge{code}.over();
  changes.receipts.push_back({row, what.state, what.code});
  const std::int64_t contact = item->row.contact;
  if (what.unreachable) changes.reachable.emplace_back(contact, false);
  if (what.closes_window) {
    // Unless the person has written in this very batch.
    const bool open = std::any_of(changes.conversations.begin(), changes.conversations.end(),
                                  [&](const auto& c) { return c.state.contact == contact; });
    if (!open) {
      changes.windows_closed.push_back(contact);
      item->to.window_until = {};
    }
  }
  if (!what.again) return;
  item->row.id = store.new_id();
  item->row.dedupe = "again:" + std::to_string(row);
  item->row.due = now + *what.again;
  ++item->row.attempts;
  changes.outbox.push_back(item->row);
  again.push_back(std::move(*item));
}

void receipts::committed() {
  for (const auto& id : found_) early_.erase(id);
  for (auto& r : fresh_) {
    auto& kept = early_[r.message_id];
    if (kept.empty()) order_.push_back(r.message_id);
    if (kept.size() < 3) kept.push_back(std::move(r));
  }
  while (order_.size() > most_early) {
    early_.erase(order_.front());
    order_.pop_front();
  }
  rolled_back();
}

void receipts::rolled_back() {
  fresh_.clear();
  found_.clear();
}

}  // namespace handlers::turns
