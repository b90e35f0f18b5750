// What is to be said: in order, once, and its state never goes down.
#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

using storage::send_state;

template <class Driver>
class outbox : public testing::Test {
 protected:
  void tell(storage::store& s, std::int64_t id, send_state state, bot::instant next = {}) {
    storage::changes c;
    c.results.resize(1);
    c.results[0].id = id;
    c.results[0].state = state;
    c.results[0].next_attempt = next;
    write(s, c);
  }
  Driver driver;
};

using drivers = testing::Types<sqlite_driver>;
TYPED_TEST_SUITE(outbox, drivers);

TYPED_TEST(outbox, keeps_a_message_whole_and_in_order) {
  bot::say s;
  s.key = "report.sent";
  s.args = {{"number", "LK7Q-2M9X"}, {"category", "category.fight", true}};
  s.choices = {{"c:place:other", "button.other"}, {"r:clear:L", "=Sudah"}};
  s.ask_location = true;
  s.card = "case:LK7Q-2M9X";
  s.edit_of = "case:L000-0000";
  s.once = true;
  s.paper = {"PK7Q-2M9X", 2, bot::paper_kind::receipt};
  s.urgency = bot::priority::high;
  std::vector<std::int64_t> ids;
  std::int64_t to = 0;
  {
    const auto store = this->driver.open();
    to = contact(*store, "9001").contact;
    storage::changes c;
    for (int i = 0; i < 5; ++i) c.outbox.push_back(row_to(*store, to));
    c.outbox[0].what = s;
    for (const auto& row : c.outbox) ids.push_back(row.id);
    write(*store, c);
  }
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  const auto store = this->driver.open();
  EXPECT_GT(store->new_id(), ids.back()) << "what comes after a restart stands behind";
  const auto first = store->unsent(0, 3);
  ASSERT_EQ(first.size(), 3u);
  EXPECT_EQ(first[0].row.what, s);
  EXPECT_EQ(first[0].to.address, "9001");
  EXPECT_EQ(first[0].row.due, now);
  const auto rest = store->unsent(first.back().row.id, 3);
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(rest[1].row.id, ids[4]);
}

TYPED_TEST(outbox, takes_a_dedupe_key_once) {
  const auto store = this->driver.open();
  const auto to = contact(*store, "9001").contact;
  storage::changes c;
  c.outbox = {row_to(*store, to, "a", "L1:taken"), row_to(*store, to, "b", "L1:taken"), row_to(*store, to, "c"),
              row_to(*store, to, "d")};
  EXPECT_EQ(write(*store, c), std::vector{c.outbox[1].id});
  storage::changes later;
  later.outbox = {row_to(*store, to, "e", "L1:taken")};
  EXPECT_EQ(write(*store, later), std::vector{later.outbox[0].id});
  EXPECT_EQ(store->unsent(0, 10).size(), 3u);
}

TYPED_TEST(outbox, states_never_go_down) {
  const auto store = this->driver.open();
  const auto to = contact(*store, "9001").contact;
  storage::changes c;
  c.outbox = {row_to(*store, to), row_to(*store, to)};
  write(*store, c);
  const auto id = c.outbox[0].id;

  this->tell(*store, id, send_state::uncertain, now + std::chrono::seconds(5));
  EXPECT_EQ(store->outbox_counts().at("uncertain"), 1);
  this->tell(*store, id, send_state::queued, now + std::chrono::seconds(9));
  EXPECT_EQ(store->outbox_counts().at("uncertain"), 1) << "it may have been sent once";
  const auto waiting = store->unsent(0, 10);
  ASSERT_EQ(waiting.size(), 2u);
  EXPECT_EQ(waiting[0].row.attempts, 2);
  EXPECT_EQ(waiting[0].row.due, now + std::chrono::seconds(9)) << "but it waits as long as it was told";

  this->tell(*store, id, send_state::sent);
  EXPECT_EQ(store->unsent(0, 10).size(), 1u);
  this->tell(*store, id, send_state::uncertain);
  this->tell(*store, id, send_state::queued);
  EXPECT_EQ(store->outbox_counts().at("sent"), 1);
  this->tell(*store, id, send_state::read);
  this->tell(*store, id, send_state::delivered);
  EXPECT_EQ(store->outbox_counts().at("read"), 1);
  EXPECT_EQ(store->outbox_counts().at("queued"), 1);
}

