// Contacts: found by any of their names, written to where they are, never in clear on the disk.
#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

template <class Driver>
class people : public testing::Test {
 protected:
  Driver driver;
};

using drivers = testing::Types<sqlite_driver>;
TYPED_TEST_SUITE(people, drivers);

TYPED_TEST(people, are_one_contact_each) {
  std::int64_t first = 0;
  {
    const auto store = this->driver.open();
    first = contact(*store, "9001").contact;
    EXPECT_NE(first, 0);
    EXPECT_EQ(contact(*store, "9001").contact, first);
    EXPECT_NE(contact(*store, "9002").contact, first);
  }
  const auto store = this->driver.open();
  EXPECT_EQ(contact(*store, "9001").contact, first);
  const auto to = store->destination_of(first);
  ASSERT_TRUE(to);
  EXPECT_EQ(to->address, "9001");
  EXPECT_EQ(to->account, "777");
  EXPECT_FALSE(store->destination_of(-1));
}

TYPED_TEST(people, are_found_by_their_other_name) {
  const auto store = this->driver.open();
  auto by_phone = text_from("6281200000001", "a");
  const auto first = admit(*store, {by_phone})[0].chat.contact;
  store->commit();
  auto by_both = text_from("ID.77", "b");
  by_both.person_alias = "6281200000001";
  EXPECT_EQ(admit(*store, {by_both})[0].chat.contact, first);
  store->commit();
  EXPECT_EQ(admit(*store, {text_from("ID.77", "c")})[0].chat.contact, first);
  store->commit();
}

TYPED_TEST(people, whose_second_name_comes_later_are_found_by_it) {
  const auto store = this->driver.open();
  auto by_both = text_from("ID.77", "a");
  by_both.person_alias = "6281200000001";
  const auto first = admit(*store, {by_both})[0].chat.contact;
  store->commit();
  EXPECT_EQ(admit(*store, {text_from("6281200000001", "b")})[0].chat.contact, first);
  store->commit();
}

TYPED_TEST(people, in_a_group_are_actors_of_their_own) {
  const auto store = this->driver.open();
  const auto person = contact(*store, "9001").contact;
  auto in_group = text_from("-100", "g");
  in_group.group = true;
  in_group.person = "9001";
  const auto a = admit(*store, {in_group})[0];
  EXPECT_EQ(a.actor, person);
  EXPECT_NE(a.chat.contact, person);
  EXPECT_TRUE(a.chat.group);
  store->commit();
}

TYPED_TEST(people, are_never_in_clear_on_the_disk) {
  const auto store = this->driver.open();
  auto in = text_from("6281234567890", "wamid.HBgNNjI4MTIzNDU2Nzg5MA");
  in.person_alias = "ID.2938475610";
  admit(*store, {in});
  store->commit();
  const auto to = contact(*store, "6281234567890");
  storage::changes c;
  c.outbox.push_back(row_to(*store, to.contact));
  storage::send_result sent;
  sent.id = c.outbox[0].id;
  sent.contact = to.contact;
  sent.card = "case:LK7Q-2M9X";
  sent.provider_id = "wamid.ANSWERtoNNjI4MTIz";
  write(*store, c);
  storage::changes done;
  done.results.push_back(sent);
  write(*store, done);
  const auto bytes = this->driver.bytes_at_rest();
  EXPECT_NE(bytes.find("greeting.hello"), std::string::npos) << "the search sees what is there";
  for (const char* secret : {"6281234567890", "wamid", "2938475610"})
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  EXPECT_EQ(store->card_message(to.contact, "case:LK7Q-2M9X"), "wamid.ANSWERtoNNjI4MTIz");
}

TYPED_TEST(people, are_known_through_a_change_of_keys) {
  const auto first = contact(*this->driver.open(), "9001").contact;
  this->driver.use_keys(key_line(1) + key_line(2));
  EXPECT_EQ(contact(*this->driver.open(), "9001").contact, first);
  this->driver.use_keys(key_line(2));
  EXPECT_TRUE(this->driver.open()->drop_key(1));
  const auto store = this->driver.open();
  EXPECT_EQ(contact(*store, "9001").contact, first) << "seen once under both, the old key may go";
  EXPECT_EQ(store->destination_of(first)->address, "9001");
}

