#include "handlers/turns/runner.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <map>
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

std::string six_digits(std::uint64_t random_bits) {
  std::string digits = std::to_string(random_bits % 1000000);
  return std::string(6 - digits.size(), '0') + digits;
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

// One attempt at a batch: what was admitted, and what is to be written.
class attempt {
 public:
  attempt(storage::store& store, const bot::world& world, std::span<const job> jobs, std::vector<bot::inbound>&& batch,
          std::vector<storage::admission>&& admitted, bot::instant now)
      : store_(store),
        world_(world),
        jobs_(jobs),
        batch_(std::move(batch)),
        admitted_(std::move(admitted)),
        now_(now),
        known_(store) {}

  void prefetch() {
    bot::reads all;
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      if (admitted_[i].duplicate) continue;
      const auto one = bot::reads_for(batch_[i], admitted_[i].conversation);
      all.report_numbers.insert(all.report_numbers.end(), one.report_numbers.begin(), one.report_numbers.end());
      all.report_ids.insert(all.report_ids.end(), one.report_ids.begin(), one.report_ids.end());
    }
    known_.prefetch(all);
  }

  // `poison`: why this message was not kept when it was thought about; empty: it was not tried yet.
  void take(std::size_t i, const std::string& poison) {
    const bot::inbound& in = batch_[i];
    storage::admission& a = admitted_[i];
    if (const auto* t = std::get_if<bot::said::timer>(&in.what)) changes_.timers_done.push_back(t->id);
    if (jobs_[i].replays != 0) changes_.replayed.push_back(jobs_[i].replays);
    if (a.duplicate) {
      ++out_.duplicates;
      return;
    }
    if (const auto* unreadable = std::get_if<bot::said::unreadable>(&in.what))
      return keep(i, "unreadable: " + unreadable->place);
    if (const auto* moved = std::get_if<bot::said::moved>(&in.what)) {
      changes_.moved.emplace_back(a.chat.contact, moved->new_address);
      return;
    }
    if (std::holds_alternative<bot::said::receipt>(in.what)) return;
    catch_up(a);
    notice_life(in, a);
    if (!poison.empty() || !a.fault.empty()) return fail(i, poison.empty() ? a.fault : poison);
    bot::turn turn;
    try {
      turn = bot::take_turn(a.conversation, in, facts_for(in, a), world_);
    } catch (const storage::unavailable&) {
      throw;
    } catch (const std::exception& e) {
      return fail(i, e.what());  // nothing of this message has been written yet
    }
    ++out_.turns;
    absorb(a, std::move(turn));
  }

  outcome finish(std::span<const storage::send_result> results) {
    changes_.results.assign(results.begin(), results.end());
    for (auto& [id, report] : changed_) changes_.reports.push_back(std::move(report));
    const auto known_already = store_.write(changes_, batch_, now_);
    store_.commit();
    out_.durable.assign(jobs_.size(), true);
    out_.media_changed = !changes_.media.empty() || !changes_.media_dropped.empty();
    out_.results_kept = true;
    if (!known_already.empty())
      std::erase_if(out_.to_send, [&](const storage::outbox_item& item) {
        return std::find(known_already.begin(), known_already.end(), item.row.id) != known_already.end();
      });
    return std::move(out_);
  }

 private:
  // What earlier messages of the batch did to this chat.
  void catch_up(storage::admission& a) {
    if (const auto at = conversation_of_.find(a.chat.contact); at != conversation_of_.end()) {
      a.conversation = changes_.conversations[at->second].state;
      a.chat.window_until = changes_.conversations[at->second].window_until;
      a.chat.language = a.conversation.language;
    }
  }

  // Who writes can be written to again; on WhatsApp freely for a day from their newest message.
  void notice_life(const bot::inbound& in, storage::admission& a) {
    if (a.actor == 0 || std::holds_alternative<bot::said::reach>(in.what)) return;
    if (!a.chat.reachable) {
      a.chat.reachable = true;
      changes_.reachable.emplace_back(a.chat.contact, true);
    }
    if (in.via == bot::channel::whatsapp) a.chat.window_until = std::max(a.chat.window_until, in.sent_at + 24h);
  }

  bot::facts facts_for(const bot::inbound& in, const storage::admission& a) {
    bot::facts f;
    f.contact = a.chat.contact;
    f.actor = a.actor;
    f.via = a.chat.via;
    f.group = a.chat.group;
    const bot::reads needs = bot::reads_for(in, a.conversation);
    f.reports = known_.pick(needs);
    if (needs.media)
      for (const auto& r : f.reports) {
        auto files = store_.media().of_report(r.id);
        std::move(files.begin(), files.end(), std::back_inserter(f.media));
      }
    if (!needs.claimed_number.empty())
      f.claim_hash = store_.keyed_hash("pin", needs.claimed_number + ":" + needs.claimed_pin);
    if (!needs.invites.empty()) {
      f.invites = store_.open_invites(needs.invites, now_);
      std::erase_if(f.invites, [&](const bot::cases::invite& i) {  // used by an earlier message of this batch
        return std::find(changes_.used_invites.begin(), changes_.used_invites.end(), i.code) !=
               changes_.used_invites.end();
      });
    }
    f.fresh.report_id = store_.new_id();
    if (std::holds_alternative<bot::said::media>(in.what)) f.fresh.media_id = store_.new_id();
    f.fresh.report_number = bot::cases::make_number('L', storage::random_bits());
    f.fresh.pin = six_digits(storage::random_bits());
    f.fresh.pin_hash = store_.keyed_hash("pin", f.fresh.report_number + ":" + f.fresh.pin);
    return f;
  }

  void absorb(storage::admission& a, bot::turn&& turn) {
    // The window of a WhatsApp chat has moved even where the conversation has not.
    if (a.chat.contact != 0 &&
        (turn.next != a.conversation || (a.chat.via == bot::channel::whatsapp && a.actor != 0))) {
      turn.next.contact = a.chat.contact;
      const auto [at, fresh] = conversation_of_.try_emplace(a.chat.contact, changes_.conversations.size());
      if (fresh) changes_.conversations.emplace_back();
      changes_.conversations[at->second] = {turn.next, a.chat.window_until};
    }
    changes_.bound.insert(changes_.bound.end(), turn.bound.begin(), turn.bound.end());
    if (!turn.used_invite.empty()) changes_.used_invites.push_back(turn.used_invite);
    if (turn.reachable >= 0 && a.chat.contact != 0)
      changes_.reachable.emplace_back(a.chat.contact, turn.reachable != 0);
    for (auto& r : turn.reports) {
      known_.put(r);
      changed_[r.id] = std::move(r);
    }
    std::move(turn.events.begin(), turn.events.end(), std::back_inserter(changes_.events));
    std::move(turn.timers.begin(), turn.timers.end(), std::back_inserter(changes_.timers));

    for (auto& m : turn.media)
      changes_.media.push_back({m.id, m.report, a.chat.via, a.chat.account, std::move(m.what)});
    std::move(turn.media_filed.begin(), turn.media_filed.end(), std::back_inserter(changes_.media_filed));
    std::move(turn.media_dropped.begin(), turn.media_dropped.end(), std::back_inserter(changes_.media_dropped));

    a.chat.language = turn.next.language;
    for (auto& reply : turn.replies) queue(a.chat, std::move(reply), {});
    for (auto& note : turn.notes) {
      const auto other = note.contact == a.chat.contact ? std::optional(a.chat) : store_.destination_of(note.contact);
      if (!other) {
        spdlog::error("contact {} is not in the store, its message is not sent", note.contact);
        continue;
      }
      std::string dedupe;
      if (!note.dedupe.empty())
        dedupe = note.dedupe + ":" + std::to_string(note.contact) + ":" + std::to_string(static_cast<int>(other->via));
      queue(*other, std::move(note.what), std::move(dedupe));
    }
  }

  void queue(const storage::destination& to, bot::say&& what, std::string dedupe) {
    if (to.contact == 0) {
      spdlog::error("the answer \"{}\" has nobody to go to", what.key);
      return;
    }
    storage::outbox_item item;
    item.row.id = store_.new_id();
    item.row.contact = to.contact;
    item.row.what = std::move(what);
    item.row.dedupe = std::move(dedupe);
    item.row.due = now_;
    item.to = to;
    if (!item.row.what.edit_of.empty()) item.card_message = store_.card_message(to.contact, item.row.what.edit_of);
    changes_.outbox.push_back(item.row);
    out_.to_send.push_back(std::move(item));
  }

  // The message is kept whole for a replay; a person in a private chat is told whom to call meanwhile.
  void fail(std::size_t i, std::string why) {
    const storage::admission& a = admitted_[i];
    spdlog::error("turn failed for contact {}: {}", a.chat.contact, why);
    keep(i, std::move(why));
    if (a.actor != 0 && !a.chat.group) queue(a.chat, {.key = "danger.failed", .urgency = bot::priority::danger}, {});
  }

  void keep(std::size_t i, std::string why) {
    ++out_.failed;
    changes_.failed.push_back({i, std::move(why), jobs_[i].raw ? *jobs_[i].raw : std::string()});
  }

  storage::store& store_;
  const bot::world& world_;
  std::span<const job> jobs_;
  std::vector<bot::inbound> batch_;
  std::vector<storage::admission> admitted_;
  bot::instant now_;
  working_set known_;
  storage::changes changes_;
  std::unordered_map<std::int64_t, std::size_t> conversation_of_;  // contact -> index in changes_.conversations
  std::map<std::int64_t, bot::cases::report> changed_;
  outcome out_;
};

