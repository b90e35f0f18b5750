#include "handlers/http/server.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <random>
#include <sstream>

#include "tests/http/server_fixture.hpp"

namespace {

using namespace http_test;
using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// ---- requests ----

TEST_F(HttpServer, KeepsTheConnection) {
  serve();
  auto asking = connect();
  for (const auto* body : {"one", "two", "three"}) {
    asking.send(post("/echo", body));
    const auto answer = asking.read_message();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, EndsWith(body));
    EXPECT_THAT(answer, Not(HasSubstr("Connection: ")));
  }
  EXPECT_EQ(counters().accepted, 1U);
  EXPECT_EQ(counters().requests, 3U);
}

TEST_F(HttpServer, TakesARequestInSingleBytes) {
  serve();
  auto asking = connect();
  for (const char c : post("/echo", "slowly", "Transfer-Encodin: x\r\n")) asking.send({&c, 1});
  EXPECT_THAT(asking.read_message(), EndsWith("slowly"));
}

TEST_F(HttpServer, TakesChunks) {
  serve();
  EXPECT_THAT(ask("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                  "chunked\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nT: 1\r\n\r\n"),
              EndsWith("abcdefg"));
}

TEST_F(HttpServer, TellsTargetAndPeer) {
  serve();
  const auto answer = ask(get("/files/a%20b?x=1"));
  EXPECT_THAT(answer, HasSubstr("X-Target: /files/a%20b?x=1\r\n"));
  EXPECT_THAT(answer, HasSubstr("X-Peer: 127.0.0.1\r\n"));
}

TEST_F(HttpServer, UnderstandsTheAbsoluteForm) {
  serve();
  EXPECT_THAT(ask("GET http://example.id/echo?x HTTP/1.1\r\nHost: x\r\n\r\n"), HasSubstr("X-Target: /echo?x\r\n"));
  EXPECT_THAT(ask("GET http://example.id HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 404"));
}

TEST_F(HttpServer, AnswersHeadWithoutABody) {
  serve();
  auto asking = connect();
  asking.send("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(asking.read_to("\r\n\r\n"), StartsWith("HTTP/1.1 200"));
  asking.send(post("/echo", "next"));
  EXPECT_THAT(asking.read_message(), EndsWith("next"));
}

TEST_F(HttpServer, SaysWhatItDoesNotKnow) {
  serve();
  auto asking = connect();
  asking.send(get("/nothing"));
  EXPECT_THAT(asking.read_message(), StartsWith("HTTP/1.1 404 Not Found\r\n"));
  asking.send("DELETE /echo HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto answer = asking.read_message();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 "));
  EXPECT_THAT(answer, HasSubstr("Allow: GET, HEAD, POST\r\n"));
  asking.send(get("/echo"));
  EXPECT_THAT(asking.read_message(), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(counters().rejected.unrouted, 2U);
}

TEST_F(HttpServer, ServesHttp10) {
  serve();
  auto closing = connect();
  closing.send("GET /echo HTTP/1.0\r\n\r\n");
  EXPECT_THAT(closing.read_rest(), HasSubstr("Connection: close\r\n"));
  auto keeping = connect();
  for (int i = 0; i < 2; ++i) {
    keeping.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_THAT(keeping.read_message(), HasSubstr("Connection: keep-alive\r\n"));
  }
}

TEST_F(HttpServer, ClosesWhenAsked) {
  serve();
  auto asking = connect();
  asking.send(post("/echo", "bye", "Connection: close\r\n") + post("/echo", "ignored"));
  const auto all = asking.read_rest();
  EXPECT_THAT(all, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(all, EndsWith("bye"));
}

// ---- pipelining ----

TEST_F(HttpServer, AnswersAPipelineInOrder) {
  serve();
  auto asking = connect();
  asking.send(post("/hold", "1") + post("/hold", "2") + post("/echo", "C"));
  ASSERT_TRUE(holding(2));
  answer_held(1, "B");
  answer_held(0, "A");
  EXPECT_THAT(asking.read_message(), EndsWith("\r\n\r\nA"));
  EXPECT_THAT(asking.read_message(), EndsWith("\r\n\r\nB"));
  EXPECT_THAT(asking.read_message(), EndsWith("\r\n\r\nC"));
}

TEST_F(HttpServer, BoundsThePipeline) {
  options.max_pipelined = 2;
  serve();
  auto asking = connect();
  std::string five;
  for (int i = 0; i < 5; ++i) five += post("/hold", "x");
  asking.send(five);
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(thread.until([this] { return !held.empty(); }));
    thread.on([this] {
      auto first = std::move(held.front());
      held.erase(held.begin());
      first({});
    });
    EXPECT_THAT(asking.read_message(), StartsWith("HTTP/1.1 200"));
  }
  EXPECT_EQ(most_held, 2U);
}

// ---- expectations and nonsense ----

TEST_F(HttpServer, HonoursExpectContinue) {
  serve();
  auto asking = connect();
  asking.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(asking.read_to("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  asking.send("body");
  EXPECT_THAT(asking.read_message(), EndsWith("body"));
}

TEST_F(HttpServer, RefusesInsteadOfContinuing) {
  serve();
  EXPECT_THAT(ask("POST /secret HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"),
              StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(ask("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 4\r\n\r\n"),
              StartsWith("HTTP/1.1 417"));
}

TEST_F(HttpServer, ContinueWaitsForEarlierAnswers) {
  serve();
  auto asking = connect();
  asking.send(post("/hold", "1") +
              "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  ASSERT_TRUE(holding(1));
  answer_held(0, "A");
  EXPECT_THAT(asking.read_message(), EndsWith("A"));
  EXPECT_EQ(asking.read_to("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  asking.send("body");
  EXPECT_THAT(asking.read_message(), EndsWith("body"));
}

TEST_F(HttpServer, RefusesNonsense) {
  serve();
  using namespace std::string_literals;
  const std::pair<std::string, std::string> cases[] = {
      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03garbage\r\n\r\n"s, "400"},
      {"GET /echo HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n"s, "400"},
      {"GET /echo HTTP/1.1\r\nHost: x\r\nA\0: b\r\n\r\n"s, "400"},
      {"GET /ec\0ho HTTP/1.1\r\nHost: x\r\n\r\n"s, "400"},
      {"GET /echo HTTP/1.1\r\n\r\n", "400"},
      {"GET /echo HTTP/9.9\r\nHost: x\r\n\r\n", "400"},
      {"GET  /echo HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
      {"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400"},
      {"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400"},
      {"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
      {"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", "501"},
      {"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400"},
  };
  for (const auto& [bytes, status] : cases) EXPECT_THAT(ask(bytes), StartsWith("HTTP/1.1 " + status)) << bytes;
  EXPECT_EQ(counters().requests, 0U);
  EXPECT_EQ(counters().rejected.malformed, std::size(cases));
}

TEST_F(HttpServer, SurvivesBrokenRequests) {
  serve();
  const std::string seeds[] = {
      post("/echo", "hello", "Expect: 100-continue\r\nX-Secret: s3cret\r\n") + get("/echo?a=b"),
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: x\r\n\r\n" +
          get("/files/1"),
  };
  std::minstd_rand random(42);
  const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random()) % bound; };
  for (int round = 0; round < 1000; ++round) {
    std::string bytes = seeds[below(2)];
    for (std::size_t broken = 1 + below(4); broken > 0; --broken) {
      switch (below(3)) {
        case 0: bytes[below(bytes.size())] = static_cast<char>(below(256)); break;
        case 1: bytes.erase(below(bytes.size()), 1 + below(8)); break;
        default: bytes.insert(below(bytes.size()), "\r\n: 0;%"); break;
      }
    }
    auto asking = connect();
    asking.send(std::string_view(bytes).substr(0, bytes.size() / 2));
    asking.send(std::string_view(bytes).substr(bytes.size() / 2));
    asking.half_close();
    const auto answers = asking.read_rest();
    EXPECT_TRUE(answers.empty() || answers.starts_with("HTTP/1.1 ")) << round;
  }
  EXPECT_TRUE(thread.until([this] { return served->counters().open == 0; }));
  EXPECT_EQ(counters().bytes_in_flight, 0U);
  EXPECT_THAT(ask(get("/echo")), StartsWith("HTTP/1.1 200"));
}

// ---- handlers ----

TEST_F(HttpServer, AFailureIsA500AndItsTextIsNotLogged) {
  std::ostringstream log;
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::ostream_sink_mt>(log)));
  serve();
  auto asking = connect();
  asking.send(post("/fail", "rahasia"));
  EXPECT_THAT(asking.read_message(), StartsWith("HTTP/1.1 500"));
  asking.send(post("/forget", "x"));
  EXPECT_THAT(asking.read_message(), StartsWith("HTTP/1.1 500"));
  asking.send(post("/twice", "x"));
  EXPECT_THAT(asking.read_message(), EndsWith("first"));
  asking.send(post("/echo", "still here"));
  EXPECT_THAT(asking.read_message(), EndsWith("still here"));
  EXPECT_EQ(counters().handler_failures, 1U);
  spdlog::set_default_logger(before);
  EXPECT_THAT(log.str(), HasSubstr("/fail"));
  EXPECT_THAT(log.str(), Not(HasSubstr("rahasia")));
}

TEST_F(HttpServer, TakesAnAnswerFromAnotherThread) {
  serve();
  auto asking = connect();
  asking.send(post("/hold", "x"));
  ASSERT_TRUE(holding(1));
  auto here = thread.on([this] { return std::move(held.front()); });
  here({200, "from afar", {}, {}});
  EXPECT_THAT(asking.read_message(), EndsWith("from afar"));
}

TEST_F(HttpServer, AnswersAClientThatHasGone) {
  serve();
  auto leaving = connect();
  leaving.send(post("/hold", "01234567"));
  ASSERT_TRUE(holding(1));
  leaving.reset();
  ASSERT_TRUE(thread.until([this] { return served->counters().open == 0; }));
  EXPECT_EQ(counters().bytes_in_flight, 8U);  // the handler still has them
  answer_held(0, "nobody hears");
  EXPECT_EQ(counters().bytes_in_flight, 0U);
  EXPECT_THAT(ask(get("/echo")), StartsWith("HTTP/1.1 200"));
}

TEST_F(HttpServer, AnswersAClientThatHasSaidAll) {
  serve();
  auto asking = connect();
  asking.send(post("/hold", "x"));
  asking.half_close();
  ASSERT_TRUE(holding(1));
  answer_held(0, "here");
  EXPECT_THAT(asking.read_rest(), EndsWith("here"));
}

TEST_F(HttpServer, AResponderMayOutliveItsServer) {
  serve();
  auto asking = connect();
  asking.send(post("/hold", "x"));
  ASSERT_TRUE(holding(1));
  thread.on([this] { served.reset(); });
  EXPECT_EQ(asking.read_rest(), "");
  answer_held(0, "too late");
}

TEST_F(HttpServer, LeavesOutHeadersThatWouldSplitTheAnswer) {
  serve();
  auto asking = connect();
  asking.send(post("/hold", "x"));
  ASSERT_TRUE(holding(1));
  thread.on([this] { held[0]({200, {}, "text/plain\r\nX: y", {{"A", "b\nc: d"}, {"Good", "yes"}}}); });
  EXPECT_EQ(asking.read_message(), "HTTP/1.1 200 OK\r\nGood: yes\r\nContent-Length: 0\r\n\r\n");
}

TEST_F(HttpServer, TimesWhatReachedAHandler) {
  std::vector<std::string> timed;
  std::chrono::microseconds longest{0};
  options.timed = [&](const route& which, std::chrono::microseconds took) {
    timed.push_back(which.path);
    longest = std::max(longest, took);
  };
  serve();
  ask(get("/files/secret-name"));
  ask(get("/nothing"));
  ask(post("/secret", "x"));
  auto asking = connect();
  asking.send(post("/hold", "x"));
  ASSERT_TRUE(holding(1));
  const auto since = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - since < 2ms) {
  }
  answer_held(0, "late");
  asking.read_message();
  thread.on([&] {
    EXPECT_EQ(timed, (std::vector<std::string>{"/files/*", "/hold"})) << "the route, never what stands in the address";
    EXPECT_GE(longest, 2ms);
  });
}

TEST(HttpParameter, IsDecoded) {
  EXPECT_EQ(parameter("hub.mode=subscribe&hub.challenge=1%2b2+3&x", "hub.challenge"), "1+2 3");
  EXPECT_EQ(parameter("a=%zz%4", "a"), "%zz%4");
  EXPECT_EQ(parameter("a&b=", "a"), "");
  EXPECT_EQ(parameter("a&b=", "c"), std::nullopt);
}

}  // namespace
