// Every tests/transcripts/*.txt is a test. `test_transcripts --update` rewrites what the service says; a person reads
// the difference before it is committed.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "bot/conversation/perception.hpp"
#include "handlers/rendering.hpp"
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

// What one resident wrote and was told, in order, up to the number of the first case.
struct talk {
  std::string first;
  std::vector<std::string> said, told;
  bool filed = false;
};

std::vector<talk> talks_of(const std::string& transcript) {
  std::map<std::string, talk> by_name;
  std::string speaks_to;  // whose message the line belongs to
  std::istringstream in(transcript);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("resident ")) {
      std::istringstream words(line);
      std::string name;
      words >> name >> name;
      by_name[name];
    }
    for (auto& [name, t] : by_name) {
      if (t.filed) continue;
      if (line.starts_with(name + "> ") || line.starts_with(name + ": "))
        t.said.push_back(line.substr(name.size() + 2));
      if (line.starts_with("  " + name + "< ")) {
        t.told.push_back(line.substr(name.size() + 4));
        speaks_to = name;
      } else if (!line.starts_with("    ")) {
        if (speaks_to == name) speaks_to.clear();
      }
      t.filed = speaks_to == name && line.find("no. L") != std::string::npos;
    }
  }
  std::vector<talk> all;
  for (auto& [name, t] : by_name) {
    if (t.filed && !t.said.empty()) {
      t.first = t.said.front();
      all.push_back(std::move(t));
    }
  }
  return all;
}

// Nobody went back, changed an answer, or had to be asked again.
bool without_detour(const talk& t) {
  const auto detour = [](const std::string& said) {
    return said == "kembali" || said == "ubah" || said.find("[Ubah]") != std::string::npos || said == "bahasa" ||
           said.starts_with("bukan ");
  };
  const auto again = [](const std::string& told) { return told.starts_with("Maaf") || told.starts_with("Tempat"); };
  return std::none_of(t.said.begin(), t.said.end(), detour) && std::none_of(t.told.begin(), t.told.end(), again);
}

TEST(words_are_few, a_bare_lapor_becomes_a_case_in_five_bot_messages_at_most) {
  int seen = 0;
  std::size_t most = 0;
  for (const auto& file : files()) {
    for (const talk& t : talks_of(read(file))) {
      if ((t.first != "lapor" && t.first != "Lapor" && t.first != "mau lapor") || !without_detour(t)) continue;
      ++seen;
      most = std::max(most, t.told.size());
      EXPECT_LE(t.told.size(), 5U) << file.filename();
    }
  }
  EXPECT_GE(seen, 3);
  std::cout << "bot messages from a bare \"lapor\" to the case: at most " << most << " in " << seen << " talks\n";
}

TEST(words_are_few, a_complete_first_message_becomes_a_case_in_two) {
  int seen = 0;
  std::size_t most = 0;
  for (const auto& file : files()) {
    for (const talk& t : talks_of(read(file))) {
      // Complete: nothing had to be asked after it. Read back, then sent; danger is sent at once.
      if (t.told.front().find("Kami catat: ") != 0 && t.told.front().find("no. L") == std::string::npos &&
          t.said.size() > 1)
        continue;
      if (!without_detour(t) || t.said.size() > 2) continue;
      ++seen;
      most = std::max(most, t.told.size());
      EXPECT_LE(t.told.size(), 2U) << file.filename();
    }
  }
  EXPECT_GE(seen, 20);
  std::cout << "bot messages from a complete first message to the case: at most " << most << " in " << seen
            << " talks\n";
}

