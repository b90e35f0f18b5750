#include "handlers/http/server.hpp"

#include <gmock/gmock.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <optional>
#include <random>
#include <sstream>
#include <stdexcept>

#include "tests/http/sockets.hpp"

namespace {

using namespace handlers::http;
using namespace http_test;
using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string post(std::string_view path, std::string_view body, std::string_view more = {}) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n" + std::string(more) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string get(std::string_view path) { return "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n"; }

class HttpServer : public testing::Test {
 protected:
  HttpServer() { options.port = 0; }
  ~HttpServer() override {
    thread.on([this] {
      held.clear();
      served.reset();
    });
  }

  // /echo answers at once, /hold when the test says so, /secret needs its header.
  void serve() {
    router routes;
    auto echo = [](request r, responder answer) {
      answer({200, std::move(r.body), "text/plain", {{"X-Target", r.target}, {"X-Peer", r.peer}}});
    };
    auto hold = [this](request, responder answer) {
      held.push_back(std::move(answer));
      most_held = std::max(most_held, held.size());
    };
    auto secret = [](const request& head) -> std::optional<response> {
      if (head.fields["x-secret"] == "s3cret") return std::nullopt;
      return response{401, "no", {}, {}};
    };
    auto fail = [](request r, responder) -> void { throw std::runtime_error("cannot read " + r.body); };
    auto forget = [](request, responder) {};
    auto twice = [](request, responder answer) {
      answer({200, "first", {}, {}});
      answer({200, "second", {}, {}});
    };
    routes.add({verb::get, "/echo", echo});
    routes.add({verb::post, "/echo", echo});
    routes.add({verb::post, "/hold", hold});
    routes.add({verb::post, "/secret", echo, secret});
    routes.add({verb::post, "/fail", fail});
    routes.add({verb::post, "/forget", forget});
    routes.add({verb::post, "/twice", twice});
    routes.add({verb::get, "/files/*", echo});
    thread.on([&] { served.emplace(thread.io, options, std::move(routes)); });
  }

  peer connect() { return peer::connect(served->port()); }
  server_counters counters() {
    return thread.on([this] { return served->counters(); });
  }
  bool holding(std::size_t count) {
    return thread.until([this, count] { return held.size() == count; });
  }
  void answer_held(std::size_t which, std::string body) {
    thread.on([&] { held.at(which)({200, std::move(body), {}, {}}); });
  }
  std::string ask(std::string_view bytes) {
    auto asking = connect();
    asking.send(bytes);
    return asking.read_message();
  }