TYPED_TEST(people, are_brought_to_the_newest_key) {
  std::int64_t known = 0;
  {
    const auto store = this->driver.open();
    known = contact(*store, "9001").contact;
    storage::changes c;
    c.results.resize(1);
    c.results[0] = {.provider_id = "1208", .card = "case:A", .contact = known};
    c.failed = {{0, "a bug", "{\"body\":1}"}};
    const std::vector batch = {text_from("9001", "failed")};
    write(*store, c, batch);
  }
  this->driver.use_keys(key_line(1) + key_line(2));
  {
    const auto store = this->driver.open();
    EXPECT_EQ(store->uses_of_keys()[1]["addresses"], 1);
    EXPECT_EQ(store->rewrap(), 4) << "address, its lookup, card, failed message";
    EXPECT_EQ(store->rewrap(), 0);
    auto uses = store->uses_of_keys();
    EXPECT_EQ(uses[2]["addresses"], 1);
    EXPECT_EQ(uses[2]["address lookups"], 1);
    EXPECT_EQ(uses[1], (std::map<std::string, std::int64_t>{{"counted messages", 2}})) << "they go with time";
  }
  this->driver.use_keys(key_line(2));
  EXPECT_TRUE(this->driver.open()->drop_key(1));
  const auto store = this->driver.open();
  EXPECT_EQ(contact(*store, "9001").contact, known);
  EXPECT_EQ(store->destination_of(known)->address, "9001");
  EXPECT_EQ(store->card_message(known, "case:A"), "1208");
  EXPECT_EQ(store->failed(0, 1).at(0).raw, "{\"body\":1}");
}

TYPED_TEST(people, and_all_that_is_sealed_of_them_come_to_the_newest_key) {
  std::int64_t known = 0, sent = 0;
  {
    const auto store = this->driver.open();
    known = contact(*store, "9001").contact;
    storage::changes c;
    c.callbacks.push_back({known, "Bu Nanik, 081234567890"});
    c.persons.push_back({71, "Siti Aminah, 081234567891"});
    c.media.resize(1);
    c.media[0].id = 11;
    c.media[0].what.file_id = "AgACAgUAAxkBAAIB";
    c.outbox = {row_to(*store, known, "officer.call"), row_to(*store, known, "report.sent")};
    c.outbox[0].what.args = {{"number", "L1"}, {"who", "Bu Nanik, 081234567890", false, true}};
    sent = c.outbox[1].id;
    write(*store, c);
    storage::changes done;
    done.results.resize(1);
    done.results[0].id = sent;
    done.results[0].contact = known;
    done.results[0].provider_id = "wamid.A";
    done.results[0].has_receipts = true;
    write(*store, done);
  }
  this->driver.use_keys(key_line(1) + key_line(2));
  {
    const auto store = this->driver.open();
    auto uses = store->uses_of_keys();
    for (const char* what :
         {"names and numbers", "persons in charge", "wanted files", "secrets of messages", "receipts"})
      EXPECT_EQ(uses[1][what], 1) << what;
    EXPECT_EQ(store->rewrap(), 6) << "address, its lookup, two names and numbers, the wish for a file, a message";
    EXPECT_EQ(store->rewrap(), 0);
    uses = store->uses_of_keys();
    for (const char* what : {"names and numbers", "persons in charge", "wanted files", "secrets of messages"}) {
      EXPECT_EQ(uses[1].count(what), 0U) << what;
      EXPECT_EQ(uses[2][what], 1) << what;
    }
    EXPECT_EQ(uses[1]["receipts"], 1) << "nobody keeps what it is the hash of: it goes with its message";
    EXPECT_EQ(store->row_of("wamid.A"), sent);
  }
  this->driver.use_keys(key_line(2));
  EXPECT_TRUE(this->driver.open()->drop_key(1));
  const auto store = this->driver.open();
  EXPECT_EQ(store->callback_of(known), "Bu Nanik, 081234567890");
  EXPECT_EQ(store->person_of(71), "Siti Aminah, 081234567891");
  EXPECT_EQ(store->media().wanted(now, 1).at(0).file_id, "AgACAgUAAxkBAAIB");
  const auto waiting = store->unsent(0, 10);
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0].row.what.args[0].value, "L1");
  EXPECT_EQ(waiting[0].row.what.args[1].value, "Bu Nanik, 081234567890");
}

