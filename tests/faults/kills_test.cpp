// Residents report while the program is killed, or stopped, again and again. Whatever was acknowledged has its effects
// exactly once; replies come at least once and in order. KENTONGAN_KILLS sets how often (4), KENTONGAN_SEED when.
#include <fstream>
#include <random>
#include <set>

#include "tests/faults/world.hpp"

namespace faults {
namespace {

using namespace std::chrono_literals;

int number_from(const char* variable, int otherwise) {
  const char* set = ::getenv(variable);
  return set == nullptr ? otherwise : std::stoi(set);
}

struct step {
  std::string text, expect;
};

std::vector<step> script() {
  std::ifstream in(PROJECT_DIR "/bench/residents-telegram.json");
  std::vector<step> steps;
  const auto whole = nlohmann::json::parse(in);
  for (const auto& s : whole["steps"]) steps.push_back({s["text"], s["expect"]});
  return steps;
}

// Reports from many chats, each person going on only after the answer and the reply, until told to stop.
class crowd {
 public:
  crowd(platform& p, std::vector<step> steps, int people) : platform_(p), steps_(std::move(steps)) {
    for (int i = 0; i < people; ++i) threads_.emplace_back([this, i] { live(i); });
  }
  ~crowd() {
    abandoned_ = true;
    join();
  }

  void listens_at(std::uint16_t port) { port_ = port; }
  void join() {
    enough_ = true;
    for (auto& t : threads_)
      if (t.joinable()) t.join();
  }
  void wait_for_acknowledged(std::uint64_t count) {
    const auto limit = steady::now() + 60s;
    while (acknowledged < count && lost == 0 && steady::now() < limit) std::this_thread::sleep_for(200us);
  }

  std::atomic<std::uint64_t> acknowledged{0}, redelivered{0}, lost{0};
  std::mutex mutex;
  std::vector<std::string> finished;  // chats whose report was told to the end

 private:
  void live(int person) {
    for (int i = 0; !enough_; ++i) {
      const std::string chat = "52" + std::to_string(person + 10) + std::to_string(100000000 + i);
      for (std::size_t k = 0; k < steps_.size(); ++k)
        if (!say(chat, k)) return;
      const std::lock_guard lock(mutex);
      finished.push_back(chat);
    }
  }

  bool say(const std::string& chat, std::size_t k) {
    const nlohmann::json person = {{"id", std::stoll(chat)}, {"is_bot", false}, {"first_name", "Wati"}};
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    const nlohmann::json update = {{"update_id", ++update_},
                                   {"message",
                                    {{"message_id", 100 + k},
                                     {"from", person},
                                     {"chat", {{"id", std::stoll(chat)}, {"type", "private"}}},
                                     {"date", seconds},
                                     {"text", steps_[k].text}}}};
    const std::string body = update.dump();
    const auto limit = steady::now() + 60s;
    while (post(port_, "/webhook/telegram", "X-Telegram-Bot-Api-Secret-Token: s3cret", body) != 200) {
      ++redelivered;
      if (abandoned_ || steady::now() > limit) return ++lost, false;
      std::this_thread::sleep_for(2ms);
    }
    ++acknowledged;
    if (platform_.wait_for(chat, steps_[k].expect, 20s)) return true;
    std::string said;
    for (const auto& text : platform_.texts_to(chat)) said += "\n  " + text;
    ADD_FAILURE() << "\"" << steps_[k].text << "\" was not answered with \"" << steps_[k].expect << "\", but:" << said;
    return ++lost, false;
  }

  platform& platform_;
  std::vector<step> steps_;
  std::atomic<std::uint16_t> port_{0};
  std::atomic<bool> enough_{false}, abandoned_{false};
  std::atomic<std::int64_t> update_{1000};
  std::vector<std::thread> threads_;
};

class faults_test : public world_test {
 protected:
  variables settings() const {
    return settings_with({{"KENTONGAN_TELEGRAM_TOKEN", "777:abc"},
                          {"KENTONGAN_TELEGRAM_SECRET", "s3cret"},
                          {"KENTONGAN_TELEGRAM_RATE_GLOBAL", "0"},
                          {"KENTONGAN_TELEGRAM_RATE_CHAT", "0"},
                          {"KENTONGAN_TELEGRAM_RATE_GROUP", "0"},
                          {"KENTONGAN_LIMITS_AREA_PER_MINUTE", "0"},
                          {"KENTONGAN_LOG_LEVEL", "info"}});
  }

  // One officer, so that every case has somebody to go to. Before the first report.
  void bind_officer(std::uint16_t port) {
    const std::string code = "masuk-00000000000000000001";
    storage::sqlite::open({.file = at.path / "k.db", .alone = false}, storage::master_keys::open(at.path / "k.key"))
        ->add_invite({code, "POLSEK-GADINGREJO", "petugas"}, contract::now + 24h * 3650);
    const std::string body =
        R"({"update_id":1,"message":{"message_id":1,"from":{"id":9900,"is_bot":false,"first_name":"Budi"},)"
        R"("chat":{"id":9900,"type":"private"},"date":1795270000,"text":")" +
        code + "\"}}";
    ASSERT_EQ(post(port, "/webhook/telegram", "X-Telegram-Bot-Api-Secret-Token: s3cret", body), 200);
    ASSERT_TRUE(world.wait_for("9900", "terdaftar", 20s));
  }