TYPED_TEST(outbox, finds_a_message_by_what_the_platform_calls_it) {
  const std::string wamid = "wamid.HBgNNjI4MTIwMDAwMDAwMRUCABEYEjk";
  this->driver.use_keys(key_line(1));
  std::int64_t id = 0;
  {
    const auto store = this->driver.open();
    const auto to = contact(*store, "9001").contact;
    storage::changes c;
    c.outbox = {row_to(*store, to), row_to(*store, to)};
    id = c.outbox[0].id;
    write(*store, c);
    storage::changes sent;
    sent.results.resize(2);
    sent.results[0].id = id;
    sent.results[0].provider_id = wamid;
    sent.results[0].has_receipts = true;
    sent.results[1].id = c.outbox[1].id;  // Telegram: nobody will ask for it
    sent.results[1].provider_id = "4711";
    write(*store, sent);
    EXPECT_EQ(store->row_of(wamid), id);
    EXPECT_EQ(store->row_of("4711"), 0);
    EXPECT_EQ(store->row_of("wamid.unknown"), 0);
  }
  this->driver.use_keys(key_line(1) + key_line(2));
  const auto store = this->driver.open();
  EXPECT_EQ(store->row_of(wamid), id) << "also after the keys were changed";
  EXPECT_EQ(this->driver.bytes_at_rest().find("HBgNNjI4"), std::string::npos) << "the id holds a telephone number";
}

TYPED_TEST(outbox, receipts_raise_states_and_lower_none) {
  const auto store = this->driver.open();
  const auto to = contact(*store, "9001").contact;
  storage::changes c;
  c.outbox = {row_to(*store, to)};
  c.results.resize(1);
  c.results[0].id = c.outbox[0].id;
  c.receipts = {{c.outbox[0].id, send_state::read, ""}};  // in the batch of the result: after it
  write(*store, c);
  EXPECT_EQ(store->outbox_counts().at("read"), 1);
  EXPECT_FALSE(store->undelivered(c.outbox[0].id));
  storage::changes late;
  late.receipts = {{c.outbox[0].id, send_state::delivered, ""}, {999, send_state::read, ""}};
  write(*store, late);
  EXPECT_EQ(store->outbox_counts().at("read"), 1);
}

TYPED_TEST(outbox, a_message_that_was_only_taken_can_go_once_more) {
  const auto store = this->driver.open();
  const auto to = contact(*store, "9001").contact;
  storage::changes c;
  c.outbox = {row_to(*store, to, "report.sent")};
  c.outbox[0].attempts = 2;
  c.results.resize(1);
  c.results[0].id = c.outbox[0].id;
  write(*store, c);
  const auto item = store->undelivered(c.outbox[0].id);
  ASSERT_TRUE(item);
  EXPECT_EQ(item->row.what.key, "report.sent");
  EXPECT_EQ(item->row.attempts, 3);
  EXPECT_EQ(item->to.address, "9001");
  storage::changes over;
  over.receipts = {{c.outbox[0].id, send_state::skipped, "again_131047"}};
  write(*store, over);
  EXPECT_FALSE(store->undelivered(c.outbox[0].id));
}

TYPED_TEST(outbox, results_count_what_a_month_costs) {
  {
    const auto store = this->driver.open();
    EXPECT_EQ(store->counter("whatsapp:2026-11:paid"), 0);
    storage::changes c;
    c.results.resize(3);
    for (auto& r : c.results) {
      r.counter = "whatsapp:2026-11:paid";
      r.counted = 2;
    }
    c.results[2].counter = "whatsapp:2026-12:paid";
    write(*store, c);
    write(*store, c);
  }
  const auto store = this->driver.open();
  EXPECT_EQ(store->counter("whatsapp:2026-11:paid"), 8);
  EXPECT_EQ(store->counter("whatsapp:2026-12:paid"), 4);
}

TYPED_TEST(outbox, knows_its_oldest_message) {
  const auto store = this->driver.open();
  EXPECT_FALSE(store->oldest_unsent());
  storage::changes c;
  c.outbox = {row_to(*store, contact(*store, "9001").contact)};
  write(*store, c);
  ASSERT_TRUE(store->oldest_unsent());
  const auto age = std::chrono::system_clock::now() - *store->oldest_unsent();
  EXPECT_LT(age, std::chrono::minutes(1));
  this->tell(*store, c.outbox[0].id, send_state::dead);
  EXPECT_FALSE(store->oldest_unsent());
}

TYPED_TEST(outbox, remembers_the_newest_message_of_a_card) {
  const auto store = this->driver.open();
  const auto to = contact(*store, "9001").contact;
  EXPECT_EQ(store->card_message(to, "case:L1"), "");
  for (const char* message : {"71", "72"}) {
    storage::changes c;
    c.results.resize(1);
    c.results[0].contact = to;
    c.results[0].card = "case:L1";
    c.results[0].provider_id = message;
    write(*store, c);
  }
  EXPECT_EQ(store->card_message(to, "case:L1"), "72");
  storage::changes c;
  c.outbox = {row_to(*store, to)};
  c.outbox[0].what.edit_of = "case:L1";
  write(*store, c);
  EXPECT_EQ(store->unsent(0, 10)[0].card_message, "72");
}

}  // namespace
}  // namespace contract
