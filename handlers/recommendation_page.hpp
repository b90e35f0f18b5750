// The page behind the link of a recommendation: "/r/<token>" shows what it is about and takes one answer. Looking at it
// changes nothing, as messengers look at links too. Whatever is no open link (answered, over, taken back, forged) gets
// one and the same page. Lives on the IO thread.
#pragma once

#include <memory>
#include <string>

#include "bot/conversation/world.hpp"
#include "bot/notices/recommendation.hpp"
#include "handlers/even_answers.hpp"
#include "handlers/http/router.hpp"
#include "handlers/turns/service.hpp"

namespace handlers {

class recommendation_page {
 public:
  // The references outlive the page, which must be gone before the io_context of its server is.
  recommendation_page(even_answers&, turns::service&, const bot::handbook&, turns::service::clock);
  void add_to(http::router&);  // the routes live no longer than the page

 private:
  void take(const http::request&, http::responder);
  void submit(std::uint64_t visit, const std::string& token, const std::string& who, bot::inbound);
  void answer_after(std::uint64_t visit, const std::string& token, const std::string& who);
  http::response as_page(std::string_view which, int status) const;
  http::response as_form(const bot::notices::recommendation_view&) const;
  std::string text(std::string_view key) const;

  even_answers& answers_;
  turns::service& service_;
  const bot::handbook& book_;
  turns::service::clock now_;
  std::shared_ptr<bool> here_ = std::make_shared<bool>(true);
};

}  // namespace handlers
