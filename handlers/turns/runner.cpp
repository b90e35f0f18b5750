#include "handlers/turns/runner.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>

#include "bot/cases/life.hpp"
#include "bot/cases/number.hpp"
#include "bot/notices/afterwards.hpp"
#include "bot/notices/agenda.hpp"
#include "bot/notices/at_event.hpp"
#include "bot/notices/recurrence.hpp"
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

  // As stored, but for what this batch has changed.
  std::vector<bot::cases::report> newest(std::vector<bot::cases::report> stored) {
    for (auto& r : stored) {
      if (const auto at = reports_.find(r.id); at != reports_.end())
        r = at->second;
      else
        put(r);
    }
    return stored;
  }

  std::vector<bot::notices::notice> pick_notices(const bot::reads& wanted) {
    bot::reads missing;
    for (const auto& n : wanted.notice_numbers)
      if (!notice_by_number_.contains(n)) missing.notice_numbers.push_back(n);
    for (const auto id : wanted.notice_ids)
      if (!notices_.contains(id)) missing.notice_ids.push_back(id);
    if (!missing.notice_numbers.empty() || !missing.notice_ids.empty())
      for (auto& n : store_.notices(missing)) put(std::move(n));
    std::vector<bot::notices::notice> found;
    for (const auto& n : wanted.notice_numbers)
      if (const auto at = notice_by_number_.find(n); at != notice_by_number_.end())
        found.push_back(notices_.at(at->second));
    for (const auto id : wanted.notice_ids)
      if (const auto at = notices_.find(id); at != notices_.end()) found.push_back(at->second);
    return found;
  }

  std::vector<bot::notices::notice> newest(std::vector<bot::notices::notice> stored) {
    for (auto& n : stored) n = newest(std::move(n));
    return stored;
  }

  bot::notices::notice newest(bot::notices::notice stored) {
    const auto at = notices_.find(stored.id);
    return at == notices_.end() ? std::move(stored) : at->second;
  }

  // In charge of that notice; what this batch was told counts before what is stored.
  std::string person_of(std::int64_t notice) {
    const auto at = persons_.find(notice);
    return at == persons_.end() ? store_.person_of(notice) : at->second;
  }
  void put(const bot::notices::person_in_charge& p) { persons_[p.notice] = p.words; }

  std::optional<bot::notices::kept_draft> draft(const std::string& number) {
    auto found = drafts_.contains(number) ? std::optional(drafts_.at(number)) : store_.draft(number);
    return found && !found->gone ? found : std::nullopt;
  }
  void put(const bot::notices::kept_draft& d) { drafts_[d.number] = d; }

  void put(bot::notices::notice n) {
    notice_by_number_[n.number] = n.id;
    notices_[n.id] = std::move(n);
  }

  void put(bot::cases::report r) {
    by_number_[r.number] = r.id;
    reports_[r.id] = std::move(r);
  }

 private:
  storage::store& store_;
  std::unordered_map<std::int64_t, bot::cases::report> reports_;
  std::unordered_map<std::string, std::int64_t> by_number_;
  std::unordered_map<std::int64_t, bot::notices::notice> notices_;
  std::unordered_map<std::string, std::int64_t> notice_by_number_;
  std::unordered_map<std::int64_t, std::string> persons_;
  std::unordered_map<std::string, bot::notices::kept_draft> drafts_;
};

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
      turn = bot::take_turn(a.conversation, in, facts_for(in, a), world_);
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

  bot::facts facts_for(const bot::inbound& in, const storage::admission& a) {
    bot::facts f;
    f.contact = a.chat.contact;
    f.actor = a.actor;
    f.via = a.chat.via;
    f.group = a.chat.group;
    const bot::reads needs = bot::reads_for(in, a.conversation);
    f.reports = known_.pick(needs);
    f.notices = known_.pick_notices(needs);
    if (needs.beside) read_beside(f, in, needs);
    if (needs.beside_told)
      if (const auto when = bot::notices::beside_told(a.conversation.answers, world_))
        f.beside = events_between(*when, most_beside);
    if (!needs.events_at.empty()) read_events_at(f, needs);
    std::int64_t person_of = needs.person_of;
    for (const auto& n : f.notices)
      if (n.number == needs.person_of_number) person_of = n.id;
    if (person_of != 0) f.person = known_.person_of(person_of);
    for (const auto& n : f.notices)
      if (n.number == needs.learned_at_number) f.learned = learned_at(n);
    if (!needs.draft_number.empty()) f.draft = known_.draft(needs.draft_number);
    if (needs.open_cases) {
      f.listed = open_cases(f.contact);
      f.listed_notices = open_notices(f.contact);
    }
    if (needs.followers_of != 0)
      f.listed = known_.newest(store_.followers(needs.followers_of, needs.after, bot::cases::followers_at_once));
    if (needs.incident_size != 0) f.incident_size = store_.incident_size(needs.incident_size);
    if (!needs.callback_of.empty())
      for (const auto& r : f.reports)
        if (r.number == needs.callback_of && r.reporter != 0) f.callback = store_.callback_of(r.reporter);
    f.actor_met = a.actor == a.chat.contact || store_.has_written(a.actor);
    if (needs.media)
      for (const auto& r : f.reports) {
        auto files = store_.media().of_report(r.id);
        std::move(files.begin(), files.end(), std::back_inserter(f.media));
      }
    if (!needs.claimed_number.empty())
      f.claim_hashes = store_.keyed_hashes("pin", needs.claimed_number + ":" + needs.claimed_pin);
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
    f.fresh.notice_id = store_.new_id();
    f.fresh.notice_number = bot::cases::make_number('P', storage::random_bits());
    f.fresh.pin = six_digits(storage::random_bits());
    f.fresh.pin_hash = store_.keyed_hashes("pin", f.fresh.report_number + ":" + f.fresh.pin).front();
    f.fresh.draft_pin_hash = store_.keyed_hashes("pin", f.fresh.notice_number + ":" + f.fresh.pin).front();
    return f;
  }

  // Each of those that come again by itself.
  std::vector<bot::notices::notice> events_between(const bot::notices::period& p, std::size_t most) {
    return bot::notices::occurrences_of(known_.newest(store_.notices_between(p.units, p.from, p.until, most)),
                                        world_.book.utc_offset);
  }

  static constexpr std::size_t most_beside = 500;

  // Of the notice that a tap opens or a timer is about.
  void read_beside(bot::facts& f, const bot::inbound& in, const bot::reads& needs) {
    const bool is_timer = std::holds_alternative<bot::said::timer>(in.what);
    for (const auto& n : f.notices) {
      if (!is_timer && n.number != needs.person_of_number) continue;
      const auto when = is_timer ? bot::notices::week_of(n, world_) : bot::notices::beside(n, world_);
      f.beside = events_between(when, most_beside);
      return;
    }
  }

  // Of the report that a tap opens.
  void read_events_at(bot::facts& f, const bot::reads& needs) {
    constexpr std::size_t most = 100;
    for (const auto& r : f.reports) {
      if (r.number != needs.events_at) continue;
      if (const auto when = bot::notices::around_report(r, world_)) f.beside = events_between(*when, most);
      return;
    }
  }

  std::vector<bot::notices::notice> open_notices(std::int64_t contact) {
    constexpr std::size_t most = 10;
    std::vector<bot::notices::notice> all;
    for (const auto& unit : bot::cases::units_looked_after(contact, world_))
      for (auto& n : store_.open_notices(unit, most)) all.push_back(known_.newest(std::move(n)));
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
    if (all.size() > most) all.resize(most);
    return all;
  }

  std::vector<std::string> learned_at(const bot::notices::notice& n) {
    constexpr std::size_t most = 5;  // lines of a card
    const auto place = bot::notices::place_key(n, world_.book.notices);
    if (place.empty()) return {};
    const auto since = now_ - std::chrono::hours(24) * world_.book.notices.reminders.learned_days;
    return store_.learned_at(place, since, most);
  }

  std::vector<bot::cases::report> open_cases(std::int64_t contact) {
    constexpr std::size_t most = 10;  // rows of a list on WhatsApp
    std::vector<bot::cases::report> all;
    for (const auto& unit : bot::cases::units_looked_after(contact, world_)) {
      auto some = known_.newest(store_.open_reports(unit, most));
      std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.level > b.level; });
    if (all.size() > most) all.resize(most);
    return all;
  }

  // The ward that a person's message is about, as far as it is known.
  static std::string ward_of(const bot::inbound& in, const bot::turn& turn) {
    if (std::holds_alternative<bot::said::timer>(in.what)) return {};
    if (!turn.reports.empty()) return turn.reports.front().ward;
    const auto place = turn.next.answers.find("place");
    return place == turn.next.answers.end() ? std::string() : place->second;
  }

  void absorb(storage::admission& a, bot::turn&& turn, std::chrono::milliseconds later) {
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

    a.chat.language = turn.next.language;
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
  working_set known_;
  area_pace& area_;
  storage::changes changes_;
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
