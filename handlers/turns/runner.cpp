#include "handlers/turns/runner.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>

#include "handlers/turns/fact_reader.hpp"
#include "handlers/turns/working_set.hpp"

namespace handlers::turns {
namespace {

using namespace std::chrono_literals;

// Platforms redeliver for up to a week; a clock that is wrong must not file a report next year.
bot::instant clamped(bot::instant sent, bot::instant now) {
  if (sent == bot::instant{}) return now;  // the platform did not tell (Telegram dates no taps)
  return std::clamp(sent, now - std::chrono::hours(24 * 8), now + 5min);
}

// One attempt at a batch: what was admitted, and what is to be written.
class attempt {
 public:
  attempt(storage::store& store, const bot::world& world, bot::cases::recent_cases& recent, std::span<const job> jobs,
          std::vector<bot::inbound>&& batch, std::vector<storage::admission>&& admitted, bot::instant now,
          area_pace& area)
      : store_(store),
        world_(world),
        recent_(recent),
        jobs_(jobs),
        batch_(std::move(batch)),
        admitted_(std::move(admitted)),
        now_(now),
        known_(store),
        facts_(store, world, known_, changes_.used_invites),
        area_(area) {}

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
    if (const auto* receipt = std::get_if<bot::said::receipt>(&in.what)) return told_.push_back(*receipt);
    catch_up(a);
    notice_life(in, a);
    if (!poison.empty() || !a.fault.empty()) return fail(i, poison.empty() ? a.fault : poison);
    bot::turn turn;
    try {
      turn = bot::take_turn(a.conversation, in, facts_.read(in, a), world_);
    } catch (const storage::unavailable&) {
      throw;
    } catch (const std::exception& e) {
      return fail(i, e.what());  // nothing of this message has been written yet
    }
    ++out_.turns;
    const auto first_answer = out_.to_send.size();
    const bool answers = !turn.replies.empty();
    const auto later = area_.delay(ward_of(in, turn), now_);
    absorb(a, std::move(turn), later);
    if (answers && in.via == bot::channel::whatsapp && first_answer < out_.to_send.size())
      out_.to_send[first_answer].first_answer_to = in.provider_id;
  }

