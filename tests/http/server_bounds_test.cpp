// What the server does not wait for, does not take, and how it ends.
#include "tests/http/server_fixture.hpp"

namespace {

using namespace http_test;
using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

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

}  // namespace
