#include "handlers/demo/stage.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "handlers/demo/telegram.hpp"
#include "handlers/demo/whatsapp.hpp"
#include "storage/vault.hpp"

namespace handlers::demo {
namespace {

using namespace std::chrono_literals;

constexpr const char* phone_number_id = "100000000000001";
constexpr int most_steps = 1000;  // of due timers in one stretch of time

std::string made_up() { return fmt::format("{:016x}{:016x}", storage::random_bits(), storage::random_bits()); }

bot::instant system_now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

http::client_options one_at_a_time() {
  http::client_options o;
  o.max_connections = 1;
  return o;
}

}  // namespace

stage::stage(boost::asio::io_context& io, const bot::handbook& book, poster post)
    : io_(io),
      book_(book),
      post_(std::move(post)),
      telegram_token_("7000000001:" + made_up()),
      telegram_secret_(made_up()),
      whatsapp_token_(made_up()),
      app_secret_(made_up()),
      people_(book.units) {
  const auto scene = [this] { return scenery{people_, phones_, files_, book_, [this] { return now(); }}; };
  telegram_.played = make_telegram(scene(), telegram_token_, telegram_secret_);
  whatsapp_.played = make_whatsapp(scene(), {whatsapp_token_, phone_number_id, app_secret_});

  http::router routes;
  routes.add({http::verb::post, "/bot*",
              [this](http::request r, http::responder answer) { play(telegram_, std::move(r), std::move(answer)); }});
  // Files: "/file/bot<token>/…" is Telegram's, "/v25.0/<media id>" and "/media/<media id>" are WhatsApp's.
  routes.add({http::verb::get, "/file/bot*",
              [this](http::request r, http::responder answer) { play(telegram_, std::move(r), std::move(answer)); }});
  for (const char* path : {"/v*", "/media/*"})
    routes.add({http::verb::get, path,
                [this](http::request r, http::responder answer) { play(whatsapp_, std::move(r), std::move(answer)); }});
  routes.add({http::verb::post, "/v*",
              [this](http::request r, http::responder answer) { play(whatsapp_, std::move(r), std::move(answer)); }});
  http::server_options o;
  o.port = 0;
  o.max_body_bytes = 33554432;  // uploads
  simulator_ = std::make_unique<http::server>(io, o, std::move(routes));
}

stage::~stage() = default;

void stage::configure(config::settings& s) const {
  const std::string url = fmt::format("http://127.0.0.1:{}", simulator_->port());
  s.telegram.token = config::secret(telegram_token_);
  s.telegram.secret_token = config::secret(telegram_secret_);
  s.telegram.api_url = url;
  s.telegram.rate_global = s.telegram.rate_chat = s.telegram.rate_group = 0;
  s.whatsapp.token = config::secret(whatsapp_token_);
  s.whatsapp.phone_number_id = phone_number_id;
  s.whatsapp.app_secret = config::secret(app_secret_);
  s.whatsapp.verify_token = config::secret(made_up());
  s.whatsapp.api_url = url;
  s.whatsapp.rate_global = s.whatsapp.rate_pair = 0;
  s.limits.chat_per_minute = s.limits.area_per_minute = 0;
}

bot::instant stage::now() const { return system_now() + std::chrono::milliseconds(ahead_ms_.load()); }

void stage::open(turns::service& service, const std::string& service_url) {
  service_ = &service;
  telegram_.door = std::make_unique<http::client>(io_, service_url, one_at_a_time());
  whatsapp_.door = std::make_unique<http::client>(io_, service_url, one_at_a_time());
  for (const auto& p : people_.people())
    if (p.plays != part::resident) enlist(p);
}

// ---- the platforms ----

void stage::play(venue& v, http::request request, http::responder answer) {
  answer(v.played->answer(request));
  if (!v.door) return;
  for (auto& news : v.played->take_news()) v.door->send(std::move(news), [](http::outcome) {});
}

void stage::perform(venue& v, deed d) {
  v.door->send(std::move(d.webhook), [this, person = std::move(d.person), id = std::move(d.message)](http::outcome o) {
    const bool taken = o.what == http::fate::answered && o.status == 200;
    if (!taken) spdlog::error("the demo's webhook was not taken: {} {}", o.status, o.reason);
    message* m = phones_.find(person, id);
    if (m == nullptr || m->state != "sending") return;
    m->state = taken ? "delivered" : "failed";
    phones_.touch(*m);
  });
}

// ---- the people ----

bool stage::say(std::string_view person, const std::string& text) {
  const auto* who = people_.find(person);
  if (who == nullptr || text.empty()) return false;
  auto& v = venue_of(*who);
  perform(v, v.played->say(*who, text));
  return true;
}

bool stage::tap(std::string_view person, std::string_view message, std::string_view data) {
  const auto* who = people_.find(person);
  if (who == nullptr) return false;
  auto& v = venue_of(*who);
  auto d = v.played->tap(*who, message, data);
  if (!d) return false;
  perform(v, std::move(*d));
  return true;
}

bool stage::pin(std::string_view person, double latitude, double longitude) {
  const auto* who = people_.find(person);
  if (who == nullptr) return false;
  auto& v = venue_of(*who);
  perform(v, v.played->pin(*who, latitude, longitude));
  return true;
}

bool stage::send_file(std::string_view person, shelf::file what, const std::string& caption) {
  const auto* who = people_.find(person);
  if (who == nullptr) return false;
  auto& v = venue_of(*who);
  perform(v, v.played->send_file(*who, files_.put(std::move(what)), caption));
  return true;
}

bool stage::move_officers(std::string_view polsek) {
  if (!people_.move_to(polsek)) return false;
  for (const auto& p : people_.people())
    if (p.plays != part::resident) enlist(p);
  return true;
}

// As an operator would: a code for the unit, and the person sends it.
void stage::enlist(const person& p) {
  const std::string code = "masuk-" + made_up().substr(0, 20);
  service_->read([this, code, unit = p.unit, person = p.id, until = now() + 24h](storage::store& store) {
    store.add_invite({code, unit, "petugas"}, until);
    post_([this, code, person] { say(person, "/start " + code); });
  });
}

// ---- the clock ----

void stage::pass(std::chrono::minutes span) { move_clock_towards(*service_, now() + span, most_steps); }

// On the storage thread between two batches: to the next due time, then again once what was due has been done.
void stage::move_clock_towards(turns::service& service, bot::instant target, int steps_left) {
  service.read([this, &service, target, steps_left](storage::store& store) {
    const auto next = store.next_timer();
    const bool on_the_way = next && *next <= target && steps_left > 0;
    const auto reached = std::max(now(), on_the_way ? *next : target);
    ahead_ms_ = bot::to_millis(reached) - bot::to_millis(system_now());
    service.wake();
    if (on_the_way) move_clock_towards(service, target, steps_left - 1);
  });
}

}  // namespace handlers::demo
