// What a person was given under an older key is still good after the key was replaced.
#include "bot/cases/number.hpp"
#include "tests/storage_contract/support.hpp"
#include "tests/turns/support.hpp"

namespace turns_test {
namespace {

TEST(a_new_key, leaves_the_pins_that_were_given_out) {
  contract::sqlite_driver driver;
  const std::string number = bot::cases::make_number('L', 12345678901234567ULL);
  std::string old_hash;
  {
    const auto store = driver.open();
    bot::cases::report r;
    r.id = store->new_id();
    r.number = number;
    r.category = "noise";
    r.unit = "POLSEK-GADINGREJO";
    r.created_at = r.changed_at = now;
    r.pin_hash = old_hash = store->keyed_hashes("pin", number + ":483920").front();
    storage::changes c;
    c.reports = {r};
    contract::write(*store, c);
  }
  driver.use_keys(contract::key_line(1) + contract::key_line(2));
  const auto store = driver.open();
  handlers::turns::runner runner(*store, book());
  const auto key_of_answer = [&](const std::string& id, const std::string& words) {
    const job one = text("9001", id, words);
    return runner.run(std::span(&one, 1), {}, now).to_send.at(0).row.what.key;
  };
  EXPECT_EQ(key_of_answer("a", number + " 111111"), "status.pin_wrong");
  EXPECT_EQ(key_of_answer("b", number + " 483920"), "status.pin_ok");
  EXPECT_EQ(store->uses_of_keys().count(1), 0u) << "and names the new key from then on";
  EXPECT_NE(store->list_reports({}).at(0).pin_hash, old_hash);
  EXPECT_EQ(key_of_answer("c", number + " 483920"), "status.pin_ok");
}

}  // namespace
}  // namespace turns_test
