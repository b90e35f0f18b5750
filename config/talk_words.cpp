#include "config/talk_words.hpp"

#include <array>

#include "bot/conversation/perception.hpp"
#include "config/rule_file.hpp"

namespace config {
namespace {

namespace fs = std::filesystem;
using faults_t = std::vector<std::string>;

// What words can mean anywhere (bot/conversation/hearing.cpp).
constexpr std::array meanings = {"menu",       "report",  "event",       "help",        "status",       "cancel",
                                 "back",       "change",  "language_id", "language_jv", "language_mad", "language_en",
                                 "language",   "privacy", "forget",      "yes",         "send",         "go_on",
                                 "no",         "unknown", "skip",        "later",       "duty_on",      "duty_off",
                                 "open_cases", "paper",   "danger"};

// Lists of phrases, folded as messages are: a file that holds nothing else.
class phrase_file {
 public:
  phrase_file(const fs::path& file, faults_t& faults) : file_(file, faults), root_(file_.root()) {}
  ~phrase_file() {
    if (file_.is_read()) root_.finish();
  }
  phrase_file(const phrase_file&) = delete;
  phrase_file& operator=(const phrase_file&) = delete;
  std::vector<std::string> operator()(const char* key) { return bot::folded(root_.needed_texts(key)); }
  std::vector<rule_entry> tables(const char* key) { return root_.tables(key); }

 private:
  rule_file file_;
  rule_entry root_;
};

// The text that an entry's id or kind stands for.
void need_text(rule_entry& e, std::string_view key, const std::string& text, const bot::language::catalogue& texts) {
  if (e.has(key) && !texts.has(text)) e.fault(key, fmt::format("there is no text \"{}\"", text));
}

}  // namespace

std::map<std::string, std::string, std::less<>> load_words(const fs::path& path, faults_t& faults) {
  std::map<std::string, std::string, std::less<>> words;
  rule_file file(path, faults);
  if (!file.is_read()) return words;
  rule_entry root = file.root();
  if (auto e = root.table("words")) {
    for (const char* meaning : meanings)
      for (const auto& text : e->needed_texts(meaning)) {
        const auto [at, fresh] = words.emplace(bot::folded(text), meaning);
        if (!fresh && at->second != meaning)
          e->fault(meaning, fmt::format("\"{}\" means both {} and {}", text, at->second, meaning));
      }
    e->finish();
  }
  root.finish();
  return words;
}

bot::complaint_rules load_complaints(const fs::path& file, faults_t& faults) {
  phrase_file phrases(file, faults);
  return {.officers = phrases("officers"),
          .officials = phrases("officials"),
          .vague = phrases("vague"),
          .titles = phrases("titles"),
          .marks = phrases("marks"),
          .not_meant = phrases("not_meant"),
          .pretends = phrases("pretends"),
          .beside = phrases("beside"),
          .to = phrases("to"),
          .others = phrases("others"),
          .selves = phrases("selves"),
          .watches = phrases("watches"),
          .come = phrases("come"),
          .from_now = phrases("from_now"),
          .done = phrases("done"),
          .done_by_officers = phrases("done_by_officers"),
          .matters = phrases("matters"),
          .suffered = phrases("suffered"),
          .done_to_things = phrases("done_to_things"),
          .asks = phrases("asks"),
          .asked = phrases("asked"),
          .money = phrases("money"),
          .units_of_money = phrases("units_of_money"),
          .paid = phrases("paid"),
          .by = phrases("by"),
          .when = phrases("when"),
          .stopped = phrases("stopped"),
          .held = phrases("held"),
          .desks = phrases("desks"),
          .errands = phrases("errands"),
          .told = phrases("told"),
          .ignored = phrases("ignored"),
          .negations = phrases("negations"),
          .fiction = phrases("fiction"),
          .protests = phrases("protests"),
          .demands = phrases("demands")};
}

bot::cases::sealed_rules load_sealed(const fs::path& file, faults_t& faults) {
  phrase_file phrases(file, faults);
  return {.sexual = phrases("sexual"),
          .not_sexual = phrases("not_sexual"),
          .children = phrases("children"),
          .not_children = phrases("not_children"),
          .age = phrases("age"),
          .years = phrases("years"),
          .long_ago = phrases("long_ago"),
          .harmed = phrases("harmed"),
          .harms = phrases("harms"),
          .between = phrases("between")};
}

bot::cases::card_fact_rules load_card_facts(const fs::path& file, const bot::language::catalogue& texts,
                                            faults_t& faults) {
  phrase_file phrases(file, faults);
  bot::cases::card_fact_rules rules{.weapons = {},
                                    .victims = phrases("victims"),
                                    .not_victims = phrases("not_victims"),
                                    .fled = phrases("fled"),
                                    .directions = phrases("directions")};
  for (rule_entry& e : phrases.tables("weapon")) {
    auto& [kind, names] = rules.weapons.emplace_back(e.text("kind"), bot::phrase_set{});
    names = bot::folded(e.needed_texts("words"));
    need_text(e, "kind", "card_fact." + kind, texts);
    e.finish();
  }
  return rules;
}

bot::activity_rules load_activities(const fs::path& file, faults_t& faults) {
  phrase_file phrases(file, faults);
  return {phrases("activities"), phrases("dislike"), phrases("harm"), phrases("threat")};
}

bot::saying load_saying(const fs::path& file, faults_t& faults) {
  phrase_file phrases(file, faults);
  return {phrases("words"), phrases("beside")};
}

std::vector<bot::danger_advice> load_advice(const fs::path& path, const bot::language::catalogue& texts,
                                            faults_t& faults) {
  std::vector<bot::danger_advice> all;
  rule_file file(path, faults);
  if (!file.is_read()) return all;
  rule_entry root = file.root();
  for (rule_entry& e : root.tables("advice")) {
    all.push_back({e.text("id"), bot::folded(e.needed_texts("words"))});
    need_text(e, "id", "danger.advice_" + all.back().id, texts);
    e.finish();
  }
  root.finish();
  return all;
}

bot::correction_rules load_corrections(const fs::path& file, faults_t& faults) {
  phrase_file phrases(file, faults);
  return {phrases("deny"),  phrases("wrong"),  phrases("rather"), phrases("before"),
          phrases("other"), phrases("points"), phrases("since"),  phrases("joins")};
}

std::vector<bot::faq_topic> load_faq(const fs::path& path, const bot::language::catalogue& texts, faults_t& faults) {
  std::vector<bot::faq_topic> topics;
  rule_file file(path, faults);
  if (!file.is_read()) return topics;
  rule_entry root = file.root();
  for (rule_entry& e : root.tables("topic")) {
    topics.push_back({e.text("id"), bot::folded(e.needed_texts("words"))});
    need_text(e, "id", "faq." + topics.back().id, texts);
    e.text("source");
    e.verified();
    e.finish();
  }
  root.finish();
  return topics;
}

}  // namespace config
