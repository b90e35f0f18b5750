// The page behind the QR code of a paper: "/n/<code>-<version>" says whether its number holds, and nothing private. Who
// guesses learns nothing: unknown names get one answer, every answer waits for the same time, and few are given. Lives
// on the IO thread.
#pragma once

#include <memory>

#include "bot/conversation/world.hpp"
#include "bot/notices/paper.hpp"
#include "handlers/even_answers.hpp"
#include "handlers/http/router.hpp"
#include "handlers/turns/service.hpp"

namespace handlers {

using notice_page_options = even_answer_options;

class notice_page {
 public:
  using steady = even_answers::steady;
  using surroundings = even_answers::surroundings;

  // The references outlive the page, which must be gone before the io_context of its server is.
  notice_page(surroundings, turns::service&, const bot::handbook&, notice_page_options = {});
  void add_to(http::router&);  // the routes live no longer than the page
  void wake() { answers_.wake(); }
  even_answers& answers() { return answers_; }  // the other public pages share its pace

 private:
  void take(const http::request&, http::responder);
  http::response as_page(const bot::notices::page&) const;
  http::response as_page(int status, std::string_view standing, const bot::notices::page&) const;

  even_answers answers_;
  turns::service& service_;
  const bot::handbook& book_;
  std::shared_ptr<bool> here_ = std::make_shared<bool>(true);
};

}  // namespace handlers
