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
  std::vector<bot::cases::report> followers(std::int64_t incident, std::int64_t after, std::size_t limit) override {
    return real_->followers(incident, after, limit);
  }
  std::size_t incident_size(std::int64_t incident) override { return real_->incident_size(incident); }
  std::vector<bot::cases::report> open_reports(const std::string& unit, std::size_t limit) override {
    return real_->open_reports(unit, limit);
  }
  std::vector<bot::cases::recent_case> recent(std::int64_t after, bot::instant since) override {
    return real_->recent(after, since);
  }
  std::string callback_of(std::int64_t contact) override { return real_->callback_of(contact); }
  bool has_written(std::int64_t contact) override { return real_->has_written(contact); }
  std::vector<storage::counted> tallies() override { return real_->tallies(); }
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
  std::vector<std::string> keyed_hashes(const std::string& purpose, const std::string& text) override {
    return real_->keyed_hashes(purpose, text);
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
  std::vector<bot::notices::notice> notices(const bot::reads& r) override { return real_->notices(r); }
  std::vector<bot::notices::notice> notices_between(const std::vector<std::string>& units, bot::instant since,
                                                    bot::instant until, std::size_t limit) override {
    return real_->notices_between(units, since, until, limit);
  }
  std::vector<std::string> calendar_keys(const std::string& unit) override { return real_->calendar_keys(unit); }
  std::string hand_out_calendar(const std::string& unit, bool renew) override {
    return real_->hand_out_calendar(unit, renew);
  }
  std::vector<bot::notices::notice> open_notices(const std::string& unit, std::size_t limit) override {
    return real_->open_notices(unit, limit);
  }
  std::vector<std::string> learned_at(const std::string& place, bot::instant since, std::size_t limit) override {
    return real_->learned_at(place, since, limit);
  }
  std::optional<bot::notices::kept_draft> draft(const std::string& number) override { return real_->draft(number); }
  std::string person_of(std::int64_t notice) override { return real_->person_of(notice); }
  std::optional<bot::notices::notice> notice_of_code(const std::string& code) override {
    return real_->notice_of_code(code);
  }
  std::optional<bot::notices::notice> notice_of_recommendation(const std::string& token) override {
    return real_->notice_of_recommendation(token);
  }
  std::vector<bot::notices::notice> list_notices(std::size_t limit) override { return real_->list_notices(limit); }
  std::vector<bot::notices::notice_event> notice_history(std::int64_t notice) override {
    return real_->notice_history(notice);
  }
  void add_invite(const bot::cases::invite& i, bot::instant until) override { real_->add_invite(i, until); }
  std::int64_t row_of(const std::string& provider_id) override { return real_->row_of(provider_id); }
  std::optional<storage::outbox_item> undelivered(std::int64_t row) override { return real_->undelivered(row); }
  std::int64_t counter(const std::string& name) override { return real_->counter(name); }
  bool revoke(std::int64_t contact) override { return real_->revoke(contact); }
  std::vector<storage::kept_inbound> failed(std::int64_t after, std::size_t limit) override {
    return real_->failed(after, limit);
  }
  bool order_replay(std::int64_t id) override { return real_->order_replay(id); }
  std::vector<storage::kept_inbound> ordered_replays(std::size_t limit) override {
    return real_->ordered_replays(limit);
  }
  void end_replay(std::int64_t id, const std::string& why_not) override { real_->end_replay(id, why_not); }
  storage::purged purge(const bot::retention& keep, bot::instant at) override { return real_->purge(keep, at); }
  std::vector<storage::not_sent> given_up(std::int64_t after, std::size_t limit) override {
    return real_->given_up(after, limit);
  }
  bool send_again(std::int64_t id, bot::instant at) override { return real_->send_again(id, at); }
  std::vector<storage::audit_entry> audit(std::int64_t after, std::size_t limit) override {
    return real_->audit(after, limit);
  }
  std::string audit_head() override { return real_->audit_head(); }
  storage::key_uses uses_of_keys() override { return real_->uses_of_keys(); }
  std::int64_t rewrap() override { return real_->rewrap(); }
  bool drop_key(int number) override { return real_->drop_key(number); }
  const storage::vault& keys() const override { return real_->keys(); }
  storage::media_table& media() override { return real_->media(); }
  void backup(const std::string& file) override { real_->backup(file); }

 private:
  std::unique_ptr<storage::store> real_ =
      storage::sqlite::open({.file = ":memory:", .full_sync = false, .alone = false}, storage::master_keys::fleeting());
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
