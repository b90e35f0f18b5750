// The service at work over a store in memory, for what papers and their pages read from it.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <utility>

#include "handlers/http/message.hpp"
#include "handlers/turns/service.hpp"
#include "tests/storage_contract/support.hpp"
#include "tests/support/handbook.hpp"
#include "tests/support/notice.hpp"
#include "tests/turns/support.hpp"

namespace paper_test {

// Takes the answer of a handler, as the server would.
struct listener final : handlers::http::answer_target {
  void answer(std::shared_ptr<handlers::http::answer_target>, std::uint64_t, handlers::http::response a) override {
    got = std::move(a);
    came = true;
  }
  handlers::http::response got;
  bool came = false;
};

class at_work : public testing::Test {
 protected:
  at_work() { service.start(); }
  ~at_work() override { service.stop(); }

  // On the storage thread; back when it is done.
  template <typename Work>
  void in_store(Work work) {
    std::promise<void> done;
    service.read([&](storage::store& s) {
      work(s);
      done.set_value();
    });
    done.get_future().get();
  }

  void keep(const bot::notices::notice& n) {
    in_store([&](storage::store& s) {
      storage::changes c;
      c.notices.push_back(n);
      c.persons.push_back({n.id, support::somebody});
      contract::write(s, c);
    });
  }

  bot::notices::notice kept(const std::string& number) {
    bot::notices::notice n;
    in_store([&](storage::store& s) { n = s.notices({.notice_numbers = {number}}).at(0); });
    return n;
  }

  // What the store has said comes to the IO thread.
  void settle() {
    in_store([](storage::store&) {});
    io.restart();
    while (io.poll() > 0) {
    }
  }

  bot::instant now = support::moment("2026-11-21T20:31:00+07:00");
  boost::asio::io_context io;
  turns_test::store_with_faults store;
  handlers::turns::service::poster post = [this](std::function<void()> work) {
    boost::asio::post(io, std::move(work));
  };
  handlers::turns::service service{store, support::shipped_handbook(), [this] { return now; }, post,
                                   [](std::vector<storage::outbox_item>) {}};
};

}  // namespace paper_test
