// Forms and texts: a slip is told at start with file and line, and nothing that only follows from it.
#include "config/form_files.hpp"
#include "config/handbook.hpp"
#include "config/lexicon.hpp"
#include "config/message_files.hpp"
#include "handlers/label_check.hpp"
#include "tests/unit/config/mistakes.hpp"

namespace {

namespace fs = std::filesystem;
using faults_t = std::vector<std::string>;

// The other files of its folder, as they ship.
void put_beside(const fs::path& file, const char* folder) {
  for (const auto& entry : fs::directory_iterator(fs::path(PROJECT_DIR) / "config" / folder))
    if (entry.path().filename() != file.filename())
      fs::copy_file(entry.path(), file.parent_path() / entry.path().filename(), fs::copy_options::overwrite_existing);
}

void load_forms(const fs::path& file, faults_t& faults) {
  static const auto texts = [] {
    faults_t none;
    return config::load_texts(PROJECT_DIR "/config/messages", none).texts;
  }();
  put_beside(file, "forms");
  config::load_forms(file.parent_path(), texts, config::kinds_of(texts), faults);
}

void load_texts(const fs::path& file, faults_t& faults) {
  put_beside(file, "messages");
  config::load_texts(file.parent_path(), faults);
}

const std::string weapons_if = R"(ask_if = { level = ["middle"], category = ["fight", "mass_brawl", "gathering"] })";
const std::string weapons =
    "slot = \"weapons\"\nkind = \"choice\"\nwhen = \"after\"\nchoices = [\"yes\", \"no\", "
    "\"unknown\"]\nlabels = \"yes_no_unknown\"\nask = \"report.ask_weapons\"";
std::string changed(std::string text, const std::string& was, const std::string& is) {
  return text.replace(text.find(was), was.size(), is);
}

TEST(mistakes_in_forms, that_ask_the_wrong_people_are_named) {
  const auto condition = [](const std::string& is, const std::string& fault) {
    return mistakes::mistake{weapons_if, is, is, fault};
  };
  mistakes::desk("forms/report.toml")
      .expect({condition("askif = { level = [\"middle\"] }", R"("askif" is not known here: is "ask_if" meant?)"),
               condition("ask_if = { category = \"fight\" }", "category must be a list"),
               condition("ask_if = [\"fight\"]", "ask_if must hold tables"),
               condition("ask_if = { category = [\"pencurian\"] }",
                         R"(weapons: there is no answer of category "pencurian")"),
               condition("ask_if = { kamera = [\"yes\"] }", "weapons: there is no question kamera"),
               condition("ask_if = { level = [\"medium\"] }", R"(weapons: there is no level "medium")"),
               condition("ask_if = { kind = [\"children\"] }", R"(weapons: there is no kind of case "children")"),
               condition("ask_if = { safe = [\"maybe\"] }", R"(weapons: there is no answer of safe "maybe")"),
               condition("ask_if = { crowd = [\"10\"] }", "weapons: crowd is no choice"),
               condition("ask_if = { category = [] }", "category is empty"),
               condition("ask_if = { weapons = [\"yes\"] }", "weapons waits for its own answer")},
              load_forms);
}

TEST(mistakes_in_forms, that_wait_for_each_other_are_found) {
  mistakes::desk("forms/report.toml")
      .expect({{"ask_if = { level = [\"high\"] }\n\n[[question]]\n" + weapons + "\n" + weapons_if,
                "ask_if = { weapons = [\"yes\"] }\n\n[[question]]\n" + weapons + "\nask_if = { ongoing = [\"yes\"] }",
                "ask_if = { weapons", "ongoing, weapons wait for each other"}},
              load_forms);
}

TEST(mistakes_in_forms, of_a_question_are_named) {
  const auto question = [](const std::string& was, const std::string& is, const std::string& at,
                           const std::string& fault) {
    return mistakes::mistake{weapons, changed(weapons, was, is), at, fault};
  };
  mistakes::desk("forms/report.toml")
      .expect(
          {question("[\"yes\", \"no\", \"unknown\"]", "[\"yes\", \"yes\"]", "[\"yes\", \"yes\"]",
                    "weapons: \"yes\" stands twice"),
           question("[\"yes\", \"no\", \"unknown\"]", "\"yes, no\"", "\"yes, no\"", "choices must be a list"),
           question("[\"yes\", \"no\", \"unknown\"]", "[]", "choices = []", "choices is empty"),
           question("slot = \"weapons\"", "slot = \"Ada senjata?\"", "Ada senjata?",
                    "\"Ada senjata?\": a slot is lower"),
           question("slot = \"weapons\"", "slot = \"ongoing\"",
                    "slot = \"ongoing\"\nkind = \"choice\"\nwhen = \"after\"\nchoices = [\"yes\", \"no\", "
                    "\"unknown\"]\nlabels = \"yes_no_unknown\"",
                    "the slot ongoing stands twice"),
           question("kind = \"choice\"", "kidn = \"choice\"", "kidn", R"("kidn" is not known here: is "kind" meant?)"),
           question("kind = \"choice\"", "kind = \"yesno\"", "yesno", R"("yesno" is no kind)"),
           question("when = \"after\"", "when = \"later\"", "later", R"("later" is no when)"),
           question(
               "kind = \"choice\"", "kind = \"text\"",
               "choices = [\"yes\", \"no\", \"unknown\"]\nlabels = \"yes_no_unknown\"\nask = \"report.ask_weapons\"",
               "weapons: a question of the kind text has no choices"),
           question("labels = \"yes_no_unknown\"", "labels = \"yesno\"", "yesno",
                    R"(weapons: labels "yesno" has no text for "yes", "no", "unknown")"),
           question("labels = \"yes_no_unknown\"\n", "", "[[question]]\nslot = \"weapons\"",
                    "weapons: labels is missing"),
           question("ask = \"report.ask_weapons\"", "ask = \"report.ask_weapns\"", "ask_weapns",
                    R"(weapons: there is no text "report.ask_weapns")"),
           {"version = 2", "version = \"2\"", "version = ", "version must be a whole number"},
           {"version = 2", "version = 2\ntitle = \"x\"", "title", R"("title" is not known here)"},
           {"[[question]]\nslot = \"weapons\"", "[[qusetion]]\nslot = \"weapons\"", "[[qusetion]]",
            R"("qusetion" is not known here)"}},
          load_forms);
}

TEST(mistakes_in_forms, that_no_report_could_be_finished_with_are_found) {
  mistakes::desk("forms/report.toml")
      .expect({{"slot = \"place\"", "slot = \"lokasi\"", "[form]", "the question place is missing"},
               {"slot = \"words\"\nkind = \"text\"", "slot = \"words\"\nkind = \"count\"", "kind = \"count\"\nask",
                "words must be of the kind text"}},
              load_forms);
  mistakes::desk("forms/expression.toml")
      .expect({{"slot = \"aim\"", "slot = \"maksud\"", "[form]", "the question aim is missing"}}, load_forms);
}

TEST(mistakes_in_texts, are_named_where_they_stand) {
  mistakes::desk("messages/id.toml")
      .expect(
          {{"ask_injuries = \"Ada yang terluka?\"", "ask_injuries = 5", "ask_injuries", "ask_injuries must be a text"},
           {"ask_injuries = \"Ada yang terluka?\"", "ask_injuries = \"\"", "ask_injuries",
            "ask_injuries must be a text"},
           {"ask_injuries = \"Ada yang terluka?\"", "ask_injuries = \"" + std::string(1700, 'a') + "\"", "ask_injuries",
            "ask_injuries has 1700 bytes"},
           {"ask_injuries = \"Ada yang terluka?\"\n", "", "", "report.ask_injuries is missing ("}},
          load_texts);
  mistakes::desk("messages/jv.toml")
      .expect({{"ask_injuries =", "ask_injuris =", "", "report.ask_injuries is missing ("},
               {"ask_injuries =", "ask_injuris =", "ask_injuris", "report.ask_injuris is not in "},
               {"ask_injuries = \"", "ask_injuries = \"{siapa} ", "ask_injuries",
                "report.ask_injuries has other placeholders"}},
              load_texts);
}

// The whole of config/ with one mistake, as `kentongan check` reads it.
faults_t check(const std::string& file, const std::string& was, const std::string& is) {
  const fs::path dir =
      fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name() / "config";
  fs::remove_all(dir);
  fs::create_directories(dir);
  fs::copy(PROJECT_DIR "/config", dir, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  std::string text = mistakes::read(dir / file);
  EXPECT_NE(text.find(was), std::string::npos) << was;
  std::ofstream(dir / file) << changed(text, was, is);
  faults_t faults;
  const auto loaded = config::load_handbook(config::load_settings(dir / "kentongan.toml", {}, faults), faults);
  if (loaded.book) faults = handlers::check_labels(*loaded.book, loaded.places);
  fs::remove_all(dir);
  for (auto& fault : faults)
    if (fault.starts_with(dir.string())) fault = fault.substr(dir.string().size() + 1);
  return faults;
}

TEST(mistakes_of_a_file, are_told_once_where_it_cannot_be_read) {
  struct broken {
    const char *file, *was, *is;
  };
  for (const auto& [file, was, is] :
       {broken{"messages/id.toml", "ask_injuries = \"", "ask_injuries = "},
        broken{"messages/id.toml", "ask_injuries = \"Ada yang terluka?\"",
               "ask_injuries = \"a\"\nask_injuries = \"b\""},
        broken{"messages/jv.toml", "ask_injuries = \"", "ask_injuries = "},
        broken{"forms/report.toml", "slot = \"weapons\"", "slot = \"weapons"},
        broken{"language/violence.toml", "id = \"", "id = "}, broken{"rules/words.toml", "= [", "= "}}) {
    const auto faults = check(file, was, is);
    ASSERT_EQ(faults.size(), 1U) << file << "\n" << testing::PrintToString(faults);
    EXPECT_TRUE(faults.front().starts_with(std::string(file) + ":")) << faults.front();
  }
}

TEST(mistakes_of_a_file, do_not_bring_others_along) {
  // A label too long in Indonesian is not the mistake of a language that does not say it.
  auto faults = check("messages/id.toml", "[yes_no_unknown]\nyes = \"Ya\"",
                      "[yes_no_unknown]\nyes = \"Ya, ada yang membawanya\"");
  ASSERT_EQ(faults.size(), 1U) << testing::PrintToString(faults);
  EXPECT_TRUE(faults.front().starts_with("messages/id.toml:")) << faults.front();
  EXPECT_NE(faults.front().find("yes_no_unknown.yes is too long for a button"), std::string::npos) << faults.front();
  // No text is looked up for labels that are not there.
  faults = check("forms/report.toml", "labels = \"yes_no_unknown\"", "labels = \"yesno\"");
  ASSERT_EQ(faults.size(), 1U) << testing::PrintToString(faults);
  faults = check("language/rules-categories.toml", "give = \"theft_or_robbery\"", "give = \"theft_or_robery\"");
  ASSERT_EQ(faults.size(), 1U) << testing::PrintToString(faults);
  EXPECT_NE(faults.front().find(": there is no category \"theft_or_robery\" to give"), std::string::npos)
      << faults.front();
  EXPECT_TRUE(faults.front().starts_with("language/rules-categories.toml:")) << faults.front();
}

TEST(mistakes_of_a_file, that_leave_no_book_are_told) {
  const fs::path dir = fs::path(testing::TempDir()) / "no-categories" / "config";
  fs::remove_all(dir);
  fs::create_directories(dir);
  fs::copy(PROJECT_DIR "/config", dir, fs::copy_options::recursive);
  for (const char* language : {"id", "jv", "mad", "en"}) {
    const fs::path file = dir / "messages" / (std::string(language) + ".toml");
    const std::string text = changed(mistakes::read(file), "[category]\n", "[categories]\n");
    std::ofstream(file) << text;
  }
  faults_t faults;
  const auto loaded = config::load_handbook(config::load_settings(dir / "kentongan.toml", {}, faults), faults);
  fs::remove_all(dir);
  EXPECT_EQ(loaded.book, nullptr);
  EXPECT_EQ(faults, (faults_t{(dir / "messages/id.toml").string() + ": [category] is missing or empty"}));
}

TEST(faults, stand_in_the_order_of_files_and_lines) {
  faults_t faults = {"config/b.toml:3: y", "config/a.toml:20: x", "config/a.toml:3: x", "telegram.token is set",
                     "config/a.toml:20: x"};
  config::sort_faults(faults);
  EXPECT_EQ(faults,
            (faults_t{"telegram.token is set", "config/a.toml:3: x", "config/a.toml:20: x", "config/b.toml:3: y"}));
}

}  // namespace
