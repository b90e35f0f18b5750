// What came of an attempt: sent, again later, otherwise, elsewhere, or given up.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "handlers/delivery/attempt.hpp"

namespace handlers::delivery {
namespace {

using std::chrono::milliseconds;
using storage::send_state;

constexpr std::size_t most_cards = 10000;

}  // namespace

void worker::answered(const std::shared_ptr<attempt>& a, const platform_answer& answer) {
  const send_result result = a->of->out->decide(answer);
  if (const auto* ok = std::get_if<sent>(&result)) {
    if (!ok->provider_id.empty()) a->provider_id = ok->provider_id;
    count(*a);
    if (++a->at < a->calls.size()) return next_call(a);
    return finish(a, send_state::sent, {});
  }
  if (const auto* later = std::get_if<retry_later>(&result)) {
    if (answer.what == platform_answer::fate::unknown && !may_come_twice(*a))
      return finish(a, send_state::dead, "perhaps_sent");
    milliseconds pause = later->after + milliseconds(static_cast<int>(500 * around_.jitter()));
    if (later->after.count() == 0) {
      const auto doubled = options_.first_pause * (1 << std::min(a->item.row.attempts, 10));
      pause = std::chrono::duration_cast<milliseconds>(std::min(doubled, options_.longest_pause) *
                                                       (0.75 + 0.5 * around_.jitter()));
    }
    if (later->whose == retry_later::scope::channel)
      a->of->not_before = std::max(a->of->not_before, around_.steady_now() + pause);
    return again(a, pause, later->perhaps_sent, later->code);
  }
  if (const auto* how = std::get_if<send_differently>(&result)) {
    if (how->how == send_differently::how::plain)
      spdlog::error("message {} had markup that the platform refuses", a->item.row.id);
    if (std::exchange(a->changed_once, true)) return finish(a, send_state::dead, "refused_twice");
    return otherwise(a, how);
  }
  if (const auto* none = std::get_if<needless>(&result)) return finish(a, send_state::skipped, none->why);
  if (const auto* moved = std::get_if<moved_away>(&result)) {
    if (!a->moved_to.empty()) return finish(a, send_state::dead, "moved_twice");
    return move(a, moved->new_address);
  }
  if (const auto* gone = std::get_if<unreachable>(&result))
    return finish(a, send_state::skipped, "unreachable_" + std::to_string(gone->code), true);
  if (const auto* stop = std::get_if<stop_channel>(&result)) {
    spdlog::critical("channel stopped by code {}: nothing goes out until a person has looked", stop->code);
    a->of->stopped = true;
    return again(a, options_.longest_pause, false, stop->code);
  }
  const auto& no = std::get<rejected>(result);
  if (no.alarm) spdlog::error("message {} refused with code {}", a->item.row.id, no.code);
  finish(a, send_state::dead, "rejected_" + std::to_string(no.code));
}

// Twice is better than never for an answer, for 110 and for an urgent card; not for what is paid by the piece, and not
// for a code.
bool worker::may_come_twice(const attempt& a) {
  const bot::say& what = a.item.row.what;
  return !what.once && (a.costs != price::paid || what.urgency <= bot::priority::high);
}

void worker::count(attempt& a) {
  if (around_.spending == nullptr) return;
  auto counter = around_.spending->took(a.costs, around_.now());
  if (counter.empty()) return;
  a.counted = counter == a.counter ? a.counted + 1 : 1;
  a.counter = std::move(counter);
}

void worker::otherwise(const std::shared_ptr<attempt>& a, const send_differently* how) {
  if (const auto end = write(*a, how)) return finish(a, end->state, end->why);
  next_call(a);
}

// The same recipient elsewhere: this message and all that wait behind it.
void worker::move(const std::shared_ptr<attempt>& a, const std::string& address) {
  a->moved_to = address;
  a->item.to.address = address;
  for (auto& item : lanes_.at(a->item.to.contact).waiting) item.to.address = address;
  otherwise(a, nullptr);
}

// Back to the head of its lane: what follows must not overtake it.
void worker::again(const std::shared_ptr<attempt>& a, milliseconds pause, bool perhaps_sent, int code) {
  storage::outbox_item& item = a->item;
  ++item.row.attempts;
  if (item.row.attempts >= options_.most_attempts && !a->of->stopped)
    return finish(a, send_state::dead, "gave_up_" + std::to_string(code));
  ++figures_.retried;
  storage::send_result r;
  r.id = item.row.id;
  r.contact = item.to.contact;
  r.state = perhaps_sent ? send_state::uncertain : send_state::queued;
  r.code = "again_" + std::to_string(code);
  r.next_attempt = around_.now() + pause;
  r.moved_to = a->moved_to;
  r.counter = std::move(a->counter);
  r.counted = a->counted;
  around_.record(std::move(r));

  const std::int64_t contact = item.to.contact;
  lane& one = lanes_.at(contact);
  one.not_before = std::max(one.not_before, around_.steady_now() + pause);
  push(one, std::move(item), true);
  one.busy = false;
  --a->of->under_way;
  --under_way_;
  sleeping_.emplace(one.not_before, contact);
  pump();
}

void worker::finish(const std::shared_ptr<attempt>& a, send_state state, std::string code, bool unreachable) {
  switch (state) {
    case send_state::sent: ++figures_.sent; break;
    case send_state::skipped: ++figures_.skipped; break;
    default: ++figures_.dead; break;
  }
  const bot::say& what = a->item.row.what;
  const std::int64_t contact = a->item.to.contact;
  storage::send_result r;
  r.id = a->item.row.id;
  r.state = state;
  r.code = std::move(code);
  r.provider_id = std::move(a->provider_id);
  r.contact = contact;
  r.unreachable = unreachable;
  r.moved_to = a->moved_to;
  r.counter = std::move(a->counter);
  r.counted = a->counted;
  r.has_receipts = a->of->out->has_receipts() && !r.provider_id.empty();
  r.card = what.card.empty() ? what.edit_of : what.card;
  if (!r.card.empty() && !r.provider_id.empty()) remember_card(contact, r.card, r.provider_id);
  around_.record(std::move(r));

  --a->of->under_way;
  --under_way_;
  const auto at = lanes_.find(contact);
  lane& one = at->second;
  one.busy = false;
  while (unreachable && !one.waiting.empty()) skip(pop(one), send_state::skipped, "unreachable");
  if (!one.waiting.empty())
    list(contact, one);
  else if (const auto forgotten = one.tokens.full_at(around_.steady_now()); forgotten > around_.steady_now())
    sleeping_.emplace(forgotten, contact);  // the lane remembers how fast it went until then
  else
    lanes_.erase(at);
  pump();
}

void worker::remember_card(std::int64_t contact, const std::string& card, const std::string& message) {
  const auto [at, fresh] = cards_.insert_or_assign({contact, card}, message);
  if (!fresh) return;
  card_order_.push_back(at->first);
  if (card_order_.size() <= most_cards) return;
  cards_.erase(card_order_.front());  // the store knows it by now
  card_order_.pop_front();
}

}  // namespace handlers::delivery
