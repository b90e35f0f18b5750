#include "handlers/delivery/worker.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace handlers::delivery {
namespace {

constexpr std::size_t most_cards = 10000;

}  // namespace

struct worker::attempt {
  storage::outbox_item item;
  rendered message;
  std::vector<call> calls;
  std::size_t at = 0;
  bool changed_once = false;  // send_differently or moved_away is followed once
  std::string provider_id;    // of the last message that came into being
  line* of = nullptr;
};

worker::worker(surroundings around, worker_options options) : around_(std::move(around)), options_(options) {}

void worker::add_channel(bot::channel via, channel& out) {
  line& l = lines_[via];
  l.out = &out;
  const pace p = out.speed();
  l.tokens = bucket(p.global, p.global);
}

void worker::enqueue(std::vector<storage::outbox_item> items) {
  for (auto& item : items) {
    // Once one row had no room, everything after it waits in the store: the order of a destination stays.
    overflowed_ = overflowed_ || waiting_ >= options_.most_waiting;
    if (overflowed_) break;
    take(std::move(item));
  }
  pump();
}

void worker::refill(std::vector<storage::outbox_item> items, bool is_all) {
  fetching_ = false;
  overflowed_ = !is_all;
  for (auto& item : items)
    if (item.row.id > last_taken_) take(std::move(item));
  pump();
}

void worker::take(storage::outbox_item item) {
  last_taken_ = item.row.id;
  const auto at = lines_.find(item.to.via);
  if (at == lines_.end() || item.to.address.empty() || !item.to.reachable) {
    const char* why = at == lines_.end() ? "channel_off" : item.to.reachable ? "no_address" : "unreachable";
    ++figures_.skipped;
    around_.record({.id = item.row.id, .state = storage::send_state::skipped, .code = why, .contact = item.to.contact});
    return;
  }
  const std::int64_t contact = item.to.contact;
  auto found = lanes_.find(contact);
  if (found == lanes_.end()) {
    const pace p = at->second.out->speed();
    found = lanes_.emplace(contact, lane(item.to.group ? bucket(p.group, 1) : bucket(p.chat, p.chat_burst))).first;
  }
  lane& one = found->second;
  if (const auto wait = item.row.due - around_.now(); item.row.attempts > 0 && wait.count() > 0)
    one.not_before = std::max(one.not_before, steady::now() + std::min<std::chrono::milliseconds>(wait, options_.longest_pause));
  one.waiting.push_back(std::move(item));
  ++waiting_;
  list(contact, one);
}

void worker::list(std::int64_t contact, lane& l) {
  if (l.busy || l.listed || l.waiting.empty()) return;
  const auto& first = l.waiting.front();
  lines_.at(first.to.via).ready[static_cast<std::size_t>(first.row.what.urgency)].push_back(contact);
  l.listed = true;
}

std::size_t worker::ready_to_send() const {
  std::size_t count = 0;
  for (const auto& [via, l] : lines_)
    if (!l.stopped)
      for (const auto& ready : l.ready) count += ready.size();
  return count;
}

void worker::pump() {
  if (std::exchange(pumping_, true)) return;  // a send that ends at once comes back here
  const auto now = steady::now();
  wake_ = steady::time_point::max();
  while (!sleeping_.empty() && sleeping_.top().first <= now) {
    const auto at = lanes_.find(sleeping_.top().second);
    sleeping_.pop();
    if (at == lanes_.end()) continue;
    if (at->second.waiting.empty() && !at->second.busy && at->second.tokens.full_at(now) <= now)
      lanes_.erase(at);
    else
      list(at->first, at->second);
  }
  for (auto& [via, l] : lines_) pump(l, now);
  pumping_ = false;
  if (!sleeping_.empty()) wake_ = std::min(wake_, sleeping_.top().first);
  if (wake_ != steady::time_point::max()) around_.wake_at(wake_);
  if (overflowed_ && !fetching_ && waiting_ < options_.most_waiting / 2) {
    fetching_ = true;
    around_.fetch(last_taken_);
  }
}

