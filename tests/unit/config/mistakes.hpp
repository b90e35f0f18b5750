// Slips of a pen in the files that ship, and the fault that names each with its file and line.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

namespace mistakes {

struct mistake {
  std::string was;  // in the file that ships; empty: `is` is added at its end
  std::string is;
  std::string at;     // the fault stands on the line of this; empty: on no line
  std::string fault;  // how it goes on
};

using loader = std::function<void(const std::filesystem::path& file, std::vector<std::string>& faults)>;

inline std::string read(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Puts a mistake into a copy of one file of config/ and gives back what a loader says of the copy.
class desk {
 public:
  explicit desk(const std::string& name)
      : shipped_(read(std::filesystem::path(PROJECT_DIR) / "config" / name)),
        file_(std::filesystem::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name() / std::filesystem::path(name).filename()) {
    std::filesystem::create_directories(file_.parent_path());
  }
  ~desk() { std::filesystem::remove_all(file_.parent_path()); }
  desk(const desk&) = delete;
  desk& operator=(const desk&) = delete;

  const std::filesystem::path& file() const { return file_; }

  std::vector<std::string> faults_of(const mistake& m, const loader& load) {
    std::string text = shipped_;
    if (m.was.empty()) {
      text += m.is;
    } else if (const auto at = text.find(m.was); at != std::string::npos) {
      text.replace(at, m.was.size(), m.is);
    } else {
      ADD_FAILURE() << "no \"" << m.was << "\" in " << file_;
    }
    std::ofstream(file_) << text;
    expected_ = file_.string();
    if (!m.at.empty()) {
      const auto until = text.find(m.at);
      EXPECT_NE(until, std::string::npos) << m.at;
      expected_ += ":" + std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<long>(until), '\n'));
    }
    expected_ += ": " + m.fault;
    std::vector<std::string> faults;
    load(file_, faults);
    return faults;
  }

  void expect(const std::vector<mistake>& all, const loader& load) {
    std::vector<std::string> none;
    std::ofstream(file_) << shipped_;
    load(file_, none);
    EXPECT_TRUE(none.empty()) << none.front();
    for (const auto& m : all) {
      const auto faults = faults_of(m, load);
      std::string said;
      for (const auto& fault : faults) said += "\n  " + fault;
      EXPECT_TRUE(std::any_of(faults.begin(), faults.end(), [&](const auto& f) { return f.starts_with(expected_); }))
          << "expected " << expected_ << said;
    }
  }

 private:
  std::string shipped_;
  std::filesystem::path file_;
  std::string expected_;
};

}  // namespace mistakes