// A unit's group sees number, level, category, ward and age: no words of a resident, no pin, no PIN.
TEST(groups, never_see_words) {
  int seen = 0;
  for (const auto& file : files()) {
    std::set<std::string> groups, residents;
    std::vector<std::string> words;
    bool to_group = false;
    std::istringstream in(read(file));
    for (std::string line; std::getline(in, line);) {
      std::istringstream parts(line);
      std::string what, name;
      parts >> what >> name;
      if (what == "group") groups.insert(name);
      if (what == "resident") residents.insert(name);
      if (const auto mark = line.find("> "); line[0] != ' ' && mark != std::string::npos &&
                                             residents.contains(line.substr(0, mark)) && line.size() - mark > 14)
        words.push_back(line.substr(mark + 2));
      const bool says = line.starts_with("  ") && (what.ends_with('<') || what.ends_with('~'));
      if (says || !line.starts_with("   ")) to_group = says && groups.contains(what.substr(0, what.size() - 1));
      if (!to_group) continue;
      ++seen;
      EXPECT_EQ(line.find("Kata pelapor"), std::string::npos) << file.filename() << ": " << line;
      EXPECT_EQ(line.find("PIN"), std::string::npos) << file.filename() << ": " << line;
      EXPECT_EQ(line.find("Titik"), std::string::npos) << file.filename() << ": " << line;
      for (const auto& said : words) EXPECT_EQ(line.find(said), std::string::npos) << file.filename() << ": " << line;
    }
  }
  EXPECT_GE(seen, 10);
}

// The words that residents and officers write, as whole messages, and the buttons that they press, with what they mean.
struct used {
  std::set<std::string> words, labels, told;
};

used used_in_all() {
  used all;
  for (const auto& file : files()) {
    std::istringstream in(read(file));
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line[0] == '#') continue;
      if (line[0] == ' ') {
        all.told.insert(line);
      } else if (const auto tap = line.find(": taps ["); tap != std::string::npos) {
        all.labels.insert(line.substr(tap + 8, line.find(']', tap) - tap - 8));
      } else if (const auto mark = line.find("> "); mark != std::string::npos) {
        all.words.insert(bot::folded(line.substr(mark + 2)));
      }
    }
  }
  return all;
}

TEST(everything_is_shown, every_global_word) {
  const auto& book = support::shipped_handbook();
  const used all = used_in_all();
  std::map<std::string, bool> shown;  // by meaning
  for (const auto& [word, meaning] : book.words) {
    const bool said = all.words.contains(word);
    shown[meaning] = shown[meaning] || said;
  }
  for (const auto& [meaning, said] : shown) EXPECT_TRUE(said) << meaning << " is written in no transcript";
}

TEST(everything_is_shown, every_button_of_officers_operators_and_identity) {
  const auto& texts = support::shipped_handbook().texts;
  const used all = used_in_all();
  for (const auto& key : texts.keys()) {
    const bool button = key.starts_with("officer_button.") || key.starts_with("operator_button.") ||
                        key.starts_with("outcome_button.") || key.starts_with("identity.") ||
                        key.starts_with("safe.") || key.starts_with("change_button.");
    if (button) {
      EXPECT_TRUE(all.labels.contains(std::string(texts.text("id", key)))) << key << " is pressed in no transcript";
    }
  }
}

TEST(everything_is_shown, every_question_of_the_form) {
  const auto& book = support::shipped_handbook();
  const used all = used_in_all();
  for (const auto& q : book.forms.find("report")->second.questions) {
    const std::string text = handlers::plain_text(handlers::render({.key = q.ask}, "id", book));
    const std::string first = text.substr(0, text.find('\n'));
    EXPECT_TRUE(std::any_of(all.told.begin(), all.told.end(),
                            [&](const std::string& line) { return line.find(first) != std::string::npos; }) ||
                q.when == bot::stage::told)
        << q.slot << " is asked in no transcript";
  }
}

TEST(everything_is_shown, every_step_of_escalation) {
  for (const char* file : {"escalation-high-all-steps", "escalation-middle", "escalation-low"}) {
    const std::string text = read(fs::path(PROJECT_DIR "/tests/transcripts") / (std::string(file) + ".txt"));
    std::size_t steps = 0;
    for (auto at = text.find("Belum diterima "); at != std::string::npos; at = text.find("Belum diterima ", at + 1))
      ++steps;
    EXPECT_GE(steps, 2U) << file;
  }
}

TEST(everything_is_shown, on_both_channels) {
  std::map<std::string, int> residents;
  for (const auto& file : files()) {
    std::istringstream in(read(file));
    for (std::string line; std::getline(in, line);) {
      std::istringstream parts(line);
      std::string what, name, via;
      if (parts >> what >> name >> via; what == "resident") ++residents[via];
    }
  }
  EXPECT_GE(residents["telegram"], 30);
  EXPECT_GE(residents["whatsapp"], 30);
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) update = update || std::string(argv[i]) == "--update";
  return RUN_ALL_TESTS();
}
