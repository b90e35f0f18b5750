#include "handlers/turns/local_post.hpp"

#include "handlers/rendering.hpp"

namespace handlers::turns {

std::vector<local_post::letter> local_post::say(bot::inbound in, bot::instant now) {
  const job one{std::move(in), nullptr};
  last_ = runner_.run(std::span(&one, 1), results_, now);
  results_.clear();
  const bool more = last_.timer_due;
  auto letters = deliver(std::move(last_.to_send), now);
  if (more)
    for (auto& l : pass_time(now)) letters.push_back(std::move(l));
  return letters;
}

std::vector<local_post::letter> local_post::pass_time(bot::instant now) {
  std::vector<letter> all;
  for (;;) {
    const auto due = store_.due_timers(now, 1);
    if (due.empty()) break;
    const job one{due.front(), nullptr};
    const auto at = due.front().sent_at;
    last_ = runner_.run(std::span(&one, 1), results_, at);
    results_.clear();
    if (!last_.durable[0]) break;  // the store is gone: the timer stays due
    for (auto& l : deliver(std::move(last_.to_send), at)) all.push_back(std::move(l));
  }
  return all;
}

std::vector<local_post::letter> local_post::deliver(std::vector<storage::outbox_item> items, bot::instant now) {
  std::vector<letter> letters;
  for (auto& item : items) {
    const bot::say& what = item.row.what;
    storage::send_result r{.id = item.row.id, .contact = item.row.contact};
    const bool can_edit = item.to.via == bot::channel::telegram;
    if (!what.edit_of.empty() && (!can_edit || item.card_message.empty())) {
      r.state = storage::send_state::skipped;
      r.code = can_edit ? "no_card" : "cannot_edit";
      results_.push_back(std::move(r));
      continue;
    }
    letter l;
    l.via = item.to.via;
    l.to = item.to.address;
    l.what = render(what, item.to.language, book_);
    l.edits = !what.edit_of.empty();
    l.window_open = item.to.via != bot::channel::whatsapp || now < item.to.window_until;
    l.key = what.key;
    if (!l.window_open && l.what.when_window_closed.name.empty()) {
      r.state = storage::send_state::skipped;
      r.code = "window_closed";
      results_.push_back(std::move(r));
      continue;
    }
    r.provider_id = "local-" + std::to_string(++sent_);
    r.card = what.card.empty() ? what.edit_of : what.card;
    results_.push_back(std::move(r));
    if (!l.what.text.empty()) letters.push_back(std::move(l));
  }
  // The results are on record before anything else is said, as a card that was sent can be edited at once.
  last_ = {};
  runner_.run({}, results_, now);
  results_.clear();
  return letters;
}

}  // namespace handlers::turns