  outcome finish(std::span<const storage::send_result> results, receipts& early) {
    changes_.results.assign(results.begin(), results.end());
    for (auto& item : early.settle(store_, told_, results, changes_, now_)) out_.to_send.push_back(std::move(item));
    for (auto& [id, report] : changed_) changes_.reports.push_back(std::move(report));
    for (auto& [id, notice] : changed_notices_) changes_.notices.push_back(std::move(notice));
    const auto known_already = store_.write(changes_, batch_, now_);
    store_.commit();
    early.committed();
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

  // The ward that a person's message is about, as far as it is known.
  static std::string ward_of(const bot::inbound& in, const bot::turn& turn) {
    if (std::holds_alternative<bot::said::timer>(in.what)) return {};
    if (!turn.reports.empty()) return turn.reports.front().ward;
    const auto place = turn.next.answers.find("place");
    return place == turn.next.answers.end() ? std::string() : place->second;
  }

  void absorb(storage::admission& a, bot::turn&& turn, std::chrono::milliseconds later) {
    a.chat.language = turn.next.language;
    // The window of a WhatsApp chat has moved even where the conversation has not.
    if (a.chat.contact != 0 &&
        (turn.next != a.conversation || (a.chat.via == bot::channel::whatsapp && a.actor != 0))) {
      turn.next.contact = a.chat.contact;
      const auto [at, fresh] = conversation_of_.try_emplace(a.chat.contact, changes_.conversations.size());
      if (fresh) changes_.conversations.emplace_back();
      changes_.conversations[at->second] = {std::move(turn.next), a.chat.window_until};
    }
    changes_.bound.insert(changes_.bound.end(), turn.bound.begin(), turn.bound.end());
    if (!turn.used_invite.empty()) changes_.used_invites.push_back(turn.used_invite);
    if (turn.reachable >= 0 && a.chat.contact != 0)
      changes_.reachable.emplace_back(a.chat.contact, turn.reachable != 0);
    for (auto& r : turn.reports) {
      known_.put(r);
      recent_.put(r);
      changed_[r.id] = std::move(r);
    }
    std::move(turn.events.begin(), turn.events.end(), std::back_inserter(changes_.events));
    for (auto& n : turn.notices) {
      known_.put(n);
      changed_notices_[n.id] = std::move(n);
    }
    for (const auto& p : turn.persons) known_.put(p);
    for (const auto& d : turn.drafts) known_.put(d);
    std::move(turn.notice_events.begin(), turn.notice_events.end(), std::back_inserter(changes_.notice_events));
    std::move(turn.persons.begin(), turn.persons.end(), std::back_inserter(changes_.persons));
    std::move(turn.place_notes.begin(), turn.place_notes.end(), std::back_inserter(changes_.place_notes));
    std::move(turn.drafts.begin(), turn.drafts.end(), std::back_inserter(changes_.drafts));
    for (const auto& t : turn.timers) {
      if (t.kind == "incident_count") recent_.counts_at(t.subject, t.due);
      if (t.kind == "digest") recent_.digest_at(t.subject, t.due);
      out_.timer_due = out_.timer_due || t.due <= now_;
    }
    changes_.joins.insert(changes_.joins.end(), turn.joins.begin(), turn.joins.end());
    changes_.tallies.insert(changes_.tallies.end(), turn.tallies.begin(), turn.tallies.end());
    std::move(turn.acts.begin(), turn.acts.end(), std::back_inserter(changes_.acts));
    std::move(turn.callbacks.begin(), turn.callbacks.end(), std::back_inserter(changes_.callbacks));
    std::move(turn.timers.begin(), turn.timers.end(), std::back_inserter(changes_.timers));

    for (auto& m : turn.media)
      changes_.media.push_back({m.id, m.report, a.chat.via, a.chat.account, std::move(m.what)});
    std::move(turn.media_filed.begin(), turn.media_filed.end(), std::back_inserter(changes_.media_filed));
    std::move(turn.media_dropped.begin(), turn.media_dropped.end(), std::back_inserter(changes_.media_dropped));

    for (auto& reply : turn.replies) {
      const bool waits = reply.urgency > bot::priority::high;
      queue(a.chat, std::move(reply), {}, waits ? later : std::chrono::milliseconds{0});
    }
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

  void queue(const storage::destination& to, bot::say&& what, std::string dedupe,
             std::chrono::milliseconds later = std::chrono::milliseconds{0}) {
    if (to.contact == 0) {
      spdlog::error("the answer \"{}\" has nobody to go to", what.key);
      return;
    }
    storage::outbox_item item;
    item.row.id = store_.new_id();
    item.row.contact = to.contact;
    item.row.what = std::move(what);
    item.row.dedupe = std::move(dedupe);
    item.row.due = now_ + later;
    item.to = to;
    if (!item.row.what.edit_of.empty()) item.card_message = store_.card_message(to.contact, item.row.what.edit_of);
    changes_.outbox.push_back(item.row);
    out_.to_send.push_back(std::move(item));
  }

  // The message is kept whole for a replay; a person in a private chat is told once whom to call meanwhile.
  void fail(std::size_t i, std::string why) {
    const storage::admission& a = admitted_[i];
    spdlog::error("turn failed for contact {}: {}", a.chat.contact, why);
    keep(i, std::move(why));
    if (a.actor != 0 && !a.chat.group && jobs_[i].replays == 0)
      queue(a.chat, {.key = "danger.failed", .urgency = bot::priority::danger}, {});
  }

  void keep(std::size_t i, std::string why) {
    ++out_.failed;
    changes_.failed.push_back({i, std::move(why), jobs_[i].raw ? *jobs_[i].raw : std::string(), jobs_[i].replays});
  }

  storage::store& store_;
  const bot::world& world_;
  bot::cases::recent_cases& recent_;
  std::span<const job> jobs_;
  std::vector<bot::inbound> batch_;
  std::vector<storage::admission> admitted_;
  bot::instant now_;
  storage::changes changes_;
  working_set known_;
  fact_reader facts_;
  area_pace& area_;
  std::vector<bot::said::receipt> told_;
  std::unordered_map<std::int64_t, std::size_t> conversation_of_;  // contact -> index in changes_.conversations
  std::map<std::int64_t, bot::cases::report> changed_;
  std::map<std::int64_t, bot::notices::notice> changed_notices_;
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
    undo();
    spdlog::error("batch of {} not kept: {}", jobs.size(), e.what());
    return nothing_kept(jobs.size());
  } catch (const std::exception& e) {
    undo();
    spdlog::error("batch of {} not kept, now one by one: {}", jobs.size(), e.what());
  }

  // Something in it is what the store does not take, or a bug of ours: alone, each costs only itself.
  outcome all = apart({}, results, now);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    outcome one = apart(jobs.subspan(i, 1), {}, now);
    all.durable.push_back(one.durable[0]);
    all.timer_due = all.timer_due || one.timer_due;
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
      undo();
      spdlog::error("message not kept: {}", e.what());
      return nothing_kept(jobs.size());
    } catch (const std::exception& e) {
      undo();
      poison = e.what();
    }
  }
  spdlog::error("message cannot even be kept as failed: {}", poison);
  outcome none = nothing_kept(jobs.size());
  none.results_kept = jobs.empty();  // results that the store never takes must not come back for ever
  return none;
}

void runner::undo() {
  store_.rollback();
  recent_ = {};  // read anew: some of it was never committed
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
  for (auto& known : store_.recent(recent_.newest(), now - bot::cases::recent_cases::kept))
    recent_.put(std::move(known));
  const bot::world world{now, book_, duty_, &recent_};
  attempt one(store_, world, recent_, jobs, std::move(batch), std::move(admitted), now, area_);
  if (poison.empty()) one.prefetch();
  for (std::size_t i = 0; i < jobs.size(); ++i) one.take(i, poison);
  return one.finish(results, receipts_);
}

}  // namespace handlers::turns
