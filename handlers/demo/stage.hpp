// The demo's stage: both platforms played inside this process, their people, and a clock that can be moved. The service
// knows nothing of it: it is called by real webhooks, and its real senders call the simulator's own port.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "bot/conversation/world.hpp"
#include "config/settings.hpp"
#include "handlers/demo/cast.hpp"
#include "handlers/demo/chats.hpp"
#include "handlers/demo/platform.hpp"
#include "handlers/http/client.hpp"
#include "handlers/http/server.hpp"
#include "handlers/turns/service.hpp"

namespace boost::asio {
class io_context;
}

namespace handlers::demo {

class stage {
 public:
  using poster = turns::service::poster;

  // Opens the simulator's port on loopback. Everything lives on the IO thread but now() and the work given to the
  // storage thread. The references outlive the stage.
  stage(boost::asio::io_context&, const bot::handbook&, poster post);
  ~stage();
  stage(const stage&) = delete;
  stage& operator=(const stage&) = delete;

  // Switches both channels on with made-up tokens and secrets, pointed at the simulator, without limits of pace.
  void configure(config::settings&) const;
  bot::instant now() const;  // the system's clock plus what was let pass; from any thread

  // Once the service listens: lets the officers take their places, each by a one-time code sent as a message.
  void open(turns::service&, const std::string& service_url);

  const cast& people() const { return people_; }
  const chats& phones() const { return phones_; }
  const shelf& files() const { return files_; }
  turns::service& service() const { return *service_; }
  const bot::handbook& book() const { return book_; }
  void post(std::function<void()> work) const { post_(std::move(work)); }

  // What people do. False: no such person, button or unit.
  bool say(std::string_view person, const std::string& text);
  bool tap(std::string_view person, std::string_view message, std::string_view data);
  bool pin(std::string_view person, double latitude, double longitude);
  bool send_file(std::string_view person, shelf::file, const std::string& caption);
  bool move_officers(std::string_view polsek);
  // Lets time pass; everything that comes due on the way happens at its own time.
  void pass(std::chrono::minutes);

 private:
  struct venue {  // one platform
    std::unique_ptr<platform> played;
    std::unique_ptr<http::client> door;  // to the service; one connection, so that order holds
  };

  venue& venue_of(const person& p) { return p.via == bot::channel::telegram ? telegram_ : whatsapp_; }
  void perform(venue&, deed);
  void play(venue&, http::request, http::responder);
  void enlist(const person&);
  void move_clock_towards(turns::service&, bot::instant target, int steps_left);

  boost::asio::io_context& io_;
  const bot::handbook& book_;
  poster post_;
  std::atomic<std::int64_t> ahead_ms_{0};  // of the system's clock
  std::string telegram_token_, telegram_secret_, whatsapp_token_, app_secret_;
  cast people_;
  chats phones_;
  shelf files_;
  venue telegram_, whatsapp_;
  std::unique_ptr<http::server> simulator_;
  turns::service* service_ = nullptr;
};

}  // namespace handlers::demo
