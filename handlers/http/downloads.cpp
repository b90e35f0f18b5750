#include "handlers/http/downloads.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace handlers::http {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_places = 8;

}  // namespace

void downloads::get(const std::string& origin, call what, completion done) {
  auto at = std::find_if(places_.begin(), places_.end(), [&](const place& p) { return p.origin == origin; });
  if (at == places_.end()) {
    // A platform spreads its files over a few hosts; one that names ever new ones forgets the idle.
    for (auto old = places_.end(); places_.size() >= most_places && old != places_.begin();)
      if ((--old)->through->waiting() + old->through->connections() == 0) old = places_.erase(old);
    client_options o;
    o.max_connections = 4;
    o.call_timeout = 120s;
    try {
      places_.push_front({origin, std::make_unique<client>(io_, origin, o)});
    } catch (const std::exception&) {
      boost::asio::post(io_, [done = std::move(done)] { done({fate::not_sent, "bad call", 0, {}, {}, {}}); });
      return;
    }
  } else {
    places_.splice(places_.begin(), places_, at);
  }
  what.method = verb::get;
  places_.front().through->send(std::move(what), std::move(done));
}

}  // namespace handlers::http
