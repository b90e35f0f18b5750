#include "handlers/http/pool.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <iterator>
#include <utility>

#include "handlers/http/tls.hpp"

namespace handlers::http {
namespace {

bool visible(std::string_view text, char from) {
  return std::all_of(text.begin(), text.end(), [from](char c) { return c >= from && c != 127; });
}

// Targets and values may come from a platform: a line break in them would begin a request of its own.
bool well_formed(const call& what) {
  const auto printable = [](std::string_view text) { return visible(text, ' '); };
  return !name_of(what.method).empty() && visible(what.target, '!') && printable(what.content_type) &&
         std::all_of(what.headers.begin(), what.headers.end(),
                     [&](const header& h) { return visible(h.name, '!') && printable(h.value); });
}

outcome never_sent(std::string_view reason) {
  outcome result;
  result.what = fate::not_sent;
  result.reason = reason;
  return result;
}

std::string common_fields(const origin& to) {
  const bool usual_port = to.port == (to.secure ? "443" : "80");
  const bool v6 = to.host.find(':') != to.host.npos;
  return "Host: " + (v6 ? "[" + to.host + "]" : to.host) + (usual_port ? "" : ":" + to.port) +
         "\r\nUser-Agent: kentongan\r\n";
}

}  // namespace

pool::pool(asio::io_context& io, origin chosen_origin, client_options chosen)
    : options(std::move(chosen)),
      to(std::move(chosen_origin)),
      fields(common_fields(to)),
      tls(to.secure ? client_tls(options.authorities) : nullptr),
      io_(io),
      names_(io.get_executor()),
      grace_(io.get_executor()),
      clock_(io, ticker::pace({options.connect_timeout, options.call_timeout, options.idle_timeout})) {
  error_code not_an_address;
  const auto address = asio::ip::make_address(to.host, not_an_address);
  if (not_an_address) return;
  known_ = {{address, static_cast<std::uint16_t>(std::stoi(to.port))}};
  known_until_ = never;
}

// ---- calls ----

void pool::send(call what, completion done) {
  if (closing_) return decline(std::move(done), "closing");
  if (queue_.size() >= options.max_queue) return decline(std::move(done), "queue full");
  if (!well_formed(what)) return decline(std::move(done), "bad call");
  clock_.start([weak = weak_from_this()](instant now) {
    const auto self = weak.lock();
    return self && self->sweep(now);
  });
  const auto span = what.timeout.count() > 0 ? what.timeout : options.call_timeout;
  queue_.push_back({std::move(what), std::move(done), clock_.after(span)});
  pump();
}

void pool::decline(completion done, std::string_view reason) {
  asio::post(io_, [self = shared_from_this(), done = std::move(done), reason] {
    if (!self->closed_) done(never_sent(reason));
  });
}

// Gives waiting calls to idle connections, the most recently used first, and opens one for each call that is left.
void pool::pump() {
  while (!queue_.empty() && !idle_.empty()) {
    const auto taken = std::move(idle_.back());
    idle_.pop_back();
    auto next = std::move(queue_.front());
    queue_.pop_front();
    taken->start(std::move(next));
  }
  while (connecting_ < queue_.size() && connections_.size() < options.max_connections) {
    ++connecting_;
    auto opened = std::make_shared<connection>(shared_from_this(), io_, clock_.after(options.connect_timeout));
    connections_.push_back(opened);
    with_endpoints(opened);
  }
}

// After a change: work for a free place, or the end of a drain.
void pool::settle() {
  pump();
  if (!closing_ || !queue_.empty() || !connections_.empty()) return;
  grace_.cancel();
  if (const auto done = std::exchange(drained_, nullptr)) done(true);
}

void pool::settle_soon() {
  asio::post(io_, [self = shared_from_this()] { self->settle(); });
}

// ---- connections ----

void pool::with_endpoints(const std::shared_ptr<connection>& opened) {
  if (std::chrono::steady_clock::now() < known_until_) return opened->connect(known_);
  unresolved_.push_back(opened);
  if (unresolved_.size() > 1) return;  // they wait for the same answer
  auto answered = [weak = weak_from_this()](error_code error, const resolver::results_type& found) {
    if (const auto self = weak.lock()) self->resolved(error, found);
  };
  names_.async_resolve(to.host, to.port, std::move(answered));
}

void pool::resolved(error_code error, const resolver::results_type& found) {
  if (!error) {
    known_.assign(found.begin(), found.end());
    known_until_ = std::chrono::steady_clock::now() + options.name_lifetime;
  }
  for (const auto& waiting : std::exchange(unresolved_, {})) {
    if (error) {
      waiting->abandon("resolve");
    } else {
      waiting->connect(known_);
    }
  }
}

void pool::connected(const std::shared_ptr<connection>& ready) {
  --connecting_;
  release(ready);
}

// One attempt to connect stands for one call: with the other end gone, calls fail now and not at their deadline.
void pool::connect_failed(std::string_view reason) {
  --connecting_;
  if (!queue_.empty()) {
    const auto failed = std::move(queue_.front());
    queue_.pop_front();
    failed.done(never_sent(reason));
  }
  settle();
}

void pool::release(const std::shared_ptr<connection>& ready) {
  if (queue_.empty()) {
    if (closing_) return ready->close();
    ready->rest(clock_.after(options.idle_timeout));
    idle_.push_back(ready);
    return;
  }
  auto next = std::move(queue_.front());
  queue_.pop_front();
  ready->start(std::move(next));
}

void pool::repeat(job lost) {
  if (lost.repeated) return decline(std::move(lost.done), "reset");
  lost.repeated = true;
  queue_.push_front(std::move(lost));
  pump();
}

void pool::leave(const connection& closed) {
  const auto same = [&](const std::shared_ptr<connection>& c) { return c.get() == &closed; };
  std::erase_if(idle_, same);
  std::erase_if(connections_, same);
  settle_soon();
}

bool pool::sweep(instant now) {
  for (const auto& c : std::vector(connections_)) c->expire(now);
  const auto alive = [now](const job& waiting) { return now < waiting.deadline; };
  const auto late = std::stable_partition(queue_.begin(), queue_.end(), alive);
  const std::vector<job> expired(std::make_move_iterator(late), std::make_move_iterator(queue_.end()));
  queue_.erase(late, queue_.end());
  for (const job& waiting : expired) waiting.done(never_sent("timeout"));
  return !connections_.empty() || !queue_.empty();
}

// ---- ending ----

void pool::drain(std::chrono::milliseconds grace, std::function<void(bool)> done) {
  closing_ = true;
  drained_ = std::move(done);
  for (const auto& c : std::vector(idle_)) c->close();
  grace_.expires_after(grace);
  grace_.async_wait([self = shared_from_this()](error_code stopped) {
    if (!stopped) self->end_drain();
  });
  settle_soon();
}

void pool::end_drain() {
  const auto done = std::exchange(drained_, nullptr);
  for (const job& waiting : std::exchange(queue_, {})) waiting.done(never_sent("closing"));
  for (const auto& c : std::vector(connections_)) c->abandon("closing");
  if (done) done(false);
}

void pool::close() {
  closing_ = closed_ = true;
  drained_ = nullptr;
  queue_.clear();
  grace_.cancel();
  names_.cancel();
  clock_.stop();
  for (const auto& c : std::vector(connections_)) c->close();
}

}  // namespace handlers::http
