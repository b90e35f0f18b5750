#include "handlers/http/client.hpp"

#include <gmock/gmock.h>

#include <future>
#include <optional>

#include "tests/http/sockets.hpp"

namespace {

using namespace handlers::http;
using namespace http_test;
using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

class HttpClient : public testing::Test {
 protected:
  ~HttpClient() override {
    if (asking) thread.on([this] { asking.reset(); });
  }
  void use(std::string url) {
    thread.on([&] { asking.emplace(thread.io, url, options); });
  }
  void use() { use(origin.url()); }

  std::future<outcome> send(call what) {
    auto promise = std::make_shared<std::promise<outcome>>();
    auto result = promise->get_future();
    thread.on([&] { asking->send(std::move(what), [promise](outcome o) { promise->set_value(std::move(o)); }); });
    return result;
  }
  static call a_post(std::string target, std::string body) {
    call what;
    what.target = std::move(target);
    what.body = std::move(body);
    what.content_type = "application/json";
    return what;
  }
  static call a_get(std::string target) {
    call what;
    what.method = verb::get;
    what.target = std::move(target);
    return what;
  }
  std::size_t connections() {
    return thread.on([this] { return asking->connections(); });
  }

  origin_server origin;
  io_thread thread;
  client_options options;
  std::optional<client> asking;
};

TEST_F(HttpClient, SendsWhatItIsTold) {
  use(origin.url() + "/v25.0/");
  auto what = a_post("/42/messages", "{}");
  what.headers = {{"Authorization", "Bearer T"}};
  auto result = send(what);
  auto other = origin.accept();
  EXPECT_EQ(other.read_message(),
            "POST /v25.0/42/messages HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(origin.port()) +
                "\r\nUser-Agent: kentongan\r\nContent-Type: application/json\r\n"
                "Authorization: Bearer T\r\nContent-Length: 2\r\n\r\n{}");
  other.send("HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\nnope");
  const auto answer = result.get();
  EXPECT_EQ(answer.what, fate::answered);
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.body, "nope");
  EXPECT_EQ(answer.content_type, "application/json");
  EXPECT_EQ(answer.retry_after, std::nullopt);
}

TEST_F(HttpClient, KeepsItsConnection) {
  use();
  auto first = send(a_post("/a", "1"));
  auto other = origin.accept();
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(other.read_message(), StartsWith("POST /a "));
    other.send(ok);
    EXPECT_EQ(first.get().body, "ok");
    if (i < 2) first = send(a_post("/a", "2"));
  }
  EXPECT_EQ(connections(), 1U);
}

TEST_F(HttpClient, ReadsEveryFraming) {
  use();
  const std::string answers[] = {
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
  };
  auto result = send(a_get("/a"));
  auto other = origin.accept();
  for (const auto& answer : answers) {
    EXPECT_THAT(other.read_message(), StartsWith("GET /a "));
    for (const char c : answer) other.send({&c, 1});
    EXPECT_EQ(result.get().body, "ok");
    result = send(a_get("/a"));
  }
  EXPECT_THAT(other.read_message(), StartsWith("GET /a "));
  other.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
  other.close();
  EXPECT_EQ(result.get().body, "until the end");
}

TEST_F(HttpClient, HeadHasNoBody) {
  use();
  auto what = a_get("/a");
  what.method = verb::head;
  auto result = send(what);
  auto other = origin.accept();
  other.read_message();
  other.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
  EXPECT_EQ(result.get().status, 200);
  result = send(a_get("/b"));
  EXPECT_THAT(other.read_message(), StartsWith("GET /b "));
  other.send(ok);
  EXPECT_EQ(result.get().body, "ok");
}

TEST_F(HttpClient, TellsWhenToTryAgain) {
  use();
  auto result = send(a_post("/a", "1"));
  auto other = origin.accept();
  other.read_message();
  other.send("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 35\r\nContent-Length: 0\r\n\r\n");
  const auto answer = result.get();
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.retry_after, 35s);
}

