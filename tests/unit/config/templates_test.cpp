// The templates that ship, and what the check says of wrong ones.
#include "config/templates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "config/message_files.hpp"

namespace {

namespace fs = std::filesystem;

class templates : public testing::Test {
 protected:
  bot::language::catalogue texts = config::load_texts(PROJECT_DIR "/config/messages", faults).texts;
  std::vector<std::string> faults;

  auto load(const std::string& toml) {
    const fs::path file = fs::path(testing::TempDir()) / "kentongan-templates.toml";
    std::ofstream(file) << toml;
    auto all = config::load_templates(file, texts, faults);
    fs::remove(file);
    return all;
  }
  bool complains(const std::string& about) const {
    for (const auto& fault : faults)
      if (fault.find(about) != std::string::npos) return true;
    return false;
  }
};

// Who reads a message about a case may not have written for a day. A new text of these needs a decision.
TEST_F(templates, or_a_reason_without_one_for_every_message_that_may_come_unasked) {
  const fs::path file = PROJECT_DIR "/config/rules/templates.toml";
  const auto all = config::load_templates(file, texts, faults);
  const auto without = config::load_without_template(file, texts, faults);
  EXPECT_TRUE(faults.empty()) << faults.front();
  const std::vector<std::string> alone = {"media.caption",     "media.send_again",       "officer.digest",
                                          "report.nudge",      "report.nudge_empty",     "report.late",
                                          "report.late_where", "report.filed_unfinished"};
  int seen = 0;
  for (const auto& key : texts.keys()) {
    const std::string section = key.substr(0, key.find('.'));
    const bool counts = section == "reporter" || section == "danger" || section == "card" || section == "operator" ||
                        std::find(alone.begin(), alone.end(), key) != alone.end();
    if (!counts) continue;
    ++seen;
    EXPECT_NE(all.contains(key), without.contains(key)) << key << " needs a template or a reason, not both";
  }
  EXPECT_GE(seen, 50);
}

TEST_F(templates, none_needs_a_reason) {
  const fs::path file = fs::path(testing::TempDir()) / "kentongan-without.toml";
  std::ofstream(file) << "[[without]]\nmessages = [\"card.held\", \"card.nothing\"]\n";
  config::load_without_template(file, texts, faults);
  fs::remove(file);
  EXPECT_TRUE(complains("need a reason"));
  EXPECT_TRUE(complains("card.nothing"));
}

TEST_F(templates, that_ship_stand_for_every_step_of_a_case) {
  const auto all = config::load_templates(PROJECT_DIR "/config/rules/templates.toml", texts, faults);
  EXPECT_TRUE(faults.empty()) << faults.front();
  for (const char* key : {"card.new", "card.escalated", "reporter.taken", "reporter.on_site", "reporter.closed",
                          "reporter.question", "reporter.escalated", "danger.escalated", "report.late"})
    EXPECT_TRUE(all.contains(key)) << key;
  EXPECT_TRUE(all.at("reporter.closed").essential);
  EXPECT_FALSE(all.at("card.new").essential) << "an urgent one goes by its urgency";
  EXPECT_EQ(all.at("card.new").replies.at(0).data, "o:take:{number}");
}

TEST_F(templates, must_stand_for_messages_that_have_their_values) {
  load(R"([[template]]
name = "Tugas Baru"
stands_for = ["card.new", "card.none", "reporter.thanks"]
text = "{{1}} {{3}}"
parameters = ["number", "phone"]
replies = [{label = "Terima", sends = "o:take:{code}"}]
[[template]]
name = "lain"
stands_for = ["card.new"]
text = "{{1}}"
parameters = ["number"]
)");
  EXPECT_TRUE(complains("lower case"));
  EXPECT_TRUE(complains("no text \"card.none\""));
  EXPECT_TRUE(complains("\"card.new\" has no value {phone}"));
  EXPECT_TRUE(complains("\"card.new\" has no value {code}"));
  EXPECT_TRUE(complains("\"reporter.thanks\" has no value {number}"));
  EXPECT_TRUE(complains("one for each parameter"));
  EXPECT_TRUE(complains("has a template already"));
}

TEST_F(templates, say_where_a_file_is_broken) {
  load("[[template]\n");
  EXPECT_TRUE(complains("kentongan-templates.toml:1"));
}

}  // namespace
