// Many open cards: a unit gets a list in every interval instead of a card for each, and what is urgent all the same.
#include <fmt/format.h>

#include <algorithm>

#include "tests/turns/support.hpp"

namespace turns_test {
namespace {

const std::string officer = "900";
const std::string unit = "POLSEK-GADINGREJO";

class many_cards : public testing::Test {
 protected:
  void SetUp() override {
    store.add_invite({"masuk-00000000000000000001", unit, "petugas"}, now + 24h);
    run(text(officer, "invite", "masuk-00000000000000000001"));
    pass(now);  // what waited already: nothing
  }
  std::vector<storage::outbox_item> run(const job& one, bot::instant at = now) {
    job j = one;
    j.what.sent_at = at;
    auto sent = runner.run(std::span(&j, 1), {}, at).to_send;
    std::erase_if(sent, [&](const auto& item) { return item.to.address != officer; });
    return sent;
  }
  // What the officer is sent of a report by somebody new.
  std::vector<storage::outbox_item> report(const std::string& words) {
    const std::string who = std::to_string(1000 + ++people);
    auto sent = run(text(who, who + "a", words));
    if (sent.empty()) sent = run(text(who, who + "b", "kirim"));
    return sent;
  }
  std::vector<storage::outbox_item> pass(bot::instant until) {
    std::vector<storage::outbox_item> all;
    for (const auto& due : store.due_timers(until, 100)) {
      const job j{due, nullptr};
      for (auto& item : runner.run(std::span(&j, 1), {}, due.sent_at).to_send)
        if (item.to.address == officer) all.push_back(std::move(item));
    }
    return all;
  }
  void fill() {
    for (std::size_t i = 0; i < book().escalation.digest_from; ++i) {
      const auto sent = report("ada karaoke keras di kel. gentong");
      ASSERT_FALSE(sent.empty());
      ASSERT_EQ(sent[0].row.what.key, "card.new") << i;
    }
  }

  store_with_faults store;
  handlers::turns::runner runner{store, book()};
  int people = 0;
};

TEST_F(many_cards, become_one_list_an_interval) {
  fill();
  EXPECT_TRUE(report("tetangga memutar musik keras di kel. gentong").empty());
  EXPECT_TRUE(report("ada sound horeg di kel. bukir").empty());
  const auto lists = pass(now + book().escalation.digest_every);
  ASSERT_EQ(lists.size(), 1U);
  const auto& list = lists[0].row.what;
  EXPECT_EQ(list.key, "officer.digest");
  EXPECT_EQ(list.choices.size(), 10U);
  EXPECT_EQ(list.args[1].value, std::to_string(book().escalation.digest_from + 2));
  EXPECT_NE(list.args[0].value.find("rendah · kebisingan · Kel. Bukir · 5 mnt"), std::string::npos)
      << list.args[0].value;

  const auto card = run(tap(officer, "asks", list.choices[0].data), now + 6min);
  ASSERT_EQ(card.size(), 1U);
  EXPECT_EQ(card[0].row.what.key, "card.new");
  EXPECT_EQ(card[0].row.what.choices.size(), 3U);
  EXPECT_FALSE(card[0].row.what.card.empty()) << "it can be edited later";
}

TEST_F(many_cards, never_hold_back_what_is_urgent) {
  fill();
  const auto sent = report("tolong ada yang dibacok di kel. gentong");
  ASSERT_FALSE(sent.empty());
  EXPECT_EQ(sent[0].row.what.key, "card.new");
  EXPECT_EQ(sent[0].row.what.urgency, bot::priority::high);
  EXPECT_TRUE(pass(now + 2min).empty()) << "and no list of what they have cards of";
}

TEST_F(many_cards, come_singly_again_when_they_are_taken) {
  fill();
  const auto open = store.open_reports(unit, 100);
  for (const auto& one : open) run(tap(officer, "take" + one.number, "o:take:" + one.number));
  EXPECT_FALSE(report("tetangga memutar musik keras di kel. gentong").empty());
}

}  // namespace
}  // namespace turns_test
