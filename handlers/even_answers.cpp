#include "handlers/even_answers.hpp"

#include <iterator>
#include <utility>

namespace handlers {
namespace {

// A proxy of ours on the same machine: the limit of all is the limit of those behind it.
bool is_own_machine(std::string_view peer) {
  return peer.starts_with("127.") || peer.starts_with("::ffff:127.") || peer == "::1";
}

}  // namespace

even_answers::even_answers(surroundings around, even_answer_options o)
    : around_(std::move(around)), options_(o), all_(o.per_second, o.burst) {}

std::uint64_t even_answers::arrive(http::responder answer) {
  const std::uint64_t id = ++last_;
  waiting_.emplace(id, visit{around_.now() + options_.answer_after, std::nullopt, std::move(answer)});
  around_.wake_at(waiting_.begin()->second.due);
  return id;
}

bool even_answers::may_ask(const std::string& peer) {
  const auto now = around_.now();
  const auto take = [&](delivery::bucket& b) {
    if (b.next(now) > now) return false;
    b.take(now);
    return true;
  };
  if (!is_own_machine(peer)) {
    if (visitors_.size() >= options_.most_visitors)
      for (auto at = visitors_.begin(); at != visitors_.end();)
        at = at->second.full_at(now) <= now ? visitors_.erase(at) : std::next(at);
    if (visitors_.size() >= options_.most_visitors) return false;
    const auto at = visitors_.try_emplace(peer, options_.visitor_per_second, options_.visitor_burst).first;
    if (!take(at->second)) return false;
  }
  return take(all_);
}

void even_answers::came(std::uint64_t id, http::response answer) {
  waiting_.at(id).answer = std::move(answer);
  wake();
}

void even_answers::wake() {
  const auto now = around_.now();
  auto next = steady::time_point::max();
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    visit& one = at->second;
    if (one.due > now) {
      next = one.due;
      break;
    }
    if (!one.answer) {  // the store is slower than that: the answer leaves when it comes
      ++at;
      continue;
    }
    one.to(std::move(*one.answer));
    at = waiting_.erase(at);
  }
  if (next != steady::time_point::max()) around_.wake_at(next);
}

}  // namespace handlers
