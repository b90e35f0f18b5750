// The page behind the QR code: what it shows, what it never shows, and what it tells those who guess.
#include "handlers/notice_page.hpp"

#include <gmock/gmock.h>

#include "tests/paper/at_work.hpp"

namespace {

using namespace std::chrono_literals;
using bot::notices::state;
using handlers::notice_page;
using testing::HasSubstr;
using testing::Not;
namespace http = handlers::http;
using paper_test::listener;

class paper_page : public paper_test::at_work {
 protected:
  paper_page() { page.add_to(routes); }
  ~paper_page() override { service.stop(); }

  // Keeps it; what it is found by.
  std::string code_of(const bot::notices::notice& n) {
    keep(n);
    return kept(n.number).code;
  }

  // Waits until the store has said its word; then time passes.
  http::response visit(const std::string& name, std::string peer = "198.51.100.7") {
    const auto asked = std::make_shared<listener>();
    http::request r;
    r.method = http::verb::get;
    r.target = "/n/" + name;
    r.peer = std::move(peer);
    const auto route = routes.find(http::verb::head, r.path());
    EXPECT_NE(route.found, nullptr);
    route.found->handle(r, http::responder(asked, 1));
    settle();
    EXPECT_FALSE(asked->came) << "no answer before its time";
    time += 150ms;
    page.wake();
    EXPECT_TRUE(asked->came);
    return asked->got;
  }

  static std::string field(const http::response& r, std::string_view name) {
    for (const auto& h : r.headers)
      if (h.name == name) return h.value;
    return {};
  }

  notice_page::steady::time_point time{1h};
  http::router routes;
  notice_page page{
      {post, [this] { return time; }, [](notice_page::steady::time_point) {}}, service, support::shipped_handbook()};
};

TEST_F(paper_page, shows_that_a_number_holds_and_nothing_private) {
  auto n = support::demonstration();
  n.code.clear();
  const std::string code = code_of(n);
  EXPECT_EQ(code.size(), 20U);
  const auto r = visit(code + "-1");
  EXPECT_EQ(r.status, 200);
  EXPECT_EQ(r.content_type, "text/html; charset=utf-8");
  for (const char* shown : {"Berlaku", "STTP/45/XI/2026/Intelkam", "Polres Pasuruan Kota", "Selasa, 24 November 2026"})
    EXPECT_THAT(r.body, HasSubstr(shown));
  for (const char* hidden : {"PK7Q-2M9X", "upah", "Serikat", "Sari", "alun-alun", "120", "<script", "azan"})
    EXPECT_THAT(r.body, Not(HasSubstr(hidden))) << hidden;
  EXPECT_EQ(field(r, "Cache-Control"), "no-store");
  EXPECT_EQ(field(r, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(field(r, "Referrer-Policy"), "no-referrer");
  EXPECT_THAT(field(r, "Content-Security-Policy"), HasSubstr("default-src 'none'; style-src 'sha256-"));
  EXPECT_THAT(field(r, "X-Robots-Tag"), HasSubstr("noindex"));
}

TEST_F(paper_page, follows_what_becomes_of_the_notice) {
  auto n = support::demonstration();
  n.code.clear();
  const std::string code = code_of(n);
  n.filed.version = 2;
  n.filed.state = state::changed;
  n.filed.number.clear();
  keep(n);
  const auto old = visit(code + "-1");
  EXPECT_THAT(old.body, HasSubstr("Sudah diganti"));
  EXPECT_THAT(old.body, Not(HasSubstr("24 November")));  // the day of the new version is no matter of the old paper
  EXPECT_EQ(visit(code + "-2").status, 404) << "nothing was issued for it yet";
  n.filed.state = state::receipted;
  n.issued.push_back({state::receipted, 2, "STTP/47/XI/2026", n.filed.unit, "petugas", "", n.changed_at});
  EXPECT_EQ(code_of(n), code) << "one code, whatever comes of it";
  EXPECT_THAT(visit(code + "-2").body, HasSubstr("STTP/47/XI/2026"));
  EXPECT_THAT(visit(code + "-1").body, HasSubstr("Sudah diganti"));
  n.filed.state = state::cancelled;
  keep(n);
  for (const char* version : {"-1", "-2"}) EXPECT_THAT(visit(code + version).body, HasSubstr("Dibatalkan"));
  n.filed.state = state::finished;
  keep(n);
  EXPECT_THAT(visit(code + "-2").body, HasSubstr("Acara sudah selesai"));
}

TEST_F(paper_page, of_a_revoked_permit_says_so) {
  auto n = support::concert();
  n.filed.state = state::approved;
  n.issued = {{state::approved, 1, "SI/20 <b>&\"'", n.filed.unit, "pimpinan", "", n.changed_at}};
  const std::string code = code_of(n);
  EXPECT_THAT(visit(code + "-1").body, HasSubstr("SI/20 &lt;b&gt;&amp;&quot;&#39;"));
  n.filed.state = state::revoked;
  keep(n);
  EXPECT_THAT(visit(code + "-1").body, HasSubstr("Tidak berlaku lagi"));
}

TEST_F(paper_page, tells_those_who_guess_one_and_the_same) {
  auto n = support::demonstration();
  n.code.clear();
  const std::string code = code_of(n);
  const auto unknown = visit("00000000000000000000-1");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_THAT(unknown.body, HasSubstr("Tidak dikenal"));
  for (const std::string& name :
       {std::string("PK7Q-2M9X"), std::string(), code, code + "-", code + "-2", code + "-99999", code + "-1x",
        code + "-1/..", std::string("%00-1"), std::string("<script>-1"), std::string(5000, 'a') + "-1",
        std::string("' OR 1=1 ---1"), code.substr(1) + "-1"}) {
    const auto r = visit(name, "127.0.0.1");
    EXPECT_EQ(r.status, 404) << name;
    EXPECT_EQ(r.body, unknown.body) << name;
  }
}

TEST_F(paper_page, gives_few_answers_to_one_visitor) {
  auto n = support::demonstration();
  n.code.clear();
  const std::string code = code_of(n);
  int given = 0;
  while (visit(std::to_string(given) + "-1").status == 404 && given < 100) ++given;
  EXPECT_GE(given, 30);
  EXPECT_LT(given, 40);
  const auto slower = visit(code + "-1");
  EXPECT_EQ(slower.status, 429) << "the right name among the guesses tells nothing either";
  EXPECT_EQ(field(slower, "Retry-After"), "60");
  EXPECT_EQ(visit(code + "-1", "203.0.113.9").status, 200) << "others are not held up";
  time += 60s;
  EXPECT_EQ(visit(code + "-1").status, 200);
}

}  // namespace