  io_thread thread;
  server_options options;
  std::optional<server> served;
  std::vector<responder> held;  // on the IO thread only
  std::size_t most_held = 0;
};

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

// ---- limits ----

TEST_F(HttpServer, LimitsTheBody) {
  options.max_body_bytes = 10;
  serve();
  EXPECT_THAT(ask(post("/echo", "0123456789")), EndsWith("0123456789"));
  EXPECT_THAT(ask(post("/echo", "0123456789+")), StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"), StartsWith("HTTP/1.1 413"));
  const std::string chunked = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_THAT(ask(chunked + "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n"), EndsWith("0123456789"));
  EXPECT_THAT(ask(chunked + "5\r\n01234\r\n6\r\n56789+\r\n0\r\n\r\n"), StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(ask(chunked + "fffffffffff\r\n0123456789+"), StartsWith("HTTP/1.1 413"));
  EXPECT_EQ(counters().rejected.too_large, 4U);
  EXPECT_EQ(counters().bytes_in_flight, 0U);
}

TEST_F(HttpServer, TakesALargeBodyWithinTheLimit) {
  serve();
  const std::string body(options.max_body_bytes, 'x');
  auto asking = connect();
  asking.send(post("/echo", body));
  const auto answer = asking.read_message();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, EndsWith(body.substr(0, 100)));
  EXPECT_GT(answer.size(), body.size());
}

TEST_F(HttpServer, MoreThanTheLengthSaysIsAnotherRequest) {
  serve();
  auto asking = connect();
  asking.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcdef\r\n\r\n");
  EXPECT_THAT(asking.read_message(), EndsWith("abc"));
  EXPECT_THAT(asking.read_rest(), StartsWith("HTTP/1.1 400"));
}

TEST_F(HttpServer, JudgesTheSecretBeforeTheBody) {
  serve();
  auto asking = connect();
  asking.send("POST /secret HTTP/1.1\r\nHost: x\r\nX-Secret: wrong\r\nContent-Length: 4000000\r\n\r\n");
  const auto answer = asking.read_message();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(answer, HasSubstr("Connection: close"));
  EXPECT_EQ(counters().rejected.unauthorised, 1U);
  EXPECT_THAT(ask(post("/secret", "in", "X-SECRET: s3cret\r\n")), EndsWith("in"));
}

TEST_F(HttpServer, ARefusedBodyOnItsWayDoesNotDestroyTheAnswer) {
  serve();
  auto asking = connect();
  asking.send(post("/secret", std::string(500000, 'x')));
  EXPECT_THAT(asking.read_rest(), StartsWith("HTTP/1.1 401"));
}

TEST_F(HttpServer, LimitsTheHeader) {
  options.max_header_bytes = 1000;
  serve();
  EXPECT_THAT(ask(post("/echo", "x", "A: " + std::string(800, 'a') + "\r\n")), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(ask(post("/echo", "x", "A: " + std::string(2000, 'a') + "\r\n")), StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(ask("GET /" + std::string(3000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 431"));
}

TEST_F(HttpServer, LimitsTheHeaderThatComesInDrops) {
  options.max_header_bytes = 1000;
  serve();
  auto asking = connect();
  asking.send("GET /echo HTTP/1.1\r\nHost: x\r\n");
  for (int i = 0; i < 100; ++i) asking.send("X-" + std::to_string(i) + ": 0123456789\r\n");
  EXPECT_THAT(asking.read_rest(), StartsWith("HTTP/1.1 431"));
}

TEST_F(HttpServer, CapsConnections) {
  options.max_connections = 2;
  serve();
  auto first = std::optional(connect());
  auto second = connect();
  ASSERT_TRUE(thread.until([this] { return served->counters().open == 2; }));
  auto third = connect();
  const auto refused = third.read_message();
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(refused, HasSubstr("Retry-After: "));
  EXPECT_EQ(counters().rejected.connections, 1U);
  third.close();
  first.reset();
  ASSERT_TRUE(thread.until([this] { return served->counters().open == 1; }));
  EXPECT_THAT(ask(get("/echo")), StartsWith("HTTP/1.1 200"));
}

TEST_F(HttpServer, BoundsTheBytesInFlight) {
  options.max_bytes_in_flight = 10;
  serve();
  auto first = connect();
  first.send(post("/hold", "01234567"));
  ASSERT_TRUE(holding(1));
  EXPECT_EQ(counters().bytes_in_flight, 8U);
  const auto refused = ask(post("/echo", "01234567"));
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(refused, HasSubstr("Retry-After: "));
  EXPECT_THAT(ask("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
              StartsWith("HTTP/1.1 503"));
  answer_held(0, "done");
  EXPECT_THAT(first.read_message(), EndsWith("done"));
  EXPECT_THAT(ask(post("/echo", "01234567")), EndsWith("01234567"));
  EXPECT_EQ(counters().bytes_in_flight, 0U);
  EXPECT_EQ(counters().rejected.bytes, 2U);
}

// ---- deadlines ----

TEST_F(HttpServer, DoesNotWaitForASlowHeader) {
  options.header_timeout = 30ms;
  serve();
  auto asking = connect();
  asking.send("POST /echo HTTP/1.1\r\nHo");
  EXPECT_THAT(asking.read_rest(), StartsWith("HTTP/1.1 408"));
  EXPECT_EQ(connect().read_rest(), "");
  EXPECT_EQ(counters().rejected.too_slow, 1U);
}

TEST_F(HttpServer, DoesNotWaitForASlowBody) {
  options.body_timeout = 30ms;
  serve();
  auto asking = connect();
  asking.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n01234");
  EXPECT_THAT(asking.read_rest(), StartsWith("HTTP/1.1 408"));
  EXPECT_EQ(counters().bytes_in_flight, 0U);
}

TEST_F(HttpServer, ClosesIdleConnections) {
  options.idle_timeout = 30ms;
  serve();
  auto asking = connect();
  asking.send(get("/echo"));
  EXPECT_THAT(asking.read_message(), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(asking.read_rest(), "");
}

TEST_F(HttpServer, AHandlerMayTakeLongerThanAnIdleConnection) {
  options.idle_timeout = 10ms;
  serve();
  auto other = connect();
  auto asking = connect();
  asking.send(post("/hold", "x"));
  ASSERT_TRUE(holding(1));
  other.send(get("/echo"));
  EXPECT_THAT(other.read_rest(), StartsWith("HTTP/1.1 200"));  // it was closed as idle meanwhile
  answer_held(0, "late");
  EXPECT_THAT(asking.read_message(), EndsWith("late"));
}

TEST_F(HttpServer, GivesUpOnAReaderThatDoesNotRead) {
  options.write_timeout = 30ms;
  serve();
  auto asking = connect();
  const std::string body(4000000, 'x');
  for (int i = 0; i < 3; ++i) asking.send(post("/echo", body));
  EXPECT_TRUE(thread.until([this] { return served->counters().open == 0; }));
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

// ---- stopping ----

TEST_F(HttpServer, DrainsInPhases) {
  serve();
  auto idle = connect();
  idle.send(get("/echo"));
  idle.read_message();
  auto busy = connect();
  busy.send(post("/hold", "x"));
  ASSERT_TRUE(holding(1));
  auto half = connect();
  half.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nha");
  ASSERT_TRUE(thread.until([this] { return served->counters().bytes_in_flight == 3; }));

  std::promise<bool> drained;
  thread.on([&] { served->drain(10s, [&](bool clean) { drained.set_value(clean); }); });
  EXPECT_EQ(idle.read_rest(), "");
  EXPECT_THROW(connect(), std::runtime_error);
  half.send("lf");
  const auto whole = half.read_rest();
  EXPECT_THAT(whole, HasSubstr("Connection: close"));
  EXPECT_THAT(whole, EndsWith("half"));
  half.close();
  answer_held(0, "last");
  const auto answer = busy.read_rest();
  EXPECT_THAT(answer, HasSubstr("Connection: close"));
  EXPECT_THAT(answer, EndsWith("last"));
  busy.close();
  EXPECT_TRUE(drained.get_future().get());
}

TEST_F(HttpServer, DrainingEndsAtItsDeadline) {
  serve();
  auto busy = connect();
  busy.send(post("/hold", "x"));
  ASSERT_TRUE(holding(1));
  std::promise<bool> drained;
  thread.on([&] { served->drain(20ms, [&](bool clean) { drained.set_value(clean); }); });
  EXPECT_FALSE(drained.get_future().get());
  EXPECT_EQ(busy.read_rest(), "");
  answer_held(0, "too late");
}

TEST_F(HttpServer, DrainingNothingIsDoneAtOnce) {
  serve();
  std::promise<bool> drained;
  thread.on([&] { served->drain(10s, [&](bool clean) { drained.set_value(clean); }); });
  EXPECT_TRUE(drained.get_future().get());
}

TEST_F(HttpServer, RefusesAPortThatIsTaken) {
  serve();
  auto second = options;
  second.port = served->port();
  EXPECT_THROW(thread.on([&] { server(thread.io, second, router{}); }), std::exception);
}

TEST(HttpParameter, IsDecoded) {
  EXPECT_EQ(parameter("hub.mode=subscribe&hub.challenge=1%2b2+3&x", "hub.challenge"), "1+2 3");
  EXPECT_EQ(parameter("a=%zz%4", "a"), "%zz%4");
  EXPECT_EQ(parameter("a&b=", "a"), "");
  EXPECT_EQ(parameter("a&b=", "c"), std::nullopt);
}

}  // namespace
