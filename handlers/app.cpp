#include "handlers/app.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <random>

#include "bot/conversation/poster.hpp"
#include "handlers/calendar/page.hpp"
#include "handlers/delivery/budget.hpp"
#include "handlers/delivery/worker.hpp"
#include "handlers/http/client.hpp"
#include "handlers/http/downloads.hpp"
#include "handlers/http/server.hpp"
#include "handlers/media/keeper.hpp"
#include "handlers/notice_page.hpp"
#include "handlers/ops/metrics.hpp"
#include "handlers/press.hpp"
#include "handlers/recommendation_page.hpp"
#include "handlers/rendering.hpp"
#include "handlers/telegram/api.hpp"
#include "handlers/telegram/channel.hpp"
#include "handlers/webhooks.hpp"
#include "handlers/whatsapp/api.hpp"
#include "handlers/whatsapp/channel.hpp"
#include "handlers/whatsapp/read_marks.hpp"

namespace handlers {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

bot::instant system_now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

http::response text_answer(int status, std::string body) {
  http::response r;
  r.status = status;
  r.content_type = "text/plain";
  r.body = std::move(body);
  return r;
}

}  // namespace

struct app::parts {
  parts(asio::io_context& context, const config::settings& s, const bot::handbook& b, storage::store& st, app_options o)
      : io(context),
        settings(s),
        book(b),
        store(st),
        options(std::move(o)),
        now(options.now ? options.now : system_now),
        spending({settings.whatsapp.monthly_budget, settings.whatsapp.free_messages, book.utc_offset}, now(),
                 [this](const std::string& counter) { return store.counter(counter); }),
        alarm(io),
        flush_check(io),
        media_alarm(io),
        page_alarm(io),
        file_places(io),
        worker(around()),
        service(
            store, book, now, [this](std::function<void()> work) { asio::post(io, std::move(work)); },
            [this](std::vector<storage::outbox_item> items) { send(std::move(items)); },
            turns::service_options{.codes = whatsapp::decide_code}),
        papers({[this](std::function<void()> work) { asio::post(io, std::move(work)); }, now, settings.http.public_url},
               service, book),
        paper_page(around_page(), service, book),
        recommending(paper_page.answers(), service, book, now) {
    open_channels();
    service.observe([this](std::size_t batch, std::chrono::microseconds took) { metrics.batch(batch, took); });
    service.time_submissions([this](std::chrono::microseconds took) { metrics.submission(took); });
    service.replay_with(read_again);
    if (options.media != nullptr) keep_media(*options.media);
    service.start();
    if (keeper) keeper->start();
    fetch(0);
    open_listeners();
  }

  // --- delivery ----------------------------------------------------------------------------------------------------
  delivery::worker::surroundings around() {
    delivery::worker::surroundings a;
    a.render = [this](const bot::say& what, const storage::destination& to) { return render(what, to.language, book); };
    a.record = [this](storage::send_result r) { service.record(std::move(r)); };
    a.now = now;
    a.wake_at = [this](delivery::worker::steady::time_point at) {
      alarm.expires_at(at);
      alarm.async_wait([this](const boost::system::error_code& ec) {
        if (!ec) worker.pump();
      });
    };
    a.fetch = [this](std::int64_t after) { asio::post(io, [this, after] { fetch(after); }); };
    a.spending = &spending;
    a.jitter = [this] { return std::uniform_real_distribution<double>(0, 1)(dice); };
    return a;
  }

  void send(std::vector<storage::outbox_item> items) {
    if (telegram) std::erase_if(items, [this](storage::outbox_item& item) { return answer_tap(item); });
    std::vector<std::pair<std::int64_t, std::string>> answered;
    for (auto& item : items)
      if (!item.first_answer_to.empty()) answered.emplace_back(item.to.contact, std::move(item.first_answer_to));
    worker.enqueue(std::move(items));
    if (marks)
      for (const auto& [contact, message] : answered)
        marks->mark(message, worker.waits(contact), std::chrono::steady_clock::now());
  }

