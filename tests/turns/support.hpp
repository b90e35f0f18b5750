// Turns through the real engine and the real store, with faults of the store on order.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "handlers/turns/runner.hpp"
#include "storage/sqlite/driver.hpp"
#include "tests/support/handbook.hpp"

namespace turns_test {

using namespace std::chrono_literals;
using handlers::turns::job;

inline constexpr bot::instant now{std::chrono::milliseconds{1795270000000}};  // 2026-11-21

inline const bot::handbook& book() { return support::shipped_handbook(); }

// A store that does what a test wants before it does its work.
class store_with_faults final : public storage::store {
 public:
  std::function<void()> before_admit = [] {};
  std::function<void(const storage::changes&)> before_write = [](const storage::changes&) {};
  std::function<void()> before_invites = [] {};
  std::function<void()> before_timers = [] {};

  std::vector<storage::admission> admit(std::span<const bot::inbound> batch, bot::instant at, bool again) override {
    before_admit();
    return real_->admit(batch, at, again);
  }
  std::vector<bot::cases::report> reports(const bot::reads& r) override { return real_->reports(r); }
  std::vector<bot::cases::invite> open_invites(const std::vector<std::string>& codes, bot::instant at) override {
    before_invites();
    return real_->open_invites(codes, at);
  }
  std::int64_t roster_version() override { return real_->roster_version(); }
  bot::cases::roster roster() override { return real_->roster(); }
  std::vector<std::int64_t> write(const storage::changes& c, std::span<const bot::inbound> batch,
                                  bot::instant at) override {
    before_write(c);
    return real_->write(c, batch, at);
  }
  void commit() override { real_->commit(); }
  void rollback() noexcept override { real_->rollback(); }
  std::string keyed_hash(const std::string& purpose, const std::string& text) override {
    return real_->keyed_hash(purpose, text);
  }
  std::int64_t new_id() override { return real_->new_id(); }
  std::optional<storage::destination> destination_of(std::int64_t contact) override {
    return real_->destination_of(contact);
  }
  std::optional<bot::instant> next_timer() override { return real_->next_timer(); }
  std::vector<bot::inbound> due_timers(bot::instant at, std::size_t limit) override {
    before_timers();
    return real_->due_timers(at, limit);
  }
  std::vector<storage::outbox_item> unsent(std::int64_t after, std::size_t limit) override {
    return real_->unsent(after, limit);
  }
  std::string card_message(std::int64_t contact, const std::string& card) override {
    return real_->card_message(contact, card);
  }
  std::map<std::string, std::int64_t> outbox_counts() override { return real_->outbox_counts(); }
  std::optional<bot::instant> oldest_unsent() override { return real_->oldest_unsent(); }
  std::vector<bot::cases::report> list_reports(const storage::report_filter& f) override {
    return real_->list_reports(f);
  }
  std::vector<bot::cases::report_event> history(std::int64_t report) override { return real_->history(report); }
  void add_invite(const bot::cases::invite& i, bot::instant until) override { real_->add_invite(i, until); }
  bool revoke(std::int64_t contact) override { return real_->revoke(contact); }
  std::vector<storage::kept_inbound> failed(std::int64_t after, std::size_t limit) override {
    return real_->failed(after, limit);
  }
  storage::media_table& media() override { return real_->media(); }
  void backup(const std::string& file) override { real_->backup(file); }

 private:
  std::unique_ptr<storage::store> real_ =
      storage::sqlite::open({.file = ":memory:", .full_sync = false, .alone = false}, storage::vault::fleeting());
};

inline bot::inbound from(const std::string& address, const std::string& id, bot::payload what) {
  bot::inbound in;
  in.account = "777";
  in.provider_id = id;
  in.stamp = 17;
  in.chat = address;
  in.person = address;
  in.sent_at = now;
  in.what = std::move(what);
  return in;
}

inline job text(const std::string& address, const std::string& id, const std::string& body) {
  return {from(address, id, bot::said::text{body}), std::make_shared<const std::string>("raw:" + body)};
}

inline job tap(const std::string& address, const std::string& id, const std::string& data) {
  bot::said::tap t;
  t.data = data;
  return {from(address, id, t), nullptr};
}

// The six messages of a whole report.
inline std::vector<job> whole_report(const std::string& address) {
  std::vector<job> all;
  for (const char* body : {"halo", "lapor", "Kebisingan", "Kel. Gentong",
                           "sound keras sekali sejak jam 7 malam, anak saya tidak bisa tidur", "kirim"})
    all.push_back(text(address, address + "-" + std::to_string(all.size()), body));
  return all;
}

}  // namespace turns_test
