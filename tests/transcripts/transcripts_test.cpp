// Every tests/transcripts/*.txt is a test. `test_transcripts --update` rewrites what the service says; a person reads
// the difference before it is committed.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/handbook.hpp"
#include "tests/transcripts/transcript.hpp"

namespace {

namespace fs = std::filesystem;

bool update = false;

std::string read(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<fs::path> files() {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(PROJECT_DIR "/tests/transcripts"))
    if (entry.path().extension() == ".txt") all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

class transcript : public testing::TestWithParam<fs::path> {};

TEST_P(transcript, goes_as_written) {
  const std::string expected = read(GetParam());
  const std::string actual = transcripts::play(expected, support::shipped_handbook());
  if (update && actual != expected) std::ofstream(GetParam()) << actual;
  if (!update) {
    EXPECT_EQ(actual, expected);
  }
}

INSTANTIATE_TEST_SUITE_P(of, transcript, testing::ValuesIn(files()), [](const auto& one) {
  std::string name = one.param.stem().string();
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
});

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) update = update || std::string(argv[i]) == "--update";
  return RUN_ALL_TESTS();
}
