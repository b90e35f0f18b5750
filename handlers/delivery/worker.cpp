#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "handlers/delivery/attempt.hpp"

namespace handlers::delivery {
namespace {

using std::chrono::milliseconds;
using storage::send_state;

constexpr milliseconds longest_wait{26 * 3600 * 1000};  // of a stored due time: more is a clock that was wrong then

}  // namespace

worker::worker(surroundings around, worker_options options) : around_(std::move(around)), options_(options) {}

void worker::add_channel(bot::channel via, channel& out) {
  line& l = lines_[via];
  l.out = &out;
  const pace p = out.speed();
  l.tokens = bucket(p.global, p.global);
}

// --- what is to be sent

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
  if (item.unreadable) return skip(item, send_state::dead, "unreadable");
  if (at == lines_.end()) return skip(item, send_state::skipped, "channel_off");
  if (item.to.address.empty()) return skip(item, send_state::skipped, "no_address");
  if (!item.to.reachable) return skip(item, send_state::skipped, "unreachable");

  const std::int64_t contact = item.to.contact;
  auto found = lanes_.find(contact);
  if (found == lanes_.end()) {
    const pace p = at->second.out->speed();
    found = lanes_.emplace(contact, lane(item.to.group ? bucket(p.group, 1) : bucket(p.chat, p.chat_burst))).first;
  }
  lane& one = found->second;
  one.window_until = item.to.window_until;
  if (const auto wait = item.row.due - around_.now(); wait.count() > 0) {
    one.held_until = std::max(one.held_until, around_.steady_now() + std::min<milliseconds>(wait, longest_wait));
  }
  if (item.row.what.urgency == bot::priority::danger) one.held_until = {};  // and what stands before it goes with it
  if (!replaces_waiting_edit(one, item)) push(one, std::move(item), false);
  list(contact, one);
}

// A card that changed again before its change went out shows only the newest, in the place of the older.
bool worker::replaces_waiting_edit(lane& l, storage::outbox_item& item) {
  const std::string& card = item.row.what.edit_of;
  if (card.empty()) return false;
  const auto older = std::find_if(l.waiting.rbegin(), l.waiting.rend(),
                                  [&](const storage::outbox_item& w) { return w.row.what.edit_of == card; });
  if (older == l.waiting.rend()) return false;
  skip(*older, send_state::skipped, "replaced");
  --l.by_urgency[static_cast<std::size_t>(older->row.what.urgency)];
  ++l.by_urgency[static_cast<std::size_t>(item.row.what.urgency)];
  *older = std::move(item);
  return true;
}

void worker::push(lane& l, storage::outbox_item item, bool in_front) {
  ++l.by_urgency[static_cast<std::size_t>(item.row.what.urgency)];
  ++waiting_;
  if (in_front)
    l.waiting.push_front(std::move(item));
  else
    l.waiting.push_back(std::move(item));
}

storage::outbox_item worker::pop(lane& l) {
  storage::outbox_item item = std::move(l.waiting.front());
  l.waiting.pop_front();
  --l.by_urgency[static_cast<std::size_t>(item.row.what.urgency)];
  --waiting_;
  return item;
}

std::size_t worker::lane::urgency() const {
  const auto most = std::find_if(by_urgency.begin(), by_urgency.end(), [](std::size_t count) { return count > 0; });
  return static_cast<std::size_t>(most - by_urgency.begin());
}

void worker::list(std::int64_t contact, lane& l) {
  if (l.busy || l.waiting.empty() || l.listed <= l.urgency()) return;
  line& of = lines_.at(l.waiting.front().to.via);
  if (l.listed == unlisted) ++of.ready_lanes;
  l.listed = l.urgency();
  of.ready[l.listed].push_back(contact);
}

void worker::unlist(lane& l, line& of) {
  l.listed = unlisted;
  --of.ready_lanes;
}

bool worker::waits(std::int64_t contact) const {
  const auto at = lanes_.find(contact);
  return at != lanes_.end() && !at->second.waiting.empty();
}

bool worker::idle() const {
  const auto now = around_.steady_now();
  return under_way_ == 0 && std::all_of(lines_.begin(), lines_.end(), [&](const auto& one) {
           return one.second.stopped || one.second.ready_lanes == 0 || one.second.not_before > now;
         });
}