  // Taps in groups are answered beside the lane, whose pace would keep the spinner turning. True: there is nothing else
  // to be sent.
  bool answer_tap(storage::outbox_item& item) {
    bot::say& what = item.row.what;
    if (what.answers_query.empty()) return false;
    const bool all = what.alert || what.key.empty();
    rendered message;
    if (what.alert) {
      message = render(what, item.to.language, book);
      // What is said to one person of a group leads to the chat with that person.
      if (const auto& name = settings.telegram.bot_name; !name.empty())
        message.chat_link = fmt::format("https://t.me/{}?start={}", name, bot::from_group);
    }
    message.callback_query_id = std::exchange(what.answers_query, {});
    for (auto& call : telegram->encode(item.to, message, now(), nullptr))
      telegram->send(std::move(call), [](const platform_answer&) {});
    if (all) service.record({.id = item.row.id, .contact = item.row.contact});
    return all;
  }

  notice_page::surroundings around_page() {
    notice_page::surroundings a;
    a.post = [this](std::function<void()> work) { asio::post(io, std::move(work)); };
    a.wake_at = [this](notice_page::steady::time_point at) {
      page_alarm.expires_at(at);
      page_alarm.async_wait([this](const boost::system::error_code& ec) {
        if (!ec) paper_page.wake();
      });
    };
    return a;
  }

  // Papers, and what officers are shown of the files of reports; nothing of those where none are kept.
  file_access files() {
    return {&file_places, [this](const own_file& which, std::function<void(std::shared_ptr<const shown_file>)> give) {
              if (which.media == 0) return papers.lend(which.paper, std::move(give));
              if (keeper) return keeper->lend(which.media, std::move(give));
              asio::post(io, [give = std::move(give)] { give(nullptr); });
            }};
  }

  void keep_media(storage::media_files& where) {
    media::keeper_options o;
    o.most_bytes = settings.media.max_file_bytes;
    media::keeper::surroundings a;
    a.post = [this](std::function<void()> work) { asio::post(io, std::move(work)); };
    a.now = now;
    a.wake_after = [this](std::chrono::milliseconds wait) {
      media_alarm.expires_after(wait);
      media_alarm.async_wait([this](const boost::system::error_code& ec) {
        if (!ec) keeper->wake();
      });
    };
    a.jitter = [this] { return std::uniform_real_distribution<double>(0, 1)(dice); };
    keeper = std::make_unique<media::keeper>(std::move(a), service, where, o);
    if (telegram) keeper->add_channel(bot::channel::telegram, *telegram);
    if (whatsapp) keeper->add_channel(bot::channel::whatsapp, *whatsapp);
    service.on_media([this] { keeper->wake(); });
  }

  void open_channels() {
    if (settings.telegram_on()) {
      telegram_client = std::make_unique<http::client>(io, settings.telegram.api_url);
      const auto& t = settings.telegram;
      telegram = std::make_unique<telegram::channel>(*telegram_client, t.token.reveal(),
                                                     pace{t.rate_global, t.rate_chat, t.chat_burst, t.rate_group},
                                                     t.api_url, files());
      worker.add_channel(bot::channel::telegram, *telegram);
    }
    if (settings.whatsapp_on()) {
      whatsapp_client = std::make_unique<http::client>(io, settings.whatsapp.api_url);
      const auto& w = settings.whatsapp;
      whatsapp = std::make_unique<whatsapp::channel>(
          *whatsapp_client, w.api_version, w.phone_number_id, w.token.reveal(),
          pace{w.rate_global, w.rate_pair, w.pair_burst, w.rate_pair}, w.api_url, files());
      worker.add_channel(bot::channel::whatsapp, *whatsapp);
      marks = std::make_unique<whatsapp::read_marks>(*whatsapp, w.read_marks);
    }
  }

  // What a crash or an overflow left unsent, in pages; read between two batches.
  void fetch(std::int64_t after) {
    constexpr std::size_t page = 2000;
    service.read([this, after](storage::store& s) {
      auto rows = std::make_shared<std::vector<storage::outbox_item>>(s.unsent(after, page));
      const bool is_all = rows->size() < page;
      asio::post(io, [this, rows, is_all] { worker.refill(std::move(*rows), is_all); });
    });
  }

