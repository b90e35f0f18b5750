#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "config/handbook.hpp"
#include "config/settings.hpp"
#include "handlers/label_check.hpp"

namespace {

namespace fs = std::filesystem;

class settings_file : public testing::Test {
 protected:
  settings_file()
      : dir_(fs::temp_directory_path() /
             ("kentongan-settings-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "-" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(dir_);
  }
  ~settings_file() override { fs::remove_all(dir_); }

  config::settings load(const std::string& text, const std::map<std::string, std::string>& environment = {}) {
    std::ofstream(dir_ / "kentongan.toml") << text;
    faults_.clear();
    return config::load_settings(dir_ / "kentongan.toml", environment, faults_);
  }
  bool has_fault(std::string_view part) const {
    return std::any_of(faults_.begin(), faults_.end(),
                       [&](const std::string& f) { return f.find(part) != std::string::npos; });
  }

  fs::path dir_;
  std::vector<std::string> faults_;
};

TEST_F(settings_file, that_ships_is_the_default) {
  std::vector<std::string> faults;
  const auto s = config::load_settings(PROJECT_DIR "/config/kentongan.toml", {}, faults);
  EXPECT_TRUE(faults.empty());
  const config::settings fresh;
  EXPECT_EQ(s.http.port, fresh.http.port);
  EXPECT_EQ(s.http.max_body_bytes, fresh.http.max_body_bytes);
  EXPECT_EQ(s.storage.url, fresh.storage.url);
  EXPECT_EQ(s.telegram.rate_group, fresh.telegram.rate_group);
  EXPECT_EQ(s.whatsapp.api_version, fresh.whatsapp.api_version);
  EXPECT_EQ(s.limits.chat_per_minute, fresh.limits.chat_per_minute);
}

TEST_F(settings_file, is_overridden_by_the_environment) {
  const auto s =
      load("[http]\nport = 9999\n", {{"KENTONGAN_HTTP_PORT", "8123"}, {"KENTONGAN_STORAGE_SYNCHRONOUS", "normal"}});
  EXPECT_TRUE(faults_.empty());
  EXPECT_EQ(s.http.port, 8123);
  EXPECT_EQ(s.storage.synchronous, "normal");
}

TEST_F(settings_file, tells_all_faults_at_once) {
  load("[http]\nport = 99999\nprot = 1\n[nonsense]\nx = 1\n[storage]\nsynchronous = \"maybe\"\n",
       {{"KENTONGAN_TELEGRAM_TOKEN", "1:a"},
        {"KENTONGAN_WHATSAPP_TOKEN", "t"},
        {"KENTONGAN_HTTP_TLS_KEY", "k.pem"},
        {"KENTONGAN_TYPO", "1"}});
  for (const char* part :
       {"http.port", "http.prot", "nonsense.x", "storage.synchronous", "telegram.secret", "whatsapp.app_secret",
        "whatsapp.phone_number_id", "whatsapp.verify_token", "tls_certificate", "KENTONGAN_TYPO"})
    EXPECT_TRUE(has_fault(part)) << part;
}

TEST_F(settings_file, takes_the_public_address_as_host_and_path) {
  const auto with = [&](const std::string& url) {
    return load("", {{"KENTONGAN_HTTP_PUBLIC_URL", url}}).http.public_url;
  };
  EXPECT_EQ(with("https://kentongan.example//"), "https://kentongan.example");
  EXPECT_TRUE(faults_.empty());
  for (const char* wrong : {"kentongan.example", "https://a b", "https://a?b=1", "https://a#b", "https://a\"b"}) {
    with(wrong);
    EXPECT_EQ(faults_.size(), 1U) << wrong;
  }
}

TEST_F(settings_file, that_is_missing_or_broken_is_a_fault) {
  std::vector<std::string> faults;
  config::load_settings(dir_ / "absent.toml", {}, faults);
  EXPECT_EQ(faults.size(), 1U);
  load("[http\nport = 1");
  EXPECT_TRUE(has_fault("kentongan.toml:"));
}

TEST_F(settings_file, keeps_secrets_to_the_characters_that_telegram_allows) {
  load("", {{"KENTONGAN_TELEGRAM_TOKEN", "1:a"}, {"KENTONGAN_TELEGRAM_SECRET", "with space"}});
  EXPECT_TRUE(has_fault("telegram.secret may hold only"));
}

TEST(handbook, that_ships_has_no_fault_and_every_label_fits) {
  std::vector<std::string> faults;
  const auto loaded =
      config::load_handbook(config::load_settings(PROJECT_DIR "/config/kentongan.toml", {}, faults), faults);
  ASSERT_TRUE(loaded.book) << faults.front();
  faults = handlers::check_labels(*loaded.book, loaded.places);
  for (const auto& fault : faults) ADD_FAILURE() << fault;
}

TEST(catalogue, says_danger_in_indonesian_until_a_native_speaker_has_signed) {
  using entry = bot::language::catalogue::entry;
  std::map<std::string, bot::language::catalogue::texts, std::less<>> all;
  all["id"] = {{"danger.a", entry{"TELEPON 110"}}, {"danger.b", entry{"LARI"}}, {"c.d", entry{"ya"}}};
  all["jv"] = {{"danger.a", entry{"TILPUN 110"}}, {"danger.b", entry{"MLAYU", true}}, {"c.d", entry{"nggih"}}};
  const bot::language::catalogue texts(std::move(all));
  EXPECT_EQ(texts.text("jv", "danger.a"), "TELEPON 110");
  EXPECT_EQ(texts.text("jv", "danger.b"), "MLAYU");
  EXPECT_EQ(texts.text("jv", "c.d"), "nggih");
  EXPECT_EQ(texts.text("mad", "c.d"), "ya");
  EXPECT_THROW(texts.text("id", "no.key"), std::out_of_range);
}

}  // namespace