  // With the program stopped: what the store holds and what the platform got is what the residents were promised.
  void judge(crowd& people) {
    EXPECT_EQ(people.lost, 0u) << "acknowledged and never answered, or never acknowledged";
    const auto store = storage::sqlite::open({.file = at.path / "k.db"}, storage::master_keys::open(at.path / "k.key"));
    std::map<std::string, int> cases;
    std::size_t listed = 0;  // so many wait already that these come in a list, minutes later
    for (const auto& r : store->list_reports({})) {
      const auto to = store->destination_of(r.reporter);
      ASSERT_TRUE(to);
      ++cases[to->address];
      std::map<std::string, int> events;
      for (const auto& e : store->history(r.id)) ++events[e.kind];
      for (const auto& [kind, count] : events) EXPECT_EQ(count, 1) << kind << " of " << r.number;
      listed += events.contains("digested") ? 1 : 0;
      EXPECT_TRUE(r.confirmed);
    }
    for (const auto& chat : people.finished) EXPECT_EQ(cases[chat], 1) << chat;
    for (const auto& [chat, count] : cases) EXPECT_EQ(count, 1) << chat;
    EXPECT_GE(world.texts_to("9900").size() + listed, cases.size()) << "a card for every case, or a place in the list";
    EXPECT_TRUE(store->unsent(0, 1000).empty());
    EXPECT_TRUE(store->failed(0, 10).empty());
    for (const auto& chat : people.finished) judge_replies(chat);
  }

  // In order, none missing. After a crash the tail whose fate was not yet on disk comes again, in order too.
  void judge_replies(const std::string& chat) {
    const auto texts = world.texts_to(chat);
    std::ptrdiff_t newest = -1, last = -1;
    for (const auto& text : texts) {
      const auto at_step =
          std::find_if(steps.begin(), steps.end(), [&](const step& s) { return text.find(s.expect) != text.npos; });
      ASSERT_NE(at_step, steps.end()) << text;
      const auto k = at_step - steps.begin();
      EXPECT_LE(k, last + 1) << "a reply of " << chat << " overtook another";
      if (k <= newest) {
        ++repeats;
        furthest_back = std::max(furthest_back, newest - k);
      }
      EXPECT_LE(newest - k, 1) << "more than the tail was repeated";
      newest = std::max(newest, k);
      last = k;
    }
    EXPECT_EQ(newest + 1, static_cast<std::ptrdiff_t>(steps.size())) << chat;
  }

  std::vector<step> steps = script();
  int repeats = 0;
  std::ptrdiff_t furthest_back = 0;
};

TEST_F(faults_test, killed_at_any_moment_it_keeps_every_promise) {
  const int kills = number_from("KENTONGAN_KILLS", 4);
  const int seed = number_from("KENTONGAN_SEED", 20261121);
  std::mt19937 dice(static_cast<unsigned>(seed));
  std::chrono::milliseconds slowest_start{0};
  crowd people(world, steps, 8);
  for (int round = 0; round < kills; ++round) {
    program service(settings());
    slowest_start = std::max(slowest_start, service.start_time);
    if (round == 0) bind_officer(service.port());
    people.listens_at(service.port());
    people.wait_for_acknowledged(people.acknowledged + std::uniform_int_distribution<std::uint64_t>(1, 150)(dice));
    std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution<int>(0, 5000)(dice)));
    service.kill();
  }
  program service(settings());
  people.listens_at(service.port());
  people.join();
  EXPECT_EQ(service.stop(20s), 0);
  judge(people);
  EXPECT_LT(slowest_start, 10s);
  EXPECT_FALSE(people.finished.empty());
  std::cout << "kills " << kills << ", acknowledged " << people.acknowledged << ", delivered again "
            << people.redelivered << ", reports " << people.finished.size() << ", replies repeated " << repeats
            << " (at most " << furthest_back << " back), slowest start " << slowest_start.count() << " ms\n";
}

TEST_F(faults_test, stopped_under_load_it_loses_nothing) {
  crowd people(world, steps, 8);
  for (int round = 0; round < 2; ++round) {
    program service(settings());
    if (round == 0) bind_officer(service.port());
    people.listens_at(service.port());
    people.wait_for_acknowledged(people.acknowledged + 100);
    const auto began = steady::now();
    EXPECT_EQ(service.stop(20s), 0) << service.log();
    EXPECT_LT(steady::now() - began, 20s);
  }
  program service(settings());
  people.listens_at(service.port());
  people.join();
  EXPECT_EQ(service.stop(20s), 0);
  judge(people);
  EXPECT_EQ(repeats, 0) << "a stop leaves nothing uncertain";
}

}  // namespace
}  // namespace faults