outcome nothing_kept(std::size_t jobs) {
  outcome none;
  none.durable.assign(jobs, false);
  return none;
}

}  // namespace

outcome runner::run(std::span<const job> jobs, std::span<const storage::send_result> results, bot::instant now) {
  try {
    return together(jobs, results, now, {});
  } catch (const storage::unavailable& e) {
    store_.rollback();
    spdlog::error("batch of {} not kept: {}", jobs.size(), e.what());
    return nothing_kept(jobs.size());
  } catch (const std::exception& e) {
    store_.rollback();
    spdlog::error("batch of {} not kept, now one by one: {}", jobs.size(), e.what());
  }

  // Something in it is what the store does not take, or a bug of ours: alone, each costs only itself.
  outcome all = apart({}, results, now);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    outcome one = apart(jobs.subspan(i, 1), {}, now);
    all.durable.push_back(one.durable[0]);
    all.turns += one.turns;
    all.duplicates += one.duplicates;
    all.failed += one.failed;
    all.media_changed = all.media_changed || one.media_changed;
    std::move(one.to_send.begin(), one.to_send.end(), std::back_inserter(all.to_send));
  }
  return all;
}

// At most one message, or only results. What cannot be thought about is kept without thinking.
outcome runner::apart(std::span<const job> jobs, std::span<const storage::send_result> results, bot::instant now) {
  std::string poison;
  for (int tries = 0; tries < 2; ++tries) {
    try {
      return together(jobs, results, now, poison);
    } catch (const storage::unavailable& e) {
      store_.rollback();
      spdlog::error("message not kept: {}", e.what());
      return nothing_kept(jobs.size());
    } catch (const std::exception& e) {
      store_.rollback();
      poison = e.what();
    }
  }
  spdlog::error("message cannot even be kept as failed: {}", poison);
  outcome none = nothing_kept(jobs.size());
  none.results_kept = jobs.empty();  // results that the store never takes must not come back for ever
  return none;
}

outcome runner::together(std::span<const job> jobs, std::span<const storage::send_result> results, bot::instant now,
                         const std::string& poison) {
  std::vector<bot::inbound> batch;
  batch.reserve(jobs.size());
  bool replay = false;
  for (const auto& j : jobs) {
    replay = replay || j.replays != 0;
    batch.push_back(j.what);
    batch.back().sent_at = clamped(j.what.sent_at, now);
  }
  auto admitted = store_.admit(batch, now, replay);
  if (const auto version = store_.roster_version(); version != duty_version_) {
    duty_ = store_.roster();
    duty_version_ = version;
  }
  const bot::world world{now, book_, duty_};
  attempt one(store_, world, jobs, std::move(batch), std::move(admitted), now);
  if (poison.empty()) one.prefetch();
  for (std::size_t i = 0; i < jobs.size(); ++i) one.take(i, poison);
  return one.finish(results);
}

}  // namespace handlers::turns
