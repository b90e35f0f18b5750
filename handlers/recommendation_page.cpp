#include "handlers/recommendation_page.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "handlers/small_page.hpp"

namespace handlers {
namespace {

namespace notices = bot::notices;

constexpr std::string_view path = "/r/";
constexpr std::size_t most_body = 8192;  // of 300 characters with all of them encoded, and room to spare

}  // namespace

recommendation_page::recommendation_page(even_answers& answers, turns::service& service, const bot::handbook& book,
                                         turns::service::clock now)
    : answers_(answers), service_(service), book_(book), now_(std::move(now)) {}

void recommendation_page::add_to(http::router& routes) {
  for (const auto method : {http::verb::get, http::verb::post})
    routes.add({method, std::string(path) + "*",
                [this](const http::request& r, http::responder answer) { take(r, std::move(answer)); }});
}

void recommendation_page::take(const http::request& request, http::responder answer) {
  const std::uint64_t id = answers_.arrive(std::move(answer));
  if (!answers_.may_ask(request.peer)) {
    http::response slower = as_page("slower", 429);
    slower.headers.push_back({"Retry-After", "60"});
    return answers_.came(id, std::move(slower));
  }
  struct visit {
    std::string token, who, choice, words;
    bot::instant now{};
    std::optional<notices::recommendation_view> shown;
    std::optional<bot::inbound> given;
  };
  const auto v = std::make_shared<visit>();
  v->token = notices::read_recommendation_name(request.path().substr(path.size()));
  v->now = now_();
  const bool posted = request.method == http::verb::post;
  if (posted && request.body.size() <= most_body) {
    v->choice = http::parameter(request.body, "answer").value_or("");
    v->words = http::parameter(request.body, "note").value_or("");
  }
  // Names that cannot be ours ask the store as well: nobody shall tell them from others by the time that they take.
  service_.read(
      [this, id, v, posted, post = answers_.post(), &book = book_, here = std::weak_ptr(here_)](storage::store& store) {
        v->shown.reset();
        v->given.reset();
        try {
          const auto n = store.notice_of_recommendation(v->token);
          const auto open = n ? notices::open_recommendation(*n, v->token, v->now) : std::nullopt;
          const bool answers = v->choice == "supports" || v->choice == "remarks";
          if (open) v->who = open->who;
          if (open && posted && answers)
            v->given = notices::recommendation_answer(*n, v->token, v->choice == "supports", v->words, v->now);
          else if (open)
            v->shown = notices::view_of(*n, *open, book);
        } catch (const storage::refused&) {  // a row that cannot be read any more says nothing
        }
        post([this, here, id, v] {
          if (!here.lock()) return;
          if (v->given) return submit(id, v->token, v->who, std::move(*v->given));
          answers_.came(id, v->shown ? as_form(*v->shown) : as_page("unknown", 404));
        });
      });
}

void recommendation_page::submit(std::uint64_t id, const std::string& token, const std::string& who,
                                 bot::inbound given) {
  std::vector<turns::job> jobs(1);
  jobs.front().what = std::move(given);
  const bool taken =
      service_.submit(std::move(jobs), [this, id, token, who, here = std::weak_ptr(here_)](bool durable) {
        if (!here.lock()) return;
        if (!durable) return answers_.came(id, as_page("busy", 503));
        answer_after(id, token, who);
      });
  if (!taken) answers_.came(id, as_page("busy", 503));
}

// Thanked once the answer stands in the notice: a message can be kept as failed, too.
void recommendation_page::answer_after(std::uint64_t id, const std::string& token, const std::string& who) {
  service_.read(
      [this, id, token, who, at = now_(), post = answers_.post(), here = std::weak_ptr(here_)](storage::store& store) {
        bool counts = false, open = true;
        try {
          const auto n = store.notice_of_recommendation(token);
          counts = n && notices::has_recommended(*n, who);
          open = n && notices::open_recommendation(*n, token, at);
        } catch (const storage::refused&) {
        }
        post([this, here, id, counts, open] {
          if (!here.lock()) return;
          answers_.came(id, counts ? as_page("thanks", 200) : open ? as_page("busy", 503) : as_page("unknown", 404));
        });
      });
}

std::string recommendation_page::text(std::string_view key) const {
  return std::string(book_.texts.text("id", fmt::format("recommendation_page.{}", key)));
}

http::response recommendation_page::as_page(std::string_view which, int status) const {
  return as_response({.status = status,
                      .look = which == "thanks" ? "valid" : "unknown",
                      .title = text("title"),
                      .heading = text(which),
                      .text = text(fmt::format("{}_more", which)),
                      .note = text("note"),
                      .body = {},
                      .has_form = false});
}

http::response recommendation_page::as_form(const notices::recommendation_view& v) const {
  const auto button = [&](std::string_view value) {
    return fmt::format("<button name=\"answer\" value=\"{}\">{}</button>", value, escaped(text(value)));
  };
  const std::string form = fmt::format(
      "<form method=\"post\"><label for=\"note\">{}</label><textarea id=\"note\" name=\"note\" rows=\"3\" "
      "maxlength=\"{}\"></textarea>{}{}</form>",
      escaped(text("words")), notices::recommendation_characters, button("supports"), button("remarks"));
  return as_response({.status = 200,
                      .look = "unknown",
                      .title = text("title"),
                      .heading = text("ask"),
                      .text = text("ask_more"),
                      .note = text("note"),
                      .body = rows_of({{text("who"), v.who},
                                       {text("number"), v.number},
                                       {text("kind"), v.kind},
                                       {text("day"), v.day},
                                       {text("place"), v.place},
                                       {text("unit"), v.unit}}) +
                              form,
                      .has_form = true});
}

}  // namespace handlers