void worker::pump(line& l, steady::time_point now) {
  if (l.stopped) return;
  if (now < l.not_before) {
    wake_ = std::min(wake_, l.not_before);
    return;
  }
  for (auto& ready : l.ready) {
    while (!ready.empty() && l.under_way < options_.under_way) {
      const std::int64_t contact = ready.front();
      lane& one = lanes_.at(contact);
      if (now < one.not_before || one.tokens.next(now) > now) {
        ready.pop_front();
        one.listed = false;
        sleeping_.emplace(std::max(one.not_before, one.tokens.next(now)), contact);
        continue;
      }
      if (!l.tokens.take(now)) {
        wake_ = std::min(wake_, l.tokens.next(now));
        return;
      }
      one.tokens.take(now);
      ready.pop_front();
      one.listed = false;
      begin(one, l);
    }
  }
}

void worker::begin(lane& one, line& l) {
  auto a = std::make_shared<attempt>();
  a->item = std::move(one.waiting.front());
  one.waiting.pop_front();
  --waiting_;
  one.busy = true;
  a->of = &l;
  ++l.under_way;
  ++under_way_;
  try {
    a->message = around_.render(a->item.row.what, a->item.to);
    if (const std::string& subject = a->item.row.what.edit_of; !subject.empty()) {
      const auto known = cards_.find({a->item.to.contact, subject});
      a->message.edit_message_id = known != cards_.end() ? known->second : a->item.card_message;
      if (a->message.edit_message_id.empty()) return finish(a, storage::send_state::skipped, "no_card", {}, false);
    }
    a->calls = l.out->encode(a->item.to, a->message, around_.now(), nullptr);
  } catch (const std::exception& e) {
    spdlog::error("message {} cannot be written: {}", a->item.row.id, e.what());
    return finish(a, storage::send_state::dead, "unwritable", {}, false);
  }
  if (a->calls.empty()) return finish(a, storage::send_state::skipped, "nothing_to_say", {}, false);
  next_call(a);
}

void worker::next_call(const std::shared_ptr<attempt>& a) {
  a->of->out->send(std::move(a->calls[a->at]), [this, a](platform_answer answer) { answered(a, answer); });
}

void worker::answered(const std::shared_ptr<attempt>& a, const platform_answer& answer) {
  using std::chrono::milliseconds;
  const send_result result = a->of->out->decide(answer);
  const auto back_off = [&] {
    const int doublings = std::min(a->item.row.attempts, 10);
    const auto pause = std::min(options_.first_pause * (1 << doublings), options_.longest_pause);
    return std::chrono::duration_cast<milliseconds>(pause * (0.75 + 0.5 * around_.jitter()));
  };
  const auto try_otherwise = [&](const send_differently* how) {
    a->changed_once = true;
    a->calls = a->of->out->encode(a->item.to, a->message, around_.now(), how);
    a->at = 0;
    if (a->calls.empty()) return finish(a, storage::send_state::skipped, "window_closed", {}, false);
    next_call(a);
  };

  if (const auto* ok = std::get_if<sent>(&result)) {
    if (!ok->provider_id.empty()) a->provider_id = ok->provider_id;
    if (++a->at < a->calls.size()) return next_call(a);
    return finish(a, storage::send_state::sent, {}, a->provider_id, false);
  }
  if (const auto* later = std::get_if<retry_later>(&result)) {
    const auto pause = later->after.count() > 0 ? milliseconds(later->after) + milliseconds(static_cast<int>(500 * around_.jitter())) : back_off();
    if (later->whose == retry_later::scope::channel) a->of->not_before = steady::now() + pause;
    return again(a, pause, later->perhaps_sent, later->code);
  }
  if (const auto* how = std::get_if<send_differently>(&result)) {
    if (a->changed_once) return finish(a, storage::send_state::dead, "refused_twice", {}, false);
    if (how->how == send_differently::how::plain) spdlog::error("message {} had markup that the platform refuses", a->item.row.id);
    return try_otherwise(how);
  }
  if (const auto* moved = std::get_if<moved_away>(&result)) {
    if (a->changed_once) return finish(a, storage::send_state::dead, "moved_twice", {}, false);
    a->item.to.address = moved->new_address;
    return try_otherwise(nullptr);
  }
  if (const auto* gone = std::get_if<unreachable>(&result))
    return finish(a, storage::send_state::skipped, "unreachable_" + std::to_string(gone->code), {}, true);
  if (const auto* stop = std::get_if<stop_channel>(&result)) {
    spdlog::critical("channel stopped by code {}: nothing goes out until a person has looked", stop->code);
    a->of->stopped = true;
    return again(a, options_.longest_pause, false, stop->code);
  }
  const auto& no = std::get<rejected>(result);
  if (no.alarm) spdlog::error("message {} refused with code {}", a->item.row.id, no.code);
  finish(a, storage::send_state::dead, "rejected_" + std::to_string(no.code), {}, false);
}

