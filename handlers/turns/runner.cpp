#include "handlers/turns/runner.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <unordered_map>

#include "bot/cases/number.hpp"
#include "storage/vault.hpp"

namespace handlers::turns {
namespace {

using namespace std::chrono_literals;

// Platforms redeliver for up to a week; a clock that is wrong must not file a report next year.
bot::instant clamped(bot::instant sent, bot::instant now) {
  if (sent == bot::instant{}) return now;  // the platform did not tell (Telegram dates no taps)
  return std::clamp(sent, now - std::chrono::hours(24 * 8), now + 5min);
}

// The state of everything that a batch has touched so far: a later message sees what an earlier one did.
class working_set {
 public:
  explicit working_set(storage::store& store) : store_(store) {}

  void prefetch(const bot::reads& wanted) {
    bot::reads missing;
    for (const auto& n : wanted.report_numbers)
      if (!by_number_.contains(n)) missing.report_numbers.push_back(n);
    for (const auto id : wanted.report_ids)
      if (!reports_.contains(id)) missing.report_ids.push_back(id);
    if (missing.report_numbers.empty() && missing.report_ids.empty()) return;
    for (auto& r : store_.reports(missing)) put(std::move(r));
  }

  std::vector<bot::cases::report> pick(const bot::reads& wanted) {
    prefetch(wanted);
    std::vector<bot::cases::report> found;
    const auto add = [&](std::int64_t id) {
      if (const auto at = reports_.find(id); at != reports_.end()) found.push_back(at->second);
    };
    for (const auto& n : wanted.report_numbers)
      if (const auto at = by_number_.find(n); at != by_number_.end()) add(at->second);
    for (const auto id : wanted.report_ids) add(id);
    return found;
  }

  void put(bot::cases::report r) {
    by_number_[r.number] = r.id;
    reports_[r.id] = std::move(r);
  }

 private:
  storage::store& store_;
  std::unordered_map<std::int64_t, bot::cases::report> reports_;
  std::unordered_map<std::string, std::int64_t> by_number_;
};

}  // namespace

outcome runner::run(std::span<const job> jobs, std::span<const storage::send_result> results, bot::instant now) {
  try {
    return attempt(jobs, results, now);
  } catch (const storage::unavailable& e) {
    store_.rollback();
    spdlog::error("batch of {} not kept: {}", jobs.size(), e.what());
  }
  outcome all;
  all.durable.assign(jobs.size(), false);
  if (jobs.size() <= 1) return all;

  // One message may be what the store cannot take: alone, each costs only itself.
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    try {
      const auto first = all.results_kept ? std::span<const storage::send_result>() : results;
      outcome one = attempt(jobs.subspan(i, 1), first, now);
      all.durable[i] = one.durable[0];
      all.results_kept = true;
      all.turns += one.turns, all.duplicates += one.duplicates, all.failed += one.failed;
      std::move(one.to_send.begin(), one.to_send.end(), std::back_inserter(all.to_send));
    } catch (const storage::unavailable& e) {
      store_.rollback();
      spdlog::error("message not kept: {}", e.what());
    }
  }
  return all;
}

