// The shipped rules of events as a city changes them.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bot/notices/documents.hpp"
#include "support.hpp"

namespace bot::notices {

namespace fs = std::filesystem;

// The shipped files in a folder of their own, to be changed as an operator would.
class rule_files : public testing::Test {
 protected:
  void SetUp() override {
    x_dir = fs::path(testing::TempDir()) /
            ("rules-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(x_dir);
    fs::create_directories(x_dir);
    for (const char* each : {"events.toml", "documents.toml", "conditions.toml", "calendar.toml", "event-words.toml"}) {
      fs::copy_file(fs::path(PROJECT_DIR) / "config/rules" / each, x_dir / each);
    }
  }
  void TearDown() override { fs::remove_all(x_dir); }

  // Returns the line of the first place that was changed.
  int replace(const std::string& file, const std::string& old_text, const std::string& fresh) {
    std::stringstream whole;
    whole << std::ifstream(x_dir / file).rdbuf();
    std::string text = whole.str();
    const auto found = text.find(old_text);
    EXPECT_NE(found, std::string::npos) << old_text;
    if (found == std::string::npos) return 0;
    text.replace(found, old_text.size(), fresh);
    std::ofstream(x_dir / file) << text;
    return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(found), '\n'));
  }

  void append(const std::string& file, const std::string& text) { std::ofstream(x_dir / file, std::ios::app) << text; }

  rulebook load() {
    x_faults.clear();
    return config::load_event_rules(
        x_dir, [](std::string_view code) { return served().units.find(code) != geography::no_unit; }, x_faults,
        [](std::string_view name) { return config::codes_in_area(served(), name); });
  }

  std::vector<std::string> faults() {
    load();
    return x_faults;
  }

  std::string at_line(const std::string& file, int line) {
    return (x_dir / file).string() + ":" + std::to_string(line) + ": ";
  }

  fs::path x_dir;
  std::vector<std::string> x_faults;
};

}  // namespace bot::notices
