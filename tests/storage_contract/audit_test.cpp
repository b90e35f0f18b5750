// Acts of officers and operators are chained, and a chain that was touched shows.
#include <SQLiteCpp/SQLiteCpp.h>

#include <sstream>

#include "commands/audit.hpp"
#include "tests/storage_contract/support.hpp"

namespace contract {
namespace {

class audit_chain : public testing::Test {
 protected:
  audit_chain() {
    const auto store = driver.open();
    store->add_invite({"masuk-1", "POLSEK-A", "petugas"}, now);
    storage::changes c;
    c.bound = {{12, "POLSEK-A", "petugas", false, true}};
    c.events = {{21, "filed", 11, "words of a person", now},
                {21, "opened", 12, "", now},
                {21, "note", 12, "words of an officer", now}};
    write(*store, c);
    driver.open(false)->revoke(12);  // a command beside the service adds to the same chain
  }
  int check() {
    out.str("");
    errors.str("");
    return commands::audit(*driver.open(false), true, out, errors);
  }
  void alter(const std::string& sql) { SQLite::Database(driver.file().string(), SQLite::OPEN_READWRITE).exec(sql); }
  bool printed(const std::string& part) const { return out.str().find(part) != std::string::npos; }

  sqlite_driver driver;
  std::ostringstream out, errors;
};

TEST_F(audit_chain, holds_acts_without_content) {
  EXPECT_EQ(check(), 0);
  for (const char* part : {"invited  POLSEK-A", "12  bound  POLSEK-A", "12  opened  21", "12  note  21", "revoked  12"})
    EXPECT_TRUE(printed(part)) << part;
  EXPECT_FALSE(printed("filed")) << "a reporter is not audited";
  EXPECT_FALSE(printed("words")) << "nor is what was said";
  EXPECT_TRUE(printed("5 entries, the chain holds"));
  EXPECT_TRUE(printed(driver.open()->audit_head()));
}

TEST_F(audit_chain, knows_every_way_to_read_or_change_a_case) {
  {
    const auto store = driver.open();
    storage::changes c;
    for (const char* kind : {"joined", "kept_apart", "recategorised", "identity_opened", "at_event"})
      c.events.push_back({21, kind, 13, "words", now});
    c.events.push_back({22, "closed", 0, "on_the_spot, L1", now});  // with its lead
    c.acts = {{14, "talk_taken", 11}, {14, "talk_ended", 11}};
    c.bound = {{14, "POLSEK-A", "operator", false, true}};
    write(*store, c);
    c = {};
    c.bound = {{14, "POLSEK-A", "operator", false, false}};
    write(*store, c);
    c.bound[0].on_duty = true;
    write(*store, c);
    c.bound[0].unit = "POLSEK-B";
    write(*store, c);
  }
  EXPECT_EQ(check(), 0);
  for (const char* part :
       {"13  joined  21", "13  kept_apart  21", "13  recategorised  21", "13  identity_opened  21", "13  at_event  21",
        "14  talk_taken  contact 11", "14  talk_ended  contact 11", "14  bound  POLSEK-A", "14  off_duty  POLSEK-A",
        "14  on_duty  POLSEK-A", "14  bound  POLSEK-B"})
    EXPECT_TRUE(printed(part)) << part;
  EXPECT_FALSE(printed("closed  22")) << "nobody did that";
}

TEST_F(audit_chain, knows_who_acted_on_a_notice_or_read_who_is_in_charge) {
  {
    const auto store = driver.open();
    storage::changes c;
    for (const char* kind : {"opened", "person_opened", "denied", "diteruskan", "tanda_terima_terbit", "ditolak"})
      c.notice_events.push_back({31, kind, 13, "words", now});
    c.notice_events.push_back({31, "finished", 0, "", now});
    c.notice_events.push_back({31, "cancelled", 11, "", now});
    write(*store, c);
  }
  EXPECT_EQ(check(), 0);
  for (const char* part : {"13  opened  notice 31", "13  person_opened  notice 31", "13  denied  notice 31",
                           "13  diteruskan  notice 31", "13  tanda_terima_terbit  notice 31", "13  ditolak  notice 31"})
    EXPECT_TRUE(printed(part)) << part;
  for (const char* part : {"finished", "cancelled", "words"})
    EXPECT_FALSE(printed(part)) << part << ": of the clock, of the organiser, of what was said";
}

TEST_F(audit_chain, shows_what_was_changed_or_taken_out) {
  alter("UPDATE audit SET actor = 13 WHERE id = 3");
  EXPECT_EQ(check(), 1);
  EXPECT_NE(errors.str().find("broken at 3"), std::string::npos);
  alter("UPDATE audit SET actor = 12 WHERE id = 3");
  EXPECT_EQ(check(), 0);
  alter("DELETE FROM audit WHERE id = 4");
  EXPECT_EQ(check(), 1);
}

TEST_F(audit_chain, may_lose_its_oldest_part) {
  const bot::retention keep{.audit = std::chrono::days(730)};
  const auto store = driver.open();
  storage::purged done;
  for (bool over = false; !over;) {
    const auto one = store->purge(keep, now + std::chrono::days(3650));
    done.audit += one.audit;
    over = one.round_over;
  }
  EXPECT_EQ(done.audit, 4u) << "never the newest";
  EXPECT_EQ(check(), 0);
}

}  // namespace
}  // namespace contract
