// The page behind the link of a recommendation: looking changes nothing, one answer counts, and every link that is no
// open one looks the same.
#include "handlers/recommendation_page.hpp"

#include <gmock/gmock.h>

#include "bot/cases/number.hpp"
#include "handlers/notice_page.hpp"
#include "tests/paper/at_work.hpp"

namespace {

using namespace std::chrono_literals;
using bot::notices::state;
using testing::HasSubstr;
using testing::Not;
namespace http = handlers::http;
using paper_test::listener;
using reply = bot::notices::recommendation::reply;
using steady = handlers::even_answers::steady;

const std::string number = bot::cases::make_number('P', 20261121);
const std::string token = "0123456789abcdef012345678";

class recommendation_page : public paper_test::at_work {
 protected:
  recommendation_page() { page.add_to(routes); }
  ~recommendation_page() override { service.stop(); }

  bot::notices::notice kept() { return at_work::kept(number); }

  bot::notices::notice asked() {
    auto n = support::concert();
    n.number = number;
    n.answers["recommend_rt"] =
        "asked " + std::to_string(bot::to_millis(support::moment("2026-11-24T09:00:00+07:00"))) + " " + token;
    return n;
  }

  http::response ask(http::verb method, const std::string& name, std::string body = {}) {
    const auto waiting = std::make_shared<listener>();
    http::request r;
    r.method = method;
    r.target = "/r/" + name;
    r.body = std::move(body);
    r.peer = "198.51.100.7";
    const auto route = routes.find(method, r.path());
    EXPECT_NE(route.found, nullptr);
    route.found->handle(r, http::responder(waiting, 1));
    // What is posted is read, handed in as a message, kept, and read once more.
    for (int i = 0; i < 4; ++i) settle();
    EXPECT_FALSE(waiting->came) << "no answer before its time";
    time += 1500ms;
    for (int i = 0; i < 200 && !waiting->came; ++i) {
      settle();
      paper_page.wake();
    }
    EXPECT_TRUE(waiting->came);
    return waiting->got;
  }

  static std::string all_of(const http::response& r) {
    std::string all = std::to_string(r.status) + r.content_type + r.body;
    for (const auto& h : r.headers) all += h.name + h.value;
    return all;
  }