// --- what may go now

void worker::pump() {
  pump_again_ = true;
  if (pumping_) return;  // a message that ends at once comes back here, perhaps with something more urgent behind it
  pumping_ = true;
  while (std::exchange(pump_again_, false)) {
    const auto now = around_.steady_now();
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
  }
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
  for (std::size_t priority = 0; priority < priorities; ++priority) {
    auto& ready = l.ready[priority];
    while (!ready.empty() && l.under_way < options_.under_way) {
      const std::int64_t contact = ready.front();
      const auto at = lanes_.find(contact);
      if (at == lanes_.end() || at->second.listed != priority) {
        ready.pop_front();  // it went by a more urgent queue
        continue;
      }
      lane& one = at->second;
      const auto earliest = std::max({one.not_before, one.held_until, one.tokens.next(now)});
      if (earliest > now) {
        ready.pop_front();
        unlist(one, l);
        sleeping_.emplace(earliest, contact);
        continue;
      }
      if (const auto next = l.tokens.next(now); next > now) {
        wake_ = std::min(wake_, next);
        return;
      }
      ready.pop_front();
      unlist(one, l);
      begin(one, l, now);
    }
  }
}

void worker::begin(lane& one, line& l, steady::time_point now) {
  auto a = std::make_shared<attempt>();
  a->item = pop(one);
  a->item.to.window_until = one.window_until;
  one.busy = true;
  a->of = &l;
  ++l.under_way;
  ++under_way_;
  if (const std::string& subject = a->item.row.what.edit_of; !subject.empty()) {
    const auto known = cards_.find({a->item.to.contact, subject});
    if (!l.out->can_edit()) return finish(a, send_state::skipped, "cannot_edit");
    if (known != cards_.end()) a->item.card_message = known->second;
    if (a->item.card_message.empty()) return finish(a, send_state::skipped, "no_card");
  }
  if (const auto end = write(*a, nullptr)) return finish(a, end->state, end->why);
  // Only what is really sent counts against the limits.
  l.tokens.take(now);
  one.tokens.take(now);
  next_call(a);
}

// Makes the calls of an attempt; without any it is over.
std::optional<worker::dead_end> worker::write(attempt& a, const send_differently* how) {
  a.at = 0;
  a.calls.clear();
  try {
    if (how == nullptr) {
      a.message = around_.render(a.item.row.what, a.item.to);
      a.message.edit_message_id = a.item.card_message;
    }
    a.calls = a.of->out->encode(a.item.to, a.message, around_.now(), how);
  } catch (const std::exception& e) {
    spdlog::error("message {} cannot be written: {}", a.item.row.id, e.what());
    return dead_end{send_state::dead, "unwritable"};
  }
  if (a.calls.empty())
    return dead_end{send_state::skipped, a.message.text.empty() ? "nothing_to_say" : "window_closed"};
  if (around_.spending != nullptr &&
      !around_.spending->allows(a.calls.front().costs, a.message.when_window_closed.essential, around_.now()))
    return dead_end{send_state::skipped, "budget_used_up"};
  return std::nullopt;
}

void worker::next_call(const std::shared_ptr<attempt>& a) {
  a->costs = a->calls[a->at].costs;
  a->of->out->send(std::move(a->calls[a->at]), [this, a](platform_answer answer) { answered(a, answer); });
}

// A row that ends without having been tried.
void worker::skip(const storage::outbox_item& item, send_state state, const char* why) {
  ++(state == send_state::dead ? figures_.dead : figures_.skipped);
  storage::send_result r;
  r.id = item.row.id;
  r.state = state;
  r.code = why;
  r.contact = item.row.contact;
  around_.record(std::move(r));
}

worker_figures worker::figures() const {
  worker_figures f = figures_;
  f.waiting = waiting_;
  f.under_way = under_way_;
  f.lanes = lanes_.size();
  const bot::instant now = around_.now();
  for (const auto& [contact, one] : lanes_)
    if (!one.waiting.empty())
      f.oldest =
          std::max(f.oldest, std::chrono::duration_cast<std::chrono::seconds>(now - one.waiting.front().row.due));
  return f;
}

}  // namespace handlers::delivery
