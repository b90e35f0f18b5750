// Retention is data, and what would break a promise does not start.
#include "config/retention.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

namespace fs = std::filesystem;

class retention_file : public testing::Test {
 protected:
  retention_file() {
    std::ifstream in(PROJECT_DIR "/config/rules/retention.toml");
    shipped_.assign(std::istreambuf_iterator<char>(in), {});
  }
  ~retention_file() override { fs::remove(file_); }

  bot::retention load(const std::string& text) {
    std::ofstream(file_) << text;
    faults_.clear();
    return config::load_retention(file_, faults_);
  }
  std::string with(const std::string& old, const std::string& fresh) const {
    std::string text = shipped_;
    return text.replace(text.find(old), old.size(), fresh);
  }
  bool has_fault(std::string_view part) const {
    return std::any_of(faults_.begin(), faults_.end(), [&](const auto& f) { return f.find(part) != f.npos; });
  }

  fs::path file_ =
      fs::temp_directory_path() /
      ("kentongan-retention-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + ".toml");
  std::string shipped_;
  std::vector<std::string> faults_;
};

TEST_F(retention_file, that_ships_is_whole) {
  const auto keep = load(shipped_);
  EXPECT_TRUE(faults_.empty()) << faults_.at(0);
  EXPECT_EQ(keep.inbox, std::chrono::days(10));
  EXPECT_EQ(keep.reports, std::chrono::days(90));
  EXPECT_EQ(keep.addresses, std::chrono::days(7));
}

TEST_F(retention_file, must_outlast_the_redeliveries) {
  load(with("days = 10", "days = 8"));
  EXPECT_TRUE(has_fault("inbox: days must be between 9 and 60"));
  load(with("days = 7", "days = 10"));  // the first of them: failed
  EXPECT_TRUE(has_fault("failed must be shorter than inbox"));
}

TEST_F(retention_file, keeps_no_file_longer_than_its_case) {
  EXPECT_EQ(load(shipped_).media, std::chrono::days(30));
  load(with("days = 30\nsource = \"P-25: media", "days = 91\nsource = \"P-25: media"));
  EXPECT_TRUE(has_fault("media must not be longer than reports"));
}

TEST_F(retention_file, keeps_nobody_in_charge_longer_than_the_notice) {
  EXPECT_EQ(load(shipped_).persons, std::chrono::days(30));
  load(with("days = 365\nsource = \"P-25: notices", "days = 30\nsource = \"P-25: notices"));
  EXPECT_TRUE(faults_.empty());
  load(with("days = 30\nsource = \"own choice: P-25", "days = 366\nsource = \"own choice: P-25"));
  EXPECT_TRUE(has_fault("persons must not be longer than notices"));
}

TEST_F(retention_file, tells_all_that_is_wrong) {
  load("[[keep]]\nwhat = \"everything\"\n[[keep]]\nwhat = \"inbox\"\ndays = 10\n");
  EXPECT_TRUE(has_fault("\"everything\" is not kept"));
  EXPECT_TRUE(has_fault("source is missing"));
  EXPECT_TRUE(has_fault("valid_from is missing"));
  EXPECT_TRUE(has_fault("\"reports\" is missing"));
  load("[[keep");
  EXPECT_TRUE(has_fault(":1:"));
}

}  // namespace