TEST_F(HttpClient, DoesNotFollowRedirects) {
  use();
  auto result = send(a_get("/a"));
  auto other = origin.accept();
  other.read_message();
  other.send("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(result.get().status, 302);
}

TEST_F(HttpClient, ResolvesNames) {
  use("http://localhost:" + std::to_string(origin.port()));
  auto result = send(a_get("/a"));
  auto other = origin.accept();
  EXPECT_THAT(other.read_message(), HasSubstr("Host: localhost:"));
  other.send(ok);
  EXPECT_EQ(result.get().body, "ok");
}

// ---- fates ----

TEST_F(HttpClient, ARefusedConnectionIsNotSent) {
  use();
  origin.close();
  std::vector<std::future<outcome>> results;
  for (int i = 0; i < 5; ++i) results.push_back(send(a_post("/a", "1")));
  for (auto& result : results) {
    const auto o = result.get();
    EXPECT_EQ(o.what, fate::not_sent);
    EXPECT_EQ(o.reason, "connect");
  }
}

TEST_F(HttpClient, ATimeOutAfterSendingIsUnknown) {
  options.call_timeout = 30ms;
  use();
  auto result = send(a_post("/a", "1"));
  auto other = origin.accept();
  other.read_message();
  const auto o = result.get();
  EXPECT_EQ(o.what, fate::unknown);
  EXPECT_EQ(o.reason, "timeout");
  EXPECT_EQ(other.read_rest(), "");
}

TEST_F(HttpClient, ACallMayHaveItsOwnTimeout) {
  use();
  auto what = a_post("/a", "1");
  what.timeout = 1ms;
  EXPECT_EQ(send(what).get().reason, "timeout");
}

TEST_F(HttpClient, WaitingTooLongForAConnectionIsNotSent) {
  options.max_connections = 1;
  options.call_timeout = 10s;
  use();
  auto first = send(a_post("/a", "1"));
  auto other = origin.accept();
  other.read_message();
  auto impatient = a_post("/b", "2");
  impatient.timeout = 5ms;
  const auto o = send(impatient).get();
  EXPECT_EQ(o.what, fate::not_sent);
  EXPECT_EQ(o.reason, "timeout");
  other.send(ok);
  EXPECT_EQ(first.get().status, 200);
}

TEST_F(HttpClient, AResetAfterSendingIsUnknown) {
  use();
  auto result = send(a_post("/a", "1"));
  auto other = origin.accept();
  other.read_message();
  other.reset();
  EXPECT_EQ(result.get().what, fate::unknown);
}

TEST_F(HttpClient, HalfAnAnswerIsUnknown) {
  use();
  auto result = send(a_get("/a"));
  auto other = origin.accept();
  other.read_message();
  other.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  other.close();
  EXPECT_EQ(result.get().what, fate::unknown);
}

TEST_F(HttpClient, NonsenseIsUnknown) {
  use();
  auto result = send(a_post("/a", "1"));
  auto other = origin.accept();
  other.read_message();
  other.send("+OK pop3 ready\r\n\r\n");
  const auto o = result.get();
  EXPECT_EQ(o.what, fate::unknown);
  EXPECT_EQ(o.reason, "malformed");
}

TEST_F(HttpClient, AnAnswerThatIsTooLargeIsUnknown) {
  options.max_body_bytes = 10;
  use();
  for (const auto* framing : {"Content-Length: 11\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nb\r\n", "\r\n"}) {
    auto result = send(a_post("/a", "1"));
    auto other = origin.accept();
    other.read_message();
    other.send("HTTP/1.1 200 OK\r\n" + std::string(framing) + "0123456789+\r\n");
    EXPECT_EQ(result.get().reason, "too large");
  }
}

TEST_F(HttpClient, OneCallMayAllowLessThanTheOthers) {
  use();
  for (const std::uint64_t most : {9, 10}) {
    call small = a_get("/a");
    small.max_body_bytes = most;
    auto result = send(std::move(small));
    auto other = origin.accept();
    other.read_message();
    other.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n0123456789");
    EXPECT_EQ(result.get().reason, most == 9 ? "too large" : "");
  }
}

// ---- kept connections that have gone stale ----

TEST_F(HttpClient, NoticesAConnectionThatWasClosed) {
  use();
  auto first = send(a_post("/a", "1"));
  auto other = origin.accept();
  other.read_message();
  other.send(ok);
  first.get();
  other.close();
  ASSERT_TRUE(thread.until([this] { return asking->connections() == 0; }));
  auto second = send(a_post("/b", "2"));
  auto fresh = origin.accept();
  EXPECT_THAT(fresh.read_message(), StartsWith("POST /b "));
  fresh.send(ok);
  EXPECT_EQ(second.get().status, 200);
}

TEST_F(HttpClient, RepeatsAGetThatAStaleConnectionSwallowed) {
  use();
  auto first = send(a_get("/a"));
  auto other = origin.accept();
  other.read_message();
  other.send(ok);
  first.get();
  auto second = send(a_get("/b"));
  other.read_message();
  other.reset();
  auto fresh = origin.accept();
  EXPECT_THAT(fresh.read_message(), StartsWith("GET /b "));
  fresh.send(ok);
  EXPECT_EQ(second.get().status, 200);
}

TEST_F(HttpClient, RepeatsAPostOfWhichNothingLeft) {
  use();
  auto first = send(a_post("/a", "1"));
  auto other = origin.accept();
  other.read_message();
  other.send(ok);
  first.get();
  std::promise<outcome> second;
  thread.on([&] {  // the reset arrives while the IO thread is busy: the first write meets it
    other.reset();
    asking->send(a_post("/b", "2"), [&](outcome o) { second.set_value(std::move(o)); });
  });
  auto fresh = origin.accept();
  EXPECT_THAT(fresh.read_message(), StartsWith("POST /b "));
  fresh.send(ok);
  EXPECT_EQ(second.get_future().get().status, 200);
}

TEST_F(HttpClient, OwesNothingAfterItsEnd) {
  use();
  bool called = false;
  thread.on([&] {
    asking->send(a_post("/a", "1"), [&](outcome) { called = true; });
    asking->send(a_get("bad call"), [&](outcome) { called = true; });
    asking.reset();
  });
  thread.stop();
  EXPECT_FALSE(called);
}

TEST_F(HttpClient, NeverRepeatsAPostByItself) {
  use();
  auto first = send(a_post("/a", "1"));
  auto other = origin.accept();
  other.read_message();
  other.send(ok);
  first.get();
  auto second = send(a_post("/b", "2"));
  other.read_message();
  other.close();
  EXPECT_EQ(second.get().what, fate::unknown);
}

TEST_F(HttpClient, ClosesIdleConnections) {
  options.idle_timeout = 20ms;
  use();
  auto first = send(a_post("/a", "1"));
  auto other = origin.accept();
  other.read_message();
  other.send(ok);
  first.get();
  EXPECT_EQ(other.read_rest(), "");
}

TEST_F(HttpClient, DoesNotKeepAConnectionThatTheOtherEndCloses) {
  use();
  auto first = send(a_post("/a", "1"));
  auto other = origin.accept();
  other.read_message();
  other.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  first.get();
  EXPECT_EQ(other.read_rest(), "");
}

// ---- bounds ----

TEST_F(HttpClient, BoundsConnectionsAndQueue) {
  options.max_connections = 2;
  options.max_queue = 3;
  use();
  std::vector<std::future<outcome>> results;
  results.push_back(send(a_post("/a", "x")));
  results.push_back(send(a_post("/a", "x")));
  auto one = origin.accept();
  auto two = origin.accept();
  one.read_message();
  two.read_message();
  for (int i = 0; i < 3; ++i) results.push_back(send(a_post("/a", "x")));
  const auto refused = send(a_post("/a", "x")).get();
  EXPECT_EQ(refused.what, fate::not_sent);
  EXPECT_EQ(refused.reason, "queue full");
  one.send(ok);
  two.send(ok);
  one.read_message();
  two.read_message();
  one.send(ok);
  one.read_message();
  one.send(ok);
  two.send(ok);
  for (auto& result : results) EXPECT_EQ(result.get().status, 200);
  EXPECT_EQ(connections(), 2U);
}

TEST_F(HttpClient, RefusesTargetsThatWouldSplitTheRequest) {
  use();
  EXPECT_EQ(send(a_get("/a b")).get().reason, "bad call");
  EXPECT_EQ(send(a_get("/a\r\nX: y")).get().reason, "bad call");
  auto what = a_get("/a");
  what.headers = {{"A", "b\r\nc: d"}};
  EXPECT_EQ(send(what).get().reason, "bad call");
}

// ---- ending ----

TEST_F(HttpClient, DrainsWhatItHas) {
  options.max_connections = 1;
  use();
  auto first = send(a_post("/a", "1"));
  auto second = send(a_post("/b", "2"));
  auto other = origin.accept();
  other.read_message();
  std::promise<bool> drained;
  thread.on([&] { asking->drain(10s, [&](bool clean) { drained.set_value(clean); }); });
  EXPECT_EQ(send(a_post("/c", "3")).get().reason, "closing");
  other.send(ok);
  EXPECT_THAT(other.read_message(), StartsWith("POST /b "));
  other.send(ok);
  EXPECT_EQ(first.get().status, 200);
  EXPECT_EQ(second.get().status, 200);
  EXPECT_TRUE(drained.get_future().get());
  EXPECT_EQ(other.read_rest(), "");
}

TEST_F(HttpClient, DrainingEndsAtItsDeadline) {
  options.max_connections = 1;
  use();
  auto first = send(a_post("/a", "1"));
  auto second = send(a_post("/b", "2"));
  auto other = origin.accept();
  other.read_message();
  std::promise<bool> drained;
  thread.on([&] { asking->drain(20ms, [&](bool clean) { drained.set_value(clean); }); });
  EXPECT_FALSE(drained.get_future().get());
  EXPECT_EQ(first.get().what, fate::unknown);
  EXPECT_EQ(second.get().what, fate::not_sent);
}

TEST(HttpOrigin, IsParsed) {
  const auto telegram = parse_origin("https://api.telegram.org");
  ASSERT_TRUE(telegram);
  EXPECT_TRUE(telegram->secure);
  EXPECT_EQ(telegram->host, "api.telegram.org");
  EXPECT_EQ(telegram->port, "443");
  EXPECT_EQ(telegram->prefix, "");
  const auto local = parse_origin("http://[::1]:9000/a/b/");
  ASSERT_TRUE(local);
  EXPECT_EQ(local->host, "::1");
  EXPECT_EQ(local->port, "9000");
  EXPECT_EQ(local->prefix, "/a/b");
  for (const auto* bad : {"", "ftp://x", "http://", "http://x:", "http://x:99999", "http://x:a", "http://[::1",
                          "http://a b", "http://u@x", "http://x?y"})
    EXPECT_FALSE(parse_origin(bad)) << bad;
}

}  // namespace