  // --- listeners
  // -----------------------------------------------------------------------------------------------------
  void open_listeners() {
    http::router routes;
    add_webhooks(routes, settings, service, [this](const std::string& query) {
      telegram->send(telegram::answer_tap(query), [](const platform_answer&) {});
    });
    routes.add(
        {http::verb::get, "/healthz", [](http::request, http::responder answer) { answer(text_answer(200, "ok\n")); }});
    routes.add({http::verb::get, "/readyz", [this](http::request, http::responder answer) {
                  const bool is_ready = ready && service.healthy();
                  answer(text_answer(is_ready ? 200 : 503, is_ready ? "ready\n" : "not ready\n"));
                }});
    paper_page.add_to(routes);
    recommending.add_to(routes);
    calendar::add_calendar(routes, service, book, now);
    if (options.more_routes) options.more_routes(routes);

    if (settings.http.metrics_port != 0) {
      http::router inner;
      inner.add({http::verb::get, "/metrics", [this](http::request, http::responder answer) {
                   http::response r =
                       text_answer(200, metrics.text(service.figures(), worker.figures(), spending.figures(),
                                                     server ? server->counters() : http::server_counters{},
                                                     keeper ? keeper->figures() : media::keeper_figures{}));
                   r.content_type = "text/plain; version=0.0.4";
                   answer(std::move(r));
                 }});
      http::server_options o;
      o.address = settings.http.metrics_address;
      o.port = settings.http.metrics_port;
      try {
        metrics_server = std::make_unique<http::server>(io, o, std::move(inner));
      } catch (const std::exception& e) {
        // Two services on one machine: what residents send matters more than figures.
        spdlog::warn("no metrics: {}", e.what());
      }
    }
    http::server_options o;
    o.address = settings.http.address;
    o.port = settings.http.port;
    o.tls_certificate = settings.http.tls_certificate;
    o.tls_key = settings.http.tls_key;
    o.max_body_bytes = settings.http.max_body_bytes;
    o.max_connections = settings.http.max_connections;
    o.timed = [this](const http::route& which, std::chrono::microseconds took) { metrics.request(which, took); };
    server = std::make_unique<http::server>(io, o, std::move(routes));
    ready = true;
  }

  // --- the end
  // -------------------------------------------------------------------------------------------------------
  void stop(std::function<void()> done) {
    if (stopping) return;
    stopping = true;
    ready = false;
    finished = std::move(done);
    spdlog::info("stopping: no new connections, {} messages to send", worker.figures().waiting);
    deadline = std::chrono::steady_clock::now() + options.drain_budget;
    server->drain(options.drain_budget / 2, [this](bool clean) {
      if (!clean) spdlog::warn("stopping: some requests were cut off; the platforms send them again");
      wait_for_flush();
    });
  }

  // Everything accepted is answered; now the replies go out. What cannot be sent in time stays in the outbox.
  void wait_for_flush() {
    if (worker.idle() || std::chrono::steady_clock::now() >= deadline) {
      const auto f = worker.figures();
      if (f.waiting + f.under_way > 0)
        spdlog::info("stopping: {} messages stay in the outbox for the next start", f.waiting + f.under_way);
      media_alarm.cancel();
      if (keeper) keeper->stop();
      papers.stop();
      service.stop();
      server.reset();
      metrics_server.reset();
      if (finished) finished();
      return;
    }
    flush_check.expires_after(20ms);
    flush_check.async_wait([this](const boost::system::error_code& ec) {
      if (!ec) wait_for_flush();
    });
  }

  asio::io_context& io;
  const config::settings& settings;
  const bot::handbook& book;
  storage::store& store;
  app_options options;
  turns::service::clock now;
  ops::metrics metrics;
  std::minstd_rand dice{std::random_device{}()};
  delivery::budget spending;

  asio::steady_timer alarm, flush_check, media_alarm, page_alarm;
  http::downloads file_places;
  std::unique_ptr<http::client> telegram_client, whatsapp_client;
  std::unique_ptr<telegram::channel> telegram;
  std::unique_ptr<whatsapp::channel> whatsapp;
  std::unique_ptr<whatsapp::read_marks> marks;
  delivery::worker worker;
  turns::service service;
  press papers;
  notice_page paper_page;
  recommendation_page recommending;
  std::unique_ptr<media::keeper> keeper;
  std::unique_ptr<http::server> server, metrics_server;
  bool ready = false;
  bool stopping = false;
  std::chrono::steady_clock::time_point deadline{};
  std::function<void()> finished;
};

app::app(boost::asio::io_context& io, const config::settings& s, const bot::handbook& b, storage::store& st,
         app_options o)
    : parts_(std::make_unique<parts>(io, s, b, st, std::move(o))) {}

app::~app() = default;

std::uint16_t app::port() const { return parts_->server->port(); }
turns::service& app::turns() { return parts_->service; }
void app::stop(std::function<void()> done) { parts_->stop(std::move(done)); }

void app::reload_tls() {
  if (const auto fault = parts_->server->reload_tls(); !fault.empty()) spdlog::error("TLS files not taken: {}", fault);
}

}  // namespace handlers
