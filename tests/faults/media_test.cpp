// A resident's photo through the real program: killed between the turn and the download, and lied to by the platform.

#include "bot/cases/media.hpp"
#include "storage/sqlite/driver.hpp"
#include "tests/faults/world.hpp"
#include "tests/media/samples.hpp"

namespace faults {
namespace {

using namespace std::chrono_literals;
using state = bot::cases::media_fact::state;

class pictures : public world_test {
 protected:
  pictures() {
    auto store = open_store();
    store->add_invite({"masuk-00000000000000000001", "POLSEK-GADINGREJO", "petugas"},
                      std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()) + 1h);
  }

  variables settings(const std::string& most_bytes = "100000") const {
    return settings_with({{"KENTONGAN_MEDIA_MAX_FILE_BYTES", most_bytes},
                          {"KENTONGAN_TELEGRAM_TOKEN", "777000111:token"},
                          {"KENTONGAN_TELEGRAM_SECRET", "s3cret"},
                          {"KENTONGAN_TELEGRAM_RATE_CHAT", "0"},
                          {"KENTONGAN_TELEGRAM_RATE_GLOBAL", "0"}});
  }
  std::unique_ptr<storage::store> open_store() const {
    return storage::sqlite::open({.file = at.path / "k.db", .alone = false},
                                 storage::master_keys::open(at.path / "k.key"));
  }

  int send(nlohmann::json update) {
    update["update_id"] = ++update_;
    return post(port, "/webhook/telegram", "X-Telegram-Bot-Api-Secret-Token: s3cret", update.dump());
  }
  nlohmann::json message_of(std::int64_t chat) const {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    return {{"message_id", update_},
            {"from", {{"id", chat}, {"is_bot", false}, {"first_name", "Wulandari"}}},
            {"chat", {{"id", chat}, {"type", "private"}}},
            {"date", seconds}};
  }
  int say(std::int64_t chat, const std::string& text) {
    auto m = message_of(chat);
    m["text"] = text;
    return send({{"message", m}});
  }
  int photo(const std::string& file) {
    auto m = message_of(resident);
    m["photo"] = {{{"file_id", file}, {"file_unique_id", file}, {"width", 90}, {"height", 90}}};
    return send({{"message", m}});
  }
  int tap(const std::string& data) {
    const nlohmann::json query = {{"id", std::to_string(update_)},
                                  {"from", {{"id", officer}, {"is_bot", false}, {"first_name", "Budi"}}},
                                  {"message", message_of(officer)},
                                  {"data", data}};
    return send({{"callback_query", query}});
  }

  // The number of the case on the officer's card.
  std::string report_something() {
    EXPECT_EQ(say(officer, "masuk-00000000000000000001"), 200);
    EXPECT_TRUE(world.wait_for(std::to_string(officer), "terdaftar", 20s));
    EXPECT_EQ(say(resident, "ada balap liar sekarang di Kel. Gentong"), 200);
    EXPECT_EQ(say(resident, "kirim"), 200);
    EXPECT_TRUE(world.wait_for(std::to_string(officer), "Jangan datangi", 20s));
    const std::string card = world.texts_to(std::to_string(officer)).back();
    const auto dash = card.find('-');
    return card.substr(dash - 4, 9);
  }

  // Staff's view, once the service has ended: what became of the files, in the order in which they were sent.
  std::vector<bot::cases::media_fact> facts() const {
    const auto store = open_store();
    return store->media().of_report(store->list_reports({}).at(0).id);
  }

  std::uint16_t port = 0;
  std::int64_t update_ = 5000;
};

TEST_F(pictures, reach_the_officer_though_the_program_was_killed_before_they_came) {
  world.keep_file("AgACscene", 200, media_test::jpeg());
  world.hold_downloads(true);
  std::string number;
  {
    program service(settings());
    port = service.port();
    number = report_something();
    EXPECT_EQ(photo("AgACscene"), 200);
    EXPECT_TRUE(world.wait_for_downloads(1, 20s));
    service.kill();
  }
  world.hold_downloads(false);
  program service(settings());
  port = service.port();
  ASSERT_TRUE(world.wait_for_downloads(2, 20s)) << "the wish was not lost";
  const auto limit = steady::now() + 20s;
  while (world.uploads().empty() && steady::now() < limit) {
    EXPECT_EQ(tap("o:files:" + number), 200);
    std::this_thread::sleep_for(20ms);
  }
  ASSERT_FALSE(world.uploads().empty());
  const std::string shown = world.uploads()[0];
  EXPECT_NE(shown.find("/sendPhoto "), shown.npos);
  EXPECT_NE(shown.find(std::to_string(officer)), shown.npos);
  EXPECT_NE(shown.find(media_test::pixels()), shown.npos);
  for (const char* hidden : {"GPS", "Wulandari", "THUMB", "Gadingrejo"})
    EXPECT_EQ(shown.find(hidden), shown.npos) << hidden;
  EXPECT_EQ(service.stop(20s), 0);
}

TEST_F(pictures, that_lie_or_do_not_come_cost_nobody_else_anything) {
  world.keep_file("AgACprogram", 200, "MZ a program");
  world.keep_file("AgACfilm", 200, media_test::film());
  world.keep_file("AgAChuge", 200, std::string(200000, 'x'));
  world.keep_file("AgACfine", 200, media_test::png());
  program service(settings());
  port = service.port();
  report_something();
  for (const char* file : {"AgACprogram", "AgACfilm", "AgAChuge", "AgACabsent", "AgACfine"})
    EXPECT_EQ(photo(file), 200);
  EXPECT_TRUE(world.wait_for_downloads(5, 20s));
  EXPECT_TRUE(world.wait_for(std::to_string(resident), "kirim sekali lagi", 20s));
  const auto limit = steady::now() + 20s;
  const auto settled = [&] {
    std::size_t waiting = 0;
    for (const auto& f : facts()) waiting += f.what == state::wanted && f.reason.empty();
    return waiting == 0;
  };
  while (!settled() && steady::now() < limit) std::this_thread::sleep_for(20ms);
  EXPECT_EQ(say(resident + 1, "halo"), 200);
  EXPECT_EQ(service.stop(20s), 0);

  const auto all = facts();
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all[0].reason, "unknown_type");
  EXPECT_EQ(all[1].reason, "wrong_type");
  EXPECT_EQ(all[2].reason, "too_large");
  EXPECT_EQ(all[3].reason, "address_expired");
  EXPECT_EQ(all[3].what, state::wanted) << "asked for again, for a while";
  EXPECT_EQ(all[4].what, state::shown);
  std::size_t asked = 0;
  for (const auto& text : world.texts_to(std::to_string(resident)))
    asked += text.find("kirim sekali lagi") != text.npos;
  EXPECT_EQ(asked, 1U) << "once a case, however many are lost";
}

}  // namespace
}  // namespace faults
