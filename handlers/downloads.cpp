#include "handlers/downloads.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace handlers {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_places = 8;

}  // namespace

void downloads::get(const std::string& origin, http::call what, http::completion done) {
  auto at = std::find_if(places_.begin(), places_.end(), [&](const place& p) { return p.origin == origin; });
  if (at == places_.end()) {
    // A platform spreads its files over a few hosts; one that names ever new ones forgets the idle.
    for (auto old = places_.end(); places_.size() >= most_places && old != places_.begin();)
      if ((--old)->client->waiting() + old->client->connections() == 0) old = places_.erase(old);
    http::client_options o;
    o.max_connections = 4;
    o.call_timeout = 120s;
    try {
      places_.push_front({origin, std::make_unique<http::client>(io_, origin, o)});
    } catch (const std::exception&) {
      boost::asio::post(io_, [done = std::move(done)] { done({http::fate::not_sent, "bad call", 0, {}, {}, {}}); });
      return;
    }
  } else {
    places_.splice(places_.begin(), places_, at);
  }
  what.method = http::verb::get;
  places_.front().client->send(std::move(what), std::move(done));
}

}  // namespace handlers
