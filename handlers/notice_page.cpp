#include "handlers/notice_page.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "handlers/small_page.hpp"

namespace handlers {
namespace {

namespace notices = bot::notices;

constexpr std::string_view path = "/n/";

std::string_view name_of(notices::standing s) {
  switch (s) {
    case notices::standing::valid: return "valid";
    case notices::standing::changed: return "changed";
    case notices::standing::cancelled: return "cancelled";
    case notices::standing::withdrawn: return "withdrawn";
    case notices::standing::over: return "over";
    case notices::standing::unknown: break;
  }
  return "unknown";
}

}  // namespace

notice_page::notice_page(surroundings around, turns::service& service, const bot::handbook& book, notice_page_options o)
    : answers_(std::move(around), o), service_(service), book_(book) {}

void notice_page::add_to(http::router& routes) {
  routes.add({http::verb::get, std::string(path) + "*",
              [this](const http::request& r, http::responder answer) { take(r, std::move(answer)); }});
}

void notice_page::take(const http::request& request, http::responder answer) {
  const std::uint64_t id = answers_.arrive(std::move(answer));
  if (!answers_.may_ask(request.peer)) {
    http::response slower = as_page(429, "slower", {});
    slower.headers.push_back({"Retry-After", "60"});
    return answers_.came(id, std::move(slower));
  }
  // Names that cannot be ours ask the store as well: nobody shall tell them from others by the time that they take.
  const auto name = notices::read_page_name(request.path().substr(path.size()));
  service_.read(
      [this, id, name, post = answers_.post(), &book = book_, here = std::weak_ptr(here_)](storage::store& store) {
        const auto found = std::make_shared<notices::page>();
        try {
          if (const auto n = store.notice_of_code(name.code)) *found = notices::page_of(*n, name.version, book);
        } catch (const storage::refused&) {  // a row that cannot be read any more says nothing
          *found = {};
        }
        post([this, here, id, found] {
          if (here.lock()) answers_.came(id, as_page(*found));
        });
      });
}

http::response notice_page::as_page(const notices::page& p) const {
  return as_page(p.standing == notices::standing::unknown ? 404 : 200, name_of(p.standing), p);
}

http::response notice_page::as_page(int status, std::string_view standing, const notices::page& p) const {
  const auto text = [&](std::string_view key) {
    return std::string(book_.texts.text("id", fmt::format("paper.page_{}", key)));
  };
  return as_response(
      {.status = status,
       .look = standing,
       .title = text("title"),
       .heading = text(standing),
       .text = text(fmt::format("{}_more", standing)),
       .note = text("note"),
       .body =
           rows_of({{text("number"), p.number}, {text("kind"), p.kind}, {text("unit"), p.unit}, {text("day"), p.day}}),
       .has_form = false});
}

}  // namespace handlers