  steady::time_point time{1h};
  http::router routes;
  handlers::notice_page paper_page{
      {post, [this] { return time; }, [](steady::time_point) {}}, service, support::shipped_handbook()};
  handlers::recommendation_page page{paper_page.answers(), service, support::shipped_handbook(),
                                     [this] { return now; }};
};

TEST_F(recommendation_page, shows_what_it_is_about_and_nothing_private) {
  keep(asked());
  const auto r = ask(http::verb::get, token);
  EXPECT_EQ(r.status, 200);
  for (const char* shown : {"RT/RW", number.c_str(), "Selasa, 24 November 2026", "Warungdowo", "Polsek Pohjentrek",
                            "tidak memutuskan apa pun", "Mendukung", "Ada catatan", "<form method=\"post\">"})
    EXPECT_THAT(r.body, HasSubstr(shown));
  for (const char* hidden : {"Sari", "0812", "1500", "lapangan desa", "genset", "<script"})
    EXPECT_THAT(r.body, Not(HasSubstr(hidden))) << hidden;
  const std::string all = all_of(r);
  for (const char* header : {"no-store", "nosniff", "no-referrer", "noindex", "default-src 'none'",
                             "form-action 'self'", "frame-ancestors 'none'"})
    EXPECT_THAT(all, HasSubstr(header));
}

TEST_F(recommendation_page, looking_changes_nothing) {
  keep(asked());
  for (const auto method : {http::verb::get, http::verb::head, http::verb::get})
    EXPECT_EQ(ask(method, token + "?answer=supports").status, 200);
  EXPECT_EQ(ask(http::verb::get, token, "answer=supports").status, 200);
  EXPECT_EQ(kept(), asked());
}

TEST_F(recommendation_page, takes_one_answer) {
  keep(asked());
  EXPECT_THAT(ask(http::verb::post, token, "note=Suara+dikecilkan+jam+22%0A%3Cb%3E&answer=remarks").body,
              HasSubstr("Terima kasih"));
  const auto r = bot::notices::recommendations_of(kept()).at(0);
  EXPECT_EQ(r.now, reply::remarks);
  EXPECT_THAT(r.words, HasSubstr("Suara dikecilkan jam 22"));
  EXPECT_EQ(ask(http::verb::post, token, "answer=supports").status, 404);
  EXPECT_EQ(ask(http::verb::get, token).status, 404);
  EXPECT_EQ(bot::notices::recommendations_of(kept()).at(0).now, reply::remarks);
}

TEST_F(recommendation_page, thanks_nobody_whose_answer_was_lost_to_a_bug) {
  keep(asked());
  bool broken = true;
  store.before_write = [&](const storage::changes& c) {
    if (broken && !c.notices.empty()) throw std::logic_error("a bug");
  };
  const auto r = ask(http::verb::post, token, "answer=supports");
  EXPECT_EQ(r.status, 503);
  EXPECT_THAT(r.body, HasSubstr("Coba lagi"));
  EXPECT_EQ(kept(), asked());
  broken = false;
  now += 1min;
  EXPECT_THAT(ask(http::verb::post, token, "answer=supports").body, HasSubstr("Terima kasih"));
  EXPECT_TRUE(bot::notices::has_recommended(kept(), "rt"));
}

TEST_F(recommendation_page, thanks_nobody_who_came_after_the_decision) {
  keep(asked());
  auto decided = asked();
  decided.filed.state = state::approved;
  bool once = false;
  store.before_admit = [&] {  // between the look at the link and the turn
    if (std::exchange(once, true)) return;
    storage::changes c;
    c.notices.push_back(decided);
    contract::write(store, c);
  };
  EXPECT_EQ(ask(http::verb::post, token, "answer=supports").status, 404);
  EXPECT_FALSE(bot::notices::has_recommended(kept(), "rt"));
}

TEST_F(recommendation_page, a_form_without_an_answer_is_shown_again) {
  keep(asked());
  for (const std::string& body : {std::string(), std::string("answer=maybe"), std::string("note=x"),
                                  "answer=supports&note=" + std::string(9000, 'x')})
    EXPECT_THAT(ask(http::verb::post, token, body).body, HasSubstr("<form"));
  EXPECT_EQ(kept(), asked());
}

TEST_F(recommendation_page, every_link_that_is_not_open_looks_the_same) {
  const std::string forged = all_of(ask(http::verb::get, "ffffffffffffffffffffffff0"));
  EXPECT_THAT(forged, HasSubstr("404"));
  for (const std::string& name :
       {std::string(), std::string("%00"), std::string(5000, 'a'), token + "/..", std::string("' OR 1=1 --"), number})
    EXPECT_EQ(all_of(ask(http::verb::get, name)), forged) << name;
  keep(asked());
  for (const auto s : {state::cancelled, state::approved, state::refused, state::finished}) {
    auto n = asked();
    n.filed.state = s;
    keep(n);
    EXPECT_EQ(all_of(ask(http::verb::get, token)), forged) << name_of(s);
    EXPECT_EQ(all_of(ask(http::verb::post, token, "answer=supports")), forged) << name_of(s);
  }
  auto again = asked();  // a newer link was given
  again.answers["recommend_rt"].back() = '9';
  keep(again);
  EXPECT_EQ(all_of(ask(http::verb::get, token)), forged);
  auto other_track = asked();
  other_track.filed.track = bot::notices::track::expression;
  keep(other_track);
  EXPECT_EQ(all_of(ask(http::verb::get, token)), forged);
  keep(asked());
  EXPECT_EQ(ask(http::verb::get, token).status, 200);
  now = support::moment("2026-11-24T09:00:00+07:00");
  EXPECT_EQ(all_of(ask(http::verb::get, token)), forged) << "over";
}

TEST_F(recommendation_page, gives_few_answers_to_one_visitor) {
  int given = 0;
  while (given < 200 && ask(http::verb::post, "x").status == 404) {
    ++given;
    time -= 1500ms;
  }
  EXPECT_LT(given, 40);
}

}  // namespace
