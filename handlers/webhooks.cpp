#include "handlers/webhooks.hpp"

#include <spdlog/spdlog.h>

#include <memory>
#include <utility>

#include "handlers/parsed.hpp"
#include "handlers/telegram/payload.hpp"
#include "handlers/whatsapp/payload.hpp"

namespace handlers {
namespace {

http::response status_only(int status) {
  http::response r;
  r.status = status;
  return r;
}

http::response come_again() {
  http::response r = status_only(503);
  r.headers.push_back({"Retry-After", "2"});
  return r;
}

// One job an element. One dead letter a body: its bytes are kept once, whatever else in it was understood.
std::vector<turns::job> jobs_of(parsed&& what, std::string body, bot::channel via, const std::string& account) {
  if (what.what == parsed::status::unknown_shape && what.dead.empty()) what.dead.push_back("body");
  if (!what.dead.empty()) {
    spdlog::warn("a delivery holds {} element(s) that cannot be read", what.dead.size());
    bot::inbound letter;
    letter.via = via;
    letter.account = account;
    letter.provider_id = body;  // only its keyed hash is kept: a redelivery is the same letter
    letter.what = bot::said::unreadable{what.dead.front()};
    what.items.push_back(std::move(letter));
  }
  const auto raw = std::make_shared<const std::string>(std::move(body));
  std::vector<turns::job> jobs;
  jobs.reserve(what.items.size());
  for (auto& item : what.items) jobs.push_back({std::move(item), raw});
  return jobs;
}

// 200 only once every element has its fate on disk; what is no element of ours has it at once.
void take_in(parsed&& what, std::string body, bot::channel via, const std::string& account, http::responder answer,
             turns::service& service) {
  if (what.what == parsed::status::not_json) return answer(status_only(400));
  for (const int code : what.errors) spdlog::error("the platform complains about the account: code {}", code);
  auto jobs = jobs_of(std::move(what), std::move(body), via, account);
  if (jobs.empty()) return answer(status_only(200));

  const auto held = std::make_shared<http::responder>(std::move(answer));
  const bool taken =
      service.submit(std::move(jobs), [held](bool durable) { (*held)(durable ? status_only(200) : come_again()); });
  if (!taken) (*held)(come_again());
}

void add_telegram(http::router& routes, const config::settings& s, turns::service& service, tap_answerer answer_tap) {
  telegram::account us;
  const std::string& token = s.telegram.token.reveal();
  us.id = token.substr(0, token.find(':'));
  const std::string secret = s.telegram.secret_token.reveal();
  routes.add({http::verb::post, "/webhook/telegram",
              [us, &service, answer_tap = std::move(answer_tap)](http::request request, http::responder answer) {
                parsed what = telegram::parse(request.body, us);
                // At once: the store may be slow, and what the tap brings about is told by messages. In a group the
                // turn answers: it may have words for the one who tapped alone.
                for (const auto& item : what.items)
                  if (const auto* tap = std::get_if<bot::said::tap>(&item.what); tap != nullptr && !item.group)
                    answer_tap(tap->query_id);
                take_in(std::move(what), std::move(request.body), bot::channel::telegram, us.id, std::move(answer),
                        service);
              },
              [secret](const http::request& head) -> std::optional<http::response> {
                if (telegram::secret_ok(head.fields["X-Telegram-Bot-Api-Secret-Token"], secret)) return std::nullopt;
                return status_only(401);
              }});
}

void add_whatsapp(http::router& routes, const config::settings& s, turns::service& service) {
  const whatsapp::account us{s.whatsapp.phone_number_id};
  const auto signature = std::make_shared<const whatsapp::signature>(s.whatsapp.app_secret.reveal());
  const std::string verify_token = s.whatsapp.verify_token.reveal();
  routes.add({http::verb::post, "/webhook/whatsapp",
              [us, signature, &service](http::request request, http::responder answer) {
                if (!signature->matches(request.body, request.fields["X-Hub-Signature-256"]))
                  return answer(status_only(401));
                parsed what = whatsapp::parse(request.body, us);
                take_in(std::move(what), std::move(request.body), bot::channel::whatsapp, us.phone_number_id,
                        std::move(answer), service);
              },
              [](const http::request& head) -> std::optional<http::response> {
                if (!head.fields["X-Hub-Signature-256"].empty()) return std::nullopt;
                return status_only(401);
              }});
  routes.add({http::verb::get, "/webhook/whatsapp", [verify_token](http::request request, http::responder answer) {
                if (const auto challenge = whatsapp::handshake(request.query(), verify_token)) {
                  http::response ok;
                  ok.content_type = "text/plain";
                  ok.body = *challenge;
                  return answer(std::move(ok));
                }
                answer(status_only(403));
              }});
}

}  // namespace

void add_webhooks(http::router& routes, const config::settings& s, turns::service& service, tap_answerer answer_tap) {
  if (s.telegram_on()) add_telegram(routes, s, service, std::move(answer_tap));
  if (s.whatsapp_on()) add_whatsapp(routes, s, service);
}

std::vector<turns::job> read_again(const storage::kept_inbound& kept) {
  const bool is_telegram = kept.via == bot::channel::telegram;
  parsed what = is_telegram ? telegram::parse(kept.raw, telegram::account{kept.account, {}})
                            : whatsapp::parse(kept.raw, whatsapp::account{kept.account});
  if (what.what == parsed::status::not_json) return {};
  auto jobs = jobs_of(std::move(what), kept.raw, kept.via, kept.account);
  for (auto& j : jobs) j.replays = kept.id;
  return jobs;
}

}  // namespace handlers
