#include "bot/language/hunch.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "config/hunch.hpp"
#include "loaded.hpp"

namespace {

using bot::language::hunch;

bot::language::reading reading_of(const std::vector<bot::language::word>& words) {
  return bot::language::read(words, loaded_lexicon(), {});
}

class hunch_files : public testing::Test {
 protected:
  ~hunch_files() override { std::filesystem::remove(x_path); }
  const std::filesystem::path x_path =
      std::filesystem::temp_directory_path() / ("hunch-" + std::to_string(::getpid()) + ".bin");
};

TEST(a_hunch, gives_odds_that_add_up_to_one_for_each_question) {
  const auto* model = loaded_lexicon().learned();
  ASSERT_NE(model, nullptr);
  const auto words = bot::language::split("ada orang teriak minta tolong di belakang pasar");
  const auto odds = model->weigh(reading_of(words), loaded_lexicon());
  std::map<int, double> sums;
  for (std::size_t i = 0; i < odds.size(); ++i)
    sums[static_cast<int>(model->labels()[i].of)] += std::exp(static_cast<double>(odds[i]));
  EXPECT_EQ(sums.size(), hunch::questions);
  for (const auto& [question, sum] : sums) EXPECT_NEAR(sum, 1.0, 1e-4) << question;
}

TEST(a_hunch, takes_no_sign_twice) {
  const auto once = bot::language::split("maling maling");
  const auto twice = bot::language::split("maling maling maling");
  EXPECT_EQ(hunch::signs_of(reading_of(once), loaded_lexicon()), hunch::signs_of(reading_of(twice), loaded_lexicon()));
}

TEST(a_hunch, is_shown_what_is_denied) {
  const auto said = bot::language::split("mereka membawa celurit");
  const auto denied = bot::language::split("mereka tidak membawa celurit");
  const auto signs = hunch::signs_of(reading_of(denied), loaded_lexicon());
  for (const auto each : hunch::signs_of(reading_of(said), loaded_lexicon()))
    if (std::ranges::find(signs, each) == signs.end()) return;
  FAIL() << "nothing is lost by the denial";
}

TEST(a_hunch, leaves_no_level_of_a_report_without_a_reason) {
  std::ifstream file(PROJECT_DIR "/tests/data/messages-8.json");
  for (const auto& message : nlohmann::json::parse(file)) {
    const auto found = understood(message.at("text").get<std::string>());
    EXPECT_TRUE(!found.level || !found.level_reason.empty()) << message.at("text");
  }
}

TEST(a_hunch, weighs_only_the_signs_that_it_knows) {
  const hunch model({{hunch::question::intent, "report"}, {hunch::question::intent, "other"}}, {0, 0}, 1, {8, 16, 24},
                    {100, 0, 0, 100, 0, 50});
  const auto odds = [&](std::vector<std::uint32_t> signs) { return model.weigh(signs); };
  EXPECT_GT(odds({8})[0], odds({8})[1]);
  EXPECT_LT(odds({16})[0], odds({16})[1]);
  EXPECT_LT(odds({24, 40, 0})[0], odds({24, 40, 0})[1]);
  EXPECT_EQ(odds({0, 40, 48})[0], odds({0, 40, 48})[1]);
}

TEST(a_hunch, of_nothing_said_is_still_a_number) {
  const auto* model = loaded_lexicon().learned();
  ASSERT_NE(model, nullptr);
  for (const float odd : model->weigh(reading_of({}), loaded_lexicon())) EXPECT_TRUE(std::isfinite(odd));
}

TEST(a_hunch, never_talks_an_emergency_down) {
  EXPECT_EQ(understood("adik saya dipukuli bapaknya di rumah, kel. kuncen").intent, bot::language::intent::emergency);
}

TEST_F(hunch_files, come_back_as_they_were_written) {
  const hunch model({{hunch::question::intent, "report"}, {hunch::question::category, ""}}, {0.5F, -1.25F}, 0.01F,
                    {7, 0xfedcba98U}, {1, -2, 127, -127});
  config::save_hunch(x_path, model);
  std::vector<std::string> faults;
  const auto read = config::load_hunch(x_path, faults);
  ASSERT_NE(read, nullptr);
  EXPECT_TRUE(faults.empty());
  EXPECT_EQ(read->known(), model.known());
  EXPECT_EQ(read->weights(), model.weights());
  EXPECT_EQ(read->bias(), model.bias());
  EXPECT_EQ(read->scale(), model.scale());
  EXPECT_EQ(read->labels().at(1).name, "");
}

TEST_F(hunch_files, cut_short_are_a_fault) {
  config::save_hunch(x_path, hunch({{hunch::question::intent, "report"}}, {0}, 1, {4, 5, 6}, {1, 2, 3}));
  std::filesystem::resize_file(x_path, std::filesystem::file_size(x_path) - 1);
  std::vector<std::string> faults;
  EXPECT_EQ(config::load_hunch(x_path, faults), nullptr);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults.front().find("not whole"), std::string::npos);
}

}  // namespace
