#include "config/lexicon.hpp"

#include <filesystem>
#include <fstream>

#include "loaded.hpp"

namespace {

namespace fs = std::filesystem;

class lexicon_files : public testing::Test {
 protected:
  void SetUp() override {
    x_dir = fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(x_dir);
    fs::copy(PROJECT_DIR "/config/language", x_dir, fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(x_dir); }

  void write(const char* name, const char* text) const { std::ofstream(x_dir / name) << text; }
  std::string faults() const {
    std::vector<std::string> found;
    config::load_lexicon(x_dir, found);
    std::string out;
    for (const auto& each : found) out += each + '\n';
    return out;
  }

  fs::path x_dir;
};

TEST_F(lexicon_files, are_sound) { EXPECT_EQ(faults(), ""); }

TEST_F(lexicon_files, all_faults_are_told_at_once) {
  write("extra.toml", R"(
[odd]
klingon = "qapla"
[worth]
id = "satu=eins"
[[category]]
give = "fight"
all = "no_such_class"
weight = 1
[[category]]
give = "noise"
colour = "red"
)");
  const std::string found = faults();
  EXPECT_NE(found.find("klingon"), std::string::npos);
  EXPECT_NE(found.find("satu=eins"), std::string::npos);
  EXPECT_NE(found.find("no_such_class"), std::string::npos);
  EXPECT_NE(found.find("colour"), std::string::npos);
  EXPECT_NE(found.find("no weight"), std::string::npos);
}

TEST_F(lexicon_files, broken_toml_is_told_with_its_line) {
  write("extra.toml", "[broken\n");
  EXPECT_NE(faults().find("extra.toml:1"), std::string::npos);
}

TEST_F(lexicon_files, a_class_that_the_grammar_needs_is_missed) {
  fs::remove(x_dir / "times.toml");
  EXPECT_NE(faults().find("weekday"), std::string::npos);
}

TEST(lexicon_folder, may_not_be_missing) {
  std::vector<std::string> found;
  config::load_lexicon("/no/such/folder", found);
  EXPECT_EQ(found.size(), 1U);
}

// The word that `typed` stands for, listed as it is or found below its beginnings and endings.
std::uint32_t word_of(const char* typed) {
  const auto found = loaded_lexicon().find(typed);
  return found.root != bot::language::lexicon::none ? found.root : found.exact;
}

TEST(lexicon, cuts_beginnings_and_endings) {
  EXPECT_EQ(word_of("bacokin"), word_of("bacok"));
  EXPECT_EQ(word_of("tolongggg"), word_of("tolong"));
  EXPECT_EQ(word_of("yg"), word_of("yang"));
}

}  // namespace