outcome runner::attempt(std::span<const job> jobs, std::span<const storage::send_result> results, bot::instant now) {
  outcome out;
  out.durable.assign(jobs.size(), true);
  std::vector<bot::inbound> batch;
  batch.reserve(jobs.size());
  for (const auto& j : jobs) {
    batch.push_back(j.what);
    batch.back().sent_at = clamped(j.what.sent_at, now);
  }

  std::vector<storage::admission> admitted = store_.admit(batch, now);
  if (const auto version = store_.roster_version(); version != duty_version_) {
    duty_ = store_.roster();
    duty_version_ = version;
  }
  const bot::world world{now, book_, duty_};
  working_set known(store_);
  bot::reads wanted;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (admitted[i].duplicate) continue;
    const auto one = bot::reads_for(batch[i], admitted[i].conversation);
    wanted.report_numbers.insert(wanted.report_numbers.end(), one.report_numbers.begin(), one.report_numbers.end());
    wanted.report_ids.insert(wanted.report_ids.end(), one.report_ids.begin(), one.report_ids.end());
  }
  known.prefetch(wanted);

  storage::changes changes;
  changes.results.assign(results.begin(), results.end());
  std::unordered_map<std::int64_t, std::size_t> conversation_of;  // contact -> index in changes.conversations
  std::map<std::int64_t, bot::cases::report> changed;

  for (std::size_t i = 0; i < batch.size(); ++i) {
    storage::admission& a = admitted[i];
    bot::inbound& in = batch[i];
    if (const auto* t = std::get_if<bot::said::timer>(&in.what)) changes.timers_done.push_back(t->id);
    if (a.duplicate) {
      ++out.duplicates;
      continue;
    }
    if (const auto* moved = std::get_if<bot::said::moved>(&in.what)) {
      changes.moved.emplace_back(a.chat.contact, moved->new_address);
      continue;
    }
    if (std::holds_alternative<bot::said::receipt>(in.what)) continue;
    if (const auto* unreadable = std::get_if<bot::said::unreadable>(&in.what)) {
      changes.failed.push_back({i, "unreadable: " + unreadable->place, jobs[i].raw ? *jobs[i].raw : std::string()});
      continue;
    }
    if (const auto at = conversation_of.find(a.chat.contact); at != conversation_of.end())
      a.conversation = changes.conversations[at->second].state;

    bot::facts facts;
    facts.contact = a.chat.contact;
    facts.actor = a.actor;
    facts.via = a.chat.via;
    facts.group = a.chat.group;
    const bot::reads needs = bot::reads_for(in, a.conversation);
    facts.reports = known.pick(needs);
    if (!needs.invites.empty()) facts.invites = store_.open_invites(needs.invites, now);
    facts.fresh.report_id = store_.new_id();
    facts.fresh.report_number = bot::cases::make_number('L', storage::random_bits());

    bot::turn turn;
    try {
      turn = bot::take_turn(a.conversation, in, facts, world);
      ++out.turns;
    } catch (const std::exception& e) {
      // Nothing of this message has been written: it is kept whole, and the person is told whom to call.
      ++out.failed;
      spdlog::error("turn failed for contact {}: {}", a.chat.contact, e.what());
      changes.failed.push_back({i, e.what(), jobs[i].raw ? *jobs[i].raw : std::string()});
      turn.next = a.conversation;
      turn.replies.push_back({.key = "system.failed", .urgency = bot::priority::danger});
    }

    if (in.via == bot::channel::whatsapp && a.actor != 0) a.chat.window_until = in.sent_at + 24h;
    if (turn.next != a.conversation || in.via == bot::channel::whatsapp) {
      turn.next.contact = a.chat.contact;
      const auto [at, fresh] = conversation_of.try_emplace(a.chat.contact, changes.conversations.size());
      if (fresh) changes.conversations.emplace_back();
      changes.conversations[at->second] = {turn.next, a.chat.window_until};
    }
    changes.bound.insert(changes.bound.end(), turn.bound.begin(), turn.bound.end());
    if (!turn.used_invite.empty()) changes.used_invites.push_back(turn.used_invite);
    if (turn.reachable >= 0) changes.reachable.emplace_back(a.chat.contact, turn.reachable != 0);
    for (auto& r : turn.reports) {
      known.put(r);
      changed[r.id] = std::move(r);
    }
    std::move(turn.events.begin(), turn.events.end(), std::back_inserter(changes.events));
    std::move(turn.timers.begin(), turn.timers.end(), std::back_inserter(changes.timers));

    const auto queue = [&](const storage::destination& to, bot::say&& what, std::string dedupe) {
      storage::outbox_item item;
      item.row.id = store_.new_id();
      item.row.contact = to.contact;
      item.row.what = std::move(what);
      item.row.dedupe = std::move(dedupe);
      item.row.due = now;
      item.to = to;
      if (!item.row.what.edit_of.empty()) item.card_message = store_.card_message(to.contact, item.row.what.edit_of);
      changes.outbox.push_back(item.row);
      out.to_send.push_back(std::move(item));
    };
    a.chat.language = turn.next.language;
    for (auto& reply : turn.replies) queue(a.chat, std::move(reply), {});
    for (auto& note : turn.notes) {
      if (note.contact == a.chat.contact) {
        queue(a.chat, std::move(note.what), {});
      } else if (const auto to = store_.destination_of(note.contact)) {
        std::string dedupe = note.dedupe.empty() ? std::string()
                                                 : note.dedupe + ":" + std::to_string(note.contact) + ":" +
                                                       std::to_string(static_cast<int>(to->via));
        queue(*to, std::move(note.what), std::move(dedupe));
      } else {
        spdlog::error("contact {} is not in the store, its message is not sent", note.contact);
      }
    }
  }
  for (auto& [id, report] : changed) changes.reports.push_back(std::move(report));

  const auto known_already = store_.write(changes, batch, now);
  store_.commit();
  out.results_kept = true;
  if (!known_already.empty())
    std::erase_if(out.to_send, [&](const storage::outbox_item& item) {
      return std::find(known_already.begin(), known_already.end(), item.row.id) != known_already.end();
    });
  return out;
}

}  // namespace handlers::turns