// Back to the head of its lane: what follows must not overtake it.
void worker::again(const std::shared_ptr<attempt>& a, std::chrono::milliseconds pause, bool perhaps_sent, int code) {
  storage::outbox_item& item = a->item;
  ++item.row.attempts;
  if (item.row.attempts >= options_.most_attempts && !a->of->stopped)
    return finish(a, storage::send_state::dead, "gave_up_" + std::to_string(code), {}, false);
  ++figures_.retried;
  storage::send_result r;
  r.id = item.row.id;
  r.contact = item.to.contact;
  r.state = perhaps_sent ? storage::send_state::uncertain : storage::send_state::queued;
  r.code = "again_" + std::to_string(code);
  r.next_attempt = around_.now() + pause;
  around_.record(std::move(r));

  const std::int64_t contact = item.to.contact;
  lane& one = lanes_.at(contact);
  one.not_before = steady::now() + pause;
  one.waiting.push_front(std::move(item));
  ++waiting_;
  one.busy = false;
  --a->of->under_way;
  --under_way_;
  sleeping_.emplace(one.not_before, contact);
  pump();
}

void worker::finish(const std::shared_ptr<attempt>& a, storage::send_state state, std::string code, std::string provider_id,
                    bool unreachable) {
  switch (state) {
    case storage::send_state::sent: ++figures_.sent; break;
    case storage::send_state::skipped: ++figures_.skipped; break;
    default: ++figures_.dead; break;
  }
  const bot::say& what = a->item.row.what;
  const std::int64_t contact = a->item.to.contact;
  storage::send_result r{.id = a->item.row.id, .state = state, .code = std::move(code), .provider_id = std::move(provider_id),
                         .contact = contact, .unreachable = unreachable};
  r.card = what.card.empty() ? what.edit_of : what.card;
  if (!r.card.empty() && !r.provider_id.empty()) {
    if (cards_.size() >= most_cards) cards_.erase(cards_.begin());  // the store still knows it
    cards_[{contact, r.card}] = r.provider_id;
  }
  around_.record(std::move(r));

  --a->of->under_way;
  --under_way_;
  const auto at = lanes_.find(contact);
  at->second.busy = false;
  const auto now = steady::now();
  if (!at->second.waiting.empty())
    list(contact, at->second);
  else if (const auto forgotten = at->second.tokens.full_at(now); forgotten > now)
    sleeping_.emplace(forgotten, contact);  // the lane remembers how fast it went until then
  else
    lanes_.erase(at);
  pump();
}

worker_figures worker::figures() const {
  worker_figures f = figures_;
  f.waiting = waiting_;
  f.under_way = under_way_;
  f.lanes = lanes_.size();
  return f;
}

}  // namespace handlers::delivery
