#include "config/talk_words.hpp"

#include <fmt/format.h>

#include "bot/conversation/perception.hpp"
#include "config/toml_file.hpp"

namespace config {
namespace {

namespace fs = std::filesystem;

// Lists of phrases, folded as messages are.
class phrase_file {
 public:
  phrase_file(const fs::path& file, faults_t& faults) : file_(file), faults_(faults), whole_(read_toml(file, faults)) {}
  std::vector<std::string> operator()(const char* key) {
    std::vector<std::string> list;
    for (const auto& one : strings(whole_.get(key))) list.push_back(bot::folded(one));
    if (list.empty()) faults_.push_back(fmt::format("{}: {} is missing", file_.string(), key));
    return list;
  }

 private:
  fs::path file_;
  faults_t& faults_;
  toml::table whole_;
};

}  // namespace

std::map<std::string, std::string, std::less<>> load_words(const fs::path& file, faults_t& faults) {
  std::map<std::string, std::string, std::less<>> words;
  const toml::table whole = read_toml(file, faults);
  const toml::table* all = whole["words"].as_table();
  if (all == nullptr) {
    faults.push_back(file.string() + ": [words] is missing");
    return words;
  }
  for (const auto& [meaning, list] : *all)
    for (const auto& text : strings(&list)) {
      const auto [at, fresh] = words.emplace(bot::folded(text), std::string(meaning.str()));
      if (!fresh && at->second != meaning.str())
        faults.push_back(fmt::format("{}:{}: \"{}\" means both {} and {}", file.string(), list.source().begin.line,
                                     text, at->second, meaning.str()));
    }
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
  const toml::table whole = read_toml(file, faults);
  const toml::array* list = whole["weapon"].as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const toml::table* t = (*list)[i].as_table();
    if (t == nullptr) continue;
    auto& [kind, names] = rules.weapons.emplace_back((*t)["kind"].value_or(std::string()), std::vector<std::string>{});
    for (const auto& one : strings(t->get("words"))) names.push_back(bot::folded(one));
    if (!texts.has("card_fact." + kind))
      faults.push_back(
          fmt::format("{}:{}: there is no text \"card_fact.{}\"", file.string(), t->source().begin.line, kind));
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

std::vector<bot::danger_advice> load_advice(const fs::path& file, const bot::language::catalogue& texts,
                                            faults_t& faults) {
  std::vector<bot::danger_advice> all;
  const toml::table whole = read_toml(file, faults);
  const toml::array* list = whole["advice"].as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const toml::table* t = (*list)[i].as_table();
    if (t == nullptr) continue;
    bot::danger_advice one{(*t)["id"].value_or(std::string()), {}};
    for (const auto& phrase : strings(t->get("words"))) one.words.push_back(bot::folded(phrase));
    if (one.words.empty() || !texts.has("danger.advice_" + one.id))
      faults.push_back(fmt::format("{}:{}: advice needs words and a text \"danger.advice_{}\"", file.string(),
                                   t->source().begin.line, one.id));
    all.push_back(std::move(one));
  }
  return all;
}

bot::correction_rules load_corrections(const fs::path& file, faults_t& faults) {
  phrase_file phrases(file, faults);
  return {phrases("deny"),  phrases("wrong"),  phrases("rather"), phrases("before"),
          phrases("other"), phrases("points"), phrases("since"),  phrases("joins")};
}

std::vector<bot::faq_topic> load_faq(const fs::path& file, const bot::language::catalogue& texts, faults_t& faults) {
  std::vector<bot::faq_topic> topics;
  const toml::table whole = read_toml(file, faults);
  const toml::array* list = whole["topic"].as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const toml::table* t = (*list)[i].as_table();
    if (t == nullptr) continue;
    bot::faq_topic topic;
    topic.id = (*t)["id"].value_or(std::string());
    for (const auto& one : strings(t->get("words"))) topic.phrases.push_back(bot::folded(one));
    if (!texts.has("faq." + topic.id))
      faults.push_back(
          fmt::format("{}:{}: there is no text \"faq.{}\"", file.string(), t->source().begin.line, topic.id));
    topics.push_back(std::move(topic));
  }
  return topics;
}

}  // namespace config
