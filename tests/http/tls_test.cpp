// TLS at both ends: the client talks to the server with certificates made for the test.
#include <gmock/gmock.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <optional>

#include "handlers/http/client.hpp"
#include "handlers/http/server.hpp"
#include "tests/http/sockets.hpp"

namespace {

using namespace handlers::http;
using namespace http_test;
using namespace std::chrono_literals;

// Writes a self-signed certificate for 127.0.0.1 and its key.
void make_certificate(const std::filesystem::path& certificate, const std::filesystem::path& key) {
  EVP_PKEY* pair = EVP_EC_gen("P-256");
  X509* x = X509_new();
  X509_set_version(x, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
  X509_gmtime_adj(X509_getm_notBefore(x), -60);
  X509_gmtime_adj(X509_getm_notAfter(x), 3600);
  X509_set_pubkey(x, pair);
  X509_NAME* name = X509_get_subject_name(x);
  const unsigned char common[] = "test";
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0);
  X509_set_issuer_name(x, name);
  X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
  X509_add_ext(x, names, -1);
  X509_EXTENSION_free(names);
  X509_sign(x, pair, EVP_sha256());
  std::FILE* file = std::fopen(certificate.c_str(), "w");
  PEM_write_X509(file, x);
  std::fclose(file);
  file = std::fopen(key.c_str(), "w");
  PEM_write_PrivateKey(file, pair, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
  X509_free(x);
  EVP_PKEY_free(pair);
}

class HttpTls : public testing::Test {
 protected:
  HttpTls() {
    char name[] = "/tmp/kentongan-tls-XXXXXX";
    folder = ::mkdtemp(name);
    make_certificate(folder / "a.pem", folder / "a.key");
    make_certificate(folder / "b.pem", folder / "b.key");
    install("a");
    options.port = 0;
    options.tls_certificate = folder / "live.pem";
    options.tls_key = folder / "live.key";
  }
  ~HttpTls() override {
    thread.on([this] { served.reset(); });
    std::filesystem::remove_all(folder);
  }

  void install(const std::string& which) {
    const auto over = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(folder / (which + ".pem"), folder / "live.pem", over);
    std::filesystem::copy_file(folder / (which + ".key"), folder / "live.key", over);
  }
  void serve() {
    router routes;
    auto echo = [](request r, responder answer) { answer({200, std::move(r.body), {}, {}}); };
    routes.add({verb::post, "/echo", echo});
    thread.on([&] { served.emplace(thread.io, options, std::move(routes)); });
  }
  std::string reload() {
    return thread.on([this] { return served->reload_tls(); });
  }
  // Calls with a client of its own that trusts `authority`.
  outcome ask(const std::string& authority, std::string body, const std::string& host = "127.0.0.1") {
    client_options trusting;
    trusting.authorities = authority.empty() ? "" : (folder / (authority + ".pem")).string();
    std::optional<client> asking;
    std::promise<outcome> result;
    thread.on([&] {
      asking.emplace(thread.io, "https://" + host + ":" + std::to_string(served->port()), trusting);
      call what;
      what.target = "/echo";
      what.body = std::move(body);
      asking->send(std::move(what), [&](outcome o) { result.set_value(std::move(o)); });
    });
    auto answer = result.get_future().get();
    thread.on([&] { asking.reset(); });
    return answer;
  }

  std::filesystem::path folder;
  io_thread thread;
  server_options options;
  std::optional<server> served;
};

TEST_F(HttpTls, CarriesRequests) {
  serve();
  EXPECT_EQ(ask("a", "secret").body, "secret");
  const std::string large(3000000, 'x');
  EXPECT_EQ(ask("a", large).body, large);
}

TEST_F(HttpTls, AnUntrustedServerGetsNothing) {
  serve();
  for (const auto* authority : {"", "b"}) {
    const auto o = ask(authority, "x");
    EXPECT_EQ(o.what, fate::not_sent);
    EXPECT_EQ(o.reason, "tls");
  }
  EXPECT_EQ(ask("a", "x", "localhost").reason, "tls");  // another name than the certificate's
}

TEST_F(HttpTls, ReloadsItsCertificate) {
  serve();
  EXPECT_EQ(ask("a", "x").status, 200);
  install("b");
  EXPECT_EQ(reload(), "");
  EXPECT_EQ(ask("b", "x").status, 200);
  EXPECT_EQ(ask("a", "x").reason, "tls");
}

TEST_F(HttpTls, AFailedReloadKeepsTheOldCertificate) {
  serve();
  std::filesystem::copy_file(folder / "b.key", folder / "live.key", std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(reload(), testing::HasSubstr("live.key"));  // the key of another certificate
  EXPECT_EQ(ask("a", "x").status, 200);
  std::ofstream(folder / "live.pem") << "nonsense";
  EXPECT_THAT(reload(), testing::HasSubstr("live.pem"));
  std::filesystem::remove(folder / "live.pem");
  EXPECT_NE(reload(), "");
  EXPECT_EQ(ask("a", "x").status, 200);
}

TEST_F(HttpTls, DoesNotStartWithoutItsFiles) {
  options.tls_key = folder / "missing.key";
  EXPECT_THROW(serve(), std::exception);
}

TEST_F(HttpTls, PlainTextAndSilenceAreDropped) {
  options.header_timeout = 30ms;
  serve();
  auto plain = peer::connect(served->port());
  plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  plain.read_rest();
  auto silent = peer::connect(served->port());
  EXPECT_EQ(silent.read_rest(), "");
  EXPECT_EQ(thread.on([this] { return served->counters().rejected.too_slow; }), 1U);
  EXPECT_EQ(thread.on([this] { return served->counters().requests; }), 0U);
}

TEST_F(HttpTls, ClosesWhenAsked) {
  serve();
  client_options trusting;
  trusting.authorities = folder / "a.pem";
  std::optional<client> asking;
  std::promise<outcome> result;
  thread.on([&] {
    asking.emplace(thread.io, "https://127.0.0.1:" + std::to_string(served->port()), trusting);
    call what;
    what.target = "/echo";
    what.headers = {{"Connection", "close"}};
    asking->send(std::move(what), [&](outcome o) { result.set_value(std::move(o)); });
  });
  EXPECT_EQ(result.get_future().get().status, 200);
  EXPECT_TRUE(thread.until([&] { return served->counters().open == 0; }));
  thread.on([&] { asking.reset(); });
}

TEST_F(HttpTls, DrainsAnIdleConnection) {
  serve();
  client_options trusting;
  trusting.authorities = folder / "a.pem";
  std::optional<client> asking;
  std::promise<outcome> result;
  std::promise<bool> drained;
  thread.on([&] {
    asking.emplace(thread.io, "https://127.0.0.1:" + std::to_string(served->port()), trusting);
    call what;
    what.target = "/echo";
    asking->send(std::move(what), [&](outcome o) { result.set_value(std::move(o)); });
  });
  EXPECT_EQ(result.get_future().get().status, 200);
  thread.on([&] { served->drain(10s, [&](bool clean) { drained.set_value(clean); }); });
  EXPECT_TRUE(drained.get_future().get());
  EXPECT_TRUE(thread.until([&] { return asking->connections() == 0; }));
  thread.on([&] { asking.reset(); });
}

}  // namespace
