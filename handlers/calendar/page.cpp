#include "handlers/calendar/page.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <memory>

#include "bot/notices/agenda.hpp"
#include "handlers/calendar/feed.hpp"
#include "handlers/delivery/bucket.hpp"
#include "handlers/same_secret.hpp"
#include "storage/hex.hpp"

namespace handlers::calendar {
namespace {

constexpr std::string_view prefix = "/calendar/", suffix = ".ics";
constexpr std::size_t longest_token = 120;
constexpr std::size_t most_read = 5000;

http::response only(int status) {
  http::response r;
  r.status = status;
  if (status == 429) r.headers.push_back({"Retry-After", "60"});
  return r;
}

http::response answer_with(std::string feed, std::string_view known_tag) {
  std::string hash(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(feed.data()), feed.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  const std::string tag = "\"" + storage::in_hex(hash).substr(0, 32) + "\"";
  http::response r;
  r.headers = {{"ETag", tag}, {"Cache-Control", "private, max-age=900"}, {"X-Robots-Tag", "noindex"}};
  if (known_tag.find(tag) != std::string_view::npos) {
    r.status = 304;
    return r;
  }
  r.content_type = "text/calendar; charset=utf-8";
  r.body = std::move(feed);
  return r;
}

struct limits {
  using steady = std::chrono::steady_clock;
  delivery::bucket all{10, 60};     // on the IO thread
  delivery::bucket wrong{0.2, 20};  // on the storage thread: guesses, and addresses that were replaced

  static bool take(delivery::bucket& from) {
    const auto now = steady::now();
    if (from.next(now) > now) return false;
    from.take(now);
    return true;
  }
};

}  // namespace

void add_calendar(http::router& routes, turns::service& service, const bot::handbook& book, turns::service::clock now) {
  const auto limit = std::make_shared<limits>();
  routes.add({http::verb::get, std::string(prefix) + "*",
              [limit, &service, &book, now = std::move(now)](http::request request, http::responder answer) {
                if (!limits::take(limit->all)) return answer(only(429));
                std::string token(request.path().substr(prefix.size()));
                token.resize(std::min(token.size(), longest_token));
                const std::string known_tag(request.fields["If-None-Match"]);
                const auto held = std::make_shared<http::responder>(std::move(answer));
                // Every address goes the same way, up to the comparison: a wrong one tells nothing about units.
                service.read([limit, &book, now, token, known_tag, held](storage::store& store) {
                  const auto dot = token.find('.');
                  const std::string unit = token.substr(0, dot);
                  const std::string_view rest =
                      std::string_view(token).substr(dot == std::string::npos ? token.size() : dot + 1);
                  bool right = false;
                  for (const auto& key : store.calendar_keys(unit))
                    if (same_secret(rest, key + std::string(suffix))) right = true;
                  if (!right || book.units.find(unit) == bot::geography::no_unit)
                    return (*held)(only(limits::take(limit->wrong) ? 404 : 429));
                  const auto when = bot::notices::calendar_of(unit, now(), book.units);
                  auto events = store.notices_between(when.units, when.from, when.until, most_read);
                  (*held)(answer_with(write_feed(unit, std::move(events), book, when.from), known_tag));
                });
              }});
}

}  // namespace handlers::calendar