TYPED_TEST(people, outlive_a_master_key_without_a_row_being_touched) {
  const auto first = contact(*this->driver.open(), "9001").contact;
  this->driver.use_keys(key_line(1) + key_line(2));
  this->driver.open();
  this->driver.use_keys(key_line(2));
  const auto store = this->driver.open();
  EXPECT_EQ(store->uses_of_keys()[1]["addresses"], 1);
  EXPECT_EQ(store->destination_of(first)->address, "9001");
  EXPECT_EQ(store->keys().numbers(), (std::vector<int>{1, 2}));
  EXPECT_FALSE(store->drop_key(2)) << "the newest stays";
  EXPECT_FALSE(store->drop_key(3));
}

TYPED_TEST(people, stay_closed_to_another_master_key) {
  contact(*this->driver.open(), "9001");
  const auto refusal = [&](const std::string& lines) -> std::string {
    this->driver.use_keys(lines);
    try {
      this->driver.open();
      return {};
    } catch (const storage::unavailable& e) {
      return e.what();
    }
  };
  EXPECT_NE(refusal(key_line(2)).find("lacks key 1"), std::string::npos);
  EXPECT_NE(refusal("1 " + std::string(64, 'a') + "\n").find("key 1 of the key file is not the one"),
            std::string::npos);
  EXPECT_EQ(refusal(key_line(1) + key_line(2)), "");
  EXPECT_NE(refusal(key_line(1)).find("lacks key 2"), std::string::npos) << "an old copy of the key file";
}

TYPED_TEST(people, whose_key_is_gone_have_no_address) {
  const auto first = contact(*this->driver.open(), "9001").contact;
  this->driver.use_keys(key_line(1) + key_line(2));
  EXPECT_TRUE(this->driver.open()->drop_key(1));
  EXPECT_EQ(this->driver.open()->destination_of(first)->address, "");
}

TYPED_TEST(people, who_move_stay_the_same) {
  const auto store = this->driver.open();
  const auto first = contact(*store, "-100").contact;
  const auto stranger = contact(*store, "-200").contact;  // a message from there came before the news
  storage::changes c;
  c.moved.emplace_back(first, "-200");
  write(*store, c);
  EXPECT_EQ(store->destination_of(first)->address, "-200");
  EXPECT_EQ(contact(*store, "-200").contact, first);
  EXPECT_EQ(contact(*store, "-100").contact, first);
  EXPECT_NE(first, stranger);
}

TYPED_TEST(people, are_moved_and_blocked_by_results_of_sending) {
  const auto store = this->driver.open();
  const auto to = contact(*store, "-100");
  const auto other = contact(*store, "9001");
  storage::changes c;
  c.outbox = {row_to(*store, to.contact), row_to(*store, other.contact)};
  write(*store, c);
  storage::changes done;
  done.results.resize(2);
  done.results[0].id = c.outbox[0].id;
  done.results[0].contact = to.contact;
  done.results[0].moved_to = "-200";
  done.results[1].id = c.outbox[1].id;
  done.results[1].contact = other.contact;
  done.results[1].state = storage::send_state::skipped;
  done.results[1].unreachable = true;
  write(*store, done);
  EXPECT_EQ(contact(*store, "-200").contact, to.contact);
  EXPECT_EQ(store->destination_of(to.contact)->address, "-200");
  EXPECT_FALSE(contact(*store, "9001").reachable);
  EXPECT_FALSE(store->destination_of(other.contact)->reachable);
  storage::changes back;
  back.reachable.emplace_back(other.contact, true);
  write(*store, back);
  EXPECT_TRUE(contact(*store, "9001").reachable);
}

}  // namespace
}  // namespace contract
