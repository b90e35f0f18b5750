// Rules: whatever a hand slips on is found at start, with file and line, before a case goes the wrong way.
#include "config/at_event.hpp"
#include "config/escalation.hpp"
#include "config/incident_rules.hpp"
#include "config/message_files.hpp"
#include "config/retention.hpp"
#include "config/routing_rules.hpp"
#include "config/talk_words.hpp"
#include "config/templates.hpp"
#include "tests/unit/config/mistakes.hpp"

namespace {

namespace fs = std::filesystem;
using faults_t = std::vector<std::string>;

const bot::language::catalogue& texts() {
  static const bot::language::catalogue all = [] {
    faults_t faults;
    return config::load_texts(PROJECT_DIR "/config/messages", faults).texts;
  }();
  return all;
}

const config::kinds& known() {
  static const config::kinds all = config::kinds_of(texts());
  return all;
}

TEST(mistakes_in_rules, never_let_a_complaint_reach_those_it_is_about) {
  mistakes::desk("rules/routing.toml")
      .expect(
          {{R"(never = ["village_office", "bhabinkamtibmas", "polsek")",
            R"(nevr = ["village_office", "bhabinkamtibmas", "polsek")", "nevr",
            R"("nevr" is not known here: is "never" meant?)"},
           {R"(categories = ["officer_complaint"])", R"(categories = ["officer_complaints"])", "officer_complaints",
            R"(there is no category "officer_complaints")"},
           {R"(categories = ["officer_complaint"])", R"(categories = ["noise"])", "[[sealed]]",
            "no [[sealed]] class holds officer_complaint"},
           {R"("polsek", "polres"])", R"("polsek"])", R"("polsek"])", R"(never lacks "polres": officer_complaint)"},
           {R"("polsek", "polres"])", R"("polsec", "polres"])", "polsec", R"("polsec" is not known in never)"},
           {R"("sexual", "child"])", R"("sexual"])", "[[sealed]]", "no [[sealed]] class holds child"},
           {R"(never = ["village_office", "bhabinkamtibmas"])", R"(never = ["bhabinkamtibmas"])",
            R"(never = ["bhabinkamtibmas"])", R"(never lacks "village_office": domestic_violence)"},
           {"groups = false", "groups = true", "groups = true", "groups must be false: domestic_violence goes to no"},
           {"groups = false", "group = false", "group = false", R"("group" is not known here: is "groups" meant?)"}},
          [](const fs::path& file, faults_t& faults) { config::load_routing_rules(file, known(), faults); });
}

TEST(mistakes_in_rules, of_owners_are_named) {
  mistakes::desk("rules/routing.toml")
      .expect(
          {{"border_m = 50", "bordr_m = 50", "bordr_m", R"("bordr_m" is not known here: is "border_m" meant?)"},
           {R"(["noise", "land)", R"(["nois", "land)", "\"nois\"", R"(there is no category "nois")"},
           {R"(owner = "village_office")", R"(owner = "vilage_office")", "vilage", R"("vilage_office" is no owner)"},
           {"07:00-15:00", "07:00-25:00", "07:00-25:00", "hours \"07:00-25:00\" are not HH:MM-HH:MM"},
           {R"(levels = ["low"])", R"(levels = ["lo"])", "\"lo\"", R"("lo" is no level)"},
           {"levels = [\"low\"]\n", "", "[[owner]]", "levels is missing"},
           {"", "\nfoo = 1\n", "foo", R"("foo" is not known here)"}},
          [](const fs::path& file, faults_t& faults) { config::load_routing_rules(file, known(), faults); });
}

TEST(mistakes_in_rules, of_escalation_are_named) {
  mistakes::desk("rules/escalation.toml")
      .expect({{"reopen_hours = 72", "reopen_hour = 72", "reopen_hour ",
                R"("reopen_hour" is not known here: is "reopen_hours" meant?)"},
               {"reopen_hours = 72", "reopen_hours = -72", "-72", "reopen_hours must be a whole number from 1"},
               {"\nhigh = [\"sec", "\nhih = [\"sec", "hih", R"("hih" is not known here: is "high" meant?)"},
               {R"(["second", "chief")", R"(["secnd", "chief")", "secnd", R"("secnd" is not known in high)"},
               {"life = 1440", "life = \"1440\"", "life", "life must be a whole number"},
               {"nudge_after = 90", "nudge_after = 130", "nudge_after", "nudge_after must be shorter than file_after"},
               {"high = [3, 6, 10]", "high = [3, 6, 6]", "[3, 6, 6]", "the minutes of high must grow"},
               {"[held]", "[hold]", "[hold]", R"("hold" is not known here: is "held" meant?)"},
               {R"(chiefs = ["pimpinan"])", R"(chiefs = ["kepala"])", "kepala", R"("kepala" is not among)"},
               {"", "\n[foo]\nx = 1\n", "[foo]", R"("foo" is not known here)"}},
              [](const fs::path& file, faults_t& faults) { config::load_escalation(file, faults); });
}

TEST(mistakes_in_rules, of_retention_are_named) {
  mistakes::desk("rules/retention.toml")
      .expect({{"days = 10", "day = 10", "day = 10", R"("day" is not known here: is "days" meant?)"},
               {"days = 10", "days = -10", "-10", "days must be a whole number"},
               {"days = 10", "days = 8", "days = 8", "inbox: days must be between 9 and 60"},
               {"what = \"failed\"", "what = \"failled\"", "failled", "\"failled\" is not kept"},
               {"days = 7", "days = 10", "days = 10\nsource = \"P-25", "failed must be shorter than inbox"},
               {"", "\n[foo]\nx = 1\n", "[foo]", R"("foo" is not known here)"}},
              [](const fs::path& file, faults_t& faults) { config::load_retention(file, faults); });
}

TEST(mistakes_in_rules, of_incidents_are_named) {
  mistakes::desk("rules/incidents.toml")
      .expect({{"\nnever = ", "\nnevr = ", "nevr", R"("nevr" is not known here: is "never" meant?)"},
               {"\"theft_or_robbery\", \"susp", "\"thft\", \"susp", "thft", R"(there is no category "thft")"},
               {"window = 90", "window = 900", "window", "window must be a whole number from 1 to 720"},
               {"categories = [\"fight\"", "categores = [\"fight\"", "categores",
                R"("categores" is not known here: is "categories" meant?)"}},
              [](const fs::path& file, faults_t& faults) { config::load_incidents(file, known(), faults); });
}

TEST(mistakes_in_rules, of_words_are_named) {
  mistakes::desk("rules/sealed.toml")
      .expect({{"\nharmed = ", "\nharmd = ", "harmd", R"("harmd" is not known here: is "harmed" meant?)"},
               {"", "\n[[foo]]\nx = 1\n", "[[foo]]", R"("foo" is not known here)"}},
              [](const fs::path& file, faults_t& faults) { config::load_sealed(file, faults); });
  mistakes::desk("rules/words.toml")
      .expect({{"\ncancel = [", "\ncancl = [", "cancl", R"("cancl" is not known here: is "cancel" meant?)"}},
              [](const fs::path& file, faults_t& faults) { config::load_words(file, faults); });
  mistakes::desk("rules/card-facts.toml")
      .expect({{"victims =", "victms =", "victms", R"("victms" is not known here: is "victims" meant?)"},
               {"kind = \"gun\"", "kind = \"gunn\"", "gunn", R"(there is no text "card_fact.gunn")"}},
              [](const fs::path& file, faults_t& faults) { config::load_card_facts(file, texts(), faults); });
  mistakes::desk("rules/faq.toml")
      .expect({{"words = [", "word = [", "word = ", R"("word" is not known here: is "words" meant?)"},
               {"id = \"pin\"", "id = \"pinn\"", "pinn", R"(there is no text "faq.pinn")"},
               {"", "\n[[foo]]\nx = 1\n", "[[foo]]", R"("foo" is not known here)"}},
              [](const fs::path& file, faults_t& faults) { config::load_faq(file, texts(), faults); });
  mistakes::desk("rules/advice.toml")
      .expect({{"words = [", "wrds = [", "wrds", R"("wrds" is not known here: is "words" meant?)"}},
              [](const fs::path& file, faults_t& faults) { config::load_advice(file, texts(), faults); });
}

TEST(mistakes_in_rules, of_templates_are_named) {
  mistakes::desk("rules/templates.toml")
      .expect({{"Laporan {{1}} menunggu", "Laporan {{9}} menunggu", "{{9}}", "tugas_baru: the text must hold {{1}}"},
               {"essential = true", "esential = true", "esential",
                R"("esential" is not known here: is "essential" meant?)"},
               {"\"card.new\"", "\"card.nw\"", "card.nw", R"(tugas_baru: there is no text "card.nw")"},
               {"sends = \"o:take", "send = \"o:take", "send = ", R"("send" is not known here: is "sends" meant?)"}},
              [](const fs::path& file, faults_t& faults) { config::load_templates(file, texts(), faults); });
}

}  // namespace
